"""Problems inside blocks: they are mended in the definition, or where the instance says the value, and verified."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.entering import way
from engine.folding import once, worded
from engine.graph import BLOCK, Block, BlockParameter, Graph
from engine.inner_mends import possible
from engine.mending import fixed
from engine.mends import Set
from engine.report import Problem
from engine.unfold import unfolded
from engine.values import Formula, FrozenMap
from engine.worker.check import Checker
from tests.engine.drawings import Kind, drawing, layer

INLET, OUTLET = layer("Inlet"), layer("Outlet")


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker()


def nest(block: Block, **values: object) -> Graph:
    """Stand a block in another, that in a drawing."""
    parameters = tuple(replace(parameter) for parameter in block.parameters)
    handed = {parameter.name: Formula(parameter.name) for parameter in parameters}
    inner: Kind = (BLOCK + block.name, None, FrozenMap({**handed}))
    stage = Block("stage", drawing("x > u.x", "u.y > y", x=INLET, y=OUTLET, u=inner), parameters)
    graph = drawing(
        "i > s.x", "s.y > d", i=layer("InputLayer", shape=(8, 8, 3)), s=layer(BLOCK + "stage", **values),  # type: ignore[arg-type]
        d=layer("GlobalAveragePooling2D"),
    )  # fmt: skip
    return replace(graph, blocks=FrozenMap({"stage": stage, block.name: block}))


def mended(checker: Checker, graph: Graph, words: str) -> tuple[Problem, Graph]:
    """The first problem that says some words, and the drawing after its first fix."""
    report = checker.check(graph)
    problem = next(problem for problem in report.problems if words in problem.sentence)
    assert problem.fixes, problem
    return problem, fixed(graph, problem.fixes[0])


def test_a_value_inside_is_mended_in_the_definition(checker: Checker) -> None:
    unit = Block("unit", drawing("x > c", "c > y", x=INLET, y=OUTLET,
                                 c=layer("Conv2D", filters=4, kernel_size=(3, 3), groups=2)))  # fmt: skip
    problem, after = mended(checker, nest(unit), "groups")
    assert problem.nodes[0] == "s/u/c"
    assert problem.fixes[0].title.endswith("in the block unit")
    assert after.blocks["unit"].graph != unit.graph
    assert not checker.check(after).errors


def test_a_value_that_is_handed_on_is_mended_at_the_instance(checker: Checker) -> None:
    unit = Block("unit", drawing("x > c", "c > y", x=INLET, y=OUTLET,
                                 c=layer("Conv2D", filters=6, kernel_size=(3, 3), groups=Formula("groups"))),
                 (BlockParameter("groups", "int", 1),))  # fmt: skip
    graph = nest(unit, groups=2)
    _, after = mended(checker, graph, "groups")
    assert after.blocks == graph.blocks
    assert after.nodes["s"].values.get("groups", 1) in (1, 3)
    assert not checker.check(after).errors


def test_a_layer_is_put_in_inside_a_block(checker: Checker) -> None:
    unit = Block("unit", drawing("x > f", "f > c", "c > y", x=INLET, y=OUTLET, f=layer("Flatten"),
                                 c=layer("Conv2D", filters=4, kernel_size=(1, 1))))  # fmt: skip
    _, after = mended(checker, nest(unit), "Conv2D")
    assert set(after.blocks["unit"].graph.nodes) != set(unit.graph.nodes)
    assert not checker.check(after).errors


def test_what_arrives_from_outside_is_mended_before_the_instance(checker: Checker) -> None:
    unit = Block("unit", drawing("x > c", "c > y", x=INLET, y=OUTLET,
                                 c=layer("Conv2D", filters=4, kernel_size=(1, 1))))  # fmt: skip
    graph = nest(unit)
    graph = graph.with_value("i", "shape", (28, 28))
    _, after = mended(checker, graph, "Conv2D")
    assert after.blocks == graph.blocks
    assert not checker.check(after).errors


def test_no_mend_puts_a_block_into_itself_or_fails_in_a_way_of_its_own(checker: Checker) -> None:
    unit = Block("unit", drawing("x > c", "c > y", x=INLET, y=OUTLET, c=layer("Dense", units=4)))
    graph = nest(unit)
    assert possible(Set("s/u/gone", "units", 3), graph, checker.catalogue) is None
    assert possible(Set("s/gone/c", "units", 3), graph, checker.catalogue) is None
    title, after = possible(Set("s/u/c", "units", 3), graph, checker.catalogue) or ("", graph)
    assert title == "Set units of c to 3 in the block unit"
    assert after.blocks["unit"].graph.nodes["c"].values["units"] == 3


def test_problems_name_the_way_and_are_told_once_of_a_row() -> None:
    unit = Block("unit", drawing("x > c", "c > y", x=INLET, y=OUTLET, c=layer("Dense", units=4)))
    graph = nest(unit)
    stage = graph.blocks["stage"]
    row = replace(stage, graph=stage.graph.with_value("u", "repeat", 3))
    graph = replace(graph, blocks=graph.blocks.with_item("stage", row))
    from engine.catalogue import catalogue

    flat = unfolded(graph, catalogue())
    found = [Problem("error", f"s.u.unit{n}.c (Dense) is wrong", (f"s/u/{n}/c",)) for n in (1, 2, 3)]
    told = worded(found, flat, graph)
    assert [problem.sentence for problem in told][1] == "s/u/unit2/c (Dense) is wrong"
    assert once(told, flat) == told[:1]
    steps, id = way(graph, "s/u/2/c")
    assert ([step.unit for step in steps], id) == ([1, 2], "c")
