"""Where a new layer comes to stand: clear of layers, notes and wires, where such a place is near."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from engine.graph import Edge, End, Note
from gui.canvas import measure
from gui.canvas.vacant import vacant
from tests.gui.canvas.conftest import Hand
from tests.gui.drawings import node

SIZE = (measure.WIDTH, measure.HEAD)


def crossed(hand: Hand, id: str) -> list[Edge]:
    """The wires of others that run below a node."""
    wires = hand.canvas.drawing.wires
    return [
        edge
        for edge in wires.edges
        if id not in (edge.source.node, edge.target.node)
        and wires.path(wires.row[edge]).intersects(hand.canvas.drawing.nodes.frame(id))
    ]


def covers(hand: Hand, id: str) -> list[str]:
    return [other for other in hand.canvas.drawing.nodes_in(hand.canvas.drawing.nodes.frame(id)) if other != id]


def last(hand: Hand) -> str:
    return list(hand.graph.nodes)[-1]


def skip(hand: Hand) -> None:
    """Let a long wire pass below the first row: from the image to an Add far to the right."""
    graph = hand.graph.with_node(node("n8", "Add", 1300)).with_edge(Edge(End("n1", "output"), End("n8", "inputs")))
    hand.document.edit("Skip", graph)


def test_free_ground_is_taken_as_it_is(hand: Hand) -> None:
    assert vacant(hand.canvas.drawing, (100.4, 600.0), SIZE) == (100.0, 600.0)


def test_a_layer_added_from_the_search_clears_a_wire_that_passes_by(hand: Hand) -> None:
    skip(hand)
    hand.canvas.add_layer("Dense", QPointF(900, 26))
    assert not crossed(hand, last(hand))
    assert not covers(hand, last(hand))
    x, y = hand.graph.node(last(hand)).at
    assert abs(x - 816) + abs(y) < measure.DROP


def test_one_added_after_the_selected_clears_wires_and_layers(hand: Hand) -> None:
    skip(hand)
    hand.selection.set(["n3"])
    hand.canvas.add_layer("Dropout", None)
    assert not crossed(hand, last(hand))
    assert not covers(hand, last(hand))
    assert hand.graph.node(last(hand)).at[0] >= hand.graph.node("n3").at[0] + measure.WIDTH


def test_one_inserted_after_clears_wires_that_stay(hand: Hand) -> None:
    skip(hand)
    hand.canvas.surgery.insert_after("n3", "Dropout")
    assert not crossed(hand, last(hand))
    assert not covers(hand, last(hand))


def test_one_dropped_lands_where_its_ghost_stood_clear_of_a_wire(hand: Hand) -> None:
    skip(hand)
    at = QPointF(900, 50)
    box = hand.canvas.desk.landing("Dense", at)
    hand.canvas.desk.add("Dense", at)
    assert hand.canvas.drawing.nodes.frame(last(hand)) == box
    assert not crossed(hand, last(hand))


def test_a_layer_with_many_ports_has_room_for_them(hand: Hand) -> None:
    box = hand.canvas.desk.landing("MultiHeadAttention", hand.head("n1") - QPointF(0, 90))
    hand.canvas.desk.add("MultiHeadAttention", hand.head("n1") - QPointF(0, 90))
    assert hand.canvas.drawing.nodes.frame(last(hand)) == box
    assert not covers(hand, last(hand))


def test_notes_are_not_covered(hand: Hand) -> None:
    hand.document.edit("Note", hand.graph.with_notes([Note("t1", "a note", (100, 600), (240, 120))]))
    x, y = vacant(hand.canvas.drawing, (120, 620), SIZE)
    assert not QRectF(x, y, *SIZE).intersects(QRectF(100, 600, 240, 120))


def test_where_no_place_is_clear_layers_alone_are_cleared(hand: Hand) -> None:
    graph = hand.graph
    for row in range(60):
        y, left, right = 1000.0 + row * 30, f"a{row}", f"b{row}"
        graph = graph.with_nodes([node(left, "Dense", -2000), node(right, "Dense", 3000)])
        graph = graph.moved({left: (-2000.0, y), right: (3000.0, y)})
        graph = graph.with_edge(Edge(End(left, "output"), End(right, "input")))
    graph = graph.with_node(node("c", "Dense", 500)).moved({"c": (500.0, 1900.0)})
    hand.document.edit("Fill", graph)
    x, y = vacant(hand.canvas.drawing, (500, 1900), SIZE)
    assert not QRectF(x, y, *SIZE).intersects(hand.canvas.drawing.nodes.frame("c"))
    assert abs(y - 1900) + abs(x - 500) < 400


def test_a_wall_of_layers_is_passed_below(hand: Hand) -> None:
    places = {f"w{row}_{column}": (column * 175.0, 2000 + row * 60.0) for row in range(40) for column in range(-4, 6)}
    graph = hand.graph.with_nodes([node(id, "Dense", 0) for id in places]).moved(places)
    hand.document.edit("Wall", graph)
    x, y = vacant(hand.canvas.drawing, (175, 2000 + 20 * 60.0), SIZE)
    assert not hand.canvas.drawing.nodes_in(QRectF(x, y, *SIZE))
