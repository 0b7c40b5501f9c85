"""The colours in which frames and notes are painted, by the names of colours in a drawing. Knows no drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor

from engine.graph import COLOURS
from gui.canvas.ink import mixed
from gui.theme import colour, swatch


@dataclass(frozen=True, slots=True)
class Tint:
    """A frame's fill and bar, which let through what lies below, and its line; a note's card and line.

    Lines are opaque: Qt paints sheer ones forty times as slowly.
    """

    fill: QColor
    bar: QColor
    line: QColor
    card: QColor
    card_line: QColor

    @staticmethod
    def of(name: str) -> Tint:
        """Mix the tints of a colour of the drawing in the theme in use; grey, where none was given."""
        base, panel = swatch(name or "grey"), colour("panel")
        return Tint(
            fill=_sheer(base, 0.09), bar=_sheer(base, 0.26), line=mixed(base, colour("window"), 0.50),
            card=mixed(base, panel, 0.14) if name else panel,
            card_line=mixed(base, panel, 0.40) if name else colour("line"),
        )  # fmt: skip

    @staticmethod
    def all() -> Mapping[str, Tint]:
        return {name: Tint.of(name) for name in COLOURS}


def _sheer(tint: QColor, share: float) -> QColor:
    made = QColor(tint)
    made.setAlphaF(share)
    return made
