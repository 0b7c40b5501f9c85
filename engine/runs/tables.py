"""The tables and keys of a report as HTML, each text within escaped. Knows no run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `look` holds classes of the page's style."""

    text: str
    look: str = ""

    def spell(self, tag: str, more: str = "") -> str:
        look = f' class="{self.look}"' if self.look else ""
        return f"<{tag}{look}{more}>{escape(self.text)}</{tag}>"


def figure(value: float | None, *, best: bool = False) -> Cell:
    """Spell a figure; nothing where it is not known."""
    return Cell("" if value is None else f"{value:.5g}", "figure best" if best else "figure")


def grid(heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, figures: bool = True) -> str:
    """A table with heads above, and at the left; those of figures stand to the right."""
    looks = ["", *["figure" if figures else ""] * (len(heads) - 1)]
    above = "".join(Cell(*each).spell("th", ' scope="col"') for each in zip(heads, looks, strict=True))
    body = "".join(_line(row) for row in rows)
    return f'<div class="wide"><table class="grid"><thead><tr>{above}</tr></thead><tbody>{body}</tbody></table></div>'


def pairs(rows: Iterable[tuple[str, str]]) -> str:
    """A table of names and what they are; empty without any."""
    body = "".join(_line([Cell(name), Cell(value)]) for name, value in rows)
    return f'<table class="pairs"><tbody>{body}</tbody></table>' if body else ""


def _line(cells: Sequence[Cell]) -> str:
    first, *others = cells
    beside = first.spell("th", ' scope="row"')
    return f"<tr>{beside}{''.join(cell.spell('td') for cell in others)}</tr>"


def keys(names: Iterable[tuple[str, str]]) -> str:
    """What each colour of curves means; `tint` is CSS."""
    marks = (f'<span><i class="key" style="background:{tint}"></i>{escape(name)}</span>' for name, tint in names)
    return f'<div class="keys">{"".join(marks)}</div>'
