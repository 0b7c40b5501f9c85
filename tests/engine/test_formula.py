"""Formulas: what they give, what they refuse, and that nothing in them is ever run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ValueProblem
from engine.formula import LONGEST, filled, held, names, worked_out
from engine.values import Formula, FrozenMap, Part, Value, value_from_json, value_to_json

KNOWN: dict[str, Value] = {"filters": 64, "rate": 0.5, "strides": 2, "same": "same", "project": True, "k": (3, 5)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("filters", 64), ("filters * 4", 256), ("(filters + 2) // 3", 22), ("filters / 4", 16.0), ("-strides", -2),
        ("7 % 4", 3), ("1 - rate", 0.5), ("same", "same"), ("project", True), ("k", (3, 5)),
        ("(k, strides * 2)", ((3, 5), 4)),
        (" filters ", 64), ("+3", 3),
    ],
)  # fmt: skip
def test_what_a_formula_gives(text: str, expected: Value) -> None:
    found = worked_out(text, KNOWN)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')", "filters.real", "k[0]", "lambda: 1", "f(1)", "2 ** 9", "'text'",
        "1 if 2 else 3",
        "[1]", "{1: 2}", "a := 3", "filters and rate", "1 < 2", "", "1 +", "*k", "1j", "1e999", "b'x'", "...", "f'{k}'",
        "(" * 150 + "1" + ")" * 150, str(2**63), "1" * (LONGEST + 1), "a\x00b", "await x",
        "x for x in k",
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(ValueProblem):
        worked_out(text, KNOWN)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("missing * 2", "The block has the parameters filters, rate"), ("same * 2", "reckons with numbers"),
        ("project + 1", "reckons with numbers"), ("filters / 0", "has a result"), ("filters % 0", "has a result"),
        ("9000000000000000000 * 9", "stays below"), ("k * 2", "reckons with numbers"),
    ],
)  # fmt: skip
def test_a_formula_without_a_result_says_why(text: str, words: str) -> None:
    with pytest.raises(ValueProblem, match=words):
        worked_out(text, KNOWN)


def test_formulas_inside_values_are_worked_out() -> None:
    value = Part("L2", FrozenMap({"l2": Formula("rate / 2")}))
    assert filled((Formula("strides"), 3, value), KNOWN) == (2, 3, Part("L2", FrozenMap({"l2": 0.25})))
    assert held((Formula("strides + filters"), value, None)) == {"strides", "filters", "rate"}
    assert names("3 * 4") == frozenset()


def test_a_formula_survives_json() -> None:
    value = (Formula("filters * 4"), 3)
    assert value_to_json(value) == [{"formula": "filters * 4"}, 3]
    assert value_from_json(value_to_json(value)) == value
    with pytest.raises(ValueProblem):
        value_from_json({"formula": 3})


@given(st.text(max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    try:
        worked_out(text, KNOWN)
    except ValueProblem:
        return


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.sampled_from(["+", "-", "*", "//", "%", "/"]))
def test_arithmetic_is_python_s(a: int, b: int, sign: str) -> None:
    if b == 0 and sign in "//%":
        return
    text = f"(a {sign} b)"
    assert worked_out(text, {"a": a, "b": b}) == eval(text, {"a": a, "b": b})  # noqa: S307 - spelled above
