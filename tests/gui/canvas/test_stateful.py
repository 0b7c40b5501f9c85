"""Random work on the real canvas: scene and document always agree, and undoing all of it gives the start back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QApplication

from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.project import Project
from gui.canvas import Canvas
from gui.document import Document
from gui.selection import Selection
from tests.gui.canvas.conftest import Hand, drawing

LAYERS = ("Dense", "LSTM", "Concatenate", "MultiHeadAttention", "Subtract", "InputLayer", "Flatten")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
pick = st.integers(0, 1000)
place = st.builds(QPointF, st.integers(-60, 1000), st.integers(-60, 340))


class Work(RuleBasedStateMachine):
    """One person at the canvas."""

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

    def teardown(self) -> None:
        document = self.hand.document
        while document.undo.canUndo():
            document.undo.undo()
        assert document.graph == self.start
        self.hand.agree()
        self.hand.canvas.close()
        self.hand.canvas.deleteLater()
        QApplication.processEvents()

    @invariant()
    def agrees(self) -> None:
        self.hand.agree()
        graph = self.hand.graph
        assert self.hand.selection.ids <= set(graph.nodes)
        assert self.hand.selection.annotations <= {*graph.frames, *graph.notes}
        assert set(self.hand.canvas.drawing.overlay.chosen) <= set(self.hand.graph.edges)
        assert not self.hand.canvas.busy

    @rule(layer=st.sampled_from(LAYERS), at=place)
    def add(self, layer: str, at: QPointF) -> None:
        self.hand.canvas.add_layer(layer, at)

    @rule(layer=st.sampled_from(LAYERS))
    def add_after(self, layer: str) -> None:
        self.hand.canvas.add_layer(layer, None)

    @rule(at=place, to=place, keys=st.sampled_from([Qt.KeyboardModifier.NoModifier, CTRL, SHIFT, ALT]))
    def drag(self, at: QPointF, to: QPointF, keys: Qt.KeyboardModifier) -> None:
        self.hand.drag(at, to, keys)
        self.hand.canvas.finder.search.leave()
        self.hand.canvas.in_place.leave()

    @rule(at=place, to=place)
    def slice(self, at: QPointF, to: QPointF) -> None:
        self.hand.drag(at, to, CTRL, Qt.MouseButton.RightButton)

    @rule(number=pick, at=place)
    def carry(self, number: int, at: QPointF) -> None:
        ids = list(self.hand.graph.nodes)
        if ids:
            self.drag(self.hand.head(ids[number % len(ids)]), at, ALT)

    @rule(number=pick, layer=st.sampled_from(LAYERS), after=st.booleans())
    def operate(self, number: int, layer: str, after: bool) -> None:
        ids, surgery = list(self.hand.graph.nodes), self.hand.canvas.surgery
        if ids and after:
            surgery.insert_after(ids[number % len(ids)], layer)
        elif ids:
            surgery.replace([ids[number % len(ids)]], layer)

    @rule(first=pick, second=pick)
    def wire(self, first: int, second: int) -> None:
        ends = [
            self.hand.canvas.drawing.nodes.port(socket.end, output=socket.output)
            for id in self.hand.graph.nodes
            for socket in self.hand.canvas.drawing.sockets(id)
        ]
        found = [end for end in ends if end is not None]
        if found:
            self.drag(QPointF(*found[first % len(found)]), QPointF(*found[second % len(found)]), CTRL)

    @rule(number=pick, ways=st.lists(st.sampled_from([Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up]), max_size=4))
    def wire_by_keys(self, number: int, ways: list[Qt.Key]) -> None:
        ids = list(self.hand.graph.nodes)
        self.hand.selection.set(ids[number % len(ids) :][:1] if ids else ())
        self.hand.canvas.keyboard.do("start_wire")
        if self.hand.canvas.guide.wire_keys.active:
            for key in (*ways, Qt.Key.Key_Period, Qt.Key.Key_Return, Qt.Key.Key_Escape):
                self.hand.key(key)
                if not self.hand.canvas.guide.wire_keys.active:
                    break
        assert self.hand.canvas.drawing.overlay.preview is None

    @rule(words=st.sampled_from(["dense", "e", "error", "units 64", "zzz", ""]), steps=st.integers(-2, 2))
    def find(self, words: str, steps: int) -> None:
        seeking = self.hand.canvas.guide.seeking
        seeking.open()
        seeking.bar.field.setText(words)
        for _ in range(abs(steps)):
            seeking.step(1 if steps > 0 else -1)
        assert set(seeking.found) <= set(self.hand.graph.nodes)
        seeking.leave()

    @rule(number=pick)
    def take(self, number: int) -> None:
        ids = [*self.hand.graph.notes, *self.hand.graph.nodes, *self.hand.graph.frames]
        self.hand.selection.set(ids[number % len(ids) :][:3] if ids else ())

    @rule(
        key=st.sampled_from(
            [
                (Qt.Key.Key_Delete, None), (Qt.Key.Key_D, CTRL), (Qt.Key.Key_C, CTRL), (Qt.Key.Key_V, CTRL),
                (Qt.Key.Key_X, CTRL), (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Z, CTRL), (Qt.Key.Key_Y, CTRL),
                (Qt.Key.Key_A, CTRL), (Qt.Key.Key_W, None), (Qt.Key.Key_Right, None), (Qt.Key.Key_Up, CTRL),
                (Qt.Key.Key_Escape, None), (Qt.Key.Key_Delete, CTRL), (Qt.Key.Key_X, ALT), (Qt.Key.Key_X, SHIFT),
                (Qt.Key.Key_D, CTRL | SHIFT), (Qt.Key.Key_V, CTRL | SHIFT),
                (Qt.Key.Key_Plus, None), (Qt.Key.Key_Minus, None), (Qt.Key.Key_Period, None), (Qt.Key.Key_U, None),
                (Qt.Key.Key_B, None), (Qt.Key.Key_D, None), (Qt.Key.Key_H, None), (Qt.Key.Key_R, None),
                (Qt.Key.Key_Right, SHIFT), (Qt.Key.Key_Left, ALT), (Qt.Key.Key_Greater, SHIFT),
            ]
        )
    )  # fmt: skip
    def press(self, key: tuple[Qt.Key, Qt.KeyboardModifier | None]) -> None:
        if len(self.hand.graph.nodes) < 40 or key[0] not in (Qt.Key.Key_V, Qt.Key.Key_D):
            self.hand.key(key[0], key[1] or Qt.KeyboardModifier.NoModifier)

    @rule(number=pick, units=st.integers(-1, 9), state=st.booleans())
    def change(self, number: int, units: int, state: bool) -> None:
        ids = list(self.hand.graph.nodes) or [""]
        for name, value in (("return_state", state), ("units", units)):
            try:
                self.hand.document.set_value(ids[number % len(ids)], name, value)
            except EngineError:
                continue

    @rule(number=pick, at=place)
    def annotate(self, number: int, at: QPointF) -> None:
        """Put a frame around what is selected, or a note somewhere, or another text into one."""
        canvas, graph = self.hand.canvas, self.hand.graph
        if number % 3 == 0 and len(graph.frames) < 20:
            canvas.commands["frame_selection"]()
            canvas.editor.setText(f"Frame {number}")
            canvas.editor.finish()
        elif number % 3 == 1 and len(graph.notes) < 20:
            canvas.pointer = QPointF(self.hand.view(at))
            canvas.commands["add_note"]()
            canvas.in_place.notes.setPlainText(f"# Note {number}" if number % 2 else "")
            canvas.in_place.notes.finish()
        elif graph.notes:
            canvas.rename(next(iter(graph.notes)))
            canvas.in_place.notes.setPlainText(f"{number}")
            canvas.in_place.notes.finish()

    @rule(number=pick, to=place)
    def resize(self, number: int, to: QPointF) -> None:
        items = self.hand.canvas.drawing.annotations.items
        if items:
            box = self.hand.canvas.drawing.annotations.box(items[number % len(items)].id)
            self.drag([box.bottomRight(), box.topLeft(), box.topLeft() + QPointF(40, 12)][number % 3], to, CTRL)

    @rule(command=st.sampled_from(["fit_frame", "select_inside", "unframe", "grow_left", "grow_down", "copy", "cut"]))
    def command(self, command: str) -> None:
        self.hand.canvas.keyboard.do(command)

    @rule()
    def paint(self) -> None:
        self.hand.canvas.viewport().grab()


@pytest.fixture
def application(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[QApplication]:
    """What a step is must not hang on how quick this machine is: nudges merge by the clock."""
    monkeypatch.setattr("gui.document.MERGED_WITHIN", float("inf"))
    yield qapp
    qapp.clipboard().clear()


def run(examples: int, steps: int) -> None:
    plan = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Work, settings=plan)


def test_scene_and_document_agree_whatever_is_done(application: QApplication) -> None:
    run(8, 25)


@pytest.mark.long
def test_scene_and_document_agree_for_thousands_of_gestures(application: QApplication) -> None:
    run(150, 60)
