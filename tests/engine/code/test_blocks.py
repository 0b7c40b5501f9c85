"""A block is spelled as a function, a row of one as a loop; what cannot be spelled so is spelled flat."""

from __future__ import annotations

import ast
from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.code import model
from engine.code.wrap import block as lay_out
from engine.graph import BLOCK, Block, BlockParameter
from engine.values import Formula, FrozenMap, Value
from tests.engine.drawings import Kind, drawing, layer

KERAS = catalogue()
INLET, OUTLET = layer("Inlet"), layer("Outlet")
UNITS = BlockParameter("units", "int", 8)


def instance(name: str, *, shares: str | None = None, **values: Value) -> Kind:
    return BLOCK + name, shares, FrozenMap(values)


def unit(*parameters: BlockParameter, when: str = "") -> Block:
    graph = drawing(
        "x > d", "d > n", "n > y", x=INLET, d=layer("Dense", units=Formula("units * 2")),
        n=layer("BatchNormalization"), y=OUTLET,
    )  # fmt: skip
    if when:
        graph = graph.with_node(replace(graph.node("n"), when=when))
    return Block("unit", graph, parameters or (UNITS,))


def spelled(block: Block, *more: Block, shares: bool = False, **values: Value) -> tuple[str, str]:
    """Spell a drawing with one instance, `u`: its function, and what builds the model."""
    said = BLOCK + block.name, None, FrozenMap(values)
    graph = drawing("i > u.x", "u.y > o", i=layer("InputLayer", shape=(4,)), u=said, o=layer("ReLU"))
    if shares:
        graph = drawing("i > u.x", "u.y > w.x", "w.y > o", i=layer("InputLayer", shape=(16,)), u=instance(block.name),
                        w=instance(block.name, shares="u"), o=layer("ReLU"))  # fmt: skip
    graph = replace(graph, blocks=FrozenMap({each.name: each for each in (block, *more)}))
    lines, functions = model.spelled(graph, KERAS)
    text = "\n".join(lay_out(lines, 0))
    ast.parse("\n\n".join([*functions, f"def build():\n    {text.replace(chr(10), chr(10) + '    ')}"]))
    return "\n".join(functions), text


def test_a_block_is_a_function_of_its_parameters() -> None:
    function, text = spelled(unit(), units=3)
    assert function == (
        "def unit_2(x: keras.KerasTensor, name: str, *, units: int = 8) -> keras.KerasTensor:\n"
        '    """Build the block unit."""\n'
        '    d = layers.Dense(units * 2, name=f"{name}.d")(x)\n'
        '    return layers.BatchNormalization(name=f"{name}.n")(d)\n'
    )
    assert 'u = unit_2(i, "u", units=3)\no = layers.ReLU(name="o")(u)' in text


@pytest.mark.parametrize(
    ("repeat", "lines"),
    [
        (2, 'u = i\nfor unit in range(1, 3):\n    u = unit_2(u, f"u.unit{unit}")'),
        (1, 'u = unit_2(i, "u")'),
    ],
)
def test_a_row_is_a_loop(repeat: int, lines: str) -> None:
    _, text = spelled(unit(), repeat=repeat)
    assert lines in text


def test_only_the_first_of_a_row_is_told_what_is_for_the_first() -> None:
    first = BlockParameter("project", "bool", False, first=True)
    function, text = spelled(unit(UNITS, first, when="project"), repeat=4, project=True, units=5)
    assert "    if project:\n        n = layers.BatchNorm" in function
    assert "    else:\n        n = d\n" in function
    assert (
        'u = unit_2(i, "u.unit1", units=5, project=True)\n'
        "for unit in range(2, 5):\n"
        '    u = unit_2(u, f"u.unit{unit}", units=5)'
    ) in text
    _, text = spelled(unit(UNITS, first, when="project"), repeat=2, project=True)
    assert 'u = unit_2(u, "u.unit2")' in text
    assert "for" not in text


def test_blocks_in_blocks_call_each_other_and_formulas_go_on() -> None:
    inside = drawing("x > u.x", "u.y > y", x=INLET, u=instance("unit", units=Formula("width / 2"),
                     repeat=Formula("depth")), y=OUTLET)  # fmt: skip
    stage = Block("stage", inside, (BlockParameter("width", "int", 8), BlockParameter("depth", "int", 2)))
    function, text = spelled(stage, unit(), width=32)
    assert function.index("def unit_2(") < function.index("def stage(")
    assert (
        "    u = x\n    for unit in range(1, depth + 1):\n"
        '        u = unit_2(u, f"{name}.u.unit{unit}" if depth > 1 else f"{name}.u", units=int(width / 2))'
    ) in function
    assert 'u = stage(i, "u", width=32)' in text


def test_parameters_whose_names_are_taken_have_others() -> None:
    graph = drawing("layers > d", "d > y", layers=INLET, d=layer("Dense", units=Formula("name + keras")), y=OUTLET)
    graph = graph.with_node(replace(graph.node("layers"), name="x"))
    function, text = spelled(
        Block("model", graph, (BlockParameter("name", "int", 8), BlockParameter("keras", "int", 1)))
    )
    assert "layers.Dense(name_2 + keras_" in function.replace("name_ ", "name_2 ")
    assert "def model_(" in function
    assert "u = model_(i" in text


def test_a_docstring_is_a_text_whatever_the_note_says() -> None:
    function, _ = spelled(replace(unit(), note='"""); import os #\nmore'))
    assert ast.get_docstring(ast.parse(function).body[0]) == 'Build the block unit: """); import os.'  # type: ignore[arg-type]


FLAT = {
    "loose": drawing("x > d", "d > n", "d > y", x=INLET, d=layer("Dense", units=2), n=layer("ReLU"), y=OUTLET),
    "unwired": drawing("x > d", "d > y", x=INLET, z=INLET, d=layer("Dense", units=2), y=OUTLET),
    "shared": unit().graph,
}


@pytest.mark.parametrize("why", FLAT)
def test_what_cannot_be_functions_is_flat(why: str) -> None:
    function, text = spelled(Block("unit", FLAT[why], (UNITS,)), shares=why == "shared")
    assert function == ""
    assert 'name="u.d"' in text
