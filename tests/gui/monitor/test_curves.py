"""The curves page, fed with a recorded run."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from engine.messages import Array, Epoch, Failed, Steps
from gui.monitor.curves import CurvesView
from gui.theme import DARK, LIGHT, colour, themes
from tests.gui.monitor.stage import Stage, epoch


@pytest.fixture
def view(qtbot: QtBot, stage: Stage) -> Iterator[CurvesView]:
    made = CurvesView(stage.runner)
    qtbot.addWidget(made)
    made.resize(1084, 268)
    made.show()
    yield made
    themes().use(DARK)


def drawn(view: CurvesView, name: str, key: str) -> tuple[list[float], list[float]]:
    """What a plot's curve was last given."""
    x, y = view.plots[name]._lines[key].curve.getData()
    return list(x), list(y)


def test_before_the_first_run_it_says_what_to_do(view: CurvesView, stage: Stage) -> None:
    assert "TensorFlow is starting" in view.empty.words
    stage.runner.wake()
    stage.links.last.ready()
    assert "Press Train" in view.empty.words
    assert view.empty.isVisible()


def test_a_kept_click_and_a_long_first_step_are_said(view: CurvesView, stage: Stage) -> None:
    stage.check()
    stage.runner.wake()
    stage.runner.train()
    assert "as soon as it is there" in view.empty.words
    stage.begin()
    stage.play(lambda message: getattr(message, "state", "") == "compiling")
    assert "The first step takes longest" in view.empty.words


