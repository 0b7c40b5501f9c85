"""A run's figures by metric, from its messages and from a store."""

from __future__ import annotations

import math

import numpy as np

from engine.messages import Array, Epoch, Steps
from engine.plotting.figures import figure
from gui.monitor.series import RunColumns, Series, series_of
from tests.gui.monitor.stage import recording


def recorded() -> Series:
    series = Series(epochs=12)
    for message in recording():
        if isinstance(message, Steps):
            series.add_steps(message)
        if isinstance(message, Epoch):
            series.add_epoch(message)
    return series


def test_every_step_and_epoch_of_a_run_is_kept() -> None:
    series = recorded()
    assert series.names == ["loss", "accuracy"]
    assert (series.step, series.steps_per_epoch) == (480, 40)
    loss = series.metrics["loss"]
    assert loss.steps.x.tolist() == list(range(1, 481))
    assert loss.train.x.tolist() == loss.validation.x.tolist() == [40 * n for n in range(1, 13)]
    assert loss.steps.y[-1] == loss.train.y[-1] == loss.steps.last


def test_the_best_epoch_is_that_of_the_least_validation_loss() -> None:
    series = recorded()
    losses = [m.metrics["val_loss"] for m in recording() if isinstance(m, Epoch)]
    assert series.best_step == 40 * (losses.index(min(losses)) + 1)


def test_one_epoch_is_no_best_one() -> None:
    series = Series()
    assert series.best_step is None
    series.add_epoch(Epoch(1, 40, {"val_loss": 1.0}, 0.1))
    assert series.best_step is None
    series.add_epoch(Epoch(2, 80, {"val_loss": math.nan}, 0.1))
    assert series.best_step == 40
    series.add_epoch(Epoch(3, 120, {"val_loss": 0.5}, 0.1))
    assert series.best_step == 120


def test_a_pause_stands_on_the_wall_alone() -> None:
    series = Series(began=7.0)
    for first, since in ((1, 1000.0), (3, 1060.0)):
        numbers = np.array([first, first + 1])
        told = Steps(("loss",), Array.of(numbers), Array.of(np.ones((2, 1))), Array.of(numbers / 2), since=since)
        series.add_steps(told)
    steps = np.array([1.0, 2.0, 3.0, 4.0])
    assert series.began == 1000.0
    assert series.axis("elapsed").of(steps).tolist() == [0.5, 1.0, 1.5, 2.0]
    assert series.axis("wall", since=900.0).of(steps).tolist() == [100.5, 101.0, 161.5, 162.0]


def test_what_is_no_number_becomes_a_gap_and_the_figure_still_says_it() -> None:
    series = Series()
    values = np.array([[1.0], [math.inf], [math.nan]])
    series.add_steps(Steps(("loss",), Array.of(np.array([1, 2, 3])), Array.of(values)))
    track = series.metrics["loss"].steps
    assert np.isnan(track.y).tolist() == [False, True, True]
    assert math.isnan(track.last)
    assert figure(track.last) == "nan"


def test_an_empty_message_changes_nothing() -> None:
    series = Series()
    series.add_steps(Steps(("loss",), Array.of(np.empty(0, np.int64)), Array.of(np.empty((0, 1)))))
    assert not series


def test_every_metric_has_its_own_best_epoch() -> None:
    series = recorded()
    told = [m.metrics["val_accuracy"] for m in recording() if isinstance(m, Epoch)]
    best = series.metrics["accuracy"].best
    assert best == (40 * (told.index(max(told)) + 1), max(told))
    series.add_epoch(Epoch(13, 520, {"gradient_norm": 1.0, "val_gradient_norm": 1.0}, 0.1))
    series.add_epoch(Epoch(14, 560, {"val_gradient_norm": 2.0}, 0.1))
    assert series.metrics["gradient_norm"].best is None, "its name does not say whether more or less is better"


def test_a_run_of_the_store_has_the_same_curves() -> None:
    epochs = [m for m in recording() if isinstance(m, Epoch)]
    figures = {name: np.array([e.metrics[name] for e in epochs]) for name in epochs[0].metrics}
    figures["val_loss"][3] = np.nan
    steps = np.array([float(e.step) for e in epochs])
    laid = series_of(RunColumns("earlier", steps, figures, seconds=steps / 100, steps_per_epoch=40.0, began=5.0))
    assert laid.metrics["accuracy"].train.y.tolist() == figures["accuracy"].tolist()
    assert len(laid.metrics["loss"].validation) == 11
    assert laid.axis("elapsed").of(np.array([40.0, 480.0])).tolist() == [0.4, 4.8]
    assert laid.axis("wall", since=3.0).of(np.array([480.0])).tolist() == [4.8 + 2.0]


def test_of_a_run_without_a_clock_no_time_is_known() -> None:
    series = recorded()
    assert not series.timed
    assert not series.axis("elapsed").known
    assert series.axis("step").known
