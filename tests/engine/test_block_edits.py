"""Edits of a block's definition: formulas inside and instances everywhere follow, and what cannot be is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.block_edits import (
    exposed_by,
    free_parameter,
    renamed_block,
    used,
    with_changed,
    with_formula,
    with_formulas,
    with_moved,
    with_name,
    with_parameter,
    without_parameter,
)
from engine.catalogue import catalogue
from engine.errors import EngineError, GraphError, ValueProblem
from engine.graph import BLOCK, Block, BlockParameter, Graph
from engine.unfold import unfolded
from engine.values import Formula, FrozenMap, Value
from tests.engine.drawings import drawing, layer

KERAS = catalogue()
INLET, OUTLET = layer("Inlet"), layer("Outlet")


def unit() -> Block:
    graph = drawing(
        "x > d", "d > drop", "drop > y", x=INLET, y=OUTLET, drop=layer("Dropout", rate=Formula("rate")),
        d=layer("Dense", units=Formula("units*2 + extra"), activation=Formula("shape")),
    )  # fmt: skip
    graph = graph.with_node(replace(graph.nodes["drop"], when="dropped"))
    parameters = (
        BlockParameter("units", "int", 8), BlockParameter("extra", "int", 1), BlockParameter("rate", "float", 0.5),
        BlockParameter("shape", "activation", "relu"), BlockParameter("dropped", "bool", False),
    )  # fmt: skip
    return Block("unit", graph, parameters)


def project() -> Graph:
    stage = Block("stage", drawing("x > u.x", "u.y > y", x=INLET, y=OUTLET, u=layer(BLOCK + "unit", units=5)))
    graph = drawing("i > s.x", "s.y > u.x", i=layer("InputLayer", shape=(4,)), s=layer(BLOCK + "stage"),
                    u=layer(BLOCK + "unit", units=3, extra=2))  # fmt: skip
    return replace(graph, blocks=FrozenMap({"unit": unit(), "stage": stage}))


def units(root: Graph) -> list[Value]:
    flat = unfolded(root, KERAS).graph.nodes
    return [flat[id].values["units"] for id in ("u/d", "s/u/d")]


def test_a_parameter_is_renamed_in_formulas_and_in_instances_everywhere() -> None:
    root = project()
    after = with_changed(root, "unit", "units", replace(unit().parameters[0], name="width"))
    assert after.blocks["unit"].graph.nodes["d"].values["units"] == Formula("width * 2 + extra")
    assert after.nodes["u"].values == {"width": 3, "extra": 2}
    assert after.blocks["stage"].graph.nodes["u"].values == {"width": 5}
    assert units(after) == units(root) == [8, 11]


def test_what_hangs_on_a_parameter_follows_its_name() -> None:
    after = with_changed(project(), "unit", "dropped", replace(unit().parameters[4], name="apart"))
    assert after.blocks["unit"].graph.nodes["drop"].when == "apart"


def test_a_parameter_that_goes_leaves_its_default() -> None:
    after = without_parameter(project(), "unit", "extra")
    assert after.blocks["unit"].graph.nodes["d"].values["units"] == Formula("units * 2 + 1")
    assert after.nodes["u"].values == {"units": 3}
    assert units(after) == [7, 11]
    both = without_parameter(after, "unit", "units")
    assert both.blocks["unit"].graph.nodes["d"].values["units"] == 17
    assert without_parameter(both, "unit", "shape").blocks["unit"].graph.nodes["d"].values["activation"] == "relu"


def test_what_hung_on_a_parameter_that_is_not_true_is_bypassed() -> None:
    node = without_parameter(project(), "unit", "dropped").blocks["unit"].graph.nodes["drop"]
    assert (node.when, node.mode) == ("", "bypass")


def test_a_parameter_that_is_no_number_and_spoken_of_with_others_stays() -> None:
    root = project()
    block = root.blocks["unit"]
    graph = block.graph.with_value("d", "units", Formula("(shape, units)"))
    root = replace(root, blocks=root.blocks.with_item("unit", replace(block, graph=graph)))
    with pytest.raises(ValueProblem, match="speaks of other parameters too"):
        without_parameter(root, "unit", "shape")


def test_parameters_are_added_and_moved() -> None:
    root = with_parameter(project(), "unit", BlockParameter("depth", "int", 4.0))
    assert [parameter.name for parameter in root.blocks["unit"].parameters][-1] == "depth"
    assert root.blocks["unit"].parameters[-1].default == 4
    first = with_moved(root, "unit", "depth", -9)
    assert [parameter.name for parameter in first.blocks["unit"].parameters][:2] == ["depth", "units"]
    assert with_moved(first, "unit", "depth", -1) == first
    assert free_parameter(root.blocks["unit"], "depth") == "depth_1"
    assert free_parameter(root.blocks["unit"], "repeat") == "repeat_1"


@pytest.mark.parametrize(
    ("parameter", "words"),
    [
        (BlockParameter("units", "int", 1), "a name of its own"), (BlockParameter("a b", "int", 1), "starts with"),
        (BlockParameter("repeat", "int", 1), "every instance has that"), (BlockParameter("a", "thing", 1), "kinds"),
        (BlockParameter("a", "int", "much"), "a whole number"), (BlockParameter("class", "int", 1), "no word of"),
        (BlockParameter("a", "int", Formula("units")), "no formula"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_parameter_is_refused(parameter: BlockParameter, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        with_parameter(project(), "unit", parameter)
    with pytest.raises(EngineError, match=words):
        with_changed(project(), "unit", "extra", parameter)


def test_a_block_is_renamed_with_its_instances() -> None:
    root = project()
    after = renamed_block(root, "unit", "residual")
    assert list(after.blocks) == ["residual", "stage"]
    assert after.blocks["residual"].name == "residual"
    assert after.nodes["u"].layer == after.blocks["stage"].graph.nodes["u"].layer == BLOCK + "residual"
    assert units(after) == units(root)
    assert renamed_block(root, "unit", "unit") is root
    with pytest.raises(GraphError, match="a name of its own"):
        renamed_block(root, "unit", "stage")
    with pytest.raises(GraphError, match="starts with a letter"):
        renamed_block(root, "unit", "2 a")


KNOWN: dict[str, Value] = {"units": 4, "shape": "relu", "size": (3, 3)}


@pytest.mark.parametrize(
    ("name", "text"), [("units", " units * 4 "), ("activation", "shape"), ("units", "7"), ("use_bias", "units")]
)
def test_a_value_becomes_a_formula_that_gives_what_it_can_be(name: str, text: str) -> None:
    node = unit().graph.nodes["d"]
    if name == "use_bias":
        with pytest.raises(ValueProblem, match="yes or no"):
            with_formula(node, KERAS, name, text, KNOWN)
        return
    assert with_formula(node, KERAS, name, text, KNOWN).values[name] == Formula(text.strip())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("width * 2", "The block has the parameters units, shape, size"), ("units +", "arithmetic"),
        ("units - 4", "at least 1"), ("shape", "a whole number"), ("open('a')", "arithmetic"), ("units / 3", "a whole"),
    ],
)  # fmt: skip
def test_a_formula_that_cannot_be_is_refused(text: str, words: str) -> None:
    with pytest.raises(ValueProblem, match=words):
        with_formula(unit().graph.nodes["d"], KERAS, "units", text, KNOWN)


def test_a_value_is_exposed_as_a_parameter_of_its_name_or_of_its_nodes_too() -> None:
    root = project()
    after, name = exposed_by(root, KERAS, root.blocks["unit"], ["d"], "use_bias")
    assert name == "use_bias"
    assert after.blocks["unit"].parameters[-1] == BlockParameter("use_bias", "bool", True)
    assert after.blocks["unit"].graph.nodes["d"].values["use_bias"] == Formula("use_bias")
    assert unfolded(after, KERAS).graph.nodes["u/d"].values["use_bias"] is True
    block = replace(root.blocks["unit"], parameters=(*unit().parameters, BlockParameter("seed", "int", None)))
    again, name = exposed_by(replace(root, blocks=root.blocks.with_item("unit", block)), KERAS, block, ["drop"], "seed")
    assert name == "drop_seed"
    assert again.blocks["unit"].parameters[-1].default is None
    with pytest.raises(GraphError, match="A plain value"):
        exposed_by(root, KERAS, root.blocks["unit"], ["d"], "units")


def test_many_values_become_formulas_together() -> None:
    graph = drawing(a=layer("Dense", units=1), b=layer("Dense", units=2))
    after = with_formulas(graph, KERAS, ["a", "b"], "units", "units * 2", KNOWN)
    assert [node.values["units"] for node in after.nodes.values()] == [Formula("units * 2")] * 2


def test_it_is_told_where_a_parameter_is_spoken_of() -> None:
    assert used(unit(), "units") == ["d"]
    assert used(unit(), "dropped") == ["drop"]
    assert used(unit(), "nothing") == []


def test_a_parameter_is_as_free_as_the_value_that_it_is_handed_to() -> None:
    conv = Block(
        "conv",
        drawing("x > c", "c > y", x=INLET, y=OUTLET, c=layer("Conv2D", filters=4, kernel_size=Formula("size"),
                                                             padding=Formula("padding"))),
        (BlockParameter("size", "sizes", (3, 3)), BlockParameter("padding", "choice", "same")),
    )  # fmt: skip
    outer = Block("outer", drawing(c=layer(BLOCK + "conv", size=Formula("k"))), (BlockParameter("k", "sizes", (5, 5)),))
    known = KERAS.with_blocks({"outer": outer, "conv": conv})
    padding, size = known.layer(BLOCK + "conv").parameter("padding"), known.layer(BLOCK + "outer").parameter("k")
    assert "valid" in padding.choices
    assert (size.length, size.minimum) == (2, 1)
    with pytest.raises(ValueProblem, match="one of: valid, same"):
        known.check(padding, "sam")


def test_a_block_called_as_its_one_instance_is_renamed_with_it() -> None:
    graph = drawing("a > u", a=layer("InputLayer", shape=(8,)), u=layer("block:unit"))
    root = replace(graph, blocks=FrozenMap({"unit": unit()})).renamed("u", "unit")
    alike = with_name(root, "u", "stem")
    assert (alike.nodes["u"].name, alike.nodes["u"].layer, list(alike.blocks)) == ("stem", "block:stem", ["stem"])
    for name in ("stem-1", "stem.1"):
        assert with_name(root, "u", name).nodes["u"].layer == "block:unit"
    assert with_name(alike.renamed("u", "first"), "u", "other").nodes["u"].layer == "block:stem"
    assert with_name(root, "a", "unit2").nodes["u"].layer == "block:unit"
    two = root.with_node(replace(root.nodes["u"], id="v", name="second"))
    assert with_name(two, "u", "stem").nodes["u"].layer == "block:unit"
    with pytest.raises(GraphError):
        with_name(root, "u", "a")
