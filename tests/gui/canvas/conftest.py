"""A canvas on a small drawing, and a hand that works it as a person does: with real mouse and key events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph import Edge, End, Frame, Graph, Note
from engine.project import Project
from gui.canvas import Canvas
from gui.canvas.faces import node_face, wire_face
from gui.canvas.heat import Heat
from gui.canvas.known import Facts
from gui.document import Document
from gui.selection import Selection
from tests.gui.drawings import node, wired

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier
#: Around the nodes n1 and n2 of the drawing, a note and a smaller frame.
OUTER = Frame("f1", "Encoder", (-40.0, -100.0), (520.0, 220.0), "orange")
INNER = Frame("f2", "", (240.0, -60.0), (200.0, 130.0))
NOTE = Note("t1", "A **note**", (-20.0, 64.0), (160.0, 48.0))


class Hand:
    """Presses, drags and types on a canvas; places are in the scene."""

    def __init__(self, canvas: Canvas, document: Document, selection: Selection) -> None:
        self.canvas, self.document, self.selection = canvas, document, selection

    @property
    def graph(self) -> Graph:
        return self.document.graph

    @property
    def steps(self) -> int:
        return self.document.undo.index()

    @property
    def title(self) -> str:
        return self.document.undo.undoText()

    def view(self, at: QPointF) -> QPoint:
        return self.canvas.viewportTransform().map(at).toPoint()

    def head(self, id: str) -> QPointF:
        """A place on a node where nothing but the node is."""
        return self.canvas.drawing.nodes.frame(id).topLeft() + QPointF(80, 26)

    def port(self, id: str, name: str, *, output: bool) -> QPointF:
        place = self.canvas.drawing.nodes.port(End(id, name), output=output)
        assert place is not None, f"{id} shows no port {name}"
        return QPointF(*place)

    def press(self, at: QPointF, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mousePress(self.canvas.viewport(), button, modifiers, self.view(at))

    def move(self, at: QPointF) -> None:
        QTest.mouseMove(self.canvas.viewport(), self.view(at))
        QApplication.processEvents()

    def release(self, at: QPointF, button: Qt.MouseButton = LEFT, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseRelease(self.canvas.viewport(), button, modifiers, self.view(at))

    def click(self, at: QPointF, modifiers: Qt.KeyboardModifier = NONE) -> None:
        self.press(at, LEFT, modifiers)
        self.release(at, LEFT, modifiers)

    def drag(
        self, start: QPointF, end: QPointF, modifiers: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
    ) -> None:
        self.press(start, button, modifiers)
        self.move((start + end) / 2)
        self.move(end)
        self.release(end, button, modifiers)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.canvas, key, modifiers)

    def agree(self) -> None:
        """Fail unless the canvas shows exactly what the document holds."""
        drawing, graph = self.canvas.drawing, self.graph
        nodes = drawing.nodes
        assert set(nodes.ids) == set(graph.nodes)
        assert len(nodes.ids) == len(graph.nodes)
        assert set(drawing.wires.edges) == set(graph.edges)
        assert len(drawing.wires.edges) == len(graph.edges)
        assert nodes.row == {id: row for row, id in enumerate(nodes.ids)}
        for id, held in graph.nodes.items():
            assert nodes.at(id) == held.at, f"{id} is shown in another place"
            assert nodes.face(id).name == held.name
            assert drawing.node_at(nodes.frame(id).center()) is not None
            assert nodes.frame(id).height() == nodes.face(id).height
        annotations: list[Frame | Note] = [*graph.frames.values(), *graph.notes.values()]
        assert drawing.annotations.items == annotations
        assert drawing.annotations.boxes.tolist() == [[*item.at, *item.size] for item in annotations]
        for edge in graph.edges:
            row = drawing.wires.row[edge]
            start = nodes.port(edge.source, output=True) or nodes.edge(edge.source.node, output=True)
            end = nodes.port(edge.target, output=False) or nodes.edge(edge.target.node, output=False)
            assert tuple(drawing.wires.lines[row].tolist()) == (*start, *end), f"{edge} hangs elsewhere"
            assert drawing.wires.headings(edge) == tuple(
                drawing.heading(end.node) for end in (edge.source, edge.target)
            )
            self.paints_whole(edge)
        self.looks_right()

    def looks_right(self) -> None:
        """Fail unless each node and wire looks as one that is shown for the first time."""
        drawing, document = self.canvas.drawing, self.document
        heat = Heat.of(drawing.figure, document.costs.costs, document.recipe) if drawing.figure else None
        facts = Facts.of(
            self.graph, document.catalogue, document.report, document.problems(), None, heat, document.within
        )
        for id, held in self.graph.nodes.items():
            fresh = node_face(facts, held, thumbnail=drawing.nodes.face(id).thumbnail)
            assert drawing.nodes.face(id) == fresh, f"{id} looks as it did before"
        for edge in self.graph.edges:
            shown = drawing.wires.face(edge)
            assert replace(shown, broken=False) == replace(wire_face(facts, edge), broken=False), (
                f"{edge} looks as before"
            )

    def paints_whole(self, edge: Edge) -> None:
        """Fail unless a wire's path runs from end to end and inside of what is painted anew for it."""
        wires = self.canvas.drawing.wires
        row = wires.row[edge]
        path, (x0, y0, x1, y1) = wires.path(row), wires.lines[row].tolist()
        ends = [path.pointAtPercent(0.0) - QPointF(x0, y0), path.pointAtPercent(1.0) - QPointF(x1, y1)]
        assert max(end.manhattanLength() for end in ends) < 1e-3, f"{edge} is painted elsewhere"
        assert wires.reach(edge).contains(path.boundingRect().adjusted(-2, -2, 2, 2)), f"{edge} is cut off"


def drawing() -> Graph:
    """Two rows: an image flattened to ten classes; below, a second image, an LSTM, a Concatenate and a Subtract."""
    graph = wired(
        node("n1", "InputLayer", 0, shape=(8, 8, 1)),
        node("n2", "Flatten", 252),
        node("n3", "Dense", 504, units=10),
    )
    below = (
        node("n4", "Conv2D", 0, filters=32, kernel_size=(3, 3)),
        node("n5", "LSTM", 252, units=8),
        node("n6", "Concatenate", 504),
        node("n7", "Subtract", 756),
    )
    graph = graph.with_nodes(below).moved({each.id: (each.at[0], 240.0) for each in below})
    return graph.with_edge(Edge(End("n5", "output"), End("n6", "inputs")))


@pytest.fixture
def hand(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hand]:
    # What is painted must not hang on how quick this machine is.
    monkeypatch.setattr("gui.canvas.sprites.CALM", float("inf"))
    document = Document(catalogue())
    document.start(Project(drawing()))
    selection = Selection(document)
    canvas = Canvas(document, selection)
    qtbot.addWidget(canvas)
    canvas.resize(1200, 700)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.zoom_to(1.0)
    canvas.look_at(QPointF(460, 150))
    canvas.setFocus()
    made = Hand(canvas, document, selection)
    yield made
    made.agree()


@pytest.fixture
def framed(hand: Hand) -> Hand:
    """The drawing with two frames and a note in it."""
    graph = hand.graph.with_frames([OUTER, INNER]).with_notes([NOTE])
    hand.document.edit("Frame", graph)
    hand.document.undo.clear()
    hand.canvas.look_at(QPointF(400, 100))
    return hand


@pytest.fixture
def said(hand: Hand) -> list[str]:
    """What the canvas says, one sentence after the other."""
    sentences: list[str] = []
    hand.canvas.said.connect(sentences.append)
    return sentences
