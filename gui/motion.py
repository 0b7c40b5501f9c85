"""Whether things move on the screen, and for how long. Knows nothing that moves."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

#: Platforms whose windows nobody sees.
UNSEEN: Final = frozenset({"offscreen", "minimal"})
_less: list[bool] = [False]


def use_less(less: bool) -> None:
    """Let everything be in its place at once, or let it move there."""
    _less[0] = less


def milliseconds(wanted: int) -> int:
    """Return how long a motion lasts: 0 where the person, the style or the system asks for none, or nobody sees it."""
    if _less[0] or QGuiApplication.platformName() in UNSEEN:
        return 0
    from PySide6.QtWidgets import QStyle  # its hundreds of names would delay the first paint

    style = QApplication.style()
    calm = style is not None and style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0
    return 0 if calm else wanted
