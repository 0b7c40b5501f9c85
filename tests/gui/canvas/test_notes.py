"""Notes on the canvas: written in place, moved, resized, their links followed only after asking."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox

from engine.graph import Note
from gui.canvas import links
from gui.canvas.note_editor import NoteEditor
from tests.gui.canvas.conftest import LEFT, Hand

CTRL = Qt.KeyboardModifier.ControlModifier
LINKED = Note("t1", "[Keras](https://keras.io/a?b=1&c=2) and words", (0.0, 90.0), (240.0, 100.0))


@pytest.fixture
def noted(hand: Hand) -> Hand:
    hand.document.edit("Note", hand.graph.with_notes([LINKED]))
    hand.document.undo.clear()
    return hand


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that would have gone to the browser."""
    found: list[str] = []

    def take(url: QUrl) -> bool:
        found.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return found


def editor(hand: Hand) -> NoteEditor:
    return hand.canvas.in_place.notes


def asked(hand: Hand) -> QMessageBox:
    box = hand.canvas.findChild(QMessageBox)
    assert isinstance(box, QMessageBox)
    return box


# -- writing


def test_n_writes_a_note_where_the_mouse_is(hand: Hand) -> None:
    hand.move(QPointF(100, 120))
    hand.key(Qt.Key.Key_N)
    assert editor(hand).hasFocus()
    assert hand.steps == 0, "nothing is added before something is written"
    QTest.keyClicks(editor(hand), "# Why")
    QTest.keyClick(editor(hand), Qt.Key.Key_Return)
    QTest.keyClicks(editor(hand), "Because")
    QTest.keyClick(editor(hand), Qt.Key.Key_Return, CTRL)
    assert hand.graph.notes["t1"] == Note("t1", "# Why\nBecause", (100.0, 120.0), (240.0, 120.0))
    assert (hand.steps, hand.title) == (1, "Add note")
    assert hand.selection.all == {"t1"}
    assert hand.canvas.hasFocus()
    hand.document.undo.undo()
    assert not hand.graph.notes


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_note_is_not_added(hand: Hand, text: str) -> None:
    hand.canvas.commands["add_note"]()
    editor(hand).setPlainText(text)
    QTest.keyClick(editor(hand), Qt.Key.Key_Return, CTRL)
    assert hand.steps == 0
    assert not editor(hand).isVisible()


def test_a_note_by_keys_alone_covers_no_layer(hand: Hand) -> None:
    for place in (QPointF(0, 0), QPointF(460, 150), QPointF(300, 240)):
        hand.canvas.pointer = None
        hand.canvas.look_at(place)
        hand.canvas.commands["add_note"]()
        QTest.keyClicks(hand.canvas.in_place.notes, "Why")
        QTest.keyClick(hand.canvas.in_place.notes, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    boxes = [hand.canvas.drawing.bounds([id]) for id in (*hand.graph.nodes, *hand.graph.notes)]
    assert len(hand.graph.notes) == 3
    assert not any(one.intersects(other) for one, other in itertools.combinations(boxes, 2))


def test_escape_gives_a_text_up(noted: Hand) -> None:
    noted.selection.set(["t1"])
    noted.key(Qt.Key.Key_F2)
    assert editor(noted).text == LINKED.text
    QTest.keyClicks(editor(noted), "never mind")
    QTest.keyClick(editor(noted), Qt.Key.Key_Escape)
    assert noted.steps == 0
    assert noted.canvas.hasFocus()


def test_a_double_click_rewrites_and_a_click_elsewhere_takes_it(noted: Hand) -> None:
    QTest.mouseDClick(noted.canvas.viewport(), LEFT, pos=noted.view(QPointF(120, 160)))
    editor(noted).setPlainText("Other words")
    noted.click(QPointF(700, 150))
    assert noted.graph.notes["t1"].text == "Other words"
    assert (noted.steps, noted.title) == (1, "Write note")
    assert not editor(noted).isVisible()


def test_keys_in_the_editor_do_nothing_to_the_drawing(noted: Hand) -> None:
    noted.canvas.rename("t1")
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_D, Qt.Key.Key_A, Qt.Key.Key_F2, Qt.Key.Key_J, Qt.Key.Key_Tab):
        QTest.keyClick(editor(noted), key, CTRL if key is not Qt.Key.Key_Delete else Qt.KeyboardModifier.NoModifier)
    assert noted.steps == 0
    assert noted.graph.notes.keys() == {"t1"}
    editor(noted).leave()


def test_the_editor_goes_with_its_note_and_leaves_with_it(noted: Hand) -> None:
    noted.canvas.rename("t1")
    before = editor(noted).geometry()
    noted.canvas.pan(-40, 10)
    assert editor(noted).geometry().topLeft() - before.topLeft() != QPointF(0, 0)
    noted.document.edit("Gone", noted.graph.without(["t1"]), "somebody else")
    assert not editor(noted).isVisible()
    assert noted.steps == 1


