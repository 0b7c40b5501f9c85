"""What differs between two runs, in words: recipe, drawing, figures. Knows no store and no canvas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtWidgets import QTextBrowser

from engine.runs.compare import Difference, DrawingDifference
from gui.theme import colour, themes


class Differences(QTextBrowser):
    """Shows rows of old and new under titles."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Differences")
        self.setOpenLinks(False)
        self.document().setDocumentMargin(12)
        self._parts: tuple[str, str, Sequence[Difference], DrawingDifference | None] = ("", "", (), None)
        themes().changed.connect(self._spell)

    def show_two(
        self, old: str, new: str, recipe: Sequence[Difference], drawing: DrawingDifference | None
    ) -> None:  # fmt: skip
        """Show how the second run differs from the first, both by their titles."""
        self._parts = (old, new, recipe, drawing)
        self._spell()

    def _spell(self) -> None:
        old, new, recipe, drawing = self._parts
        rows = drawing.rows if drawing is not None else ()
        named = [
            *(Difference(node.name, "–", f"{node.layer}, added") for node in (drawing.added if drawing else ())),
            *(Difference(node.name, f"{node.layer}, removed", "–") for node in (drawing.removed if drawing else ())),
        ]
        words = drawing.words if drawing is not None else "it cannot be read"
        parts = [
            _table("Recipe", old, new, recipe, "the same recipe"),
            _table("Drawing", old, new, [*named, *rows], words),
        ]
        self.setHtml("".join(parts))


def _table(title: str, old: str, new: str, rows: Iterable[Difference], nothing: str) -> str:
    second, third = colour("second").name(), colour("third").name()
    head = f'<p style="margin:4px 0 4px 0"><b>{title}</b>'
    body = "".join(
        f'<tr><td style="color:{second}">{escape(row.field)}&nbsp;&nbsp;</td>'
        f"<td>{escape(row.old)}&nbsp;&nbsp;</td><td>{escape(row.new)}</td></tr>"
        for row in rows
    )
    if not body:
        return f'{head} <span style="color:{second}">· {escape(nothing)}</span></p>'
    titles = f'<tr style="color:{third}"><td></td><td>{escape(old)}&nbsp;&nbsp;</td><td>{escape(new)}</td></tr>'
    return f'{head}</p><table cellspacing="0" cellpadding="2">{titles}{body}</table>'
