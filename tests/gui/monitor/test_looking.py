"""How the curves are looked at: axes, smoothing, shadings, flags, pins, keys, other runs, files."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.happenings import Happening
from engine.messages import Array, Epoch, Steps
from engine.plotting.axis import Across
from gui.monitor.as_table import HEAD, plain, slices
from gui.monitor.curves import CurvesView
from gui.monitor.manner import Manner, manner_from
from gui.monitor.series import RunColumns, Series
from gui.monitor.told import Reading, Told
from gui.settings import Settings
from tests.gui.monitor.stage import Stage, recording


@pytest.fixture
def view(qtbot: QtBot, stage: Stage) -> Iterator[CurvesView]:
    """The page with a whole run on it, seen once."""
    made = CurvesView(stage.runner)
    qtbot.addWidget(made)
    made.resize(1084, 300)
    made.show()
    stage.begin()
    stage.play()
    made.draw_now()
    yield made
    made.exporting.stop()


def across(view: CurvesView) -> str:
    return view.manner.across


def drawn(view: CurvesView, name: str, key: str) -> tuple[list[float], list[float]]:
    x, y = view.plots[name]._lines[key].curve.getData()
    return ([], []) if x is None else (list(x), list(y))


def timed(view: CurvesView) -> None:
    """Let the run tell when its steps were: a tenth of a second each."""
    numbers = np.arange(1, 481)
    view.series = Series("this run", began=1_000_000.0)
    steps = Steps(("loss",), Array.of(numbers), Array.of(np.ones((480, 1))), Array.of(numbers / 10), 0.001)
    view.series.add_steps(steps)
    view.series.add_epoch(Epoch(12, 480, {"loss": 1.0, "val_loss": 1.0}, 4.0))


def test_smoothing_leaves_the_raw_curve_faint_behind(view: CurvesView) -> None:
    raw = drawn(view, "loss", "steps")[1]
    view.use(smoothing=0.9)
    view.draw_now()
    assert drawn(view, "loss", "raw")[1] == raw
    assert drawn(view, "loss", "steps") == ([], [])
    smooth = drawn(view, "loss", "smooth")[1]
    assert smooth[0] == pytest.approx(raw[0])
    assert np.abs(np.diff(smooth)).sum() < np.abs(np.diff(raw)).sum()


def test_logarithms_put_powers_of_ten_on_both_axes(view: CurvesView) -> None:
    plain_x, plain_y = drawn(view, "loss", "validation")
    view.use(log_x=True, log_y=True)
    view.draw_now()
    x, y = drawn(view, "loss", "validation")
    assert x == pytest.approx(np.log10(plain_x).tolist())
    assert y == pytest.approx(np.log10(plain_y).tolist())
    assert {"0.1", "1", "10"} <= set(view.plots["loss"].ground.words("bottom"))


@pytest.mark.parametrize(("across", "end"), [("elapsed", 48.0), ("wall", 48.0), ("step", 480.0), ("epoch", 12.0)])
def test_curves_run_along_what_is_chosen(view: CurvesView, across: Across, end: float) -> None:
    timed(view)
    view.use(across=across)
    view.draw_now()
    assert drawn(view, "loss", "steps")[0][-1] == pytest.approx(end)
    assert view.series.metrics["learning_rate"].steps.y.tolist() == [0.001]
    assert view.plots["loss"].reach[1] == pytest.approx(end * 1.01)


def test_without_times_the_choice_says_why(view: CurvesView) -> None:
    view.use(across="elapsed")
    view.draw_now()
    assert across(view) == "step", "there is nothing to run along but steps"
    model = view.bar.along.model()
    assert not model.flags(model.index(2, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert "does not tell when" in model.data(model.index(2, 0), Qt.ItemDataRole.ToolTipRole)
    timed(view)
    view.draw_now()
    assert model.flags(model.index(2, 0)) & Qt.ItemFlag.ItemIsEnabled
    assert across(view) == "elapsed"


def test_band_and_gap_are_shaded_only_where_wished(view: CurvesView) -> None:
    areas = view.plots["loss"]._areas
    assert areas["band"].shape.path().isEmpty()
    view.use(band=True, gap=True)
    view.draw_now()
    assert not areas["band"].shape.path().isEmpty()
    box = areas["gap"].shape.path().boundingRect()
    assert (box.left(), box.right()) == (1.0, 12.0)
    view.use(band=False, gap=False)
    view.draw_now()
    assert areas["gap"].shape.path().isEmpty()


def test_what_happened_is_a_flag_and_its_words_are_told(view: CurvesView, stage: Stage) -> None:
    stage.runner.happened.emit(Happening(200, 5, 1.0, "rate", "Learning rate 0.001 → 0.0005"))
    view.draw_now()
    plot = view.plots["loss"]
    assert [flag.x for flag in plot._flags.flags] == [5.0]
    plot.point(5.0, 0.5)
    assert "Learning rate" in plot.card.told.words
    plot.point(8.0, 0.5)
    assert "Learning rate" not in plot.card.told.words
    view.use(marks=False)
    view.draw_now()
    assert plot._flags.flags == ()


def test_the_nearest_curve_is_told_first() -> None:
    told = Told("step 1", (Reading("a", "train", "1", 1.0), Reading("b", "0", "5", 5.0), Reading("c", "1", "", np.nan)))
    assert [reading.name for reading in told.by_nearness(4.0).readings] == ["b", "a", "c"]
    assert told.by_nearness(np.nan) == told


def test_other_runs_are_laid_over_told_and_taken_away(view: CurvesView) -> None:
    steps = np.arange(40.0, 280.0, 40.0)
    figures = {"loss": np.full(6, 0.7), "val_loss": np.full(6, 0.8), "extra": np.ones(6)}
    view.lay_over([RunColumns("<b>older</b>", steps, figures, steps_per_epoch=40.0)])
    view.draw_now()
    plot = view.plots["loss"]
    assert [line.look.dashed for line in plot._laid.shown] == [True, False]
    plot.point(3.0, 0.79)
    assert [reading.name for reading in plot.card.told.readings][:2] == [
        "<b>older</b> validation",
        "<b>older</b> train",
    ]
    assert "&lt;b&gt;older" in plot.card.text()
    assert "&lt;b&gt;older" in view.legend._laid.text()
    view.lay_over([])
    view.draw_now()
    assert plot._laid.shown == []


def test_a_click_pins_and_a_double_click_only_shows_all(qtbot: QtBot, view: CurvesView) -> None:
    viewport = view.plots["loss"]._plot.viewport()
    middle = viewport.rect().center()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=middle)
    pin = view.grid.pin
    assert 0 < pin < 12
    assert "validation ." in view.plots["accuracy"]._values.text()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 0))
    assert view.grid.pin > pin
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 0))
    assert view.grid.pin == pin
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=middle)
    assert np.isnan(view.grid.pin)


def test_a_plot_is_looked_at_with_keys_alone(view: CurvesView) -> None:
    plot = view.plots["loss"]
    plot.setFocus()
    whole = plot.reach
    QTest.keyClick(plot, Qt.Key.Key_Right)
    QTest.keyClick(plot, Qt.Key.Key_Right)
    assert plot.pointed == pytest.approx(sum(whole) / 2 + (whole[1] - whole[0]) / 50)
    assert "validation" in plot.accessibleDescription()
    QTest.keyClick(plot, Qt.Key.Key_P)
    assert view.grid.pin == plot.pointed
    QTest.keyClick(plot, Qt.Key.Key_Plus)
    x0, x1 = plot.reach
    assert whole[0] < x0 < plot.pointed < x1 < whole[1]
    QTest.keyClick(plot, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert plot.reach[0] > x0
    assert view.plots["accuracy"].reach == plot.reach
    QTest.keyClick(plot, Qt.Key.Key_Home)
    view.draw_now()
    assert plot.reach == pytest.approx(whole)
    QTest.keyClick(plot, Qt.Key.Key_Escape)
    assert not plot.card.isVisible()


def test_a_rectangle_zooms_both_ways_until_all_is_shown(view: CurvesView) -> None:
    plot = view.plots["loss"]
    box = plot._item.getViewBox()
    box.setRange(xRange=(2.0, 4.0), yRange=(0.2, 0.4), padding=0)
    box.sigRangeChangedManually.emit([True, False])
    view.draw_now()
    assert box.viewRange()[1] == pytest.approx([0.2, 0.4])
    assert view.plots["accuracy"].reach == pytest.approx((2.0, 4.0))
    view.fit()
    view.draw_now()
    assert box.viewRange()[1][0] == 0.0


def test_how_one_looked_is_kept(qtbot: QtBot, stage: Stage) -> None:
    settings = Settings()
    view = CurvesView(stage.runner, settings=settings)
    qtbot.addWidget(view)
    view.bar.slider.setValue(60)
    view.bar.flags["log_y"].click()
    again = CurvesView(stage.runner, settings=Settings())
    qtbot.addWidget(again)
    assert again.bar.manner == replace(Manner(), smoothing=0.6, log_y=True)
    settings.keep_curves({})


@pytest.mark.parametrize(
    "kept", [{"across": "sideways", "smoothing": 7}, {"smoothing": True}, {"log_x": "yes", "smoothing": "much"}, {}]
)
def test_what_makes_no_sense_is_the_default(kept: dict[str, object]) -> None:
    assert manner_from(kept) == Manner()
    assert manner_from(json.loads(json.dumps(Manner(gap=True, smoothing=0.5).as_kept()))) == Manner(
        gap=True, smoothing=0.5
    )


# -- files


def test_a_picture_is_twice_as_fine_and_a_drawing_has_lines(view: CurvesView, tmp_path: Path) -> None:
    view.write("png", tmp_path / "a.png")
    assert QImage(str(tmp_path / "a.png")).size() == view.page.picture.size() * 2
    view.write("svg", tmp_path / "a.svg")
    words = (tmp_path / "a.svg").read_text(encoding="utf-8")
    assert "<polyline" in words or "<path" in words
    assert "accuracy" in words
    assert words.count("<image") <= len(view.legend._boxes), "curves are lines, not pixels; a tick is a picture"
    assert view.bar.told.text() == "Wrote a.svg."


def test_a_table_holds_every_figure(qtbot: QtBot, view: CurvesView, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    view.write("csv", path)
    qtbot.waitUntil(path.exists, timeout=5000)
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert tuple(rows[0]) == HEAD
    told = {(row[1], row[2], int(row[3])): float(row[6]) for row in rows[1:]}
    steps = sum(len(m.numbers.numpy()) for m in recording() if isinstance(m, Steps))
    assert len(told) == len(rows) - 1 == 2 * steps + 4 * 12
    last = [m for m in recording() if isinstance(m, Epoch)][-1]
    assert told["loss", "validation", 480] == last.metrics["val_loss"]


def test_no_cell_is_a_formula() -> None:
    series = Series("=cmd()")
    series.add_epoch(Epoch(1, 10, {"+loss": -1.5, "@x": float("nan")}, 0.1))
    rows = list(csv.reader("".join(slices([series])).splitlines()))[1:]
    assert [row[:3] for row in rows] == [["'=cmd()", "'+loss", "train"], ["'=cmd()", "'@x", "train"]]
    assert [row[6] for row in rows] == ["-1.5", ""]
    assert plain("loss") == "loss"


@pytest.mark.parametrize("kind", ["png", "svg", "csv"])
def test_what_cannot_be_written_is_a_sentence(view: CurvesView, tmp_path: Path, kind: str) -> None:
    view.write(kind, tmp_path / "nowhere" / f"a.{kind}")
    assert "could not be written: No such file or directory. Choose another folder." in view.bar.told.text()
    assert list(tmp_path.glob("*.part")) == []


# -- the whole screen


def test_the_page_fills_the_screen_and_comes_back(qtbot: QtBot, view: CurvesView) -> None:
    home = QWidget()
    qtbot.addWidget(home)
    QHBoxLayout(home).addWidget(view)
    home.show()
    view.full.toggle()
    screen = view.window()
    assert screen is not home
    assert screen.isFullScreen()
    QTest.keyClick(screen, Qt.Key.Key_Escape)
    assert view.window() is home
    assert view.isVisible()
    assert not view.full.on
