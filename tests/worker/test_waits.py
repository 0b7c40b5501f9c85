"""How long batches are waited for is what TensorFlow itself tells, and it sees a pipeline that is slow."""

from __future__ import annotations

import time
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

from engine.worker.shuffling import Shuffled
from engine.worker.waits import Waits


def test_a_pipeline_that_is_slow_is_waited_for() -> None:
    def snail(place: Any) -> Any:
        time.sleep(0.01)
        return place

    waits = Waits()
    made = tf.data.Dataset.range(20).map(lambda place: tf.ensure_shape(tf.py_function(snail, [place], tf.int64), ()))
    slow = waits.timed(made)
    assert list(slow.as_numpy_iterator()) == list(range(20))
    assert slow.cardinality() == 20
    first = waits.seconds()
    assert first is not None
    assert first > 0.19
    list(slow)
    second = waits.seconds()
    assert second is not None
    assert second > first + 0.19


def test_batches_are_what_they_were() -> None:
    x, y = np.arange(10.0), np.arange(10)
    samples = Shuffled((x, y, None), 4, 1)
    samples.begin(0)
    batches = samples.batches()
    assert batches.element_spec == (tf.TensorSpec((None,), tf.float64), tf.TensorSpec((None,), tf.int64))
    assert batches.cardinality() == 3
    order = np.random.default_rng((1, 0)).permutation(10)
    seen = np.concatenate([batch[1] for batch in batches.as_numpy_iterator()])
    assert seen.tolist() == order.tolist()
    assert samples.waits.seconds() is not None


def test_a_tensorflow_that_does_not_time_trains_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(tf.raw_ops, "LatencyStatsDataset")
    waits, made = Waits(), tf.data.Dataset.range(3)
    assert waits.timed(made) is made
    assert waits.seconds() is None
