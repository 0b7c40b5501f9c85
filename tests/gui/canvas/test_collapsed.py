"""Wires to and from collapsed layers, whose ports stand in one place."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from engine.graph import Edge, End
from tests.gui.canvas.conftest import Hand


@pytest.fixture
def folded(hand: Hand) -> Hand:
    """The Subtract with its two inputs, collapsed."""
    hand.document.edit("Collapse", hand.graph.with_node(replace(hand.graph.node("n7"), collapsed=True)))
    hand.document.undo.clear()
    return hand


def inputs(hand: Hand) -> QPointF:
    return hand.port("n7", "first", output=False)


def into(hand: Hand) -> list[tuple[str, str]]:
    return sorted((edge.target.port, edge.source.node) for edge in hand.graph.into("n7"))


def test_a_wire_drawn_from_its_inputs_takes_the_free_one(folded: Hand) -> None:
    folded.drag(inputs(folded), folded.port("n3", "output", output=True))
    folded.drag(inputs(folded), folded.port("n6", "output", output=True))
    assert into(folded) == [("first", "n3"), ("second", "n6")]
    assert folded.steps == 2


def test_with_none_free_it_takes_up_a_wire(folded: Hand) -> None:
    wires = [Edge(End("n3", "output"), End("n7", "first")), Edge(End("n6", "output"), End("n7", "second"))]
    folded.document.edit("Wire", folded.graph.with_edge(wires[0]).with_edge(wires[1]))
    folded.drag(inputs(folded), inputs(folded) + QPointF(-40, 200))
    assert into(folded) == [("second", "n6")]


def test_the_search_adds_what_feeds_a_free_port(folded: Hand) -> None:
    folded.drag(inputs(folded), folded.port("n3", "output", output=True))
    folded.drag(inputs(folded), QPointF(600, 420))
    search = folded.canvas.finder.search
    assert search.isVisible()
    QTest.keyClicks(search.field, "dense")
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    assert into(folded) == [("first", "n3"), ("second", "n8")]


def test_a_layer_added_at_taken_and_free_ports_is_wired_to_the_free_one(folded: Hand) -> None:
    ends = (End("n3", "nowhere"), End("n7", "second"))
    folded.canvas.desk.add_at_end("Dense", QPointF(600, 420), ends, output=False)
    assert into(folded) == [("second", "n8")]


def test_the_tip_names_every_port_and_what_feeds_it(folded: Hand) -> None:
    folded.drag(inputs(folded), folded.port("n3", "output", output=True))
    told = folded.canvas.tip(inputs(folded))
    assert "subtract_n7 takes first from dense_n3" in told
    assert "subtract_n7 takes second, not wired yet" in told


def test_the_tip_of_a_port_that_stands_alone_is_about_it(hand: Hand) -> None:
    assert "takes first" in hand.canvas.tip(inputs(hand))
    assert "second" not in hand.canvas.tip(inputs(hand))
