"""What a player can do at the canvas, as a table: a new way of working joins by one line. Checks nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from PySide6.QtCore import QKeyCombination, QMimeData, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage, QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.errors import EngineError
from engine.graph import Node
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap, Value
from gui.actions import ACTIONS
from gui.canvas.clipboard import to_text
from gui.canvas.drops import MIME
from gui.theme import THEMES, themes
from tests.gui.canvas.conftest import LEFT, NONE, Hand
from tests.gui.large import network

T = TypeVar("T")
LAYERS: Final = ("Dense", "LSTM", "Concatenate", "MultiHeadAttention", "Subtract", "InputLayer", "Flatten", "Reshape")
NAMES: Final = ("again", "flatten_n2", "9 lives", "", "x" * 70, "a.b-c_9")
TYPED: Final = ("conv", "fully connected", "lstm", "zzzz", "")
_NODE = '{"layerloom": 1, "graph": {"nodes": [{"id": "n1", "layer": %s, "name": "x", "values": {}, "at": [%s, 0]}]}}'
PASTED: Final = (
    "", "junk", "{", "[]", "{" * 5000, '{"layerloom": 1}', '{"layerloom": 99, "graph": {}}',
    _NODE % ('"Dense"', "0"), _NODE % ('"Lambda"', "0"), _NODE % ('"Dense"', "1e999"), _NODE % ("null", "0"),
    to_text(network(7)),
)  # fmt: skip
#: Some of them are refused, each by other layers.
VALUES: Final[tuple[tuple[str, Value], ...]] = (
    ("return_state", True), ("return_state", False), ("units", 7), ("units", -1), ("axis", 1), ("rate", 0.5),
)  # fmt: skip
BUTTONS: Final = (LEFT, LEFT, LEFT, LEFT, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton)
HELD: Final = (
    NONE, NONE, NONE, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
KEYS: Final = tuple(key for spec in ACTIONS if spec.canvas for key in spec.keys)
#: In a larger drawing nothing is added any more: it would make the play slow, and show nothing new.
MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Dice:
    """Three numbers, of which a move takes what it needs to know: where, of what, which of several."""

    first: int
    second: int
    third: int


Move: TypeAlias = Callable[[Hand, Dice], object]


def pick(several: Sequence[T], number: int) -> T:
    return several[number % len(several)]


def place(hand: Hand, number: int) -> QPointF:
    """A place worth going to: a node, a port, a wire, a frame, a note, or somewhere on the ground."""
    drawing, kind, rest = hand.canvas.drawing, number % 6, number // 6
    ids = list(hand.graph.nodes)
    if kind == 0 and ids:
        return drawing.nodes.frame(pick(ids, rest)).center()
    if kind in (1, 2) and ids:
        sockets = [socket for id in ids for socket in drawing.sockets(id)]
        socket = pick(sockets, rest)
        return QPointF(*(drawing.nodes.port(socket.end, output=socket.output) or (0.0, 0.0)))
    if kind == 3 and hand.graph.edges:
        return QPointF(*drawing.wires.middle(rest % len(hand.graph.edges)))
    if kind == 4 and drawing.annotations.items:
        box = drawing.annotations.box(pick(drawing.annotations.items, rest).id)
        return pick((box.bottomRight(), box.topLeft(), box.topLeft() + QPointF(40, 12), box.center()), rest // 7)
    return QPointF(rest * 37 % 1060 - 60, rest * 53 % 400 - 60)


def some_node(hand: Hand, number: int) -> Node | None:
    nodes = list(hand.graph.nodes.values())
    return pick(nodes, number) if nodes else None


# -- the mouse


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
    assert set(seeking.found) <= hand.graph.nodes.keys()
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
        canvas.in_place.notes.finish()
    elif canvas.editor.isVisible():
        canvas.editor.setText(words)
        canvas.editor.finish()


# -- from elsewhere in the window


def add(hand: Hand, dice: Dice) -> None:
    if len(hand.graph.nodes) < MOST:
        hand.canvas.add_layer(pick(LAYERS, dice.first), pick((None, place(hand, dice.second)), dice.third))


def operate(hand: Hand, dice: Dice) -> None:
    """Put a layer behind a node, or in its place."""
    node, layer, surgery = some_node(hand, dice.first), pick(LAYERS, dice.second), hand.canvas.surgery
    if node is not None and dice.third % 2:
        surgery.replace([node.id], layer)
    elif node is not None and len(hand.graph.nodes) < MOST:
        surgery.insert_after(node.id, layer)


def select(hand: Hand, dice: Dice) -> None:
    ids = [*hand.graph.nodes, *hand.graph.frames, *hand.graph.notes]
    hand.selection.set(ids[dice.first % (len(ids) + 1) :][: dice.second % 4])


def give(hand: Hand, dice: Dice) -> None:
    """Set a value, as the inspector does."""
    node = some_node(hand, dice.first)
    try:
        hand.document.set_value(node.id if node is not None else "", *pick(VALUES, dice.second))
    except EngineError:
        return


def delete_from_elsewhere(hand: Hand, dice: Dice) -> None:
    node = some_node(hand, dice.first)
    if node is not None:
        hand.document.edit("Delete", hand.graph.without([node.id]))


def answer(hand: Hand, dice: Dice) -> None:
    """Have the checker say something: shapes of some nodes, and what is wrong with one."""
    known = [id for number, id in enumerate(hand.graph.nodes) if (dice.first >> number % 8) % 2]
    one = NodeReport(FrozenMap({"output": TensorSpec((None, 8, dice.second))}), dice.second, dice.second)
    edges = hand.graph.edges
    wrong = pick(edges, dice.third) if edges else None
    told = () if wrong is None else (Problem("error", "They do not fit.", (wrong.target.node, wrong.source.node)),)
    hand.document.take_report(hand.document.generation, Report(FrozenMap(dict.fromkeys(known, one)), told))


def show(hand: Hand, dice: Dice) -> None:
    """Show a live picture in a node, or take it away."""
    image = QImage(QSize(8, 8), QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    node = some_node(hand, dice.first)
    hand.canvas.show_thumbnail(node.id if node is not None else "n0", pick((image, image, None), dice.second))


def resize(hand: Hand, dice: Dice) -> None:
    hand.canvas.resize(900 + dice.first % 400, 500 + dice.second % 300)


def turn_the_lights(hand: Hand, dice: Dice) -> None:
    themes().use(pick(tuple(THEMES.values()), dice.first))


def paint(hand: Hand, dice: Dice) -> None:
    hand.canvas.zoom_to(pick((0.1, 0.5, 1.0, 1.0, 2.0), dice.first))
    hand.canvas.viewport().grab()


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
