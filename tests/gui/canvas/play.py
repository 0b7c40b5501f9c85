"""What a player can do at the canvas, as a table: a new way of working joins by one line. Checks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QKeyCombination, QPointF, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.actions import ACTIONS
from gui.canvas.clipboard import to_text
from tests.gui.canvas.conftest import Hand
from tests.gui.canvas.dice import MOST, Dice, Move, pick, place, some_node
from tests.gui.canvas.play_elsewhere import (
    add,
    answer,
    delete_from_elsewhere,
    give,
    operate,
    paint,
    resize,
    select,
    show,
    turn_the_lights,
)
from tests.gui.canvas.play_mouse import break_off, click, double_click, drag, drop, wheel, wire
from tests.gui.large import network

NAMES: Final = ("again", "flatten_n2", "9 lives", "", "x" * 70, "a.b-c_9")
TYPED: Final = ("conv", "fully connected", "lstm", "zzzz", "")
_NODE = '{"layerloom": 1, "graph": {"nodes": [{"id": "n1", "layer": %s, "name": "x", "values": {}, "at": [%s, 0]}]}}'
PASTED: Final = (
    "", "junk", "{", "[]", "{" * 5000, '{"layerloom": 1}', '{"layerloom": 99, "graph": {}}',
    _NODE % ('"Dense"', "0"), _NODE % ('"Lambda"', "0"), _NODE % ('"Dense"', "1e999"), _NODE % ("null", "0"),
    to_text(network(7)),
)  # fmt: skip
KEYS: Final = tuple(key for spec in ACTIONS if spec.canvas for key in spec.keys)


# -- the keyboard, the menus and what they open


def command(hand: Hand, dice: Dice) -> None:
    """Do any command of the canvas, as a menu does."""
    ids = sorted(hand.canvas.commands)
    id = pick(ids, dice.first)
    if len(hand.graph.nodes) < MOST or id not in ("paste", "duplicate"):
        hand.canvas.keyboard.do(id)


def press(hand: Hand, dice: Dice) -> None:
    """Press any key of the canvas."""
    key: QKeyCombination = QKeySequence(pick(KEYS, dice.first))[0]  # type: ignore[index]
    growing = key.key() in (Qt.Key.Key_V, Qt.Key.Key_D) and bool(key.keyboardModifiers())
    if len(hand.graph.nodes) < MOST or not growing:
        hand.key(key.key(), key.keyboardModifiers())


def wire_by_keys(hand: Hand, dice: Dice) -> None:
    node = some_node(hand, dice.first)
    if node is not None:
        hand.selection.set([node.id])
        hand.canvas.keyboard.do("start_wire")
        arrows = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Period)
        for turn in range(dice.second % 4):
            hand.key(pick(arrows, dice.third >> 2 * turn))
        hand.key(Qt.Key.Key_Return)


def undo(hand: Hand, dice: Dice) -> None:
    for _ in range(dice.first % 4 + 1):
        hand.document.undo.undo()


def redo(hand: Hand, dice: Dice) -> None:
    for _ in range(dice.first % 4 + 1):
        hand.document.undo.redo()


def search(hand: Hand, dice: Dice) -> None:
    """Look for a layer and take the first that is found."""
    hand.canvas.pointer = pick((None, QPointF(hand.view(place(hand, dice.second)))), dice.third)
    hand.canvas.search()
    found = hand.canvas.finder.search
    found.field.setText(pick(TYPED, dice.first))
    if len(hand.graph.nodes) < MOST:
        QTest.keyClick(found.field, Qt.Key.Key_Return)


def rename(hand: Hand, dice: Dice) -> None:
    node = some_node(hand, dice.first)
    if node is not None:
        hand.canvas.rename(node.id)
        hand.canvas.editor.setText(pick(NAMES, dice.second))
        QTest.keyClick(hand.canvas.editor, pick((Qt.Key.Key_Return, Qt.Key.Key_Escape), dice.third))


def paste(hand: Hand, dice: Dice) -> None:
    """Paste what may stand on a clipboard."""
    hand.canvas.pointer = pick((None, QPointF(100, 100)), dice.second)
    QApplication.clipboard().setText(pick(PASTED, dice.first))
    if len(hand.graph.nodes) < MOST:
        hand.canvas.keyboard.do("paste")


def find(hand: Hand, dice: Dice) -> None:
    """Look for what is drawn, and go from one to the next."""
    seeking = hand.canvas.guide.seeking
    seeking.open()
    seeking.bar.field.setText(pick(("dense", "e", "error", "units 64", "zzz", ""), dice.first))
    for _ in range(dice.second % 3):
        seeking.step(pick((1, -1), dice.third))
    assert set(seeking.found) <= {*hand.graph.nodes, *hand.graph.frames, *hand.graph.notes}
    seeking.leave()


def annotate(hand: Hand, dice: Dice) -> None:
    """Put a frame around what is selected, a note somewhere, or other words into one of them."""
    canvas, graph = hand.canvas, hand.graph
    standing = [*graph.frames, *graph.notes]
    canvas.pointer = QPointF(hand.view(place(hand, dice.second)))
    if len(standing) < MOST and dice.first % 3 < 2:
        canvas.keyboard.do(pick(("frame_selection", "add_note"), dice.first))
    elif standing:
        canvas.rename(pick(standing, dice.first // 3))
    words = pick(("", "# Note", "a *b* [c](d)", "x" * 300), dice.third)
    if canvas.in_place.notes.isVisible():
        canvas.in_place.notes.setPlainText(words)
        canvas.in_place.notes.commit()
    elif canvas.editor.isVisible():
        canvas.editor.setText(words)
        canvas.editor.commit()


# -- all of them


MOVES: Final[Mapping[str, Move]] = {
    move.__name__: move
    for move in (
        drag, wire, click, double_click, wheel, break_off, drop,
        command, press, wire_by_keys, undo, redo, search, rename, paste, find, annotate,
        add, operate, select, give, delete_from_elsewhere, answer, show, resize, turn_the_lights, paint,
    )
}  # fmt: skip


def calm(hand: Hand) -> None:
    """Wait for what a move has begun, close what it has opened and lay down what it has taken up."""
    for _ in range(200):
        if not hand.canvas.arranging.busy:
            break
        QTest.qWait(5)
    hand.canvas.finder.search.leave()
    hand.canvas.editor.leave()
    hand.canvas.in_place.leave()
    hand.canvas.guide.seeking.leave()
    menu = QApplication.activePopupWidget()
    if menu is not None:
        menu.close()
    if hand.canvas.armed or hand.canvas.drawing.overlay.snapped is not None:
        hand.key(Qt.Key.Key_Escape)
    hand.canvas.hold_space(False)
    QApplication.processEvents()