@pytest.mark.parametrize("scale", [0.05, 1.0, 4.0])
def test_the_editor_can_be_used_at_every_zoom(noted: Hand, scale: float) -> None:
    noted.canvas.zoom_to(scale)
    noted.canvas.rename("t1")
    place = editor(noted).geometry()
    assert noted.canvas.rect().contains(place)
    assert place.width() >= 240
    assert place.height() >= 100
    editor(noted).leave()


def test_more_letters_than_a_note_holds_are_refused(noted: Hand) -> None:
    noted.canvas.rename("t1")
    editor(noted).setPlainText("x" * 20_001)
    QTest.keyClick(editor(noted), Qt.Key.Key_Return, CTRL)
    assert editor(noted).isVisible()
    assert "20,000 letters" in editor(noted).answer.refusal.text
    assert noted.steps == 0
    data = QMimeData()
    data.setText("y" * 30_000)
    editor(noted).setPlainText("before")
    editor(noted).insertFromMimeData(data)
    assert editor(noted).text == "before"
    assert "30,000" in editor(noted).answer.refusal.text
    data.setText(" and after")
    editor(noted).insertFromMimeData(data)
    assert sorted(editor(noted).text) == sorted("before and after")
    editor(noted).leave()


def test_only_text_is_pasted(noted: Hand) -> None:
    noted.canvas.rename("t1")
    editor(noted).clear()
    data = QMimeData()
    data.setHtml("<img src='file:///etc/passwd'><b>bold</b>")
    data.setText("bold")
    editor(noted).insertFromMimeData(data)
    assert editor(noted).text == "bold"
    editor(noted).leave()


# -- moving


def test_a_note_is_dragged_and_resized(noted: Hand) -> None:
    noted.drag(QPointF(120, 160), QPointF(170, 130))
    assert noted.graph.notes["t1"].at == (50.0, 60.0)
    assert (noted.steps, noted.title) == (1, "Move note")
    noted.drag(QPointF(290, 160), QPointF(333, 199), CTRL)
    assert noted.graph.notes["t1"].size == (283.0, 139.0)
    assert noted.title == "Resize note"


# -- links


def test_a_link_is_opened_only_with_ctrl_and_after_asking(noted: Hand, opened: list[str]) -> None:
    place = QPointF(24, 110)
    assert "https://keras.io" in noted.canvas.tip(place)
    noted.click(place)
    assert noted.canvas.findChild(QMessageBox) is None
    noted.click(place, CTRL)
    box = asked(noted)
    assert "keras.io" in box.text()
    assert box.informativeText() == "https://keras.io/a?b=1&c=2"
    assert opened == []
    box.reject()
    assert opened == []
    noted.click(place, CTRL)
    assert noted.steps == 0


def test_the_keyboard_opens_a_link_too(noted: Hand, opened: list[str]) -> None:
    noted.selection.set(["t1"])
    noted.canvas.keyboard.do("open_link")
    button = next(button for button in asked(noted).buttons() if button.text() == "Open")
    button.click()
    assert opened == ["https://keras.io/a?b=1&c=2"]


def test_several_links_are_offered(noted: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda *_: None)
    noted.document.edit(
        "Write", noted.graph.with_notes([Note("t1", "<https://a.org> <https://b.org> <https://a.org>")])
    )
    noted.selection.set(["t1"])
    noted.canvas.keyboard.do("open_link")
    menu = noted.canvas.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert sorted(action.text() for action in menu.actions()) == ["https://a.org", "https://b.org"]


@pytest.mark.parametrize(
    "link", ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ssh://host", "//host/x", "smb://host/x"]
)
def test_nothing_but_the_web_is_opened(noted: Hand, opened: list[str], link: str) -> None:
    noted.document.edit("Write", noted.graph.with_notes([Note("t1", f"[words]({link})", LINKED.at, LINKED.size)]))
    assert noted.canvas.tip(QPointF(24, 110)) == ""
    noted.click(QPointF(24, 110), CTRL)
    assert links.ask(noted.canvas, link) is None
    said: list[str] = []
    noted.canvas.said.connect(said.append)
    noted.selection.set(["t1"])
    noted.canvas.keyboard.do("open_link")
    assert noted.canvas.findChild(QMessageBox) is None
    assert said == ["The note has no link to the web. Write one as [words](https://…)."]
    assert opened == []


def test_the_clipboard_brings_a_note(noted: Hand) -> None:
    noted.selection.set(["t1"])
    noted.key(Qt.Key.Key_C, CTRL)
    assert '"Keras' not in QGuiApplication.clipboard().text()
    noted.key(Qt.Key.Key_V, CTRL)
    assert noted.title == "Paste note"
    assert noted.graph.notes["t2"].text == LINKED.text
    noted.key(Qt.Key.Key_Delete)
    assert noted.graph.notes.keys() == {"t1"}
    assert noted.title == "Delete note"
