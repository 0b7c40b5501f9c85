"""Dissolve, detach, cut, replace and insert after: by keys, each as one named step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.catalogue import catalogue
from gui.canvas import edits
from tests.gui.canvas.conftest import Hand
from tests.gui.drawings import edge, node

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
K = Qt.Key


def choose(hand: Hand, typed: str) -> list[str]:
    """Type into the search, return what it offers, take the first."""
    search = hand.canvas.finder.search
    assert search.isVisible()
    QTest.keyClicks(search.field, typed)
    names = [search.list.item(row).text() for row in range(search.list.count())]
    QTest.keyClick(search.field, K.Key_Return)
    return names


# -- taking out


def test_dissolve_joins_what_the_layer_stood_between(hand: Hand) -> None:
    hand.selection.set(["n2"])
    hand.key(K.Key_Delete, CTRL)
    assert hand.graph.edges == (edge("n1", "n3"), edge("n5", "n6", "inputs"))
    assert (hand.steps, hand.title) == (1, "Dissolve flatten_n2")
    hand.agree()
    hand.key(K.Key_Z, CTRL)
    assert len(hand.graph.nodes) == 7


def test_dissolving_a_chosen_wire_removes_it(hand: Hand) -> None:
    hand.canvas.drawing.choose_wires([edge("n1", "n2")])
    hand.key(K.Key_Delete, CTRL)
    assert edge("n1", "n2") not in hand.graph.edges
    assert hand.title == "Delete wire"


def test_detach_leaves_the_layer_where_it_is(hand: Hand, said: list[str]) -> None:
    hand.selection.set(["n2"])
    hand.key(K.Key_X, ALT)
    assert hand.graph.edges == (edge("n1", "n3"), edge("n5", "n6", "inputs"))
    assert (hand.steps, hand.title) == (1, "Detach flatten_n2")
    assert said == []
    hand.key(K.Key_X, ALT)
    assert hand.steps == 1
    assert said == ["The selected layers hang on no wire but their own already."]


def test_all_wires_of_the_selected_layers_are_cut(hand: Hand, said: list[str]) -> None:
    hand.selection.set(["n2"])
    hand.key(K.Key_X, SHIFT)
    assert hand.graph.edges == (edge("n5", "n6", "inputs"),)
    assert (hand.steps, hand.title) == (1, "Cut 2 wires")
    hand.key(K.Key_X, SHIFT)
    assert said == ["No wire is selected, and the selected layers have none."]
    hand.canvas.drawing.selection.set(())
    hand.canvas.drawing.choose_wires([edge("n5", "n6", "inputs")])
    hand.key(K.Key_X, SHIFT)
    assert not hand.graph.edges


# -- putting in


def test_replace_asks_and_keeps_wires_values_and_place(hand: Hand, said: list[str]) -> None:
    hand.selection.set(["n4"])
    hand.key(K.Key_S, SHIFT)
    assert hand.canvas.finder.search.field.placeholderText() == "Replace conv2d_n4 with"
    names = choose(hand, "separable")
    assert names[0] == "SeparableConv2D" or names[1] == "SeparableConv2D"
    after = hand.graph.node("n4")
    assert after.layer in names[:2]
    assert (after.name, after.at, after.values["filters"]) == ("conv2d_n4", (0.0, 240.0), 32)
    assert hand.steps == 1
    assert hand.title == f"Replace conv2d_n4 with {after.layer}"
    assert not said
    assert hand.selection.ids == {"n4"}
    hand.agree()


def test_the_layers_that_keep_all_wires_and_are_alike_are_offered_first(hand: Hand) -> None:
    hand.selection.set(["n2"])
    hand.key(K.Key_S, SHIFT)
    search = hand.canvas.finder.search
    names = [search.list.item(row).text() for row in range(search.list.count())]
    group = catalogue().layer("Flatten").group
    assert "Flatten" not in names
    assert {catalogue().layer(name).group for name in names[:3]} == {group}
    assert names[-1] == "InputLayer", "it takes no wire and so would lose one"
    search.leave()
    hand.selection.set(["n4"])
    hand.key(K.Key_S, SHIFT)
    names = [search.list.item(row).text() for row in range(search.list.count())]
    assert names[0] == "SeparableConv2D", "a convolution of images for a convolution of images"
    search.leave()


def test_wires_that_do_not_fit_come_off_and_are_told(hand: Hand, said: list[str]) -> None:
    hand.document.edit("Wire", hand.graph.with_edge(edge("n2", "n6", "inputs")))
    hand.selection.set(["n6"])
    hand.canvas.surgery.replace(["n6"], "Dense")
    assert [each.source.node for each in hand.graph.into("n6")] == ["n5"]
    assert said == ["concatenate_n6 (Dense) has no port for all its wires. The wire to or from flatten_n2 came off."]


def test_several_layers_are_replaced_in_one_step(hand: Hand) -> None:
    hand.selection.set(["n2", "n3"])
    hand.key(K.Key_S, SHIFT)
    choose(hand, "dropout")
    assert [hand.graph.node(id).layer for id in ("n2", "n3")] == ["Dropout", "Dropout"]
    assert hand.graph.edges[:2] == (edge("n1", "n2"), edge("n2", "n3"))
    assert (hand.steps, hand.title) == (1, "Replace 2 layers with Dropout")


def test_an_unknown_layer_is_replaced_by_a_known_one(hand: Hand) -> None:
    strange = hand.graph.with_node(node("n8", "NotHere", 1000)).with_edge(edge("n3", "n8"))
    hand.document.edit("Strange", strange)
    hand.selection.set(["n8"])
    hand.key(K.Key_S, SHIFT)
    choose(hand, "dense")
    assert hand.graph.node("n8").layer == "Dense"
    assert edge("n3", "n8") in hand.graph.edges


def test_insert_after_takes_all_wires_over_and_makes_room(hand: Hand) -> None:
    hand.document.edit("Wire", hand.graph.with_edge(edge("n2", "n6", "inputs"), at=0))
    hand.selection.set(["n2"])
    hand.key(K.Key_I)
    names = choose(hand, "dropout")
    assert names[0] == "Dropout"
    assert hand.graph.edges == (
        edge("n2", "n8"), edge("n8", "n6", "inputs"), edge("n1", "n2"), edge("n8", "n3"), edge("n5", "n6", "inputs"),
    )  # fmt: skip
    assert (hand.steps, hand.title) == (2, "Insert dropout after flatten_n2")
    assert [hand.graph.node(id).at[0] for id in ("n2", "n8", "n3")] == [252, 504, 756]
    assert hand.selection.ids == {"n8"}
    hand.agree()


def test_what_takes_no_wire_is_not_offered_after_a_layer(hand: Hand) -> None:
    hand.selection.set(["n2"])
    hand.key(K.Key_I)
    search = hand.canvas.finder.search
    assert "InputLayer" not in [search.list.item(row).text() for row in range(search.list.count())]
    search.leave()
    assert hand.steps == 0


def test_insert_after_the_last_layer_wires_it_on(hand: Hand) -> None:
    hand.canvas.surgery.insert_after("n3", "Dropout")
    assert edge("n3", "n8") in hand.graph.edges
    assert hand.graph.node("n8").at == (756.0, 0.0)


def test_one_inserted_covers_none_that_it_does_not_feed(hand: Hand) -> None:
    hand.document.edit("Place", hand.graph.with_node(node("n8", "Dense", 756.0)))
    hand.canvas.surgery.insert_after("n3", "Dropout")
    assert hand.graph.node("n9").at == (756.0, 120.0)


# -- the search learns


def test_what_is_added_is_told_once_each(hand: Hand) -> None:
    added: list[str] = []
    hand.canvas.layer_added.connect(added.append)
    hand.canvas.add_layer("Dense", None)
    hand.canvas.surgery.insert_after("n1", "Dropout")
    hand.canvas.surgery.replace(["n3"], "LSTM")
    hand.canvas.add_layer("Bogus", None)
    assert added == ["Dense", "Dropout", "LSTM"]


def test_the_layers_used_most_come_first_where_nothing_is_typed(hand: Hand) -> None:
    hand.canvas.finder.weights = lambda: {"GRU": 1.0, "Dropout": 4.0}
    hand.key(K.Key_Tab)
    search = hand.canvas.finder.search
    names = [search.list.item(row).text() for row in range(search.list.count())]
    assert names[:2] == ["Dropout", "GRU"]
    QTest.keyClicks(search.field, "fully connected")
    assert search.list.item(0).text() == "Dense"
    search.leave()


def test_pieces_are_named_in_titles() -> None:
    assert [edits.wires_title("Cut", [edge("a", "b")] * count) for count in (1, 2)] == ["Cut wire", "Cut 2 wires"]
