"""A report is one file that needs nothing else, says what was trained, and lets nothing of a run act in it."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from engine.happenings import Happening
from engine.runs.report import report, told
from engine.runs.store import Store
from engine.runs.svg import POINTS, Curve, drawing, plot, thinned
from tests.engine.runs.kept import CHAIN, filled

EVIL = "<script>alert('x')</script>\"'&"
NOW = 1_800_000_000.0


class Tags(HTMLParser):
    """Collects the tags of a page and what they refer to; fails on one that is not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href") or name.startswith("on")]
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def tags_of(page: str) -> Tags:
    found = Tags()
    found.feed(page)
    assert found.open == []
    return found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "runs.sqlite")


def page_of(store: Store, *ids: str) -> str:
    return report(told(store, ids), {"Dense": "Core"}, NOW)


def test_a_page_tells_what_was_trained(store: Store) -> None:
    id = filled(store)
    store.tell(id, note="with a note", tested={"accuracy": 0.75}, versions={"keras": "3.15.1"})
    store.add_marks(id, [Happening(12, 1, 0.5, "rate", "Learning rate 0.01")])
    page = page_of(store, id)
    for words in ("lenet", "with a note", "finished", "seed 1", "Batch size", "digit", "3.15.1", "0.75",
                  "Step 12", "Learning rate 0.01", 'class="train"', 'class="val"'):  # fmt: skip
        assert words in page, words
    assert {"svg", "polyline", "table"} <= tags_of(page).seen
    assert page.count('<g><title>Learning rate 0.01</title><line class="mark"') == 2, "on each plot, and in the table"
    assert "@media print" in page


def test_nothing_of_a_run_acts_and_nothing_comes_from_elsewhere(store: Store) -> None:
    id = filled(store)
    store.tell(id, title=EVIL, note=EVIL, versions={EVIL: EVIL}, machine={EVIL: [EVIL]}, tested={EVIL: 1.0})
    store.set_tags(id, [EVIL])
    store.add_marks(id, [Happening(1, 1, 0.0, "note", EVIL)])
    found = tags_of(page_of(store, id, filled(store, "b", seed=2)))
    assert not found.seen & {"script", "img", "link", "iframe", "object"}
    assert found.links == []


def test_several_runs_stand_side_by_side(store: Store) -> None:
    ids = [filled(store, f"20260101-100000-00{seed}-net", seed=seed, lift=0.1 * seed) for seed in (1, 2)]
    page = page_of(store, *ids)
    assert tags_of(page).seen >= {"svg"}
    assert "Side by side" in page
    assert "2 seeds of net" in page
    mean, deviation = 1 / 3 + 0.15, 0.1 / 2**0.5
    assert f"{mean:.5g} ± {deviation:.2g}" in page
    assert "Seed" in page


def test_a_run_that_has_nothing_yet_has_a_page(store: Store) -> None:
    from tests.engine.runs.kept import begun

    store.begin(begun("a"))
    assert "cut off" in page_of(store, "a")


def test_pictures_are_sound_and_stay_within_their_box() -> None:
    x = np.arange(10_000.0)
    picture = plot("loss", [Curve("a & b", x, np.sin(x / 50), "train"), Curve("none", x, x * np.nan, "val")])
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own text
    (points,) = [line.get("points", "") for line in root.iter("polyline")]
    pairs = np.array([pair.split(",") for pair in points.split()], float)
    assert len(pairs) <= POINTS
    assert pairs.min() >= 0
    assert pairs[:, 0].max() <= 440
    assert pairs[:, 1].max() <= 220
    assert plot("loss", [Curve("a", x * np.nan, x, "train")]) == ""


def test_a_long_curve_keeps_its_peaks() -> None:
    y = np.zeros(100_000)
    y[[777, 50_000]] = (9, -9)
    _, kept = thinned(np.arange(100_000.0), y)
    assert (kept.max(), kept.min()) == (9, -9)


def test_a_drawing_shows_each_layer_and_wire() -> None:
    picture = drawing(CHAIN, {"Dense": "Core"})
    ElementTree.fromstring(picture)  # noqa: S314 - our own text
    assert len(re.findall('class="wire"', picture)) == 2
    assert all(f">{name}<" in picture for name in ("image", "flat", "digit"))
    assert 'class="bar g-core"' in picture
