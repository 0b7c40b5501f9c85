"""A panel that scrolls, through which the Tab key goes from top to bottom. Knows nothing that stands in it.

Qt goes in the order in which widgets were made, and forms make theirs late. Its own way to change that order leaves a
broken ring behind where what is moved holds widgets too: keys go round in a part of a panel and never leave it.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


class TabArea(QScrollArea):
    """Leads the Tab key in the order in which widgets stand in their parents; after the last, out of the panel."""

    def focusNextPrevChild(self, next: bool) -> bool:
        focused, found = QApplication.focusWidget(), stops(self)
        if focused is None or focused not in found:
            return super().focusNextPrevChild(next)
        place = found.index(focused) + (1 if next else -1)
        target = found[place] if 0 <= place < len(found) else _outside(self, focused, next=next)
        target.setFocus(Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason)
        if self.isAncestorOf(target):
            self.ensureWidgetVisible(target)
        return True


def stops(panel: QWidget) -> list[QWidget]:
    """Return where the Tab key stops in a panel, from top to bottom."""
    return [widget for widget in panel.findChildren(QWidget) if _is_stop(widget, panel.window())]


def _is_stop(widget: QWidget, window: QWidget) -> bool:
    reached = widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
    # a list's popup and a menu are children too, and windows of their own
    return reached and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.window() is window


def _outside(panel: QWidget, focused: QWidget, *, next: bool) -> QWidget:
    """Return the stop beyond a panel on the window's ring; the focused one where there is no other."""
    window, widget = panel.window(), _beside(focused, next=next)
    while widget is not focused and (panel.isAncestorOf(widget) or not _is_stop(widget, window)):
        widget = _beside(widget, next=next)
    return widget


def _beside(widget: QWidget, *, next: bool) -> QWidget:
    return (widget.nextInFocusChain() if next else widget.previousInFocusChain()) or widget
