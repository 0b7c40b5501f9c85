"""The canvas's colours, pens and fonts in the theme in use, made once a theme. Knows no drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from gui.theme import LABEL, TEXT, category_colour, colour, font, icon_pixmap, mono_font

#: The second cue beside a category's colour.
ICONS: Final[Mapping[str, str]] = {
    "Input": "log-in",
    "Core": "layers",
    "Convolution": "grid-3x3",
    "Pooling": "shrink",
    "Recurrent": "repeat",
    "Attention": "scan-eye",
    "Normalization": "sliders-horizontal",
    "Regularization": "eraser",
    "Activation": "activity",
    "Reshaping": "scaling",
    "Merging": "merge",
    "Preprocessing": "wand-sparkles",
    "Augmentation": "shuffle",
}
_NO_ICON: Final = "circle-help"


@dataclass(frozen=True, slots=True)
class Ink:
    """Colours by what they are for."""

    ground: QColor
    dot: QColor
    node: QColor
    edge: QColor
    hovered: QColor
    text: QColor
    second: QColor
    third: QColor
    wire: QColor
    port: QColor
    accent: QColor
    bad: QColor
    warning: QColor
    name_font: QFont
    line_font: QFont
    shape_font: QFont

    @staticmethod
    def now() -> Ink:
        """Mix the inks of the theme in use."""
        return Ink(
            ground=colour("window"), dot=colour("line"), node=colour("field"), edge=colour("line"),
            hovered=colour("third"), text=colour("text"), second=colour("second"), third=colour("third"),
            wire=mixed(colour("third"), colour("window"), 0.75), port=colour("second"), accent=colour("accent"),
            bad=colour("bad"), warning=colour("warning"),
            name_font=font(TEXT, bold=True), line_font=font(LABEL), shape_font=mono_font(LABEL - 1),
        )  # fmt: skip

    @property
    def states(self) -> Mapping[str, QColor]:
        return {"error": self.bad, "warning": self.warning}


def pen(tint: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    return QPen(tint, width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def category_icon(group: str, px: int) -> QPixmap:
    """Return a category's icon in its colour, `px` device pixels wide."""
    return _category_icon(group, px, category_colour(group).name())


@cache
def _category_icon(group: str, px: int, tint: str) -> QPixmap:
    pixmap = icon_pixmap(ICONS.get(group, _NO_ICON), "text", px)
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), QColor(tint))
    painter.end()
    return pixmap


def mixed(tint: QColor, ground: QColor, share: float) -> QColor:
    """Lay a share of one colour over another."""
    red, green, blue = (
        round(share * a + (1 - share) * b)
        for a, b in ((tint.red(), ground.red()), (tint.green(), ground.green()), (tint.blue(), ground.blue()))
    )
    return QColor(red, green, blue)
