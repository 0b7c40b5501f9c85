"""What is offered for a problem: what was tried and works, at the least cost; nothing else, and never too much."""

from __future__ import annotations

from collections.abc import Mapping

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.graph_json import graph_from_json
from engine.mends import Choose, Mend, Set
from engine.proving import OFFERED, Case, Told
from engine.recipe import Recipe
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap
from tests.engine.drawings import chain, layer

GRAPH = chain(layer("InputLayer", shape=(8,)), layer("Dense", units=1), layer("Dense", units=1))
KNOWN = NodeReport(FrozenMap({"output": TensorSpec((None, 1))}))
WRONG = Problem("error", "l2 is wrong.", ("l2",))
OTHER = Problem("error", "l1 is wrong.", ("l1",))
WARNED = Problem("warning", "l2 is odd.", ("l2",))


def told(*problems: Problem, unknown: str = "", **more: object) -> Told:
    nodes = FrozenMap({id: NodeReport() if id in unknown.split() else KNOWN for id in GRAPH.nodes})
    return Told(Report(nodes, problems), **more)  # type: ignore[arg-type]


def units(value: int) -> Mend:
    return Set("l2", "units", value)


def offered(mends: tuple[Mend, ...], after: Mapping[int, Told], before: Told | None = None) -> list[str]:
    """The titles of the fixes of the first problem, where so many units of l2 lead to what is told after them."""

    def ask(graph: Graph, _recipe: Recipe | None) -> Told:
        value = graph.node("l2").values["units"]
        return after.get(value, told(WRONG)) if isinstance(value, int) else told(WRONG)

    first = before or told(WRONG, unknown="l2", mends={WRONG: mends})
    problem = Case(GRAPH, None, first, catalogue(), ask).proven()[0]
    return [fix.title for fix in problem.fixes]


def test_what_does_not_mend_is_not_offered() -> None:
    assert offered((units(2), units(3)), {2: told(WRONG), 3: told()}) == ["Set units of l2 to 3"]


def test_the_same_error_in_other_words_is_no_mend() -> None:
    other = Problem("error", "l2 is wrong still.", ("l2",))
    assert offered((units(2),), {2: told(other, unknown="l2")}) == []


def test_what_breaks_another_layer_is_not_offered() -> None:
    assert offered((units(2),), {2: told(OTHER, unknown="l1 l2")}) == []


def test_an_error_that_only_came_to_light_counts_against_a_mend() -> None:
    hidden = told(WRONG, unknown="l1 l2", mends={WRONG: (units(2), units(3))})
    after = {2: told(OTHER, unknown="l1"), 3: told()}
    assert offered((), after, hidden) == ["Set units of l2 to 3"]
    assert offered((), {**after, 3: told(OTHER, unknown="l1")}, hidden) == [
        "Set units of l2 to 2", "Set units of l2 to 3"
    ]  # fmt: skip


def test_fewer_warnings_come_first_else_the_likeliest() -> None:
    after = {2: told(WARNED), 3: told(), 4: told()}
    titles = offered((units(2), units(3), units(4)), after)
    assert titles == [f"Set units of l2 to {value}" for value in (3, 4, 2)]


def test_no_more_than_a_person_reads() -> None:
    mends = tuple(units(value) for value in range(2, 9))
    assert len(offered(mends, {value: told() for value in range(2, 9)})) == OFFERED


def test_a_mend_that_cannot_be_is_passed_over() -> None:
    assert offered((units(-3), Set("gone", "units", 3), units(2)), {2: told()}) == ["Set units of l2 to 2"]


def test_a_problem_that_stood_there_before_is_in_no_ones_way() -> None:
    before = told(WRONG, OTHER, unknown="l1 l2", mends={WRONG: (units(2),)})
    assert offered((), {2: told(OTHER, unknown="l1")}, before) == ["Set units of l2 to 2"]


def test_a_mend_of_the_recipe_is_tried_with_the_recipe_that_it_makes() -> None:
    long = Problem("warning", "Too many epochs.", (), "epochs")
    mend = Choose("epochs", 3, "Train for 3 epochs")

    def ask(_graph: Graph, recipe: Recipe | None) -> Told:
        return told() if recipe is not None and recipe.epochs == 3 else told(recipe=(long,))

    case = Case(GRAPH, Recipe(), told(recipe=(long,), mends={long: (mend,)}), catalogue(), ask)
    (problem,) = case.proven()
    assert [(fix.title, fix.graph) for fix in problem.fixes] == [("Train for 3 epochs", None)]


def test_a_fix_is_the_drawing_after_it() -> None:
    first = told(WRONG, unknown="l2", mends={WRONG: lambda: (units(2),)})
    (problem,) = Case(GRAPH, None, first, catalogue(), lambda _graph, _recipe: told()).proven()
    assert graph_from_json(problem.fixes[0].graph).node("l2").values["units"] == 2


def test_somebody_in_a_hurry_is_heard_after_each_mend_that_is_tried() -> None:
    first = told(WRONG, unknown="l2", mends={WRONG: (units(2), units(3))})
    steps = list(Case(GRAPH, None, first, catalogue(), lambda _graph, _recipe: told()).steps())
    assert [step is None for step in steps] == [True, True, False]
