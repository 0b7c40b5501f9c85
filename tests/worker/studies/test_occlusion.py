"""Where a network reads one pixel, or one word, only a cover on it costs anything."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.messages import Occlusion
from engine.recipe import DataChoice
from engine.values import Part
from engine.worker.studies.occlusion import MOST, laid, occlusion
from tests.engine.drawings import chain, layer
from tests.worker.studies.nets import SPIRALS, answers, held, ready, spirals, weigh

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


def test_of_a_network_that_reads_one_pixel() -> None:
    run = ready()
    kernel = np.zeros((8, 8, 10))
    kernel[2, 5, 7] = 5
    weigh(run, kernel.reshape(64, 10), 0)
    image: Any = run.watched.inputs["image"]
    sample = int(np.argmax(image[:, 2, 5, 0]))
    before = held(run)
    (answer,) = answers(occlusion, run, Occlusion(1, sample=sample, number=7, patch=1))
    values = answer.values.numpy()
    assert values.shape == (8, 8)
    assert values[2, 5] > 0.01
    elsewhere = np.delete(values.reshape(-1), 2 * 8 + 5)
    assert np.allclose(elsewhere, 0, atol=1e-6)
    assert all(np.array_equal(a, b) for a, b in zip(before, held(run), strict=True))


def test_a_wider_patch_costs_wherever_it_touches_the_pixel() -> None:
    run = ready()
    kernel = np.zeros((8, 8, 10))
    kernel[2, 5, 7] = 5
    weigh(run, kernel.reshape(64, 10), 0)
    sample = int(np.argmax(run.watched.inputs["image"][:, 2, 5, 0]))
    (answer,) = answers(occlusion, run, Occlusion(1, sample=sample, number=7, patch=3))
    values = answer.values.numpy()
    assert values[2, 5] == values.max()
    assert np.allclose(values[5:], 0, atol=1e-6)


def test_of_two_numbers_each_is_replaced_by_its_mean() -> None:
    run = spirals(activation="linear")
    weigh(run, [[2.0], [0.0]], 0)
    (answer,) = answers(occlusion, run, Occlusion(1, sample=4, number=1))
    points = run.watched.inputs["point"]
    lost = 2 * (points[4, 0] - points[:, 0].mean())
    assert np.allclose(answer.values.numpy(), [lost, 0], atol=1e-5)


def test_of_words_each_is_covered_in_turn() -> None:
    graph = chain(
        layer("InputLayer", shape=(16,)), layer("Embedding", input_dim=80, output_dim=1),
        layer("Flatten"), layer("Dense", units=1, activation="linear"),
    )  # fmt: skip
    run = ready(graph, replace(SPIRALS, data=DataChoice("sentiment"), loss=Part("BinaryCrossentropy")))
    third = np.zeros((16, 1))
    third[2] = 1
    weigh(run, np.arange(80).reshape(80, 1), third, 0)
    (answer,) = answers(occlusion, run, Occlusion(1, sample=1, number=1))
    word = run.watched.inputs["words"][1][2]
    assert np.allclose(answer.values.numpy(), np.where(np.arange(16) == 2, word, 0))


@given(st.integers(1, 300), st.integers(1, 300), st.integers(0, 40))
def test_covers_reach_every_place_and_are_not_too_many(height: int, width: int, patch: int) -> None:
    covers = list(laid((height, width), patch))
    assert len(covers) <= 2 * MOST
    reached = np.zeros((height, width), bool)
    for cover in covers:
        reached[cover] = True
    if patch == 0:
        assert reached.all()
