"""Python in colours: which words of a script are of which kind, and a highlighter that shows it. Knows no drawing."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from gui.theme import colour, themes

Kind = Literal["keyword", "text", "number", "comment", "call", "argument"]
#: A colour for each kind, on dark and on light; each has a contrast of at least 4.5 with the panel.
COLOURS: Final[Mapping[str, Mapping[Kind, str]]] = {
    "dark": {"keyword": "#C792EA", "text": "#A5CF7D", "number": "#F0A36B", "call": "#82BBEB", "argument": "#A6AFBD"},
    "light": {"keyword": "#8331A7", "text": "#2D6E1F", "number": "#A34808", "call": "#175A94", "argument": "#4E5868"},
}
_LITERALS: Final = frozenset({"True", "False", "None"})
_STRINGS: Final = frozenset(
    getattr(tokenize, name)
    for name in ("STRING", "FSTRING_START", "FSTRING_MIDDLE", "FSTRING_END")  # Python 3.12 cuts f-strings into parts
    if hasattr(tokenize, name)
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a line, by column, and its kind."""

    start: int
    length: int
    kind: Kind


def spans(text: str) -> dict[int, list[Span]]:
    """Find the coloured words of a script, by line from 0; of a broken one, those before the break."""
    found: dict[int, list[Span]] = defaultdict(list)
    lines = text.split("\n")
    for token, kind in _kinds(_tokens(text)):
        (row, column), (last_row, last_column) = token.start, token.end
        for line in range(row, last_row + 1):
            start = column if line == row else 0
            end = last_column if line == last_row else len(lines[line - 1])
            found[line - 1].append(Span(start, end - start, kind))
    return dict(found)


def _tokens(text: str) -> list[tokenize.TokenInfo]:
    tokens: list[tokenize.TokenInfo] = []
    try:
        tokens.extend(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError):
        return tokens
    return tokens


def _kinds(tokens: list[tokenize.TokenInfo]) -> Iterator[tuple[tokenize.TokenInfo, Kind]]:
    depth = 0
    for index, token in enumerate(tokens):
        following = tokens[index + 1].string if index + 1 < len(tokens) else ""
        if token.type == tokenize.OP:
            depth += (token.string in "([{") - (token.string in ")]}")
        kind = _kind(token, following, inside=depth > 0)
        if kind is not None:
            yield token, kind


def _kind(token: tokenize.TokenInfo, following: str, *, inside: bool) -> Kind | None:
    if token.type in _STRINGS:
        return "text"
    if token.type == tokenize.NUMBER:
        return "number"
    if token.type == tokenize.COMMENT:
        return "comment"
    if token.type != tokenize.NAME:
        return None
    if keyword.iskeyword(token.string):
        return "number" if token.string in _LITERALS else "keyword"
    if following == "(":
        return "call"
    return "argument" if inside and following == "=" else None


class Highlighter(QSyntaxHighlighter):
    """Colours a document that holds one script; `dimmed`, all of it is grey: it is not what would run."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._spans: dict[int, list[Span]] = {}
        self._dimmed = False
        self._formats: dict[Kind, QTextCharFormat] = {}
        themes().changed.connect(self._tint)
        self._tint()

    def read(self, text: str) -> None:
        """Prepare for a script, which is put into the document next."""
        self._spans = spans(text)

    def dim(self, dimmed: bool) -> None:
        if dimmed is not self._dimmed:
            self._dimmed = dimmed
            self.rehighlight()

    def _tint(self) -> None:
        colours = {**COLOURS[themes().current.name], "comment": themes().current.third}
        self._formats = {kind: _format(tint, italic=kind == "comment") for kind, tint in colours.items()}
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        if self._dimmed:
            self.setFormat(0, len(text), colour("third"))
            return
        for span in self._spans.get(self.currentBlock().blockNumber(), ()):
            self.setFormat(span.start, span.length, self._formats[span.kind])


def _format(tint: str, *, italic: bool) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(QColor(tint))
    made.setFontItalic(italic)
    made.setFontWeight(QFont.Weight.Normal)
    return made
