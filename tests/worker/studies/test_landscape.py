"""The landscape's centre is the loss; directions have the filters' lengths; the weights come back, whatever happens."""

from __future__ import annotations

from collections.abc import Callable

import keras
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import RecipeError
from engine.messages import Heights, Landscape
from engine.values import Part
from engine.worker.prepare import Prepared, feed
from engine.worker.studies.landscape import Loss, coarse_to_fine, landscape, moved, normalised
from engine.worker.studies.subject import Subject
from engine.worker.weights import copied
from tests.engine.drawings import chain, layer
from tests.worker.drawings import SMALL, two_ways
from tests.worker.studies.nets import answers, held, ready

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


def normalising() -> Prepared:
    graph = chain(
        layer("InputLayer", shape=(8, 8, 1)),
        layer("Conv2D", filters=4, kernel_size=(3, 3), kernel_regularizer=Part("L2")),
        layer("BatchNormalization"), layer("Flatten"), layer("Dropout", rate=0.5),
        layer("Dense", units=10, activation="softmax"),
    )  # fmt: skip
    return ready(graph, SMALL)


@pytest.mark.parametrize("make", [normalising, lambda: ready(two_ways())], ids=["one output", "two outputs"])
def test_its_centre_is_the_evaluated_loss(make: Callable[[], Prepared]) -> None:
    run = make()
    heights = answers(landscape, run, Landscape(1, side=3, samples=50))[-1]
    x, y, weights = feed(run.feeding, run.watched.taken(slice(50)))
    measured = run.model.evaluate(x, y, batch_size=64, sample_weight=weights, verbose=0, return_dict=True)["loss"]
    values = heights.values.numpy()
    assert values[1, 1] == pytest.approx(measured, rel=1e-5)
    assert np.isfinite(values).all()
    assert np.ptp(values) > 0
    assert (heights.done, heights.samples) == (True, min(50, len(run.watched)))


def test_another_place_is_the_loss_there_and_it_is_seeded() -> None:
    run = normalising()
    question = Landscape(1, side=5, reach=0.5, samples=40, seed=3)
    first, again = (answers(landscape, run, question)[-1].values for _ in range(2))
    assert first == again
    variables = run.model.trainable_variables
    origin, random = copied(variables), np.random.default_rng(3)
    one, two = (normalised(origin, random) for _ in range(2))
    for variable, start, a, b in zip(variables, origin, one, two, strict=True):
        variable.assign(start + 0.5 * a - 0.25 * b)
    there = Loss(run, run.watched.taken(slice(40))).now()
    assert first.numpy()[1, 4] == pytest.approx(there, rel=1e-5)


def test_directions_have_the_lengths_of_the_filters_and_leave_vectors_alone() -> None:
    run = normalising()
    weights = copied(run.model.trainable_variables)
    direction = normalised(weights, np.random.default_rng(1))
    for weight, along in zip(weights, direction, strict=True):
        if weight.ndim < 2:
            assert not along.any()
            continue
        axes = tuple(range(weight.ndim - 1))
        assert np.allclose(np.sqrt((weight**2).sum(axis=axes)), np.sqrt((along**2).sum(axis=axes)), rtol=1e-5)


def test_the_run_is_as_it_was_after_each_step() -> None:
    run = normalising()
    before = held(run)
    for message in landscape(Subject(run), Landscape(1, side=5, samples=20)):
        assert message is None or isinstance(message, Heights)
        assert all(np.array_equal(a, b) for a, b in zip(before, held(run), strict=True))


def test_the_weights_come_back_where_measuring_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    run = normalising()
    before = held(run)

    def fail(_loss: Loss) -> float:
        raise MemoryError

    monkeypatch.setattr(Loss, "now", fail)
    with pytest.raises(MemoryError):
        answers(landscape, run, Landscape(1))
    assert all(np.array_equal(a, b) for a, b in zip(before, held(run), strict=True))


def test_weights_come_back_bit_for_bit() -> None:
    variable = keras.Variable(np.array([0.1, 0.2], "float32"))
    origin = copied([variable])
    with moved([variable], origin, 0.3, [np.ones(2, "float32")], 0.7, [np.ones(2, "float32")]):
        assert not np.array_equal(np.array(variable), origin[0])
    assert np.array_equal(np.array(variable), origin[0])


def test_a_run_that_trains_is_refused_with_what_to_do() -> None:
    with pytest.raises(RecipeError) as refused:
        answers(landscape, normalising(), Landscape(1), training=True)
    assert "Pause the run" in refused.value.sentence


@given(st.integers(1, 30).map(lambda half: 2 * half + 1))
def test_every_place_comes_once_and_the_middle_first(side: int) -> None:
    order = list(coarse_to_fine(side))
    assert order[0] == (side // 2, side // 2)
    assert sorted(order) == [(row, column) for row in range(side) for column in range(side)]
