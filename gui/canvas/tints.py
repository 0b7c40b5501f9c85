"""The colours in which frames and notes are painted, by the names of colours in a drawing. Knows no drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor

from engine.graph import COLOURS
from gui.canvas.ink import mixed
from gui.theme import colour, swatch

_FILL, _BAR, _LINE = 0.10, 0.28, 0.50
_CARD, _CARD_LINE = 0.14, 0.40
_PLAIN: Final = "grey"


@dataclass(frozen=True, slots=True)
class Tint:
    """A frame's fill, bar and line, a note's card and its line: opaque, since Qt blends sheer ones far more slowly.

    From afar a fill and a bar are sheer, since all frames of a colour are painted at once, whichever lies above.
    """

    fill: QColor
    bar: QColor
    far_fill: QColor
    far_bar: QColor
    line: QColor
    card: QColor
    card_line: QColor

    @staticmethod
    def of(name: str) -> Tint:
        """Mix the tints of a colour of the drawing in the theme in use; grey, where none was given."""
        base, ground, panel = swatch(name or _PLAIN), colour("window"), colour("panel")
        return Tint(
            fill=mixed(base, ground, _FILL), bar=mixed(base, ground, _BAR),
            far_fill=_sheer(base, _FILL), far_bar=_sheer(base, _BAR - _FILL), line=mixed(base, ground, _LINE),
            card=mixed(base, panel, _CARD) if name else panel,
            card_line=mixed(base, panel, _CARD_LINE) if name else colour("line"),
        )  # fmt: skip

    @staticmethod
    def all() -> Mapping[str, Tint]:
        return {name: Tint.of(name) for name in COLOURS}


def _sheer(tint: QColor, share: float) -> QColor:
    made = QColor(tint)
    made.setAlphaF(share)
    return made
