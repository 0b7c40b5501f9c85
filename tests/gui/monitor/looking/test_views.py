"""The page's views: which are offered, what each asks of the run, and what it says of what came."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.graph import Node
from engine.messages import Array, Maps, Watch, Weighed
from engine.report import NodeReport, Report, TensorSpec
from engine.values import FrozenMap, Part
from gui.monitor.looking.attention_view import AttentionView
from gui.monitor.looking.filter_view import FilterView
from gui.monitor.looking.likeness_view import LikenessView
from gui.monitor.looking.offers import offered
from gui.monitor.looking.state_view import StateView
from gui.monitor.maps import MapsView
from tests.gui.monitor.stage import Stage, recorded_maps

RANDOM = np.random.default_rng(1)


@pytest.fixture
def view(qtbot: QtBot, stage: Stage) -> MapsView:
    made = MapsView(stage.runner, stage.document, stage.selection)
    qtbot.addWidget(made)
    made.resize(1084, 300)
    made.show()
    return made


def weigh(
    stage: Stage, epoch: int, node: str = "n2", shape: tuple[int, ...] = (3, 3, 1, 32)
) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    values = RANDOM.normal(size=shape).astype("float32")
    stage.trainer.received.emit(Weighed(node, "kernel", epoch, epoch * 40, Array.of(values), shape))
    return values


def add(stage: Stage, layer: str, after: str = "n2") -> str:
    """Put a layer of some kind into the drawing."""
    node = stage.document.catalogue.new_node(stage.document.graph, layer)
    stage.document.edit("Add", stage.document.graph.with_node(node))
    return node.id


def test_a_layer_is_offered_what_makes_sense_for_it(stage: Stage) -> None:
    document = stage.document
    for layer, views in (
        ("Conv2D", ("maps", "filters")), ("Dropout", ("maps",)), ("BatchNormalization", ("maps",)),
        ("LSTM", ("maps", "filters", "states")), ("MultiHeadAttention", ("maps", "filters", "attention")),
        ("Embedding", ("maps", "filters")),
    ):  # fmt: skip
        id = add(stage, layer)
        node = document.graph.nodes[id]
        assert offered(node, document.graph, document.catalogue, document.report) == views, layer


def test_each_view_asks_for_what_it_shows(view: MapsView, stage: Stage) -> None:
    stage.begin()
    node = add(stage, "MultiHeadAttention")
    stage.selection.set([node])
    view.see("attention")
    assert stage.trainer.sent[-1] == Watch((f"{node}@scores", f"{node}@weights"), (0,))
    view.see("filters")
    assert stage.trainer.sent[-1] == Watch((f"{node}@weights",), (0,))
    stage.selection.set(["n3"])
    assert view.seen == "maps", "pooling has no filters"
    assert stage.trainer.sent[-1] == Watch(("n3",), (0,))
    stage.selection.set(["n2"])
    assert view.seen == "filters", "what was wished for holds where it can"


def test_what_no_picture_can_show_is_not_offered(stage: Stage) -> None:
    document = stage.document
    node = document.catalogue.new_node(document.graph, "MultiHeadAttention")
    for rank, seen in ((3, True), (4, False)):
        told = NodeReport(FrozenMap({"output": TensorSpec((None,) * rank)}), 1)
        report = Report(FrozenMap({node.id: told}))
        graph = document.graph.with_node(node)
        assert ("attention" in offered(node, graph, document.catalogue, report)) == seen
    images = Node("n99", "Bidirectional", "both", FrozenMap({"layer": Part("ConvLSTM2D", FrozenMap())}))
    assert "states" not in offered(images, document.graph.with_node(images), document.catalogue, Report())


# -- through the epochs


def test_the_epochs_that_came_can_be_gone_back_to(view: MapsView, stage: Stage) -> None:
    stage.begin()
    values = recorded_maps("n2").values.numpy()
    for epoch in range(4):
        array = Array.of(values * (epoch + 1))
        stage.trainer.received.emit(Maps("n2", epoch, epoch * 40, (0, 1), array))
    assert view._stamp.text() == "epoch 3 · step 120"
    view.scrubber.go(1)
    assert view._stamp.text() == "epoch 1 · step 40"
    assert view.wall.sheet is not None
    assert np.array_equal(view.wall.sheet.maps, values[0] * 2)
    stage.trainer.received.emit(Maps("n2", 4, 160, (0, 1), Array.of(values)))
    assert view._stamp.text() == "epoch 1 · step 40", "what is looked at stays while the run goes on"
    view.scrubber.follow()
    assert view._stamp.text() == "epoch 4 · step 160"
    view.scrubber.go(0)
    assert view._stamp.text() == "before the first step"


# -- filters


def test_filters_are_shown_by_norm(view: MapsView, stage: Stage) -> None:
    stage.begin()
    view.see("filters")
    assert "Waiting for the filters of conv1" in view.empty.words
    values = weigh(stage, 1)
    filters = view.views["filters"]
    assert isinstance(filters, FilterView)
    filters.sort.choose("norm")
    norms = np.linalg.norm(values.reshape(9, 32), axis=0)
    strongest = int(np.argmax(norms))
    assert filters.wall.numbers[0] == strongest
    assert filters.wall.words_at(QPointF(3, 3)).startswith(f"filter {strongest} · row 0, column 0: ")
    assert filters.wall.words_at(QPointF(3, 3)).endswith(f"norm {norms[strongest]:.3g}")


def test_many_filters_are_shown_by_likeness(qtbot: QtBot, view: MapsView, stage: Stage) -> None:
    """They are compared beside the window's loop: what is shown stays until it is known."""
    stage.begin()
    view.see("filters")
    filters = view.views["filters"]
    assert isinstance(filters, FilterView)
    values = np.random.default_rng(1).normal(size=(3, 3, 1, 200)).astype("float32")
    values[..., 150] = values[..., 20] * 2
    stage.trainer.received.emit(Weighed("n2", "kernel", 1, 40, Array.of(values), (3, 3, 1, 200)))
    assert list(filters.wall.numbers) == list(range(200))
    filters.sort.choose("likeness")
    qtbot.waitUntil(lambda: list(filters.wall.numbers) != list(range(200)))
    shown = list(filters.wall.numbers)
    assert sorted(shown) == list(range(200))
    assert abs(shown.index(20) - shown.index(150)) == 1


