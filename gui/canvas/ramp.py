"""The colours of the scale: from dim to bright on dark, from pale to deep on light. Knows no drawing.

One ramp whose lightness alone tells the order, so that it is read without seeing hues: after viridis (van der Walt and
Smith, 2015), begun where it can still be told from the ground.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from PySide6.QtGui import QColor

from gui.canvas.heat import COLD, HEAT, STEPS
from gui.theme import themes

RAMPS: Final[Mapping[str, tuple[str, ...]]] = {
    "dark": ("#4A4487", "#3B6C9C", "#2E9B93", "#72C766", "#F4E55C"),
    "light": ("#D3DB6E", "#7CBF72", "#3C9A8C", "#31668E", "#43206B"),
}
#: The colour of what has no place on the scale.
NONE: Final[Mapping[str, str]] = {"dark": "#343B48", "light": "#C6CDD8"}


def heat_colour(hue: str) -> QColor:
    """Return the colour of a hue of the scale, in the theme in use."""
    theme = themes().current.name
    return QColor(NONE[theme]) if hue == COLD else QColor(ramp(theme)[int(hue.removeprefix(HEAT))])


@cache
def ramp(theme: str) -> tuple[str, ...]:
    """Return a theme's colours, one a step."""
    anchors = [QColor(name) for name in RAMPS[theme]]
    return tuple(_between(anchors, step / (STEPS - 1)).name() for step in range(STEPS))


def _between(anchors: list[QColor], share: float) -> QColor:
    place = min(share * (len(anchors) - 1), len(anchors) - 1 - 1e-9)
    first, part = int(place), place - int(place)
    low, high = anchors[first], anchors[first + 1]
    pairs = ((low.red(), high.red()), (low.green(), high.green()), (low.blue(), high.blue()))
    return QColor(*(round(a + (b - a) * part) for a, b in pairs))
