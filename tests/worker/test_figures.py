"""Figures of layers are what a slow, plain computation gives, and measuring them leaves no trace in the run."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import inf, isnan
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from engine.messages import Ended, Epoch, Failed, Figures, Histograms, Train, Watch
from engine.worker import figures as figures_module
from engine.worker import figuring, pace
from engine.worker.figures import GAP, SHARE, Gauge
from engine.worker.measuring import Insides
from engine.worker.prepare import Prepared, feed
from engine.worker.trainer import Trainer
from tests.worker.drawings import DIGITS, SMALL, drawing, two_ways
from tests.worker.ear import listening
from tests.worker.looking import gauge_of, looked, made

# -- what they are


@pytest.fixture(autouse=True)
def _however_slow_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no first look wait."""
    monkeypatch.setattr(figures_module, "QUICK", inf)


@cache
def digits() -> tuple[Prepared, Gauge]:
    run = made(DIGITS.graph, replace(DIGITS.recipe, data=SMALL.data))
    return run, gauge_of(run)


def test_norms_are_those_of_the_weights_and_of_the_gradient_of_the_loss() -> None:
    run = made(two_ways())
    rows, _, norm = looked(gauge_of(run))
    x, y, _ = feed(run.feeding, run.data.train.taken(slice(32)))
    with tf.GradientTape() as tape:
        loss = run.model.compute_loss(x, y, run.model(x, training=True))
    found = tape.gradient(loss, [variable.value for variable in run.model.trainable_variables])
    by_id = {id(v): np.asarray(each) for v, each in zip(run.model.trainable_variables, found, strict=True)}
    for node in ("first", "second"):
        weights = run.built.layers[node].trainable_weights
        assert rows[node]["weight_norm"] == pytest.approx(np.sqrt(sum(np.sum(np.square(w)) for w in weights)), rel=1e-5)
        slope = np.sqrt(sum(np.sum(np.square(by_id[id(weight)])) for weight in weights))
        assert rows[node]["gradient_norm"] == pytest.approx(slope, rel=1e-4)
    assert norm == pytest.approx(np.sqrt(sum(np.sum(np.square(each)) for each in by_id.values())), rel=1e-4)


def test_mean_and_deviation_are_those_of_what_a_layer_puts_out() -> None:
    run, gauge = digits()
    rows, _, _ = looked(gauge, 10)
    x, _, _ = feed(run.feeding, run.data.train.taken(slice(32)))
    put_out = np.asarray(keras.Model(run.model.inputs, run.built.tensors["n2", "output"])([x]))
    assert rows["n2"]["mean"] == pytest.approx(put_out.mean(), rel=1e-4)
    assert rows["n2"]["deviation"] == pytest.approx(put_out.std(), rel=1e-4)


def test_layers_without_weights_have_figures_of_their_outputs_alone() -> None:
    rows, shapes, _ = looked(digits()[1], 20)
    pool = rows["n3"]
    assert {name for name, value in pool.items() if isnan(value)} == {
        "weight_norm", "gradient_norm", "update_ratio", "saturated",
    }  # fmt: skip
    assert "n3" not in shapes


def test_histograms_are_of_each_weight_and_of_its_gradient() -> None:
    run, gauge = digits()
    _, shapes, _ = looked(gauge, 30)
    found = shapes["n2"]
    assert found.names == ("kernel", "bias", "kernel gradient", "bias gradient")
    kernel = np.asarray(run.built.layers["n2"].kernel).ravel()
    counts, edges = found.counts.numpy()[0], found.edges.numpy()[0]
    assert counts.sum() == kernel.size
    assert (edges[0], edges[-1]) == (pytest.approx(kernel.min()), pytest.approx(kernel.max()))


