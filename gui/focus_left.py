"""Whether a panel over the window has lost the focus, for those that close then. Knows no panel."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import Shiboken


def focus_left(event: QEvent, panel: QWidget, ground: QWidget) -> bool:
    """Whether an event takes the focus out of a panel to another widget, not to another window.

    While the ground of the panel is being destroyed the panel may not be asked anything any more.
    """
    if event.type() != QEvent.Type.FocusOut or not Shiboken.isValid(ground):
        return False
    return not panel.isAncestorOf(panel.window().focusWidget() or panel)
