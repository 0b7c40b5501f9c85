"""What a person does to an editor with mouse and keys, by the editor's kind; and a value unlike the one that it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QToolButton, QWidget

from engine.catalogue import same
from engine.errors import ValueProblem
from engine.kinds import ParameterSpec
from engine.values import Part, Value
from gui.editors import spelling
from gui.editors.base import Editor
from gui.editors.choices import BoolEditor, ChoiceEditor
from gui.editors.optional import AnswerEditor, OptionalEditor
from gui.editors.parts import PartEditor, RateEditor
from gui.editors.row import Row
from gui.editors.typed import TypedEditor

Hand: TypeAlias = Callable[[Editor, Value], None]


def put(editor: Editor, value: Value) -> None:
    """Give an editor a value as a person would."""
    hand = next(hand for kind, hand in _HANDS.items() if isinstance(editor, kind))
    hand(editor, value)


def tick(box: QCheckBox) -> None:
    """Press a box's mark with the mouse."""
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(8, box.height() // 2))


def choose(box: QComboBox, word: str) -> None:
    """Walk a closed list with the arrow keys to a word."""
    goal = box.findText(word)
    assert goal >= 0, f"{word} is not in the list"
    for _ in range(abs(goal - box.currentIndex())):
        QTest.keyClick(box, Qt.Key.Key_Down if goal > box.currentIndex() else Qt.Key.Key_Up)
    assert box.currentText() == word


def write(editor: TypedEditor, text: str) -> None:
    """Type a text in the place of what stands in a field, and press Enter."""
    editor.field.setFocus()
    editor.field.selectAll()
    QTest.keyClicks(editor.field, text)
    QTest.keyClick(editor.field, Qt.Key.Key_Return)


def wheel_on(widget: QWidget, notches: int) -> QWheelEvent:
    """Turn the wheel over a widget; the event says whether it was taken."""
    event = QWheelEvent(
        QPointF(4, 4), QPointF(4, 4), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    return event


def press_reset(row: Row) -> None:
    """Press the button that gives a changed value its default back."""
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # the button has its place once the row is laid out
    button = next(b for b in row.findChildren(QToolButton) if b.accessibleName().startswith("Reset") and b.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def _type(editor: Editor, value: Value) -> None:
    assert isinstance(editor, TypedEditor)
    write(editor, spelling.spell(editor.parameter, value))


def _answer(editor: Editor, value: Value) -> None:
    assert isinstance(editor, AnswerEditor)
    choose(editor.choice, {None: "default", True: "yes", False: "no"}[bool(value) if value is not None else None])


def _tick(editor: Editor, value: Value) -> None:
    assert isinstance(editor, BoolEditor)
    if editor.tick.isChecked() is not value:
        tick(editor.tick)


def _choose(editor: Editor, value: Value) -> None:
    assert isinstance(editor, ChoiceEditor | PartEditor)
    choose(editor.choice, value.class_name if isinstance(value, Part) else str(value or editor.choice.itemText(0)))


def _tick_and_give(editor: Editor, value: Value) -> None:
    assert isinstance(editor, OptionalEditor)
    if editor.tick.isChecked() is (value is None):
        tick(editor.tick)
    if value is not None:
        put(editor.inner, value)


def _rate(editor: Editor, value: Value) -> None:
    assert isinstance(editor, RateEditor)
    put(editor.number, value)


_HANDS: Final[Mapping[type[Editor], Hand]] = {
    OptionalEditor: _tick_and_give,
    RateEditor: _rate,
    PartEditor: _choose,
    ChoiceEditor: _choose,
    AnswerEditor: _answer,
    BoolEditor: _tick,
    TypedEditor: _type,
}


def another(parameter: ParameterSpec, value: Value) -> Value:
    """Return a value that a parameter may have and that is not the one given."""
    offered = (_offered(parameter, plain) for plain in _PLAIN.get(parameter.kind, parameter.choices))
    held = Part(value.class_name) if isinstance(value, Part) else value
    return next(each for each in offered if each is not None and not same(each, held))


def _offered(parameter: ParameterSpec, plain: Value) -> Value:
    try:
        return parameter.check(plain)
    except ValueProblem:
        return None


#: Values to try, by kind; the first that may be and is another is taken.
_PLAIN: Final[Mapping[str, tuple[Value, ...]]] = {
    "int": (3, 5, 1, -1),
    "float": (0.25, 0.75, 1.5),
    "rate": (0.25,),
    "bool": (True, False),
    "text": ("ab,bc->ca", "b"),
    "sizes": ((3, 2), (3, 2, 4), (4, 5), 5),
    "shape": ((7, 3), (5,)),
    "axes": ((1, 2), 2),
    "pairs": (((1, 2), (0, 3)), ((1, 2), (0, 3), (2, 2)), (2, 1), 3),
    "range": ((0.1, 0.25), (0.5, 1.0), 0.25),
    "numbers": ((0.25, 0.5), (0.125,)),
    "integers": ((2, 3), (1,), (1, 2, 3)),
    "index": (":, 1", ":"),
}
