"""Every layer of the catalogue in cases that Hypothesis draws: what the window would show is what Keras makes of it."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from engine.catalogue import catalogue
from tests.worker.sweep.pair import Pair
from tests.worker.sweep.sweeping import swept

#: In CI, and in the long run, of a layer and of an operation; some cases are drawn twice.
SOME, MANY, MANY_CALLS = 2, 180, 60
#: The same cases again: set this variable to the seed that a failure names.
SEED = "LAYERLOOM_SEED"
LAYERS = [name for name in catalogue().layers if name not in catalogue().operations]
NAMES = list(catalogue().layers)
#: All layers, and one operation of five: the long run has the others.
FEW = [*LAYERS, *[name for name in NAMES if name not in LAYERS][::5]]


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    pair = Pair()
    yield pair
    pair.end()


@pytest.fixture(scope="module")
def seed() -> int:
    return int(os.environ.get(SEED) or random.randrange(10**6))


@pytest.mark.parametrize("name", FEW)
def test_some_cases(name: str, pair: Pair) -> None:
    found = swept(pair, name, SOME)
    assert not found.found, found.told


@pytest.mark.long
@pytest.mark.parametrize("name", NAMES)
def test_many_cases(name: str, pair: Pair, seed: int) -> None:
    found = swept(pair, name, MANY if name in LAYERS else MANY_CALLS, seed)
    assert not found.found, f"{SEED}={seed}, {dict(found.kinds)}\n{found.told}"


def test_the_long_run_is_long_enough() -> None:
    assert len(LAYERS) * MANY + (len(NAMES) - len(LAYERS)) * MANY_CALLS >= 1.5 * 20_000
