"""The history keeps what was measured, bounded, from run to run."""

from __future__ import annotations

import numpy as np
import pytest

from gui.monitor.figures import MOST, History, thinned
from tests.gui.monitor.said import NODES, figures, histograms
from tests.gui.monitor.stage import Stage


@pytest.fixture
def history(stage: Stage) -> History:
    return History(stage.runner, stage.runner)


def test_looks_are_kept_in_order_and_read_by_layer(stage: Stage, history: History) -> None:
    for step in (10, 20):
        stage.runner.histogrammed.emit(histograms(step, "n2"))
        stage.runner.figured.emit(figures(step, weight_norm=float(step)))
    assert history.steps.tolist() == [10, 20]
    assert history.over_time("n2", "weight_norm").tolist() == [10, 20]
    assert np.isnan(history.over_time("n3", "weight_norm")).all()
    assert history.column("weight_norm") == dict.fromkeys(("n2", "n4", "n6", "n8"), 20)
    assert [look.step for look in history.histograms("n2")] == [10, 20]
    assert history.histograms("n4") == []
    assert history.gradient_norms().tolist() == [1.5, 1.5]


def test_a_figure_that_the_last_look_lacks_is_that_of_the_look_before(stage: Stage, history: History) -> None:
    stage.runner.figured.emit(figures(10, update_ratio=0.002))
    stage.runner.figured.emit(figures(20))
    assert history.column("update_ratio")["n2"] == 0.002


def test_what_was_measured_of_other_layers_stands_in_their_places(stage: Stage, history: History) -> None:
    stage.runner.figured.emit(figures(10, ("n4", "n2"), mean=1.0))
    stage.runner.figured.emit(figures(20, NODES, mean=2.0))
    assert history.over_time("n2", "mean").tolist() == [1, 2]
    assert np.isnan(history.over_time("n6", "mean")[0])


def test_a_second_look_at_a_step_replaces_the_first(stage: Stage, history: History) -> None:
    for mean in (1.0, 2.0):
        stage.runner.figured.emit(figures(10, mean=mean))
    assert history.over_time("n2", "mean").tolist() == [2]


def test_many_looks_are_thinned_and_the_ends_stay(stage: Stage, history: History) -> None:
    for step in range(5 * MOST):
        stage.runner.histogrammed.emit(histograms(step, "n2"))
        stage.runner.figured.emit(figures(step))
    kept = history.steps
    assert MOST / 3 < len(kept) <= MOST
    assert (kept[0], kept[-1]) == (0, 5 * MOST - 1)
    assert (np.diff(kept) > 0).all()
    assert len(history.histograms("n2")) <= MOST
    assert thinned(list(range(5)), 4) == [0, 2, 4]


def test_a_new_run_begins_anew(stage: Stage, history: History) -> None:
    cleared: list[bool] = []
    history.cleared.connect(lambda: cleared.append(True))
    stage.runner.figured.emit(figures(10))
    stage.begin()
    assert cleared
    assert not history.figures
    assert history.nodes == ()
    assert history.column("mean") == {}
