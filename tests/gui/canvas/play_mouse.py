"""What a player can do at the canvas with the mouse, a function each. Checks nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.canvas.drops import MIME
from tests.gui.canvas.conftest import LEFT, NONE, Hand
from tests.gui.canvas.dice import BUTTONS, HELD, LAYERS, MOST, Dice, pick, place
from tests.gui.canvas.play_elsewhere import answer, delete_from_elsewhere


def drag(hand: Hand, dice: Dice) -> None:
    button, held = pick(BUTTONS, dice.third), pick(HELD, dice.third // 7)
    hand.drag(place(hand, dice.first), place(hand, dice.second), held, button)


def wire(hand: Hand, dice: Dice) -> None:
    """Drag from a port to a port."""
    hand.drag(place(hand, 6 * dice.first + 1), place(hand, 6 * dice.second + 1), pick(HELD, dice.third))


def click(hand: Hand, dice: Dice) -> None:
    at = place(hand, dice.first)
    hand.move(at)
    hand.click(at, pick(HELD, dice.third))


def double_click(hand: Hand, dice: Dice) -> None:
    at = place(hand, dice.first)
    QTest.mouseDClick(hand.canvas.viewport(), LEFT, NONE, hand.view(at))
    hand.release(at)


def wheel(hand: Hand, dice: Dice) -> None:
    at = QPointF(hand.view(place(hand, dice.first)))
    turned, phase = QPoint(0, pick((120, -120, 40, -360), dice.second)), Qt.ScrollPhase.NoScrollPhase
    buttons, held = Qt.MouseButton.NoButton, pick(HELD, dice.third)
    QApplication.sendEvent(
        hand.canvas.viewport(), QWheelEvent(at, at, QPoint(), turned, buttons, held, phase, False)
    )  # fmt: skip


def break_off(hand: Hand, dice: Dice) -> None:
    """Begin a gesture and have something come between: Escape, another button, an undo, an edit, another project."""
    at, to = place(hand, dice.first), place(hand, dice.second)
    hand.press(at, pick(BUTTONS, dice.third), pick(HELD, dice.third // 7))
    hand.move((at + to) / 2)
    hand.move(to)
    between: tuple[Callable[[], object], ...] = (
        lambda: hand.key(Qt.Key.Key_Escape),
        lambda: hand.press(to, Qt.MouseButton.RightButton),
        hand.document.undo.undo,
        hand.document.undo.redo,
        lambda: delete_from_elsewhere(hand, dice),
        lambda: hand.key(Qt.Key.Key_Delete),
        lambda: answer(hand, dice),
        lambda: hand.canvas.clearFocus(),
    )
    pick(between, dice.third // 3)()
    hand.move(at)
    for button in set(BUTTONS):
        hand.release(at, button)


def drop(hand: Hand, dice: Dice) -> None:
    """Bring a layer from the palette."""
    data, at = QMimeData(), QPointF(hand.view(place(hand, dice.first)))
    data.setData(MIME, pick((*LAYERS, "Nothing"), dice.second).encode())
    copy = Qt.DropAction.CopyAction
    if len(hand.graph.nodes) < MOST:
        viewport = hand.canvas.viewport()
        QApplication.sendEvent(viewport, QDragEnterEvent(at.toPoint(), copy, data, LEFT, NONE))
        QApplication.sendEvent(viewport, QDropEvent(at, copy, data, LEFT, NONE))
