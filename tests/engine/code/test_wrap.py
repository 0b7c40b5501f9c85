"""Statements are laid out as ruff leaves them, and say the same as before."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.code.wrap import WIDTH, block, docstring, quoted, statement
from tests.engine.strategies import PATIENT

LONG = "a" * 30


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("x = f(1, 'a')", ['x = f(1, "a")']),
        ("x = 'say \"hi\"'", ["x = 'say \"hi\"'"]),
        ("x = (1e-05, 1e+20, 0.0001)", ["x = (1e-5, 1e20, 0.0001)"]),
        ("for a in b:\n    print(a)", ["for a in b:", "    print(a)"]),
        (
            f"x = f({LONG}, {LONG}, b={LONG}, c=1)",
            ["x = f(", f"    {LONG},", f"    {LONG},", f"    b={LONG},", "    c=1,", ")"],
        ),
        (
            f"x = f({LONG}, {LONG}, b={LONG})(y)",
            ["x = f(", f"    {LONG},", f"    {LONG},", f"    b={LONG},", ")(y)"],
        ),
        (
            f"x = f(1)([{LONG}, {LONG}, {LONG}, {LONG}])",
            ["x = f(1)(", "    [", *[f"        {LONG},"] * 4, "    ],", ")"],
        ),
        (
            f"x = f({LONG}, {LONG}, {LONG}, {LONG})({LONG}, {LONG}, {LONG}, {LONG})",
            ["x = f(", *[f"    {LONG},"] * 4, ")(", *[f"    {LONG},"] * 4, ")"],
        ),
        (
            f"return g({LONG}, [{LONG}], ({LONG},), 3)",
            ["return g(", f"    {LONG},", f"    [{LONG}],", f"    ({LONG},),", "    3,", ")"],
        ),
        (f"g({LONG})({LONG})({LONG})", [f"g({LONG})({LONG})({LONG})"]),
        (
            f"{LONG}, {LONG} = g({LONG}, 'b')(x, y)",
            ["(", f"    {LONG},", f"    {LONG},", f') = g({LONG}, "b")(x, y)'],
        ),
    ],
)  # fmt: skip
def test_a_statement_is_laid_out(source: str, lines: list[str]) -> None:
    (item,) = ast.parse(source).body
    found = statement(item, 0)
    assert found == lines
    assert ast.dump(ast.parse("\n".join(found))) == ast.dump(ast.parse(source))


def test_lines_are_indented_and_comments_stand_between() -> None:
    items: list[ast.stmt | str] = [ast.parse("a = 1").body[0], "", "Why.", ast.parse("b = 2").body[0]]
    assert block(items, 4) == ["    a = 1", "", "    # Why.", "    b = 2"]


@PATIENT
@given(st.text())
def test_a_text_is_a_constant_on_one_line(text: str) -> None:
    spelled = quoted(text)
    assert ast.literal_eval(spelled) == text
    assert spelled.isprintable()


@PATIENT
@given(st.text())
def test_a_docstring_is_its_text(text: str) -> None:
    tree = ast.parse(docstring(text))
    assert ast.get_docstring(tree, clean=False) == text
    assert len(tree.body) == 1


def _terms(atoms: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Draw expressions as Python spells them: calls, calls of calls, lists, tuples."""
    names = st.sampled_from(["f", "keras", "x" * 20])

    def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        rows = st.lists(inner, min_size=2, max_size=4).map(", ".join)
        return (
            rows.map(lambda row: f"[{row}]")
            | rows.map(lambda row: f"({row})")
            | st.tuples(names, rows).map(lambda pair: f"{pair[0]}({pair[1]})")
            | st.tuples(names, inner, rows).map(lambda three: f"{three[0]}(k={three[1]})({three[2]})")
        )

    return st.recursive(names | atoms, nested, max_leaves=12)


BEFORE = st.sampled_from(["x = ", "return ", f"{LONG}, {LONG}, {LONG} = ", ""])


def _laid_out(source: str) -> list[str]:
    """Lay out a statement of a function's body and see that it says what it said."""
    before = ast.parse(f"def f():\n    {source}").body[0]
    assert isinstance(before, ast.FunctionDef)
    lines = statement(before.body[0], 4)
    after = ast.parse("\n".join(["def f():", *lines])).body[0]
    assert ast.dump(after) == ast.dump(before)
    return lines


@PATIENT
@given(_terms(st.text(max_size=99).map(repr) | st.just("y" * 99)), BEFORE)
def test_a_statement_keeps_its_meaning(term: str, before: str) -> None:
    _laid_out(before + term)


@PATIENT
@given(_terms(st.floats(allow_nan=False, allow_infinity=False).map(repr)), BEFORE)
def test_lines_of_short_words_are_short(term: str, before: str) -> None:
    assert max(map(len, _laid_out(before + term))) <= WIDTH
