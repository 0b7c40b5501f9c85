"""The canvas's colours, pens and fonts in the theme in use, made once a theme. Knows no drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from gui.canvas.flows import BY_NAME, FLOWS, Flow
from gui.canvas.heat import HEAT
from gui.canvas.ramp import heat_colour
from gui.theme import (
    CATEGORIES,
    LABEL,
    SWATCHES,
    TEXT,
    category_colour,
    colour,
    font,
    icon_pixmap,
    mono_font,
    swatch,
    themes,
    wire_colour,
)  # fmt: skip

#: The second cue beside a category's colour.
ICONS: Final[Mapping[str, str]] = {
    "Input": "log-in",
    "Output": "log-out",
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
    "Operations": "sigma",
    "Your own": "code",
    "Blocks": "box",
    "Your library": "box",
}
#: How much of its colour a block has from afar: of a node that takes part, is passed by, is left out.
SHARES: Final = (1.0, 0.3, 0.3)
_NO_ICON: Final = "circle-help"
#: Thin lines in a category's colour are this much darker on white, in per cent.
_DARKER: Final = 130


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
    #: By the place of a flow in its table; the last for wires that carry nothing.
    wires: tuple[QColor, ...]
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
        idle = mixed(wire_colour(""), colour("window"), 0.45)
        return Ink(
            ground=colour("window"), dot=colour("line"), node=colour("field" if _dark() else "panel"),
            edge=colour("line"),
            hovered=colour("third"), text=colour("text"), second=colour("second"), third=colour("third"),
            wires=(*(wire_colour(flow.name) for flow in FLOWS), idle), port=colour("second"),
            accent=colour("accent"), bad=colour("bad"), warning=colour("warning"),
            name_font=font(TEXT, bold=True), line_font=font(LABEL), shape_font=mono_font(LABEL - 1),
        )  # fmt: skip

    @property
    def marks(self) -> Mapping[int, QColor]:
        """The colours of rings, by their widths: under the mouse, and selected."""
        return {1: self.hovered, 2: self.accent}

    @property
    def states(self) -> Mapping[str, QColor]:
        return {"error": self.bad, "warning": self.warning}


def pen(tint: QColor, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    return QPen(tint, width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def wire_pen(tint: QColor, flow: Flow, width: float) -> QPen:
    """Return the pen of a kind of wire; Qt strokes dashes with flat ends much faster than round ones."""
    made = pen(tint, width * flow.width)
    if flow.dash:
        made.setCapStyle(Qt.PenCapStyle.FlatCap)
        made.setDashPattern(flow.dash)
    return made


def hue_colour(hue: str) -> QColor:
    """Return the colour of what a node is coloured by: a scale's, a person's, its group's, or a dot's kind of wire."""
    if hue.startswith(HEAT):
        return heat_colour(hue)
    names = SWATCHES[themes().current.name]
    if hue in names:
        return swatch(hue)
    return category_colour(hue) if hue in CATEGORIES or hue not in BY_NAME else wire_colour(hue)


def category_icon(group: str, px: int) -> QPixmap:
    """Return a category's icon in its colour, darker on a light node, `px` device pixels wide."""
    tint = category_colour(group)
    return _category_icon(group, px, (tint if _dark() else tint.darker(_DARKER)).name())


def _dark() -> bool:
    return themes().current.name == "dark"


@cache
def _category_icon(group: str, px: int, tint: str) -> QPixmap:
    pixmap = icon_pixmap(ICONS.get(group, _NO_ICON), "text", px)
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), QColor(tint))
    painter.end()
    return pixmap


def mixed(tint: QColor, ground: QColor, share: float) -> QColor:
    """Return a share of one colour over another."""
    red, green, blue = (
        round(share * a + (1 - share) * b)
        for a, b in ((tint.red(), ground.red()), (tint.green(), ground.green()), (tint.blue(), ground.blue()))
    )
    return QColor(red, green, blue)
