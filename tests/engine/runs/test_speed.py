"""What a switch did to speed is said of runs that differ in nothing else, and as surely as it is known."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from engine.recipe import Recipe, recipe_to_json
from engine.runs.speed import compared
from engine.runs.values import RunRow


def run(id: str, began: float, speed: float, readings: int = 9, error: float = 0.01, **changed: Any) -> RunRow:
    recipe = replace(Recipe(), **changed)
    pace = {"samples_per_second": speed, "readings": float(readings), "samples_per_second_error": error}
    text = json.dumps(recipe_to_json(recipe))
    return RunRow(id, began=began, status="finished", network="n", device="CPU", recipe_text=text, pace=pace)


BEFORE = run("a", 1.0, 1000.0)


def test_a_switch_that_made_it_faster() -> None:
    rows = [run("b", 2.0, 1310.0, xla=True), BEFORE]
    assert compared(rows, "b") == (
        "XLA on after automatic: 1.31× the samples per second of the run before, 1,310 for 1,000 (± 0.04)."
    )


def test_what_else_a_run_differs_in_that_does_not_change_its_steps() -> None:
    rows = [BEFORE, run("b", 2.0, 500.0, batch_size=16, epochs=3, seed=9)]
    assert compared(rows, "b").startswith("Batch size 16 after 32: 0.50×")


def test_two_switches_at_once() -> None:
    rows = [run("a", 1.0, 1000.0, xla=False), run("b", 2.0, 2000.0, xla=True, steps_per_execution=8)]
    assert compared(rows, "b").startswith("XLA on after off, Steps per execution 8 after automatic: 2.00×")


def test_a_difference_within_what_they_vary_by_is_none() -> None:
    rows = [BEFORE, run("b", 2.0, 1020.0, xla=True)]
    assert compared(rows, "b").endswith("1,020 for 1,000: no more than they vary by themselves (± 0.03).")


def test_short_runs_are_not_believed() -> None:
    rows = [BEFORE, run("b", 2.0, 2000.0, readings=2, xla=True)]
    assert compared(rows, "b").endswith("The runs were too short to be sure of it.")


@pytest.mark.parametrize(
    "other",
    [
        run("b", 2.0, 2000.0), replace(run("b", 2.0, 2000.0, xla=True), network="m"),
        replace(run("b", 2.0, 2000.0, xla=True), device="GPU"),
        replace(run("b", 2.0, 2000.0, xla=True), machine={"cores": 64}),
        replace(run("b", 2.0, 2000.0, xla=True), pace={}), replace(run("b", 2.0, 2000.0, xla=True), status="failed"),
        run("b", 0.5, 2000.0, xla=True), run("b", 2.0, 2000.0, xla=True, metrics=()), run("c", 2.0, 2000.0, xla=True),
    ],
)  # fmt: skip
def test_runs_that_cannot_be_compared(other: RunRow) -> None:
    assert compared([BEFORE, other], "b") == ""


def test_the_last_of_several_is_the_one_before() -> None:
    rows = [BEFORE, run("c", 2.0, 500.0), run("b", 3.0, 1000.0, xla=True)]
    assert "2.00×" in compared(rows, "b")
