"""The analysis: cells, sorting, filtering, and what is copied, formulas of strangers made harmless."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from io import StringIO

import pytest

from engine.analysis import COLUMNS, Analysis, markdown, matching, ordered, spreadsheet, table
from engine.graph import REROUTE, Graph, Node
from engine.recipe import Recipe
from engine.report import NodeReport, Report, TensorSpec
from engine.totals import Tally
from engine.values import FrozenMap
from tests.gui.drawings import node, wired

TITLES = [column.title for column in COLUMNS]


def analysis(graph: Graph | None = None) -> Analysis:
    drawn = graph or wired(
        node("n1", "InputLayer", shape=(8, 8, 1)),
        Node("n2", "Conv2D", "conv10"),
        Node("n3", "Conv2D", "conv2"),
        node("n4", "Flatten"),
    )
    nodes = {
        "n1": _found((8, 8, 1)),
        "n2": _found((8, 8, 32), 320, 320, 18432),
        "n3": _found((8, 8, 4), 1000, 900, None),
    }
    report = Report(FrozenMap({id: found for id, found in nodes.items() if id in drawn.nodes}))
    return Analysis(drawn, report, Tally().follow(report).costs, Recipe(batch_size=2))


def _found(shape: tuple[int, ...], parameters: int = 0, trainable: int = 0, work: int | None = 0) -> NodeReport:
    spec = TensorSpec((None, *shape))
    return NodeReport(FrozenMap({"output": spec}), parameters, trainable, "float32", work)


def cells(found: Analysis, id: str) -> Mapping[str, str]:
    return {column.title: column.text(found, id) for column in COLUMNS}


def test_a_row_says_what_is_known() -> None:
    assert cells(analysis(), "n2") == {
        "Name": "conv10", "Layer": "Conv2D", "Output": "8×8×32", "Parameters": "320", "Trainable": "320",
        "Multiply-adds": "18,432", "Memory": "37.9 kB", "Connected to": "inputlayer_n1",
    }  # fmt: skip


def test_what_is_free_varies_and_what_is_unknown_is_empty() -> None:
    found = analysis()
    assert cells(found, "n3")["Multiply-adds"] == "varies"
    assert cells(found, "n3")["Memory"] == "18.9 kB", "what comes out is known all the same"
    assert not any(cells(found, "n4")[title] for title in TITLES[2:-1])


def test_what_nobody_counts_is_no_zero() -> None:
    drawn = wired(node("n1", "InputLayer", shape=(None,)), node("n2", "Mine"), node("n3", "Dense", units=2))
    nodes = {
        "n1": NodeReport(FrozenMap({"output": TensorSpec((None, None))})),
        "n2": replace(_found((4,)), counted=False),
        "n3": _found((2,), work=8),
    }
    report = Report(FrozenMap(nodes))
    found = Analysis(drawn, report, Tally().follow(report).costs, Recipe(batch_size=2))
    assert [cells(found, id)["Multiply-adds"] for id in nodes] == ["0", "not counted", "8"]
    assert cells(found, "n1")["Memory"] == "varies"
    assert table(found, list(nodes))[-1][5:7] == ["8+", "96 bytes+"]


def test_dots_on_wires_are_no_layers() -> None:
    found = analysis(wired(node("n1", "InputLayer", shape=(8, 8, 1)), Node("n2", REROUTE, "dot")))
    assert found.ids == ["n1"]


@pytest.mark.parametrize(
    ("column", "falling", "ids"),
    [
        ("Name", False, ["n3", "n2", "n4", "n1"]),
        ("Output", False, ["n4", "n1", "n3", "n2"]),
        ("Parameters", True, ["n3", "n2", "n1", "n4"]),
        ("Multiply-adds", True, ["n2", "n1", "n3", "n4"]),
    ],
)
def test_sorting(column: str, falling: bool, ids: list[str]) -> None:
    found = analysis()
    assert ordered(found, found.ids, TITLES.index(column), falling=falling) == ids


@pytest.mark.parametrize(
    ("query", "ids"),
    [("", ["n1", "n2", "n3", "n4"]), ("CONV2D", ["n2", "n3"]), ("conv 8x8x4", ["n3"]), ("flat", ["n4"]), ("zzz", [])],
)
def test_filtering(query: str, ids: list[str]) -> None:
    found = analysis()
    assert matching(found, found.ids, query) == ids


def test_the_sum_is_the_last_row_and_counts_what_is_shown() -> None:
    found = analysis()
    assert table(found, ["n1", "n2"])[-1] == ["Total", "", "", "320", "320", "18,432", "38.9 kB", ""]


def test_markdown() -> None:
    lines = markdown(analysis(), ["n2"]).splitlines()
    assert lines[0] == "| " + " | ".join(TITLES) + " |"
    assert lines[1] == "| --- | --- | --- | ---: | ---: | ---: | ---: | --- |"
    assert lines[2] == "| conv10 | Conv2D | 8×8×32 | 320 | 320 | 18,432 | 37.9 kB | inputlayer_n1 |"
    assert lines[3].startswith("| Total |")


def test_csv_holds_plain_numbers() -> None:
    rows = list(csv.DictReader(StringIO(spreadsheet(analysis(), ["n2", "n4"]))))
    assert rows[0]["Multiply-adds"] == "18432"
    assert rows[0]["Memory (bytes)"] == str(320 * 4 * 4 + 2 * 2 * 8 * 8 * 32 * 4)
    assert rows[1]["Parameters"] == ""


def test_a_stranger_s_layer_is_no_formula_and_breaks_no_table() -> None:
    found = analysis(wired(node("n1", "InputLayer", shape=(8, 8, 1)), Node("n9", '=HYPERLINK("x")|y', "odd")))
    row = next(csv.reader(StringIO(spreadsheet(found, ["n9"]).splitlines()[1])))
    assert row[1] == '\'=HYPERLINK("x")|y'
    assert '=HYPERLINK("x")\\|y' in markdown(found, ["n9"])