def test_the_update_is_the_change_in_one_step_as_a_share_of_the_weights() -> None:
    run = made(two_ways())
    gauge = gauge_of(run)
    looked(gauge, 1)
    assert not list(gauge.step(1, 9, 1.0)), "it notes the weights first"
    layer = run.built.layers["first"]
    before = layer.kernel.numpy()
    layer.kernel.assign(before * 1.04)
    *_, figures = gauge.step(1, 13, 1.5)
    assert isinstance(figures, Figures)
    ratio = figures.values.numpy()[figures.nodes.index("first"), figures.columns.index("update_ratio")]
    assert ratio == pytest.approx(0.04 / 1.04 / 4, rel=1e-3)
    second = figures.values.numpy()[figures.nodes.index("second"), figures.columns.index("update_ratio")]
    assert second == 0


def test_of_large_weights_some_are_looked_at_and_the_norm_is_of_all() -> None:
    wide = drawing(
        ("image", "InputLayer", {"shape": (8, 8, 1)}),
        ("flatten", "Flatten", {}),
        ("wide", "Dense", {"units": 4000}),
        ("digit", "Dense", {"units": 10, "activation": "softmax"}),
        wires="image>flatten flatten>wide wide>digit",
    )
    run = made(wide)
    rows, shapes, _ = looked(gauge_of(run))
    kernel = np.asarray(run.built.layers["wide"].kernel)
    counted = shapes["wide"].counts.numpy()[0].sum()
    assert kernel.size / 4 < counted <= figuring.MOST
    assert rows["wide"]["weight_norm"] == pytest.approx(np.linalg.norm(kernel), rel=1e-5)


@pytest.mark.parametrize("shape", [(1000, 1000), (300, 400), (3, 3, 512, 512), (100_000,), (2, 100_001)])
def test_values_are_taken_evenly_and_not_from_a_few_columns(shape: tuple[int, ...]) -> None:
    values = np.arange(np.prod(shape)).reshape(shape)
    taken = np.asarray(figuring.some(keras.ops.convert_to_tensor(values.astype("float32"))))
    assert figuring.MOST / 3 < len(taken) <= figuring.MOST
    if len(shape) > 1:
        assert len(np.unique(taken.astype("int64") % shape[-1])) > min(shape[-1], len(taken)) / 3


def test_of_a_network_that_is_much_work_fewer_samples_are_looked_at() -> None:
    assert [pace.samples_at_once(work, 64, 16, gpu=False) for work in (0, 1e5, 5e6, 1e10)] == [64, 64, 33, 16]
    run, _ = digits()
    small = pace.rough_work(run.built.layers, run.built.tensors)
    assert small == pace.multiply_adds(DIGITS.graph, run.built.layers, run.built.tensors)


# -- while a run goes on

ALL = tuple(DIGITS.graph.nodes)
SHORT = replace(DIGITS.recipe, epochs=3, data=SMALL.data)


def trained(figures: tuple[str, ...], watch: Watch | None = None) -> tuple[list[Any], list[np.ndarray[Any, Any]]]:
    """A run of a network with dropout: what was said, and its weights at the end."""
    with listening() as ear:
        if watch is not None:
            ear.when(Epoch, lambda: ear.say(watch))
        trainer = Trainer(ear.wire, {})
        trainer.train(Train(DIGITS.graph, SHORT, figures=figures))
        assert not ear.of(Failed)
        assert trainer._run is not None
        assert trainer._run.trained is not None
        return ear.all(), trainer._run.trained.model.get_weights()


def test_a_run_that_is_measured_is_the_same_bit_for_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures_module, "GAP", 0.0)
    monkeypatch.setattr(figures_module, "SHARE", inf)
    monkeypatch.setattr(pace, "LOOKS", 6)  # each execution can be looked at: more of them in an epoch, more looks
    said, measured = trained(ALL)
    plain, bare = trained(())
    assert len([each for each in said if isinstance(each, Figures)]) > 5
    assert not [each for each in plain if isinstance(each, Figures | Histograms)]
    assert all(np.array_equal(a, b) for a, b in zip(measured, bare, strict=True))
    assert [e.metrics for e in said if isinstance(e, Epoch)] == [e.metrics for e in plain if isinstance(e, Epoch)]