def test_a_run_that_fails_before_its_first_step_says_why(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.trainer.received.emit(Failed("The data has no samples."))
    stage.trainer.die("The trainer ended.")
    assert "No figures came" in view.empty.words
    assert "The data has no samples." in view.empty.words or "The trainer ended." in view.empty.words


def test_train_and_validation_run_together(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.play(epoch(7))
    view.draw_now()
    assert list(view.plots) == ["loss", "accuracy"]
    steps, train, validation = (drawn(view, "loss", key) for key in ("steps", "train", "validation"))
    assert train[0] == validation[0] == [1, 2, 3, 4, 5, 6, 7]
    assert steps[0][0] == 1 / 40
    assert steps[0][-1] == 7
    assert train[1][-1] < 0.3 < train[1][0]
    assert view.plots["loss"].reach == pytest.approx((0, 20 * 1.01))


def test_figures_stand_beside_the_curves(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    view.draw_now()
    assert view.legend.figures("accuracy") == (".976", ".970")
    assert "epoch 10" in view.legend._best.text()


def test_the_axis_can_count_steps(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.play(epoch(3))
    view.use(across="step")
    view.draw_now()
    assert drawn(view, "loss", "validation")[0] == [40, 80, 120]


def test_a_run_that_stopped_early_fills_the_picture(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.play()  # 12 epochs of 20, then Ended
    view.draw_now()
    assert view.plots["loss"].reach[1] == pytest.approx(12 * 1.01)


def test_the_best_epoch_is_marked(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.play(epoch(1))
    view.draw_now()
    assert not view.plots["loss"]._best.isVisible()
    stage.play()
    view.draw_now()
    assert view.plots["loss"]._best.value() == 10
    assert view.plots["accuracy"]._best.value() == 9, "each metric has a best epoch of its own: here more is better"
    assert view.plots["accuracy"]._best_word.toPlainText() == "best .974 · epoch 9"


def test_the_word_of_the_best_epoch_has_room_beside_its_line(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    for width in (1084, 560):
        view.resize(width, 268)
        view.draw_now()
        view.grab()
        plot = view.plots["loss"]
        word, box = plot._best_word, plot._item.getViewBox()
        placed = word.mapRectToScene(word.boundingRect())
        room = box.sceneBoundingRect()
        assert room.left() - 1 <= placed.left()
        assert placed.right() <= room.right() + 1


def test_accuracy_is_shown_from_nought_to_one(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    view.draw_now()
    _, (low, high) = view.plots["accuracy"]._item.getViewBox().viewRange()
    assert low == 0
    assert 1.0 < high < 1.1


def test_the_pointer_tells_values_on_every_plot(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.play(epoch(7))
    view.draw_now()
    view.plots["loss"].hovered.emit(4.0)
    for plot in view.plots.values():
        assert plot._cross.isVisible()
    for words in (view.plots["loss"].card.text(), view.plots["accuracy"]._values.text()):
        assert "epoch 4.0" in words
        assert colour("validation").name() in words
    assert "validation .933" in view.plots["accuracy"]._values.text()
    view.plots["loss"].hovered.emit(15.0)
    assert not view.plots["loss"]._cross.isVisible()
    view.plots["loss"].hovered.emit(4.0)
    QApplication.sendEvent(view.plots["loss"]._plot.viewport(), QEvent(QEvent.Type.Leave))
    assert view.plots["accuracy"]._values.text() == ""
    assert not view.plots["loss"].card.isVisible()


def test_zoom_goes_over_all_plots_and_a_double_click_shows_all(qtbot: QtBot, view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.play(epoch(7))
    view.draw_now()
    qtbot.wait(50)
    viewport = view.plots["loss"]._plot.viewport()
    middle = viewport.rect().center()
    turn = QWheelEvent(
        QPointF(middle), QPointF(viewport.mapToGlobal(middle)), QPoint(), QPoint(0, 480), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewport, turn)
    low, high = view.plots["loss"].reach
    assert high - low < 20
    assert view.plots["accuracy"].reach == (low, high)
    stage.play(epoch(8))
    view.draw_now()
    assert view.plots["loss"].reach == (low, high), "a person's zoom stays while figures come"
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=middle)
    view.draw_now()
    assert view.plots["accuracy"].reach == pytest.approx((0, 20 * 1.01))


def test_other_metrics_can_be_shown_and_the_last_plot_cannot_be_hidden(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.trainer.received.emit(Epoch(1, 40, {"loss": 1.0, "accuracy": 0.5, "auc": 0.7, "val_auc": 0.6}, 1.0))
    view.draw_now()
    assert list(view.plots) == ["loss", "accuracy"]
    boxes = {box.text(): box for box in view.legend.findChildren(QCheckBox)}
    boxes["auc"].click()
    view.draw_now()
    assert list(view.plots) == ["loss", "accuracy", "auc"]
    for name in ("loss", "accuracy", "auc"):
        boxes[name].click()
    view.draw_now()
    assert list(view.plots) == ["loss"]
    assert boxes["loss"].isChecked()


def test_the_run_before_stays_faintly(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    view.draw_now()
    before = drawn(view, "loss", "validation")
    stage.begin()
    stage.trainer.received.emit(Epoch(1, 40, {"loss": 2.0, "val_loss": 1.9}, 1.0))
    view.draw_now()
    assert drawn(view, "loss", "before_validation") == before
    assert drawn(view, "loss", "validation") == ([1], [1.9])


def test_a_loss_that_is_no_number_leaves_a_gap_and_says_so(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    values = np.array([[2.0], [np.inf], [np.nan], [1.0], [np.nan]])
    stage.trainer.received.emit(Steps(("loss",), Array.of(np.arange(1, 6)), Array.of(values)))
    view.draw_now()
    view.grab()
    assert view.legend.figures("loss") == ("nan", "–")


def test_it_draws_only_when_seen_and_then_once(qtbot: QtBot, view: CurvesView, stage: Stage) -> None:
    view.hide()
    stage.begin()
    stage.play()
    assert not view._frame.isActive()
    assert drawn_epochs(view) == 0
    view.show()
    qtbot.waitUntil(lambda: drawn_epochs(view) == 12, timeout=1000)
    qtbot.waitUntil(lambda: not view._frame.isActive(), timeout=1000)


def drawn_epochs(view: CurvesView) -> int:
    x = view.plots["loss"]._lines["train"].curve.getData()[0]
    return 0 if x is None else len(x)


def test_colours_follow_the_theme(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    stage.play()
    view.draw_now()
    line = view.plots["loss"]._lines["validation"].curve
    assert line.opts["pen"].color().name().upper() == DARK.validation
    themes().use(LIGHT)
    assert line.opts["pen"].color().name().upper() == LIGHT.validation
    shot = view.grab().toImage()
    assert shot.pixelColor(60, 40).name().upper() == LIGHT.panel


def test_a_million_points_become_as_many_as_the_screen_has_columns(view: CurvesView, stage: Stage) -> None:
    stage.begin()
    count = 1_000_000
    x = np.arange(1.0, count + 1)
    values = np.stack([2 * np.exp(-x / 2e5), 1 - np.exp(-x / 2e5)], axis=1) + 0.05 * np.sin(x * 7.7)[:, None]
    stage.trainer.received.emit(Steps(("loss", "accuracy"), Array.of(x.astype(np.int64)), Array.of(values)))
    view.draw_now()
    for plot in view.plots.values():
        drawn = [len(item.getData()[0]) for item in plot._plot.listDataItems() if item.getData()[0] is not None]
        assert drawn
        assert max(drawn) <= 4 * plot.width()


def test_a_deleted_page_leaves_nothing_behind(stage: Stage) -> None:
    made = CurvesView(stage.runner)
    stage.begin()
    stage.play(epoch(2))
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    themes().use(LIGHT)
    stage.play(epoch(3))
    themes().use(DARK)
    assert not [timer for timer in stage.document.findChildren(QTimer) if timer.isActive() and timer.interval() == 33]
