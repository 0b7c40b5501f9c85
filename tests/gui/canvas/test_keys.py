"""How a pressed key is spelled, and that the canvas hears it so, on the keypad and where signs stand elsewhere."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest

from gui.canvas.keys import spellings
from tests.gui.canvas.conftest import Hand

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT, PAD = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.KeypadModifier,
)


@pytest.mark.parametrize(
    ("key", "held", "text", "spelled"),
    [
        (Qt.Key.Key_A, NONE, "a", ("A",)),
        (Qt.Key.Key_A, SHIFT, "A", ("Shift+A",)),
        (Qt.Key.Key_A, CTRL, "\x01", ("Ctrl+A",)),
        (Qt.Key.Key_Plus, SHIFT, "+", ("+",)),
        (Qt.Key.Key_Plus, PAD, "+", ("Num++", "+")),
        (Qt.Key.Key_Period, PAD, ".", ("Num+.", ".")),
        (Qt.Key.Key_Question, SHIFT, "?", ("?",)),
        (Qt.Key.Key_Slash, SHIFT, "/", ("/",)),
        (Qt.Key.Key_Plus, CTRL | SHIFT, "+", ("Ctrl+Shift++",)),
        (Qt.Key.Key_Enter, PAD, "\r", ("Num+Enter", "Enter")),
        (Qt.Key.Key_Return, NONE, "\r", ("Return",)),
        (Qt.Key.Key_Tab, NONE, "\t", ("Tab",)),
        (Qt.Key.Key_Left, CTRL, "", ("Ctrl+Left",)),
        (Qt.Key.Key_Left, PAD, "", ("Num+Left", "Left")),
        (Qt.Key.Key_1, Qt.KeyboardModifier.GroupSwitchModifier, "1", ("1",)),
    ],
)
def test_a_key_is_spelled(key: Qt.Key, held: Qt.KeyboardModifier, text: str, spelled: tuple[str, ...]) -> None:
    assert spellings(QKeyEvent(QEvent.Type.KeyPress, key, held, text)) == spelled


def test_the_keypad_has_keys_of_its_own_and_those_of_the_others(hand: Hand) -> None:
    hand.canvas.keyboard.shortcuts.choose("Blender-like")
    hand.selection.set(["n3"])
    hand.canvas.zoom_to(0.3)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Period, PAD)
    assert hand.canvas.zoom > 0.5, "shows the selection"
    hand.canvas.zoom_to(1.0)
    QTest.keyClick(hand.canvas, Qt.Key.Key_Plus, PAD)
    assert hand.canvas.zoom > 1.0


def test_a_gesture_under_way_leaves_the_keys_alone_but_for_escape(hand: Hand) -> None:
    hand.press(hand.head("n2"))
    hand.move(hand.head("n2") * 1.1)
    hand.key(Qt.Key.Key_Delete)
    assert "n2" in hand.graph.nodes
    hand.key(Qt.Key.Key_Escape)
    assert not hand.canvas.busy
    assert hand.steps == 0
