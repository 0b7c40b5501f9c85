"""Spells a page's texts and code as the HTML that Qt reads; every word of them is escaped. Knows no page."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from typing import Final

from engine.help import Block
from gui.highlight import COLOURS, Kind, spans
from gui.theme import themes

#: Leads to another page, not to the web.
PAGE: Final = "help:"
_MARKS: Final = re.compile(r"`([^`]*)`|\[([^\[\]]*)\]\((https?://[^)\s]*)\)")
_LISTS: Final = {"list": "ul", "steps": "ol"}
#: Whether a word is the name of a page.
Known = Callable[[str], bool]


def blocks(shown: Iterable[Block], known: Known) -> str:
    """Spell blocks one below the other."""
    return "".join(_block(block, known) for block in shown)


def _block(block: Block, known: Known) -> str:
    if block.kind == "code":
        return program("\n".join(block.lines))
    if block.kind in _LISTS:
        tag = _LISTS[block.kind]
        return f"<{tag}>" + "".join(f"<li>{text(line, known)}</li>" for line in block.lines) + f"</{tag}>"
    words = "".join(text(line, known) for line in block.lines)
    return f'<p class="{block.kind}">{words}</p>'


def text(line: str, known: Known) -> str:
    """Spell a line with its `code` and [links](address); a name of a layer leads to its page."""
    found, place = [], 0
    for mark in _MARKS.finditer(line):
        found += [escape(line[place : mark.start()]), _mark(mark, known)]
        place = mark.end()
    return "".join([*found, escape(line[place:])])


def _mark(mark: re.Match[str], known: Known) -> str:
    if mark[3]:
        return link(mark[3], mark[2])
    name = mark[1].removeprefix("keras.layers.")
    return link(PAGE + name, name) if known(name) else f"<code>{escape(mark[1])}</code>"


def link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}">{escape(words)}</a>'


def escape(words: str) -> str:
    return html.escape(words)


def program(code: str) -> str:
    """Spell Python in colours on a ground of its own."""
    return boxed(f"<pre>{coloured(code)}</pre>")


def boxed(body: str) -> str:
    """Put what is spelled already on a ground of its own."""
    return f'<table class="code" width="100%" cellspacing="0"><tr><td>{body}</td></tr></table>'


def coloured(code: str) -> str:
    """Spell Python with each word of a kind in that kind's colour."""
    found = spans(code)
    lines = (
        _line(line, sorted((s.start, s.length, s.kind) for s in found.get(n, ())))
        for n, line in enumerate(code.split("\n"))
    )
    return "\n".join(lines)


def _line(line: str, words: Iterable[tuple[int, int, Kind]]) -> str:
    found, place = [], 0
    for start, length, kind in words:
        found += [escape(line[place:start]), _word(line[start : start + length], kind)]
        place = start + length
    return "".join([*found, escape(line[place:])])


def _word(word: str, kind: Kind) -> str:
    colours = {**COLOURS[themes().current.name], "comment": themes().current.third}
    return f'<span style="color:{colours[kind]}">{escape(word)}</span>'
