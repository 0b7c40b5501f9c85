"""Sliders and drags: a share is dragged or typed, and one drag is one undo step however slow it is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.kinds import ParameterSpec
from engine.project import Project
from engine.values import Value
from gui import undoing
from gui.document import Document
from gui.editors import drags
from gui.editors.limits import limits
from gui.editors.slider import KNOB, Slider
from gui.editors.typed import ShareEditor, TypedEditor, slides
from gui.inspector import Inspector
from gui.selection import Selection
from tests.gui.drawings import node, wired
from tests.gui.shown import RATE, UNITS, Make, maker


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    return maker(qtbot)


def at(slider: Slider, share: float) -> QPoint:
    return QPoint(round(KNOB / 2 + share * (slider.width() - KNOB)), slider.height() // 2)


def drag(slider: Slider, *shares: float) -> Iterator[float]:
    """Press at the first share, go over the others, let go at the last; a stop at each."""
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, pos=at(slider, shares[0]))
    yield shares[0]
    for share in shares[1:]:
        QTest.mouseMove(slider, at(slider, share))
        yield share
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=at(slider, shares[-1]))


def test_a_slider_gives_shares_that_the_field_shows(make: Make) -> None:
    made = make(RATE)
    assert isinstance(made.editor, ShareEditor)
    made.editor.resize(240, 30)
    for _ in drag(made.editor.slider, 0.5, 1.0, -1.0, 2.0):
        pass
    assert made.said == [1.0, 0.0, 1.0], "the ends are the bounds, and where it stood already is no news"
    assert made.editor.field.text() == "1"


def test_a_slider_stays_between_other_bounds(make: Make) -> None:
    made = make(catalogue().layer("FractionalMaxPooling2D").parameter("ratio"))
    assert isinstance(made.editor, ShareEditor)
    made.editor.resize(240, 30)
    for _ in drag(made.editor.slider, 0.0, 1.0):
        pass
    assert made.said == [1.01, 2.0]


@pytest.mark.parametrize(
    ("owner", "name", "served"),
    [
        ("Dropout", "rate", True),
        ("LSTM", "recurrent_dropout", True),
        ("RandomInvert", "factor", True),
        ("BatchNormalization", "momentum", False),
        ("Dense", "units", False),
        ("LeakyReLU", "negative_slope", False),
    ],
)
def test_sliders_serve_where_their_pixels_do(owner: str, name: str, served: bool) -> None:
    assert slides(catalogue().layer(owner).parameter(name)) is served


def test_a_share_that_may_be_nothing_has_a_tick_and_a_field_alone() -> None:
    assert not slides(catalogue().part("metric", "F1Score").parameter("threshold"))


@pytest.fixture
def inspected(qtbot: QtBot) -> tuple[Document, Inspector]:
    document = Document(catalogue())
    document.start(Project(wired(node("n1", "InputLayer", shape=(4,)), node("n2", "Dropout", rate=0.5))))
    selection = Selection(document)
    inspector = Inspector(document, selection)
    qtbot.addWidget(inspector)
    inspector.resize(300, 600)
    inspector.show()
    selection.set(("n2",))
    qtbot.waitExposed(inspector)
    return document, inspector


def rate_of(graph: Graph) -> Value:
    return graph.node("n2").values["rate"]


def test_one_drag_is_one_step_however_slow(
    inspected: tuple[Document, Inspector], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, inspector = inspected
    clock = iter(range(0, 10_000, 60))
    monkeypatch.setattr(undoing, "monotonic", lambda: float(next(clock)))
    assert inspector.form is not None
    editor = inspector.form.rows["rate"].editor
    assert isinstance(editor, ShareEditor)
    for share in drag(editor.slider, 0.2, 0.4, 0.7):
        assert rate_of(document.graph) == pytest.approx(share, abs=0.05)
    assert document.undo.count() == 1, "a minute between two places is still one drag"
    for _ in drag(editor.slider, 0.1, 0.3):
        pass
    assert document.undo.count() == 2, "another drag is another step"
    document.undo.undo()
    document.undo.undo()
    assert rate_of(document.graph) == 0.5
    assert drags.going() == 0


def test_a_drag_on_a_label_is_one_step_too(
    inspected: tuple[Document, Inspector], monkeypatch: pytest.MonkeyPatch
) -> None:
    document, inspector = inspected
    clock = iter(range(0, 10_000, 60))
    monkeypatch.setattr(undoing, "monotonic", lambda: float(next(clock)))
    assert inspector.form is not None
    label = inspector.form.rows["rate"].label
    QTest.mousePress(label, Qt.MouseButton.LeftButton, pos=QPoint(10, 8))
    for steps in (1, 2, 3):
        QTest.mouseMove(label, QPoint(10 + steps * label.TRAVEL, 8))
    QTest.mouseRelease(label, Qt.MouseButton.LeftButton, pos=QPoint(34, 8))
    assert rate_of(document.graph) == pytest.approx(0.65)
    assert document.undo.count() == 1


def test_a_drag_whose_slider_goes_is_over(inspected: tuple[Document, Inspector]) -> None:
    _, inspector = inspected
    assert inspector.form is not None
    editor, label = inspector.form.rows["rate"].editor, inspector.form.rows["rate"].label
    assert isinstance(editor, ShareEditor)
    for widget in (editor.slider, label):
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=QPoint(20, 8))
        assert drags.going()
        widget.hide()
        assert not drags.going()


# -- what is told in the field


@pytest.mark.parametrize(
    ("parameter", "words"),
    [
        (UNITS, "≥ 1"),
        (RATE, "0 to 1"),
        (ParameterSpec("x", "float", maximum=8), "≤ 8"),
        (ParameterSpec("x", "float"), ""),
        (ParameterSpec("x", "text", minimum=1), ""),
    ],
)
def test_limits_in_few_signs(parameter: ParameterSpec, words: str) -> None:
    assert limits(parameter) == words


def test_a_field_tells_its_limits_while_a_person_is_there(make: Make, qtbot: QtBot) -> None:
    made = make(ParameterSpec("sampling_rate", "int", 16000, minimum=1, unit="Hz"))
    assert isinstance(made.editor, TypedEditor)
    field = made.editor.field
    made.editor.resize(200, 30)
    field.clearFocus()
    assert field.note() == "Hz"
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    assert field.note() == "≥ 1 · Hz"
    made.editor.resize(110, 30)
    assert field.note() == "Hz", "there is no room for both"
    field.setText("9" * 40)
    assert field.note() == "", "what is typed needs the room"
