"""What comes to the canvas from elsewhere in the window, a function each. Checks nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from engine.errors import EngineError
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap, Value
from gui.theme import THEMES, themes
from tests.gui.canvas.conftest import Hand
from tests.gui.canvas.dice import LAYERS, MOST, Dice, pick, place, some_node

#: Some of them are refused, each by other layers.
VALUES: Final[tuple[tuple[str, Value], ...]] = (
    ("return_state", True), ("return_state", False), ("units", 7), ("units", -1), ("axis", 1), ("rate", 0.5),
)  # fmt: skip


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
