"""The knife: cuts the wires that it crosses, by mouse or by key, as one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from tests.gui.canvas.conftest import LEFT, Hand
from tests.gui.drawings import edge

CTRL, RIGHT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.RightButton


@pytest.mark.parametrize("by_key", [False, True])
def test_the_knife_cuts_what_it_crosses_in_one_step(hand: Hand, by_key: bool) -> None:
    if by_key:
        hand.key(Qt.Key.Key_K)
        assert hand.canvas.armed
    button, keys = (LEFT, Qt.KeyboardModifier.NoModifier) if by_key else (RIGHT, CTRL)
    hand.press(QPointF(205, -40), button, keys)
    hand.move(QPointF(212, 60))
    over = hand.canvas.drawing.overlay
    assert over.met == {edge("n1", "n2")}
    hand.move(QPointF(440, 90))
    hand.move(QPointF(470, -30))
    assert over.met == {edge("n1", "n2"), edge("n2", "n3")}
    assert len(hand.graph.edges) == 3
    hand.canvas.grab()
    hand.release(QPointF(470, -30), button, keys)
    assert set(hand.graph.edges) == {edge("n5", "n6", "inputs")}
    assert (hand.steps, hand.title) == (1, "Cut 2 wires")
    assert not over.knife
    assert not over.met
    assert not hand.canvas.armed
    assert hand.selection.ids == frozenset()


def test_the_press_that_draws_the_knife_opens_no_menu(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(QMenu, "popup", lambda *asked: opened.append(asked))

    def ask(keys: Qt.KeyboardModifier) -> int:
        at = hand.view(QPointF(300, 150))
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, hand.canvas.mapToGlobal(at), keys)
        QApplication.sendEvent(hand.canvas.viewport(), asked)
        return len(opened)

    hand.press(QPointF(300, 150), RIGHT, CTRL)
    assert ask(CTRL) == 0
    hand.release(QPointF(300, 150), RIGHT, CTRL)
    assert ask(CTRL) == 0, "some systems ask for the menu on the release"
    hand.click(QPointF(300, 150))
    hand.press(QPointF(300, 150), RIGHT)
    assert ask(Qt.KeyboardModifier.NoModifier) == 1
    hand.release(QPointF(300, 150), RIGHT)


def test_the_knife_passes_beside_a_wire(hand: Hand) -> None:
    hand.drag(QPointF(205, -60), QPointF(212, 20), CTRL, RIGHT)
    hand.drag(QPointF(205, 34), QPointF(430, 90), CTRL, RIGHT)
    assert hand.steps == 0


def test_the_knife_cuts_what_is_seen_from_afar(hand: Hand) -> None:
    hand.canvas.zoom_to(0.2)
    hand.drag(QPointF(210, -100), QPointF(215, 150), CTRL, RIGHT)
    assert hand.title == "Cut wire"
    assert edge("n1", "n2") not in hand.graph.edges


def test_escape_lays_the_knife_down(hand: Hand) -> None:
    hand.key(Qt.Key.Key_K)
    hand.key(Qt.Key.Key_Escape)
    assert not hand.canvas.armed
    hand.key(Qt.Key.Key_K)
    hand.press(QPointF(205, -40))
    hand.move(QPointF(212, 60))
    hand.key(Qt.Key.Key_Escape)
    hand.release(QPointF(212, 60))
    assert hand.steps == 0
    assert hand.canvas.drawing.overlay.met == frozenset()
    hand.selection.set(["n7"])
    hand.key(Qt.Key.Key_K)
    hand.key(Qt.Key.Key_Escape)
    assert hand.selection.ids == {"n7"}, "Escape lays the knife down and nothing else"