def test_several_weights_wait_for_each_other(view: MapsView, stage: Stage) -> None:
    stage.begin()
    view.see("filters")
    first = Array.of(np.ones((4, 20), "float32"))
    stage.trainer.received.emit(Weighed("n2", "cell/kernel", 1, 40, first, (4, 20), last=False))
    assert not view.views["filters"].isVisible()
    stage.trainer.received.emit(Weighed("n2", "cell/recurrent_kernel", 1, 40, first, (4, 200)))
    filters = view.views["filters"]
    assert isinstance(filters, FilterView)
    assert [filters.weight.itemText(row) for row in range(2)] == ["cell · kernel", "cell · recurrent kernel"]
    filters.weight.setCurrentIndex(1)
    assert filters.heat.matrix is not None
    assert filters.heat.matrix.tell(0, 1) == "input 0 → unit 1: 1 · 4×20 of 4×200"


def test_an_enlarged_map_stands_beside_its_filter(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    values = weigh(stage, 12)
    view.wall.enlarge(5)
    beside = view.maps.beside
    assert beside is not None
    assert beside.isVisible()
    assert beside.title.text() == f"Filter 5 · norm {np.linalg.norm(values[..., 5]):.3g}"
    one = recorded_maps("n2").values.numpy()[0, :, :, 5]
    assert beside.figures.text().startswith(f"from {one.min():.3g} to {one.max():.3g} · mean {one.mean():.3g}")
    view.wall.enlarge(None)
    assert not beside.isVisible()


# -- likeness


def test_two_maps_that_are_alike_are_seen_side_by_side(view: MapsView, stage: Stage, qtbot: QtBot) -> None:
    stage.begin()
    values = np.zeros((1, 4, 4, 6), "float32")
    values[0, ..., :4] = RANDOM.normal(size=(4, 4, 4))
    values[0, ..., 3] = values[0, ..., 1] * 2
    likeness = view.view("likeness")
    assert isinstance(likeness, LikenessView)
    moment_of(view, stage, "likeness", Maps("n2", 1, 40, (0,), Array.of(values)))
    qtbot.waitUntil(lambda: likeness.found is not None)
    assert likeness.words.text() == "2 of 6 maps are silent for this sample; maps 1 and 3 are alike: 1.00."
    likeness.order.choose("likeness")
    assert likeness.heat.matrix is not None
    assert likeness.heat.matrix.tell(0, 1) in ("maps 1 and 3: 1.000", "maps 3 and 1: 1.000")
    likeness.heat.pressed.emit(0, 1)
    assert likeness.pair.sheet is not None
    assert likeness.pair.sheet.count == 2
    assert sorted(likeness.pair.numbers) == [1, 3]
    likeness.heat.pressed.emit(0, 1)
    assert likeness.pair.isHidden()


def moment_of(view: MapsView, stage: Stage, name: str, message: Maps, layer: str = "n2") -> None:
    """Show a view what came, whether or not the checker has said that the layer has it."""
    view.frames.map(message)
    frame = view.frames.at(message.node, 0, None)
    assert frame is not None
    view.view(name).show_moment(view.frames.moment(stage.document.network.nodes[layer], frame, 0, None))


# -- attention and states


def test_heads_are_chosen_and_patches_look(view: MapsView, stage: Stage) -> None:
    stage.begin()
    scores = RANDOM.random((1, 17, 17, 3)).astype("float32")
    scores /= scores.sum(axis=2, keepdims=True)
    moment_of(view, stage, "attention", Maps("n2@scores", 1, 40, (0,), Array.of(scores)))
    attention = view.view("attention")
    assert isinstance(attention, AttentionView)
    matrix = attention.heat.matrix
    assert matrix is not None
    assert np.allclose(matrix.values, scores[0].mean(axis=-1))
    attention.heads.picked.emit(2)
    matrix = attention.heat.matrix
    assert matrix is not None
    assert np.array_equal(matrix.values, scores[0, :, :, 2])
    assert matrix.tell(0, 6) == f"class → row 1, column 1: {scores[0, 0, 6, 2]:.3g}"
    attention.image.entered.emit(0.3, 0.8)
    assert attention.image.own == (3, 1)
    assert attention.image.looks is not None
    assert np.array_equal(attention.image.looks.reshape(-1), scores[0, 14, 1:, 2])


def test_a_state_goes_to_the_right(view: MapsView, stage: Stage) -> None:
    stage.begin()
    states = RANDOM.normal(size=(1, 9, 4)).astype("float32")
    moment_of(view, stage, "states", Maps("n2@states", 1, 40, (0,), Array.of(states)))
    shown = view.view("states")
    assert isinstance(shown, StateView)
    assert shown.heat.matrix is not None
    assert np.array_equal(shown.heat.matrix.values, states[0].T)
    assert shown.heat.matrix.tell(3, 7) == f"step 7 · unit 3: {states[0, 7, 3]:.4g}"


# -- keys and files


def test_the_views_are_reached_by_keys(view: MapsView) -> None:
    button = view.choice.views._buttons["filters"]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert view.seen == "filters"


def test_what_is_seen_is_written_as_a_picture(
    view: MapsView, stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.begin()
    stage.play()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "maps"), ""))
    view.export()
    assert (tmp_path / "maps.png").stat().st_size > 1000
    assert view._words.text() == "Wrote maps.png."
