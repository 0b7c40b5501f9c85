"""What a screen reader is told beside names and descriptions. Knows no drawing."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Have words read out on behalf of a widget, where somebody listens."""
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def describe(widget: QWidget, words: str, *, aloud: bool = True) -> None:
    """Give a widget a description; where it is new, have it read out at once if the widget has the focus."""
    if widget.accessibleDescription() != words:
        widget.setAccessibleDescription(words)  # Qt says DescriptionChanged, which few screen readers speak
        if aloud and widget.hasFocus():
            announce(widget, words)
