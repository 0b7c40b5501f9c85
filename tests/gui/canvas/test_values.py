"""Values of one layer given to others by keys, through the clipboard; what is set and left out is told."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.gui.canvas.conftest import Hand
from tests.gui.drawings import node

BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Ear:
    """What the canvas says and tells."""

    def __init__(self, hand: Hand) -> None:
        self.said: list[str] = []
        self.told: list[str] = []
        hand.canvas.said.connect(self.said.append)
        hand.canvas.told.connect(self.told.append)


@pytest.fixture
def ear(hand: Hand) -> Ear:
    more = node("n8", "Conv2D", 252, filters=8, kernel_size=(5, 5), activation="relu")
    hand.document.edit("Add", hand.graph.with_node(more).moved({"n8": (252.0, 480.0)}))
    return Ear(hand)


def copy(hand: Hand, id: str) -> None:
    hand.selection.set([id])
    hand.key(Qt.Key.Key_C, BOTH)


def paste(hand: Hand, *ids: str) -> None:
    hand.selection.set(ids)
    hand.key(Qt.Key.Key_V, BOTH)


def test_values_go_from_one_layer_to_others_in_one_step(hand: Hand, ear: Ear) -> None:
    copy(hand, "n8")
    before = hand.steps
    paste(hand, "n3", "n4")
    assert hand.graph.node("n4").values == hand.graph.node("n8").values
    assert dict(hand.graph.node("n3").values) == {"units": 10, "activation": "relu"}
    assert (hand.steps, hand.title) == (before + 1, "Paste values of conv2d_n8 into 2 layers")
    assert ear.told == [
        "Copied the values of conv2d_n8.",
        "Set 4 values in 2 layers. Left out, since not every layer takes them: filters and kernel size.",
    ]
    assert ear.said == []


def test_a_layer_that_was_copied_whole_gives_its_values_too(hand: Hand, ear: Ear) -> None:
    hand.selection.set(["n8"])
    hand.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    paste(hand, "n4")
    assert hand.graph.node("n4").values["filters"] == 8
    assert ear.told == ["Set 3 values in 1 layer."]


@pytest.mark.parametrize(
    ("text", "word"),
    [("", "nothing to paste"), ("hello", "Only layers can be"), ('{"layerloom": 1}', "nothing to paste")],
)
def test_what_is_no_layer_changes_nothing_and_says_why(hand: Hand, ear: Ear, text: str, word: str) -> None:
    QGuiApplication.clipboard().setText(text)
    before = hand.steps
    paste(hand, "n4")
    assert hand.steps == before
    assert word in ear.said[0]


def test_several_layers_have_no_one_set_of_values(hand: Hand, ear: Ear) -> None:
    hand.selection.set(["n3", "n4"])
    hand.key(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    paste(hand, "n8")
    assert ear.said == ["Values are pasted from one layer. Received: 2 layers. Copy one of them."]


def test_nothing_to_set_is_no_step(hand: Hand, ear: Ear) -> None:
    copy(hand, "n8")
    before = hand.steps
    paste(hand, "n8")
    paste(hand, "n2")
    assert hand.steps == before
    assert [sentence.partition(":")[2].partition("(")[0].strip() for sentence in ear.said] == [
        "the selected layers hold the values of conv2d_n8 already.",
        "the selected layers take no value of conv2d_n8",
    ]


def test_one_layer_is_copied_at_a_time(hand: Hand, ear: Ear, qtbot: QtBot) -> None:
    hand.selection.set(["n3", "n4"])
    hand.key(Qt.Key.Key_C, BOTH)
    assert ear.said == ["One layer is needed, 2 are selected. Select exactly one."]
    hand.selection.set(())
    hand.key(Qt.Key.Key_V, BOTH)
    assert "Nothing is selected" in ear.said[1]
