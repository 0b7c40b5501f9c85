"""A report is one file that needs nothing else, says what was trained, and lets nothing of a run act in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from engine.happenings import Happening
from engine.runs.picture import drawing
from engine.runs.report import report, told
from engine.runs.store import Store
from engine.runs.svg import POINTS, Curve, plot, thinned
from tests.engine.runs.kept import CHAIN, begun, filled

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


def test_a_page_may_fetch_nothing_and_is_dark_and_light(store: Store) -> None:
    page = page_of(store, filled(store))
    assert "default-src 'none'" in page
    assert "prefers-color-scheme:dark" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "url(" not in page


def rows_of(page: str, title: str) -> list[list[str]]:
    """The cells of the table under a title."""
    table = page.partition(f"<h3>{title}</h3>")[2].partition("</table>")[0]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr>")[1:]]


def test_figures_stand_by_what_they_were_measured_on_and_looks_at_the_test_are_told(store: Store) -> None:
    id = filled(store)
    store.tell(id, tested={"accuracy": 0.75}, looks=3)
    page = page_of(store, id)
    assert rows_of(page, "Figures after 3 epochs") == [
        ["", "train", "validation", "test"], ["loss", "0.33333", "0.4", ""], ["accuracy", "0.75", "", "0.75"],
    ]  # fmt: skip
    assert "The test samples were used 3 times." in page
    store.tell(id, looks=1)
    assert "used once." in page_of(store, id)
    store.tell(id, looks=0)
    assert "test samples" not in page_of(store, id)


def test_marks_have_the_number_that_stands_in_the_curves(store: Store) -> None:
    id = filled(store)
    store.add_marks(id, [Happening(12, 2, 0.5, "rate", "slower"), Happening(20, 2, 0.9, "note", "better")])
    page = page_of(store, id)
    assert rows_of(page, "Marks") == [["1 · Step 12", "slower"], ["2 · Step 20", "better"]]
    assert [len(re.findall(rf'class="tick mid" x="[\d.]+" y="12">{number}<', page)) for number in (1, 2)] == [2, 2]


def test_the_oldest_run_stands_first_and_the_best_figures_stand_out(store: Store) -> None:
    ids = [filled(store, f"20260101-100000-00{seed}-net", seed=seed, lift=0.5 / seed) for seed in (2, 1)]
    store.tell(ids[0], looks=2)
    page = page_of(store, *ids)
    heads, first, second = rows_of(page, "Figures after the last epoch")
    assert heads == ["run", "loss", "val_loss", "accuracy", "test looks"]
    assert (first[1], second[1], second[-1]) == ("0.83333", "0.58333", "2")
    assert re.findall(r'class="figure best">([\d.]+)<', page) == ["0.58333", "0.65"], "not what is the same in both"
    assert rows_of(page, "What differs")[1:] == [["Seed", "1", "2"]]


def test_networks_that_differ_are_told(store: Store) -> None:
    other = replace(CHAIN, edges=CHAIN.edges[:1])
    for seed, graph in enumerate((CHAIN, CHAIN, other)):
        store.begin(begun(str(seed), seed=seed, graph=graph))
    rows = rows_of(page_of(store, *"012"), "What differs")
    assert rows[1] == ["Network", "network 1", "network 1", "network 2"]


def test_axes_are_marked_at_round_values() -> None:
    x = np.arange(1.0, 9.0)
    picture = plot("loss", [Curve("a", x, np.linspace(0.152, 1.87, 8), "train")])
    words = re.findall(r"<text[^>]*>([^<]*)</text>", picture)
    assert words == ["0", "0.5", "1.0", "1.5", "2.0", *"12345678", "epoch"]
    flat = plot("loss", [Curve("a", x, np.full(8, 1e6), "train")])
    ElementTree.fromstring(flat)  # noqa: S314 - our own text
    assert "nan" not in flat


@pytest.mark.parametrize("place", [(0, 300), (0, 0), (-400, -20), (900, 500)])
def test_every_wire_stays_within_the_picture(place: tuple[int, int]) -> None:
    node = replace(CHAIN.nodes["n3"], at=place)
    root = ElementTree.fromstring(drawing(CHAIN.with_node(node), {}))  # noqa: S314 - our own text
    (picture,) = root.iter("svg")
    left, top, wide, high = map(float, picture.get("viewBox", "").split())
    for wire in root.iter("path"):
        points = np.array(re.findall(r"(-?\d+),(-?\d+)", wire.get("d", "")), float)
        assert points.min(0)[0] >= left
        assert points.min(0)[1] >= top
        assert points.max(0)[0] <= left + wide
        assert points.max(0)[1] <= top + high
