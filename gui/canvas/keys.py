"""How a pressed key is spelled in the table of actions. Knows not what it does."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_MODIFIERS: Final = Qt.KeyboardModifier
_PORTABLE: Final = QKeySequence.SequenceFormat.PortableText
#: With one of these a sign is no longer typed.
_HELD: Final = _MODIFIERS.ControlModifier | _MODIFIERS.AltModifier | _MODIFIERS.MetaModifier


def spellings(event: QKeyEvent) -> tuple[str, ...]:
    """Return how a key may be spelled, the closest first: on the keypad as such, then as any other.

    A sign is what was typed, wherever it stands: `+` and `?` need Shift on one keyboard and not on another.
    """
    modifiers = event.modifiers() & ~_MODIFIERS.GroupSwitchModifier
    keypad, others = modifiers & _MODIFIERS.KeypadModifier, modifiers & ~_MODIFIERS.KeypadModifier
    typed = event.text()
    if len(typed) == 1 and typed.isprintable() and not typed.isalnum() and typed != " " and not others & _HELD:
        plain = typed
    else:
        plain = QKeySequence(event.key() | others.value).toString(_PORTABLE)
    return (f"Num+{plain}", plain) if keypad else (plain,)