def test_a_run_says_how_it_stood_at_its_end() -> None:
    said, weights = trained(ALL)
    last = [each for each in said if isinstance(each, Figures)][-1]
    assert (last.epoch, last.step) == (3, max(e.step for e in said if isinstance(e, Epoch)))
    assert last.seconds > 0
    kernel = last.values.numpy()[last.nodes.index("n2"), 0]
    assert kernel == pytest.approx(np.sqrt(sum(np.sum(np.square(each)) for each in weights[:2])), rel=1e-5)
    assert said.index(last) < next(place for place, each in enumerate(said) if isinstance(each, Ended))


@pytest.mark.parametrize("nodes", [(), ("n2",)])
def test_what_is_measured_is_chosen_while_it_trains(nodes: tuple[str, ...]) -> None:
    said, _ = trained(ALL, Watch((), (0,), nodes))
    last = [each for each in said if isinstance(each, Figures)][-1]
    assert last.nodes == (nodes or last.nodes)
    if not nodes:
        assert last.epoch < 3, "it went on being measured"


def test_other_maps_leave_what_is_measured_as_it_was() -> None:
    said, _ = trained(("n2", "n4"), Watch(("n2",), (0,)))
    assert {each.nodes for each in said if isinstance(each, Figures)} == {("n2", "n4")}


def test_figures_that_cannot_be_had_do_not_end_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("no figures today")

    monkeypatch.setattr(Insides, "see", refuse)
    with listening() as ear:
        Trainer(ear.wire, {}).train(Train(DIGITS.graph, SMALL, figures=ALL))
        assert ear.one(Failed).sentence == "no figures today."
        assert ear.one(Ended).status == "finished"


# -- its cost


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that stands still until a test moves it."""
    time = [100.0]
    monkeypatch.setattr(figures_module, "perf_counter", lambda: time[0])
    return time


def test_looks_are_due_twice_a_second_at_most(now: list[float]) -> None:
    run, _ = digits()
    gauge = gauge_of(run)
    assert gauge.next <= now[0]
    list(gauge.step(1, 1, 0.0))
    assert gauge.next == now[0] + GAP
    now[0] += 1
    list(gauge.step(1, 2, 0.0))
    assert gauge.next <= now[0], "the look follows the note"
    list(gauge.step(1, 3, 0.0))
    assert gauge.next == now[0] + GAP
    gauge.watch(("n2",))
    assert gauge.next == now[0] + GAP, "another choice does not come sooner"


def test_a_costly_look_is_due_seldom(now: list[float]) -> None:
    gauge = digits()[1]
    list(gauge.look(1, 100, 0.0))
    looking = gauge.look(1, 101, 0.0)
    next(looking)
    now[0] += 1.5
    list(looking)
    assert gauge.next == now[0] + 1.5 / SHARE


def test_where_nothing_is_new_nothing_is_said() -> None:
    gauge = digits()[1]
    assert list(gauge.look(1, 200, 0.0))
    assert not list(gauge.look(1, 200, 0.0))


@pytest.mark.parametrize("nodes", [(), ("n99",)])
def test_what_is_not_there_is_passed_over(nodes: tuple[str, ...]) -> None:
    gauge = Gauge(digits()[0])
    gauge.watch(nodes)
    assert gauge.next == inf
    assert not list(gauge.look(1, 1, 0.0))


@pytest.mark.parametrize(("started", "early", "late"), [(3.0, 11.9, 12.1), (30.0, 39.9, 40.1)])
def test_the_first_look_at_what_compiles_long_waits_for_some_training_but_not_for_long(
    started: float, early: float, late: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A short run that compiled for long would end before it."""
    monkeypatch.setattr(figures_module, "QUICK", 2.0)
    gauge = gauge_of(digits()[0])
    for seconds in (started, early):
        assert not [*gauge.step(1, int(seconds), seconds)]
    assert [*gauge.step(1, int(late), late)]
