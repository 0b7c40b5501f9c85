"""Lays statements out as ruff and black do: double quotes, and a long call with an argument to a line.

`ast.unparse` writes one line a statement. Knows nothing of networks.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import Final

WIDTH: Final = 100
STEP: Final = 4
#: A call's arguments that may stand behind the bracket of a call broken before: `)(image)`.
SHORT: Final = 40
_WORDS: Final = re.compile(r"""(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<=\d)e(?P<sign>[-+])0?(?=\d)""")


def statement(item: ast.stmt, indent: int) -> list[str]:
    """Lay a statement out on lines of at most `WIDTH`, where its names and texts let it."""
    space = " " * indent
    if isinstance(item, ast.If | ast.For):
        return [*_held(item, indent)]
    flat = one_line(item)
    if len(space + flat) <= WIDTH:
        return [space + flat]
    before: list[str] = [space]
    value: ast.expr | None = None
    match item:
        case ast.Assign(targets=[ast.Tuple(elts=targets)], value=value):
            before = _targets(targets, indent)
        case ast.Assign(targets=[target], value=value):
            before = [f"{space}{one_line(target)} = "]
        case ast.Return(value=value):
            before = [f"{space}return "]
        case ast.Expr(value=value):
            pass
    if value is None:
        return [space + flat]
    first, *rest = _fitted(value, indent, len(before[-1]))
    return [*before[:-1], before[-1] + first, *rest]


def _held(item: ast.If | ast.For, indent: int) -> Iterator[str]:
    """Lay out a statement that holds others."""
    space = " " * indent
    if isinstance(item, ast.For):
        names = item.target.elts if isinstance(item.target, ast.Tuple) else [item.target]
        yield f"{space}for {', '.join(map(one_line, names))} in {one_line(item.iter)}:"
    else:
        yield f"{space}if {one_line(item.test)}:"
    yield from block(item.body, indent + STEP)
    if item.orelse:
        yield f"{space}else:"
        yield from block(item.orelse, indent + STEP)


def block(items: Iterable[ast.stmt | str], indent: int) -> list[str]:
    """Lay out statements and, between them, lines of comment; an empty line of comment is an empty line."""
    lines: list[str] = []
    for item in items:
        if isinstance(item, str):
            lines.append(f"{' ' * indent}# {item}" if item else "")
        else:
            lines += statement(item, indent)
    return lines


def one_line(node: ast.AST) -> str:
    """Spell a node on one line, texts in double quotes."""
    return _WORDS.sub(_word, ast.unparse(node))


def quoted(text: str) -> str:
    """Spell a text as a constant, in the quotes that need the fewer backslashes; what cannot be seen is escaped."""
    inner = "".join(_letter(letter) for letter in text)
    if inner.count('"') > inner.count("'"):
        return "'" + inner.replace("'", "\\'") + "'"
    return '"' + inner.replace('"', '\\"') + '"'


def docstring(text: str) -> str:
    """Spell lines of text as a docstring."""
    inner = "\n".join("".join(_letter(letter) for letter in line) for line in text.split("\n"))
    return '"""' + inner.replace('"', '\\"') + '"""'


def _letter(letter: str) -> str:
    return "\\\\" if letter == "\\" else letter if letter.isprintable() else repr(letter)[1:-1]


def _word(found: re.Match[str]) -> str:
    text = found.group("text")
    if text is None:
        return "e" + found.group("sign").removeprefix("+")
    return quoted(ast.literal_eval(text) if "\\" in text else text[1:-1])


def _targets(targets: list[ast.expr], indent: int) -> list[str]:
    """The names that a call's outputs go to, on one line or one a line; the last line waits for the value."""
    space, names = " " * indent, [one_line(target) for target in targets]
    flat = f"{space}{', '.join(names)} = "
    if len(flat) <= WIDTH // 2:
        return [flat]
    return [f"{space}(", *(f"{space}{' ' * STEP}{name}," for name in names), f"{space}) = "]


def _fitted(value: ast.expr, indent: int, used: int, after: int = 0) -> list[str]:
    """Lay an expression out; its first line begins at column `used`, and `after` columns follow its last."""
    flat = one_line(value)
    if used + len(flat) + after <= WIDTH:
        return [flat]
    match value:
        case ast.Call():
            return _call(value, indent, used)
        case ast.List(elts=elts):
            return _opened("[", elts, "]", indent)
        case ast.Tuple(elts=elts):
            return _opened("(", elts, ")", indent)
    return [flat]


def _call(value: ast.Call, indent: int, used: int) -> list[str]:
    arguments: list[ast.expr | ast.keyword] = [*value.args, *value.keywords]
    words = ", ".join(one_line(item) for item in arguments)
    if isinstance(value.func, ast.Call) and (len(words) <= SHORT or used + len(one_line(value.func)) + 1 > WIDTH):
        *lines, last = _call(value.func, indent, used)
        if indent + len(last) + len(words) + 2 <= WIDTH:
            return [*lines, f"{last}({words})"]
        first, *rest = _opened("(", arguments, ")", indent)
        return [*lines, last + first, *rest]
    if not arguments:
        return [one_line(value)]
    return _opened(f"{one_line(value.func)}(", arguments, ")", indent)


def _opened(start: str, items: Iterable[ast.expr | ast.keyword], end: str, indent: int) -> list[str]:
    """One item a line between brackets, each followed by a comma."""
    inner = indent + STEP
    lines = [start]
    for item in items:
        before = f"{item.arg}=" if isinstance(item, ast.keyword) else ""
        value = item.value if isinstance(item, ast.keyword) else item
        first, *rest = _fitted(value, inner, inner + len(before), 1)
        item_lines = [" " * inner + before + first, *rest]
        lines += [*item_lines[:-1], item_lines[-1] + ","]
    return [*lines, " " * indent + end]
