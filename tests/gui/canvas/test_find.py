"""The bar that finds nodes: opened, typed into, stepped through and left by keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from gui.canvas.near import NEAR
from tests.gui.canvas.conftest import Hand
from tests.gui.drawings import node

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def find(hand: Hand, words: str) -> list[str]:
    """Open the bar, type words and return what is ringed."""
    hand.canvas.commands["find"]()
    QTest.keyClicks(field(hand), words)
    return ringed(hand)


def field(hand: Hand) -> QLineEdit:
    return hand.canvas.guide.seeking.bar.field


def ringed(hand: Hand) -> list[str]:
    drawing = hand.canvas.drawing
    return [drawing.nodes.ids[row] for row in drawing.overlay.hits.tolist()]


def count(hand: Hand) -> str:
    return hand.canvas.guide.seeking.bar.count.text()


def press(hand: Hand, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(field(hand), key, keys)


def test_typing_rings_what_is_found_and_leaves_view_and_selection(hand: Hand) -> None:
    hand.selection.set(["n1"])
    before = hand.canvas.area()
    assert find(hand, "dense") == ["n3"]
    assert count(hand) == "1 found"
    assert hand.canvas.area() == before
    assert hand.selection.ids == {"n1"}
    field(hand).clear()
    assert (ringed(hand), count(hand)) == ([], "")
    QTest.keyClicks(field(hand), "zzz")
    assert (ringed(hand), count(hand)) == ([], "Not found")


def test_enter_steps_through_what_is_found_and_round(hand: Hand) -> None:
    assert set(find(hand, "input")) == {"n1"}
    field(hand).clear()
    QTest.keyClicks(field(hand), "e")
    found = hand.canvas.guide.seeking.found
    assert len(found) > 2
    press(hand, Qt.Key.Key_Return)
    assert hand.selection.ids == {found[0]}
    assert count(hand) == f"1 of {len(found)}"
    press(hand, Qt.Key.Key_F3)
    assert hand.selection.ids == {found[1]}
    press(hand, Qt.Key.Key_Return, SHIFT)
    press(hand, Qt.Key.Key_F3, SHIFT)
    assert hand.selection.ids == {found[-1]}
    assert count(hand) == f"{len(found)} of {len(found)}"
    press(hand, Qt.Key.Key_Down)
    assert hand.selection.ids == {found[0]}
    assert hand.steps == 0


def test_a_hit_is_brought_to_where_it_can_be_read(hand: Hand) -> None:
    hand.document.edit("Add", hand.graph.with_node(node("n8", "ReLU", 9000.0)))
    hand.canvas.zoom_to(0.1)
    hand.canvas.look_at(QPointF(-4000, 0))
    find(hand, "relu")
    press(hand, Qt.Key.Key_Return)
    assert hand.canvas.zoom >= NEAR
    assert hand.canvas.area().contains(hand.canvas.drawing.nodes.frame("n8"))


def test_alt_enter_selects_all_that_is_found(hand: Hand) -> None:
    found = find(hand, "n")
    press(hand, Qt.Key.Key_Return, ALT)
    assert hand.selection.ids == set(found)
    assert len(found) > 1
    assert ringed(hand) == [], "the bar is left"


def test_escape_leaves_and_returns_the_focus(hand: Hand) -> None:
    find(hand, "dense")
    assert field(hand).hasFocus()
    press(hand, Qt.Key.Key_Escape)
    assert hand.canvas.hasFocus()
    assert not hand.canvas.guide.seeking.open_now
    assert ringed(hand) == []


def test_the_last_words_are_found_again(hand: Hand) -> None:
    find(hand, "dense")
    press(hand, Qt.Key.Key_Escape)
    hand.canvas.commands["find_next"]()
    assert hand.selection.ids == {"n3"}
    assert ringed(hand) == ["n3"]
    QTest.keyClicks(field(hand), "lstm")
    assert ringed(hand) == ["n5"], "what is typed replaces the last words"


def test_keys_typed_into_the_bar_do_nothing_on_the_canvas(hand: Hand) -> None:
    hand.selection.set(["n1", "n2"])
    find(hand, "bf1w,.+-")
    press(hand, Qt.Key.Key_Delete)
    press(hand, Qt.Key.Key_Backspace)
    press(hand, Qt.Key.Key_A, CTRL)
    press(hand, Qt.Key.Key_Home)
    assert (hand.steps, hand.canvas.zoom) == (0, 1.0)
    assert hand.selection.ids == {"n1", "n2"}


def test_rings_stay_on_their_nodes_while_the_drawing_changes(hand: Hand) -> None:
    assert find(hand, "dense") == ["n3"]
    hand.document.edit("Delete", hand.graph.without(["n1"]))
    assert ringed(hand) == ["n3"], "the rows behind a removed one move up"
    hand.document.edit("Add", hand.graph.with_node(node("n8", "Dense", 1000.0, units=3)))
    hand.canvas.guide.seeking._again.timeout.emit()
    assert set(ringed(hand)) == {"n3", "n8"}
    hand.document.undo.undo()
    assert ringed(hand) == ["n3"]


def test_another_drawing_closes_the_bar(hand: Hand) -> None:
    find(hand, "dense")
    hand.document.start(hand.document.project)
    assert not hand.canvas.guide.seeking.open_now
    assert ringed(hand) == []


def test_rings_are_painted_at_every_zoom(hand: Hand) -> None:
    find(hand, "n")
    accent = hand.canvas.drawing.painter.ink.accent
    for zoom in (0.05, 0.2, 0.5, 1.0, 2.0):
        hand.canvas.zoom_to(zoom)
        frame = hand.canvas.drawing.nodes.frame("n5")
        hand.canvas.look_at(frame.center())
        QApplication.processEvents()
        image = hand.canvas.viewport().grab().toImage()
        left = hand.view(QPointF(frame.left(), frame.center().y()))
        reds = [image.pixelColor(x, left.y()) for x in range(left.x() - 12, left.x() + 2)]
        assert any(abs(red.hue() - accent.hue()) < 12 and red.saturation() > 100 for red in reds), f"none at {zoom}"


def test_the_bar_stays_inside_a_narrow_canvas(hand: Hand) -> None:
    find(hand, "dense")
    hand.canvas.resize(300, 400)
    bar = hand.canvas.guide.seeking.bar
    assert hand.canvas.rect().contains(bar.geometry())
    assert bar.accessibleName()
    assert all(button.accessibleName() for button in bar.buttons.values())
