"""Which key does what on the canvas, as a table. Knows not how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from gui.canvas.walk import Way

#: Key to command; a command is a name in the canvas's own table.
KEYS: Final[Mapping[str, str]] = {
    "Del": "delete",
    "Backspace": "delete",
    "Ctrl+A": "select_all",
    "Ctrl+C": "copy",
    "Ctrl+X": "cut",
    "Ctrl+V": "paste",
    "Ctrl+D": "duplicate",
    "Ctrl+Z": "undo",
    "Ctrl+Shift+Z": "redo",
    "Ctrl+Y": "redo",
    "F2": "rename",
    "Return": "rename",
    "Enter": "rename",
    "Home": "fit_all",
    "F": "fit_selection",
    "+": "zoom_in",
    "=": "zoom_in",
    "-": "zoom_out",
    "1": "zoom_actual",
    "Tab": "search",
    "Shift+A": "search",
    "W": "wire",
    "Esc": "escape",
    "Left": "walk left",
    "Right": "walk right",
    "Up": "walk up",
    "Down": "walk down",
    "Ctrl+Left": "nudge left",
    "Ctrl+Right": "nudge right",
    "Ctrl+Up": "nudge up",
    "Ctrl+Down": "nudge down",
    "Ctrl+Shift+Left": "shove left",
    "Ctrl+Shift+Right": "shove right",
    "Ctrl+Shift+Up": "shove up",
    "Ctrl+Shift+Down": "shove down",
}
#: Steps by the second word of a command.
WAYS: Final[Mapping[Way, tuple[int, int]]] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
#: Modifiers that say where a key stands, not what it means.
_MEANT: Final = ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier)


def command(event: QKeyEvent) -> str:
    """Return the command of a key, empty where it has none."""
    modifiers = event.modifiers() & _MEANT
    if event.text() in ("+", "=", "-"):
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
        return KEYS.get(event.text(), "") if not modifiers else ""
    code = QKeySequence(event.key() | int(modifiers.value))
    return KEYS.get(code.toString(QKeySequence.SequenceFormat.PortableText), "")
