"""The bench's harness: medians, ratios, targets, and what is printed."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.bench import __main__ as bench
from tests.bench.harness import Measure, median_seconds, race, table


@pytest.mark.parametrize(
    ("measure", "met"),
    [
        (Measure("a", 0.5, "s"), None),
        (Measure("a", 0.5, "s", target=0.6), True),
        (Measure("a", 0.7, "s", target=0.6), False),
        (Measure("a", 2.0, "s", target=1.05, rival="b", rival_median=1.99), True),
        (Measure("a", 2.0, "s", target=1.05, rival="b", rival_median=1.5), False),
    ],
)
def test_a_target_is_for_the_ratio_where_there_is_a_rival(measure: Measure, met: bool | None) -> None:
    assert measure.met is met


def test_a_race_takes_turns_and_medians() -> None:
    order: list[str] = []
    ours, rivals = iter([9.0, 1.0, 5.0, 2.0]), iter([9.0, 8.0, 4.0, 6.0])

    def take(name: str, figures: Iterator[float]) -> float:
        order.append(name)
        return next(figures)

    assert race(lambda: take("ours", ours), lambda: take("rival", rivals), runs=3) == (2.0, 6.0)
    assert order == ["ours", "rival"] * 4


def test_warming_up_is_not_measured() -> None:
    runs: list[int] = []
    assert median_seconds(lambda: runs.append(1), runs=3, warm=2) >= 0
    assert len(runs) == 5


def test_the_table_says_what_was_missed() -> None:
    text = table([("one", Measure("first", 0.7, "s", target=0.6)), ("two", Measure("second", 1.0, "s"))])
    heading, first, second = text.splitlines()
    assert heading.split() == ["bench", "measured", "median", "against", "ratio", "target"]
    assert first.split() == ["one", "first", "0.7", "s", "≤", "0.6", "s", "MISSED"]
    assert second.split() == ["two", "second", "1", "s"]


def test_a_missed_target_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [Measure("first", 0.7, "s", target=0.6)]
    monkeypatch.setattr(bench, "benches", lambda names: [("one", lambda: rows)])
    assert bench.main(["--json"]) == 1
    told = json.loads(capsys.readouterr().out)["measures"]
    assert told == [{
        "bench": "one", "name": "first", "median": 0.7, "unit": "s", "target": 0.6, "rival": None,
        "rival_median": None, "note": "", "ratio": None, "met": False,
    }]  # fmt: skip


def test_every_bench_is_found() -> None:
    assert {"window"} <= {name for name, _ in bench.benches([])}


def test_an_unknown_bench_is_refused() -> None:
    with pytest.raises(SystemExit, match="2"):
        bench.main(["nothing"])
