"""What is known of a flat network shows on instances, and inside a block that is looked into."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.folding import Sight, faults, folded
from engine.graph import BLOCK, Block, BlockParameter, Graph
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.resolve import resolve
from engine.unfold import unfolded
from engine.values import Formula, FrozenMap
from tests.engine.drawings import drawing, layer

KERAS = catalogue()
UNIT = Block(
    "unit",
    drawing("x > d", "d > n", "n > y", x=layer("Inlet"), d=layer("Dense", units=Formula("units")),
            n=layer("BatchNormalization"), y=layer("Outlet")),
    (BlockParameter("units", "int", 8),),
)  # fmt: skip


def told(units: int = 3, repeat: int = 2) -> tuple[Graph, Report]:
    shown = drawing(
        "i > u.x", "u.y > o", i=layer("InputLayer", shape=(4,)), u=layer(BLOCK + "unit", units=units, repeat=repeat),
        o=layer("ReLU"),
    )  # fmt: skip
    graph = replace(shown, blocks=FrozenMap({"unit": UNIT}))
    network = resolve(graph, KERAS).graph
    nodes = {
        id: NodeReport(FrozenMap({"output": TensorSpec((None, place))}), 10, 8, multiply_adds=place)
        for place, id in enumerate(network.nodes)
    }
    return graph, Report(FrozenMap(nodes))


def shown(graph: Graph, report: Report, sight: Sight) -> Report:
    return folded(report, sight, unfolded(graph, KERAS), resolve(graph, KERAS))


def test_an_instance_gives_what_leaves_it_and_counts_what_is_in_it() -> None:
    graph, report = told()
    found = shown(graph, report, Sight(graph)).nodes
    assert set(found) == {"i", "u", "o"}
    assert found["u"].outputs["y"] == report.nodes["u/2/n"].outputs["output"]
    assert (found["u"].parameters, found["u"].trainable) == (40, 32)
    assert found["u"].multiply_adds == 1 + 2 + 3 + 4
    assert found["o"] == report.nodes["o"]


def test_a_length_that_is_free_inside_is_free_outside() -> None:
    graph, report = told()
    free = report.nodes.with_item("u/1/d", replace(report.nodes["u/1/d"], multiply_adds=None))
    assert shown(graph, Report(free), Sight(graph)).nodes["u"].multiply_adds is None


def test_inside_a_block_the_nodes_of_one_unit_show() -> None:
    graph, report = told()
    inner = graph.blocks["unit"].graph
    found = shown(graph, report, Sight(inner, "u/2/")).nodes
    assert found["d"] == report.nodes["u/2/d"]
    assert found["x"].outputs["output"] == report.nodes["u/1/n"].outputs["output"]
    assert found["y"].outputs["output"] == report.nodes["u/2/n"].outputs["output"]


def test_problems_inside_show_on_the_instance_and_inside_it() -> None:
    graph, report = told()
    problems = (
        Problem("error", "It does not fit.", ("u/1/d", "i")), Problem("error", "Neither do these.", ("o", "u/2/n")),
        Problem("warning", "All of it."),
    )  # fmt: skip
    report = replace(report, problems=problems)
    found = shown(graph, report, Sight(graph)).problems
    assert [problem.nodes for problem in found] == [("u", "i"), ("o", "u"), ()]
    inside = shown(graph, report, Sight(graph.blocks["unit"].graph, "u/1/")).problems
    assert [problem.nodes for problem in inside] == [("d",), ()]


def test_one_problem_of_many_units_shows_once() -> None:
    graph, report = told(repeat=3)
    problems = tuple(Problem("error", "It does not fit.", (f"u/{number}/d",)) for number in (1, 2, 3))
    assert len(shown(graph, replace(report, problems=problems), Sight(graph)).problems) == 1


def test_a_drawing_without_blocks_is_told_as_it_is() -> None:
    graph = drawing("i > o", i=layer("InputLayer", shape=(4,)), o=layer("ReLU"))
    report = Report(FrozenMap({"i": NodeReport()}))
    assert shown(graph, report, Sight(graph)) is report


@pytest.mark.parametrize(("before", "node"), [("", "u"), ("u/", "d")])
def test_what_could_not_be_unfolded_shows_where_it_is(before: str, node: str) -> None:
    graph, _ = told(repeat=1)
    bad = graph.with_value("u", "units", "wide")
    block = replace(UNIT, graph=UNIT.graph.with_value("d", "units", Formula("units * 2")))
    bad = replace(bad, blocks=FrozenMap({"unit": block}))
    sight = Sight(block.graph if before else bad, before)
    (problem,) = faults(unfolded(bad, KERAS), sight)
    assert problem.nodes == (node,)
    assert "reckons with numbers" in problem.sentence
