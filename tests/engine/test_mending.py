"""What mends a problem: each fix's title, and that the drawing after it has the problem no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine import mending, remedies
from engine.catalogue import catalogue
from engine.datasets import dataset
from engine.drawing import Drawing
from engine.fitters import Insert
from engine.fitting import judged
from engine.graph import End, Graph
from engine.graph_json import graph_from_json
from engine.kinds import spell
from engine.mending import fixed, fixed_recipe, room, spelled
from engine.mends import Choose, Remove, Rename, Set, sought
from engine.recipe import Recipe
from engine.report import Fix, NodeReport, Problem, Report, TensorSpec
from engine.structure import found, problems
from engine.values import FrozenMap
from tests.engine.drawings import chain, drawing, layer


def offered(graph: Graph) -> list[tuple[Problem, Fix]]:
    """What might mend each problem of a drawing, not tried out."""
    drawing = Drawing(graph, catalogue())
    pairs = [(problem, mend) for problem in found(drawing) for mend in sought(drawing.mends.get(problem, ()))]
    fixes = [(problem, spelled(mend, graph, catalogue(), Recipe())) for problem, mend in pairs]
    return [(problem, fix) for problem, fix in fixes if fix is not None]


INPUT, DENSE = layer("InputLayer", shape=(8,)), layer("Dense", units=4)
TARGET = End("b", "input")


@pytest.mark.parametrize(
    ("graph", "titles"),
    [
        (chain(INPUT, DENSE, DENSE), []),
        (drawing("x > a", x=INPUT, y=INPUT, a=DENSE), ["Delete y"]),
        (drawing("x > a", "x > a.query", x=INPUT, a=DENSE), ["Remove the wire from x"]),
        (
            drawing("x > a", "y > a", x=INPUT, y=INPUT, a=DENSE),
            [
                "Join them by Concatenate before a",
                "Join them by Add before a",
                "Remove the wire from x",
                "Remove the wire from y",
            ],
        ),
        (
            drawing("x > a", "a.state_h > b", x=layer("InputLayer", shape=(8, 2)), a=layer("LSTM", units=2), b=DENSE),
            ["Turn return state on in a", "Remove the wire from a"],
        ),
    ],
)
def test_problems_of_wires_are_mended(graph: Graph, titles: list[str]) -> None:
    pairs = offered(graph)
    assert [fix.title for _, fix in pairs] == titles
    for problem, fix in pairs:
        after = problems(graph_from_json(fix.graph), catalogue())
        assert problem.sentence not in [other.sentence for other in after]


def test_a_name_that_two_have_is_mended() -> None:
    graph = Rename("l2").mended(chain(INPUT, DENSE, DENSE), catalogue())
    twice = graph.with_nodes([graph.node("l1"), chain(INPUT, DENSE).node("l1")])
    assert Rename("l1").title(twice) == "Rename it to l1_1"
    assert problems(twice, catalogue()) == ()


def test_what_a_recipe_asks_for_is_set() -> None:
    graph = chain(layer("InputLayer", shape=(9, 9, 1)), layer("Flatten"), DENSE)
    shapes = ((None, 9, 9, 1), (None, 81), (None, 4))
    nodes = {
        id: NodeReport(FrozenMap({"output": TensorSpec(shape)})) for id, shape in zip(graph.nodes, shapes, strict=True)
    }
    told, mends = judged(graph, Report(FrozenMap(nodes)), Recipe(), dataset("digits"), catalogue())
    first, second = (sought(mends[problem])[0] for problem in told)
    assert [mend.title(graph) for mend in (first, second)] == ["Set shape of l0 to 8×8×1", "Set units of l2 to 10"]
    assert first.mended(graph, catalogue()).node("l0").values["shape"] == (8, 8, 1)


@pytest.mark.parametrize(
    ("shape", "rank", "layers"),
    [
        ((None, 8, 8, 3), 2, ["Flatten", "GlobalAveragePooling2D"]),
        ((None, None, 3), 2, ["GlobalAveragePooling1D"]),
        ((None, 8, 8, 3), 3, ["Reshape 64×3"]),
        ((None, None, 8, 3), 3, ["Reshape -1×3"]),
        ((None, 8, 8), 4, ["Reshape 8×8×1"]),
        ((None, 128), 4, ["Reshape 8×8×2"]),
        ((None, 13), 4, []),
        ((None, 8), 3, ["Reshape 8×1"]),
        ((None, None, None), 4, []),
        ((None, 4, 8, 8, 3), 4, ["Reshape 32×8×3"]),
    ],
)
def test_what_makes_data_of_another_rank(shape: remedies.Shape, rank: int, layers: list[str]) -> None:
    found = remedies.to_rank("a", TARGET, shape, rank)
    said = [" ".join([insert.layer, *(spell(value) for value in insert.values.values())]) for insert in found]
    assert said == layers


def test_a_layer_is_inserted_half_way_with_a_name_of_its_own() -> None:
    graph = drawing("a > b", a=layer("InputLayer", shape=(4, 4)), b=DENSE).moved({"b": (600.0, 100.0)})
    insert = Insert("a", TARGET, "Reshape", FrozenMap({"target_shape": (4, 4, 1)}))
    assert insert.title(graph) == "Insert Reshape to 4×4×1 after a"
    after = insert.mended(graph, catalogue())
    node = after.node("n1")
    assert (node.layer, node.name, node.at, dict(node.values)) == (
        "Reshape", "reshape", (300.0, 50.0), {"target_shape": (4, 4, 1)}
    )  # fmt: skip
    assert [(edge.source.node, edge.target.node) for edge in after.edges] == [("a", "n1"), ("n1", "b")]


def test_other_channels() -> None:
    (insert,) = remedies.to_channels("a", TARGET, (None, 8, 8, 3), 5)
    assert insert.title(chain(INPUT).with_node(drawing(a=INPUT).node("a"))) == "Insert Conv2D with 5 filters after a"
    assert insert.values == {"filters": 5, "kernel_size": (1, 1)}
    assert list(remedies.to_channels("a", TARGET, (None, 3), 5)) == []


def test_a_shared_layers_value_is_its_owners() -> None:
    graph = drawing(a=layer("LSTM", units=2), b=layer("LSTM", shares="a"))
    after = Set("b", "return_sequences", True).mended(graph, catalogue())
    assert after.node("a").values == {"units": 2, "return_sequences": True}
    assert after.node("b") is graph.node("b")


def test_titles() -> None:
    graph = drawing("a > b", "c > b", a=INPUT, b=layer("Add"), c=INPUT)
    assert Set("a", "batch_size", None).title(graph) == "Clear batch size of a"
    assert Set("a", "shape", (3, None)).title(graph) == "Set shape of a to 3×any"
    assert Remove(edges=graph.edges).title(graph) == "Remove the wires from a and c"


def test_no_more_fixes_than_can_be_carried() -> None:
    assert room(drawing(x=INPUT)) == mending.MOST
    assert room(drawing(**{f"x{place}": INPUT for place in range(mending.ROOM)})) == 1


def test_a_fix_of_the_recipe_leaves_the_drawing() -> None:
    graph = drawing(x=INPUT)
    fix = spelled(Choose("epochs", 3, "Train for 3 epochs"), graph, catalogue(), Recipe())
    assert fix is not None
    assert (fix.title, fix.graph) == ("Train for 3 epochs", None)
    assert fixed(graph, fix) is graph
    assert fixed_recipe(Recipe(), fix, catalogue()) == replace(Recipe(), epochs=3)


def test_a_new_layer_stands_where_nothing_does() -> None:
    graph = drawing("a > b", a=layer("InputLayer", shape=(4, 4)), b=DENSE).moved({"b": (252.0, 0.0)})
    after = Insert("a", TARGET, "Flatten").mended(graph, catalogue())
    assert after.node("n1").at == (126.0, 96.0)
