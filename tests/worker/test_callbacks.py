"""Steps are sent often enough, never too often, and none is dropped."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.datasets import split
from engine.messages import Epoch, Message, StateChanged, Steps
from engine.worker.callbacks import MOST, Pulse, Rows, Watcher, numbers
from engine.worker.probe import Probe
from engine.worker.serving import Serving
from tests.worker.drawings import DIGITS

waits = st.lists(st.tuples(st.floats(0.0005, 0.3), st.booleans()), min_size=50, max_size=400)


@given(waits)
def test_no_second_holds_more_than_20(steps: list[tuple[float, bool]]) -> None:
    """Each execution lasts as long as it likes, and ends an epoch or not."""
    pulse, now, passed = Pulse(), 0.0, []
    for wait, epoch_ends in steps:
        now += wait
        if now >= pulse.next or (epoch_ends and pulse.has_room(now)):
            pulse.passes(now)
            passed.append(now)
    assert all(later - first >= 1 for first, later in zip(passed, passed[MOST:], strict=False))


@given(st.floats(0.001, 0.02))
def test_short_steps_are_seen_a_dozen_times_a_second(step: float) -> None:
    pulse, passed = Pulse(), 0
    for number in range(int(3 / step)):
        if number * step >= pulse.next:
            pulse.passes(number * step)
            passed += 1
    assert passed >= 3 * 12


def test_epochs_of_half_a_second_always_follow_their_steps() -> None:
    pulse, refused = Pulse(), 0
    for number in range(2000):
        now = number * 0.005
        ends = number % 100 == 99
        refused += ends and not pulse.has_room(now)
        if now >= pulse.next or (ends and pulse.has_room(now)):
            pulse.passes(now)
    assert not refused


def test_rows_are_turned_into_numbers_in_order_and_given_once() -> None:
    rows = Rows()
    rows.add(8, {"loss": keras.ops.convert_to_tensor(0.5), "accuracy": 0.25}, 0.5)
    rows.add(16, {"accuracy": 0.5, "loss": float("nan")}, 0.75)
    message = rows.take(0.01, 5.0)
    assert message.names == ("loss", "accuracy")
    assert message.numbers.numpy().tolist() == [8, 16]
    assert message.seconds.numpy().tolist() == [0.5, 0.75]
    assert message.rate == 0.01
    assert np.array_equal(message.values.numpy(), [[0.5, 0.25], [np.nan, 0.5]], equal_nan=True)
    assert not rows


def test_numbers_of_several_are_named_apart() -> None:
    assert numbers({"f1": np.array([0.5, 1.0]), "loss": np.float32(2)}) == {"f1_0": 0.5, "f1_1": 1.0, "loss": 2.0}


def test_epochs_faster_than_the_pulse_drop_no_step() -> None:
    """A hundred epochs in no time: every epoch is said at once, steps together, and none is missing at the end."""
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    said: list[Message] = []
    probe = Probe(model, {}, split(DIGITS.recipe.data, 1).validation.inputs["image"])
    nobody: Any = SimpleNamespace()
    watcher = Watcher(
        model, StateChanged("training", steps=3), probe, Serving(nobody, said.append, {}), said.append,
        news=lambda: False, listen=lambda: None, epoch_begins=lambda _: None, epoch_ended=lambda _: None,
        ended=lambda: None,
    )  # fmt: skip
    watcher.on_train_begin()
    for epoch in range(100):
        watcher.on_epoch_begin(epoch)
        for batch in (1, 3):  # two steps an execution; the second is partial
            watcher.on_train_batch_end(batch, {"loss": 1.0})
        watcher.on_epoch_end(epoch, {"loss": 1.0})
    watcher.flush()
    steps = [message for message in said if isinstance(message, Steps)]
    assert [message.epoch for message in said if isinstance(message, Epoch)] == list(range(1, 101))
    assert len(steps) <= MOST + 1
    reached = [int(number) for message in steps for number in message.numbers.numpy()]
    assert reached == [number for epoch in range(100) for number in (epoch * 3 + 2, epoch * 3 + 3)]
