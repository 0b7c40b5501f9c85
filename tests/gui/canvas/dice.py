"""What chance chooses among at the canvas: places, nodes, layers, keys that are held. Does nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, TypeVar

from PySide6.QtCore import QPointF, Qt

from engine.graph import Node
from tests.gui.canvas.conftest import LEFT, NONE, Hand

T = TypeVar("T")
LAYERS: Final = ("Dense", "LSTM", "Concatenate", "MultiHeadAttention", "Subtract", "InputLayer", "Flatten", "Reshape")
BUTTONS: Final = (LEFT, LEFT, LEFT, LEFT, Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton)
HELD: Final = (
    NONE, NONE, NONE, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
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
