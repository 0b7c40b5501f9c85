"""How values are written in fields: read back as they were spelled, in the many ways that people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue, same
from engine.errors import ValueProblem
from engine.kinds import ParameterSpec
from engine.values import Value
from gui.editors import spelling
from gui.editors.steps import stepped
from tests.gui.shown import DECAY, KERNEL, RATE, UNITS, Make, every_parameter, maker, typed


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    return maker(qtbot)


@st.composite
def spelled_values(draw: st.DrawFn) -> tuple[ParameterSpec, Value]:
    typed = [parameter for parameter in every_parameter() if spelling.is_typed(parameter.kind)]
    parameter = draw(st.sampled_from(typed))
    whole = st.integers(-20, 40) | st.integers(0, 2**31 - 1)
    number = st.floats(-2, 2, allow_subnormal=False) | st.floats(1e-12, 1e12) | st.integers(0, 3).map(float)
    several = st.lists(whole, min_size=1, max_size=4).map(tuple)
    pair = st.tuples(whole, whole)
    kinds: dict[str, st.SearchStrategy[Value]] = {
        "int": whole,
        "float": number,
        "rate": number,
        "text": st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=12),
        "sizes": whole | several,
        "shape": st.lists(whole | st.none(), max_size=4).map(tuple),
        "axes": st.integers(-3, 3) | st.lists(st.integers(-3, 3), min_size=1, max_size=3).map(tuple),
        "pairs": whole | pair | st.lists(pair, min_size=1, max_size=3).map(tuple),
        "range": number | st.tuples(number, number).map(lambda two: tuple(sorted(two))),
        "numbers": st.lists(number, min_size=1, max_size=4).map(tuple),
        "integers": several,
        "index": st.sampled_from((":, 0", "..., 1:-1", ":, ::2, None")),
    }
    return parameter, draw(kinds[parameter.kind])


@given(spelled_values())
@settings(max_examples=400, deadline=None)
def test_a_value_is_read_back_as_it_was_spelled(case: tuple[ParameterSpec, Value]) -> None:
    parameter, drawn = case
    try:
        value = catalogue().check(parameter, drawn)
    except ValueProblem:
        return
    text = spelling.spell(parameter, value)
    assert same(catalogue().check(parameter, spelling.parse(parameter, text)), value), text


READ = [
    (KERNEL, "5", (5, 5)), (KERNEL, "3,5", (3, 5)), (KERNEL, "3x5", (3, 5)), (KERNEL, "3 × 5", (3, 5)),
    (KERNEL, "(3, 5)", (3, 5)), (KERNEL, "3 5", (3, 5)), (KERNEL, "3*5", (3, 5)),
    (UNITS, "1,024", 1024), (UNITS, "1e3", 1000), (UNITS, " 64 ", 64), (UNITS, "1_000", 1000),
    (RATE, "1e-2", 0.01), (RATE, ".5", 0.5), (RATE, "1", 1.0),
    (ParameterSpec("shape", "shape"), "28×28×1", (28, 28, 1)),
    (ParameterSpec("shape", "shape"), "any, 64", (None, 64)),
    (ParameterSpec("shape", "shape"), "(28, 28,)", (28, 28)),
    (ParameterSpec("shape", "shape"), "scalar", ()),
    (ParameterSpec("axes", "axes"), "−1", -1), (ParameterSpec("axes", "axes"), "1, 2", (1, 2)),
    (ParameterSpec("padding", "pairs", length=2), "1", ((1, 1), (1, 1))),
    (ParameterSpec("padding", "pairs", length=2), "1, 2", ((1, 1), (2, 2))),
    (ParameterSpec("padding", "pairs", length=2), "(1, 2), (3, 4)", ((1, 2), (3, 4))),
    (ParameterSpec("padding", "pairs", length=1), "1, 2", (1, 2)),
    (ParameterSpec("pad", "pairs"), "(0, 0), (1, 2)", ((0, 0), (1, 2))),
    (ParameterSpec("key", "index"), "[:, 0]", ":, 0"),
    (ParameterSpec("factor", "range"), "-0.1 to 0.3", (-0.1, 0.3)),
    (ParameterSpec("values", "numbers"), "0.1, 0.01", (0.1, 0.01)),
]  # fmt: skip


@pytest.mark.parametrize(("parameter", "text", "value"), READ)
def test_people_write_a_value_in_many_ways(parameter: ParameterSpec, text: str, value: Value) -> None:
    assert same(catalogue().check(parameter, spelling.parse(parameter, text)), value)


REFUSED = [
    (UNITS, "", "units expects a whole number of at least 1. Received: nothing."),
    (UNITS, "many", "units expects a whole number of at least 1. Received: 'many'."),
    (UNITS, "32*2", "An expression is not worked out here: write the number that it gives."),
    (UNITS, "9" * 5000, "units expects a whole number of at least 1."),
    (RATE, "0,5", "Write the decimals after a point: 0.5."),
    (RATE, "nan or so", "rate expects a number from 0 to 1."),
    (
        ParameterSpec("shape", "shape"),
        "28×wide",
        "shape expects lengths of at least 1, as 28×28×1. Received: '28×wide'.",
    ),
    (ParameterSpec("padding", "pairs", length=2), "1-2", "padding expects one whole number, or a pair"),
]


@pytest.mark.parametrize(("parameter", "text", "sentence"), REFUSED)
def test_what_cannot_be_read_gets_its_sentence(make: Make, parameter: ParameterSpec, text: str, sentence: str) -> None:
    made = make(parameter)
    field = typed(made.editor).field
    field.setText(text)
    field.setModified(True)
    field.commit()
    assert sentence in made.editor.refusal
    assert (made.said, field.text()) == ([], text)


STEPPED = [
    (UNITS, 64, 1, 65), (UNITS, 64, -10, 54), (UNITS, 1, -1, 1),
    (RATE, 0.5, 1, 0.55), (RATE, 1.0, 1, 1.0), (RATE, 0.05, -1, 0.0),
    (DECAY, 0.001, 1, 0.002), (DECAY, 0.001, -1, 0.0009), (DECAY, 0.009, 1, 0.01), (DECAY, 0.0, 1, 0.1),
    (DECAY, 0.02, -1, 0.01), (KERNEL, (3, 3), 1, (4, 4)), (KERNEL, (1, 1), -1, (1, 1)),
]  # fmt: skip


@pytest.mark.parametrize(("parameter", "value", "steps", "expected"), STEPPED)
def test_a_step(parameter: ParameterSpec, value: Value, steps: int, expected: Value) -> None:
    assert same(stepped(parameter, value, steps), expected)
