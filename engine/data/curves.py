"""Points and curves made by formula: spirals, a noisy sine, mixed waves, runs of numbers. Knows no split."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.data.columns import Column, Family, Layout, Samples, Values, real, whole

SEED: Final = 1
TENTHS: Final = 10


def _spirals_layout(values: Values) -> Layout:
    arms = tuple(f"arm {number + 1}" for number in range(values["arms"]))
    target = Column("arm", (), "binary" if len(arms) == 2 else "classes", arms)
    return Layout((Column("point", (2,), least=-1.0),), (target,), values["samples"])


def _spirals(values: Values) -> Samples:
    """Each arm winds outward from the centre; noise shifts its points, in shares of the radius."""
    random = np.random.default_rng(SEED)
    count = values["samples"]
    arm = np.arange(count) % values["arms"]
    out = np.sqrt(random.uniform(0.01, 1, count))
    angle = 2 * np.pi * (out * values["turns"] + arm / values["arms"])
    points = out[:, np.newaxis] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    points = points + random.normal(0, values["noise"], points.shape)
    return Samples({"point": real(np.clip(points, -1, 1))}, {"arm": whole(arm)})


def _sine_layout(values: Values) -> Layout:
    y = Column("y", (1,), least=-1.0 - 3 * values["noise"], highest=1.0 + 3 * values["noise"])
    return Layout((Column("x", (1,), least=-1.0),), (y,), values["samples"])


def _sine(values: Values) -> Samples:
    random = np.random.default_rng(SEED)
    x = random.uniform(-1, 1, (values["samples"], 1))
    y = np.sin(np.pi * values["periods"] * x) + random.normal(0, values["noise"], x.shape)
    return Samples({"x": real(x)}, {"y": real(y)})


def _waves_layout(values: Values) -> Layout:
    wave = Column("wave", (values["length"], 1), least=-1.5, highest=1.5)
    shape = (1,) if values["targets"] == "last" else (values["length"], 1)
    return Layout((wave,), (Column("next", shape, least=-1.5, highest=1.5),), values["samples"])


def _waves(values: Values) -> Samples:
    """Two sines of other lengths, begun anywhere, and a little noise; what is asked for is the next step of it."""
    random = np.random.default_rng(SEED)
    count, length = values["samples"], values["length"]
    steps = np.arange(length + 1)
    slow, fast = (random.uniform(low, high, (count, 1)) for low, high in ((16, 32), (6, 12)))
    begun = random.uniform(0, 2 * np.pi, (2, count, 1))
    wave = np.sin(2 * np.pi * steps / slow + begun[0]) + 0.4 * np.sin(2 * np.pi * steps / fast + begun[1])
    wave = (wave + random.normal(0, values["noise"], wave.shape))[..., np.newaxis]
    following = wave[:, -1] if values["targets"] == "last" else wave[:, 1:]
    return Samples({"wave": real(wave[:, :-1])}, {"next": real(following)})


def _counting_layout(values: Values) -> Layout:
    length = (values["length"],)
    classes = values["targets"] == "classes"
    run = Column("run", length, "classes", tuple("0123456789")) if classes else Column("run", length)
    return Layout((Column("start", (1,)),), (run,), values["samples"])


def _counting(values: Values) -> Samples:
    """From a start between 0 and 1 on by tenths, 0 again after 9; as a class, each number is its tenth."""
    random = np.random.default_rng(SEED)
    start = random.uniform(0, 1, (values["samples"], 1))
    run = (start + np.arange(values["length"]) / TENTHS) % 1
    told = whole(np.floor(run * TENTHS)) if values["targets"] == "classes" else real(run)
    return Samples({"start": real(start)}, {"run": told})


FAMILIES: Final = {
    "spirals": Family(_spirals_layout, _spirals),
    "sine": Family(_sine_layout, _sine),
    "waves": Family(_waves_layout, _waves),
    "counting": Family(_counting_layout, _counting),
}
