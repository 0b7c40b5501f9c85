"""The rates that are drawn before a run are those that Keras computes while it goes."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.schedules import rates
from engine.values import FrozenMap, Part, Value
from engine.worker import construct
from engine.worker.layers import OneCycle

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
STEPS = np.arange(100.0)


def part(name: str, **values: Value) -> Part:
    return Part(name, FrozenMap(values))


def decay(name: str, **values: Value) -> Part:
    return part(name, initial_learning_rate=0.1, **values)


def cycle(**values: Value) -> Part:
    return part("OneCycle", peak_learning_rate=0.1, total_steps=60, **values)


CASES = (
    decay("CosineDecay", decay_steps=50),
    decay("CosineDecay", decay_steps=50, warmup_steps=20),
    decay("CosineDecay", decay_steps=50, warmup_target=0.2, warmup_steps=20, alpha=0.1),
    decay("CosineDecay", decay_steps=50, warmup_target=0.2),
    decay("CosineDecayRestarts", first_decay_steps=17),
    decay("CosineDecayRestarts", first_decay_steps=17, t_mul=1.0, m_mul=0.5, alpha=0.1),
    decay("ExponentialDecay", decay_steps=13, decay_rate=0.5),
    decay("ExponentialDecay", decay_steps=13, decay_rate=0.5, staircase=True),
    decay("InverseTimeDecay", decay_steps=13, decay_rate=0.5),
    decay("InverseTimeDecay", decay_steps=13, decay_rate=0.5, staircase=True),
    part("PiecewiseConstantDecay", boundaries=(10, 20), values=(0.1, 0.01, 0.001)),
    decay("PolynomialDecay", decay_steps=30, power=2.0),
    decay("PolynomialDecay", decay_steps=30, cycle=True),
    cycle(),
    cycle(linear=True, rise=0.45, first_divisor=10.0, last_divisor=100.0),
    cycle(rise=0.0),
    cycle(rise=1.0),
)


@pytest.mark.parametrize("schedule", CASES, ids=lambda case: case.class_name)
def test_the_drawn_rates_are_keras_s(schedule: Part) -> None:
    made = construct.part("schedule", schedule)
    theirs = [float(made(int(step))) for step in STEPS]
    assert rates(schedule, STEPS, catalogue()) == pytest.approx(theirs, rel=1e-4, abs=1e-8)


def test_one_cycle_is_saved_and_read_again(tmp_path: Path) -> None:
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.SGD(OneCycle(0.5, 10, rise=0.4, linear=True)), "mse")
    model.fit(np.zeros((8, 2)), np.zeros((8, 1)), batch_size=1, verbose=0)
    model.save(tmp_path / "model.keras")
    read = keras.models.load_model(tmp_path / "model.keras").optimizer
    assert isinstance(read._learning_rate, OneCycle)
    assert read._learning_rate.get_config() == OneCycle(0.5, 10, rise=0.4, linear=True).get_config()
    assert float(read.learning_rate) == pytest.approx(float(model.optimizer.learning_rate))
