"""The feature-map page and its wall, fed with recorded maps."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from engine.messages import Array, Maps, Message, Train, Watch
from gui.monitor.maps import MapsView
from gui.monitor.watching import Watching
from tests.gui.monitor.stage import Stage, epoch, recorded_maps


@pytest.fixture
def view(qtbot: QtBot, stage: Stage) -> MapsView:
    made = MapsView(stage.runner, stage.document, stage.selection)
    qtbot.addWidget(made)
    made.resize(1084, 268)
    made.show()
    return made


def is_digit(message: Message) -> bool:
    return isinstance(message, Maps) and message.node == "n8"


def test_at_first_the_first_convolution_is_watched(view: MapsView, stage: Stage) -> None:
    assert view.choice.node == "n2"
    assert "Press Train to see what conv1 makes of a sample" in view.empty.words
    stage.begin()
    train = next(message for message in stage.trainer.sent if isinstance(message, Train))
    assert (train.watch, train.samples) == (("n2", "n2@weights"), (0,))
    assert "Waiting for the maps of conv1" in view.empty.words


def test_maps_come_with_their_stamp(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play(is_digit)
    assert view.wall.isVisible()
    assert view._stamp.text() == "epoch 1 · step 40"
    assert view.wall.sheet is not None
    assert view.wall.sheet.count == 32
    first = view.grab().toImage()
    stage.play()
    assert view._stamp.text() == "epoch 12 · step 480"
    assert view.grab().toImage() != first, "the picture changes as the network learns"


def test_the_layer_follows_the_selection_until_it_is_pinned(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.selection.set(["n4"])
    assert view.choice.node == "n4"
    assert stage.trainer.sent[-1] == Watch(("n4", "n4@weights"), (0,))
    view.choice._pin.setChecked(True)
    stage.selection.set(["n6"])
    assert view.choice.node == "n4"
    view.choice._pin.setChecked(False)
    assert view.choice.node == "n6", "unpinned, it catches up"


def test_a_layer_chosen_by_hand_is_pinned(view: MapsView, stage: Stage) -> None:
    layers = view.choice._layers
    assert [layers.itemData(row) for row in range(layers.count())] == [f"n{number}" for number in range(1, 9)]
    layers.setFocus()
    QTest.keyClick(layers, Qt.Key.Key_Down)
    assert view.choice.node == "n3"
    assert view.choice._pin.isChecked()


def test_out_of_sight_nothing_is_asked(view: MapsView, stage: Stage) -> None:
    stage.begin()
    view.hide()
    assert stage.trainer.sent[-1] == Watch((), (0,))
    stage.selection.set(["n4"])
    assert stage.trainer.sent[-1] == Watch((), (0,))
    view.show()
    assert stage.trainer.sent[-1] == Watch(("n4", "n4@weights"), (0,))


def test_another_sample_is_asked_for_and_its_answer_shown(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    assert view.card.caption == "is 3"
    view.choice._sample.setValue(1)
    assert stage.trainer.sent[-1] == Watch(("n2", "n2@weights"), (1,))
    assert view.card.caption == "is 8"
    view.choice._sample.setValue(5)
    assert view._stamp.text() == "Sample 5 is on its way"
    assert view.wall.isVisible(), "the old picture stays until the new one is there"


def test_the_class_that_is_right_is_marked_among_the_bars(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    stage.selection.set(["n8"])
    chart = view.wall.chart
    assert chart is not None
    assert chart.names == tuple("0123456789")
    assert chart.truth == 3
    assert view.wall.words_at(QPointF(3.5 * 56, 50)).startswith("3: ")
    assert view.wall.words_at(QPointF(3.5 * 56, 50)).endswith("the right answer")
    assert view.wall.words_at(QPointF(900, 50)) == ""
    view.grab()


def test_ten_numbers_inside_the_network_are_no_classes(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    values = recorded_maps("n8").values.numpy()
    stage.trainer.received.emit(Maps("n6", 12, 480, (0, 1), Array.of(values)))
    stage.selection.set(["n6"])
    assert view.wall.chart is not None
    assert view.wall.chart.names == ()


def test_pointing_tells_map_place_and_value(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    grid = view.wall._grid
    assert grid is not None
    x, y = grid.corner(20)
    inside = QPoint(x + round(grid.width * 2.5 / 8), y + round(grid.height * 6.5 / 8))
    value = recorded_maps("n2").values.numpy()[0, 6, 2, 20]
    view.wall.mouseMoveEvent(_move(inside))
    assert view._words.text().startswith(f"map 20 · row 6, column 2: {value:.4g} · from ")


def _move(at: QPoint) -> QMouseEvent:
    return QMouseEvent(
        QEvent.Type.MouseMove, QPointF(at), QPointF(at), Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip


def test_a_click_enlarges_a_map_and_another_goes_back(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play(is_digit)
    assert view.wall._grid is not None
    x, y = view.wall._grid.corner(5)
    QTest.mouseClick(view.wall, Qt.MouseButton.LeftButton, pos=QPoint(x + 4, y + 4))
    assert view.wall.enlarged == 5
    assert view.wall._grid.count == 1
    stage.play()
    assert view.wall.enlarged == 5, "it stays enlarged while new maps come"
    QTest.mouseClick(view.wall, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert view.wall.enlarged is None


def test_the_keyboard_goes_from_map_to_map(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    wall = view.wall
    wall.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(wall, key)
    assert wall.enlarged == 1
    QTest.keyClick(wall, Qt.Key.Key_Right)
    assert wall.enlarged == 2
    assert view._words.text().startswith("map 2 ·")
    QTest.keyClick(wall, Qt.Key.Key_Escape)
    assert wall.enlarged is None
    for _ in range(40):
        QTest.keyClick(wall, Qt.Key.Key_Down)
    assert wall._current == 31


def test_scale_and_colours_change_the_picture(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    seen = [view.wall.grab().toImage()]
    view.choice._scale.choose("shared")
    seen.append(view.wall.grab().toImage())
    view.choice.choose_colours("viridis")
    seen.append(view.wall.grab().toImage())
    assert seen[0] != seen[1]
    assert seen[1] != seen[2]


def test_what_a_large_output_was_reduced_to_is_said(view: MapsView, stage: Stage) -> None:
    stage.begin()
    values = recorded_maps("n2").values
    stage.trainer.received.emit(Maps("n2", 1, 40, (0, 1), values, whole=(16, 16, 512), stride=2))
    assert view._stamp.text() == "first 32 of 512 · one place in 2 · epoch 1 · step 40"


def test_a_layer_that_the_run_does_not_have_says_so(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    graph = stage.document.graph
    node = stage.document.catalogue.new_node(graph, "Dense")
    stage.document.edit("Add", graph.with_node(node))
    stage.selection.set([node.id])
    assert "is not in this run" in view.empty.words
    stage.document.edit("Remove", stage.document.graph.without([node.id]))
    assert view.choice.node == "n2"


def test_a_run_whose_trainer_is_gone_says_what_to_do(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    stage.trainer.die("")
    stage.selection.set(["n7"])
    assert "train again" in view.empty.words


def test_a_new_run_forgets_the_maps_of_the_last(view: MapsView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    stage.begin()
    assert not view.wall.isVisible()
    stage.play(epoch(1))
    assert not view.wall.isVisible()


def test_wishes_of_several_views_are_joined(stage: Stage) -> None:
    watching = Watching(stage.runner)
    watching.ask("maps", ("n2",))
    watching.ask("canvas", ("n4", "n2", "n8"))
    watching.look_at(3)
    stage.begin()
    train = next(message for message in stage.trainer.sent if isinstance(message, Train))
    assert (train.watch, train.samples) == (("n2", "n4", "n8"), (3,))
    watching.ask("canvas", ())
    assert stage.trainer.sent[-1] == Watch(("n2",), (3,))


def test_the_words_of_the_scale_give_way_to_icons_where_the_page_is_narrow(view: MapsView) -> None:
    words = [button for button in view.choice.findChildren(QToolButton) if button.text() in ("Each map", "Shared")]
    for width, style in (
        (900, Qt.ToolButtonStyle.ToolButtonTextOnly),
        (360, Qt.ToolButtonStyle.ToolButtonIconOnly),
        (900, Qt.ToolButtonStyle.ToolButtonTextOnly),
    ):
        view.choice.resize(width, view.choice.height())
        assert [button.toolButtonStyle() for button in words] == [style, style]
        assert all(not button.icon().isNull() for button in words) or style is Qt.ToolButtonStyle.ToolButtonTextOnly
