"""Random play on the real canvas: scene and document always agree, and undoing all of it gives the start back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtWidgets import QApplication

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.graph_json import graph_from_json, graph_to_json
from engine.project import Project
from engine.report import Problem
from engine.structure import problems
from gui.canvas import Canvas
from gui.canvas.nodes import Nodes
from gui.canvas.overlay import Overlay
from gui.canvas.scene import Scene
from gui.canvas.wires import Wires
from gui.document import Document
from gui.selection import Selection
from gui.theme import DARK, themes
from tests.gui.canvas import play
from tests.gui.canvas.conftest import Hand, drawing
from tests.gui.canvas.dice import Dice
from tests.gui.canvas.play import MOVES

pytestmark = pytest.mark.once

number = st.integers(0, 10_000)


class Play(RuleBasedStateMachine):
    """One player at the canvas."""

    def __init__(self) -> None:
        super().__init__()
        QApplication.clipboard().clear()
        document = Document(catalogue())
        document.undo.setUndoLimit(0)
        document.start(Project(drawing()))
        selection = Selection(document)
        canvas = Canvas(document, selection)
        canvas.resize(1200, 600)
        canvas.show()
        canvas.zoom_to(1.0)
        canvas.look_at(QPointF(460, 150))
        self.hand = Hand(canvas, document, selection)
        self.start = document.graph
        #: Errors in what Qt calls are told to this hook alone.
        self.errors: list[BaseException] = []
        self._hook, sys.excepthook = sys.excepthook, lambda _kind, error, _trace: self.errors.append(error)

    def teardown(self) -> None:
        try:
            self._there_and_back()
            self.hand.canvas.close()
            self.hand.canvas.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            assert not self.errors
        finally:
            sys.excepthook = self._hook

    def _there_and_back(self) -> None:
        stack, end, last = self.hand.document.undo, self.hand.graph, self.hand.document.undo.index()
        while stack.canUndo():
            stack.undo()
        assert self.hand.graph == self.start, "undoing all gives the start"
        self.agrees()
        while stack.index() < last:
            stack.redo()
        assert self.hand.graph == end, "redoing all gives the end"
        self.agrees()

    @rule(name=st.sampled_from(sorted(MOVES)), first=number, second=number, third=number)
    def move(self, name: str, first: int, second: int, third: int) -> None:
        steps, before = self.hand.document.undo.index(), self.hand.graph
        MOVES[name](self.hand, Dice(first, second, third))
        play.calm(self.hand)
        note(f"step {self.hand.steps}: {self.hand.title}")
        if name not in ("undo", "redo", "command", "press", "break_off", "annotate"):
            assert self.hand.steps <= steps + 1, "it is one step at most"
        if self.hand.steps == steps + 1 and name != "redo":
            assert self.hand.title, "a step has a name"
        if self.hand.steps == steps and name not in ("give", "press", "command", "break_off", "annotate"):
            assert self.hand.graph == before, "nothing changes without a step"

    @invariant()
    def agrees(self) -> None:
        if self.errors:
            raise self.errors.pop()
        self.hand.agree()
        canvas, graph = self.hand.canvas, self.hand.graph
        assert self.hand.selection.ids <= graph.nodes.keys()
        assert self.hand.selection.annotations <= graph.frames.keys() | graph.notes.keys()
        assert said(self.hand.document.problems_now()) == said(known(graph))
        assert graph_from_json(graph_to_json(graph)) == graph, "it can be saved and opened"
        assert_nothing_hangs(canvas, graph)
        assert shown(canvas.drawing) == shown(anew(self.hand)), "it shows what it would if it were opened now"


def said(found: tuple[Problem, ...]) -> list[tuple[object, ...]]:
    """Problems as they are told; the drawings that would mend them may have been made before a node was moved."""
    return [(each.severity, each.sentence, each.nodes, [fix.title for fix in each.fixes]) for each in found]


def known(graph: Graph) -> tuple[Problem, ...]:
    """The problems of a drawing; where it has blocks, told of what is seen, as of one that is opened now."""
    if not graph.blocks:
        return problems(graph, catalogue())
    document = Document(catalogue())
    document.start(Project(graph))
    return document.problems_now()


def assert_nothing_hangs(canvas: Canvas, graph: Graph) -> None:
    over = canvas.drawing.overlay
    assert not canvas.busy
    assert not canvas.armed
    assert not canvas.drawing._held, "no node is held up"
    assert over.chosen <= set(graph.edges)
    assert over.node is None or over.node in graph.nodes
    assert over.wire is None or over.wire in graph.edges
    assert over.grip is None or over.grip.id in (*graph.frames, *graph.notes)
    for name in {field.name for field in fields(Overlay)} - {"node", "wire", "port", "grip", "chosen"}:
        left = getattr(over, name)
        assert left is None or (hasattr(left, "__len__") and not len(left)), f"{name} is over: {left}"
    assert canvas.hint.isHidden()


def anew(hand: Hand) -> Scene:
    """A scene that has followed nothing: it was made from what there is now."""
    document = Document(catalogue())
    document.start(hand.document.project)
    document.take_report(document.generation, hand.document.report)
    scene = Scene(document, Selection(document))
    scene.colour_by(hand.canvas.drawing.figure)
    for id, picture in hand.canvas.drawing.painter.thumbnails.items():
        scene.show_thumbnail(id, picture.toImage())
    return scene


def shown(scene: Scene) -> dict[object, object]:
    """All that a scene shows of a drawing, by node and by wire, whatever the rows."""
    nodes, wires = scene.nodes, scene.wires
    assert nodes.row == {id: row for row, id in enumerate(nodes.ids)}
    assert wires.row == {edge: row for row, edge in enumerate(wires.edges)}
    assert {id for id in nodes.ids if nodes._lifted[nodes.row[id]]} == scene.selection.ids
    told: dict[object, object] = {}
    for row, id in enumerate(nodes.ids):
        told[id] = (nodes.faces[row], nodes.hues[nodes.hue[row]], columns(nodes, row))
    for row, edge in enumerate(wires.edges):
        told[edge] = (wires.faces[row], wires._boxes[row].tolist(), wires.route(row).tolist(), columns(wires, row))
    return told


def columns(table: Nodes | Wires, row: int) -> dict[str, object]:
    """What stands in a row of every array that a table offers; the index of a hue means nothing by itself."""
    found = {name: getattr(table, name) for name, held in vars(type(table)).items() if isinstance(held, property)}
    assert all(len(column) == len(table) for column in found.values()), "all columns are of one length"
    return {name: column[row].tolist() for name, column in found.items() if name != "hue"}


@pytest.fixture
def application(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QApplication]:
    """What a step is must not hang on how quick this machine is: nudges merge by the clock."""
    monkeypatch.setattr("gui.undoing.MERGED_WITHIN", float("inf"))
    theme = themes().current
    yield qapp
    themes().use(theme if theme is not None else DARK)
    qapp.clipboard().clear()


def run(examples: int, steps: int) -> None:
    plan = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Play, settings=plan)


def test_scene_and_document_agree_whatever_is_played(application: QApplication) -> None:
    run(8, 40)


def test_they_agree_where_all_is_shown_in_slices(application: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    slice_all(monkeypatch)
    run(6, 30)


@pytest.mark.long
def test_they_agree_for_thousands_of_moves_in_slices(
    application: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    slice_all(monkeypatch)
    run(150, 80)


def slice_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a single thing be too many to show at once, and each step take a turn."""
    monkeypatch.setattr("gui.canvas.scene.MOST", 0)
    monkeypatch.setattr("gui.canvas.coming.PART", 2)
    monkeypatch.setattr("gui.canvas.slices.LONG", -1.0)


@pytest.mark.long
def test_scene_and_document_agree_for_thousands_of_moves(application: QApplication) -> None:
    run(150, 80)
