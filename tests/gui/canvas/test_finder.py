"""The search for what fits a wire: the forms that take what it carries come first."""

from __future__ import annotations

from engine.graph import End
from engine.report import NodeReport, Report, TensorSpec
from engine.values import FrozenMap
from gui.canvas.gestures import Loose
from tests.gui.canvas.conftest import Hand


def names(hand: Hand, text: str) -> list[str]:
    search = hand.canvas.finder.search
    search.field.setText(text)
    return [search.list.item(row).text() for row in range(search.list.count())]


def give(hand: Hand, id: str, *shape: int | None) -> None:
    found = NodeReport(FrozenMap({"output": TensorSpec(shape)}))
    hand.document.take_report(hand.document.generation, Report(FrozenMap({id: found})))


def test_the_search_after_a_layer_offers_what_takes_its_output(hand: Hand) -> None:
    give(hand, "n5", None, 12, 8)
    hand.canvas.finder.weights = lambda: {"GlobalAveragePooling2D": 9.0}
    hand.selection.set(["n5"])
    hand.canvas.pointer = None
    hand.canvas.search()
    assert names(hand, "gap")[0] == "GlobalAveragePooling1D", "use lifts none that does not fit"


def test_the_search_before_a_layer_offers_what_makes_its_input(hand: Hand) -> None:
    loose = Loose(End("n5", "input"), False, hand.canvas.centre())
    hand.canvas.finder.ask_for(loose, lambda _layer: None)
    assert names(hand, "conv")[0] == "Conv1D", "an LSTM takes rows"
