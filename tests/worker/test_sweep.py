"""Every layer of the catalogue in cases that Hypothesis draws: what the window would show is what Keras makes of it."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest

from engine.catalogue import catalogue
from tests.worker.sweep.pair import Pair
from tests.worker.sweep.sweeping import swept

SOME, MANY = 2, 143
#: The same cases again: set this variable to the seed that a failure names.
SEED = "LAYERLOOM_SEED"
LAYERS = [name for name in catalogue().layers if name not in catalogue().operations]


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    pair = Pair()
    yield pair
    pair.end()


@pytest.fixture(scope="module")
def seed() -> int:
    return int(os.environ.get(SEED) or random.randrange(10**6))


@pytest.mark.parametrize("layer", LAYERS)
def test_some_cases(layer: str, pair: Pair) -> None:
    found = swept(pair, layer, SOME)
    assert not found.found, found.told


@pytest.mark.long
@pytest.mark.parametrize("layer", LAYERS)
def test_many_cases(layer: str, pair: Pair, seed: int) -> None:
    found = swept(pair, layer, MANY, seed)
    assert not found.found, f"{SEED}={seed}, {dict(found.kinds)}\n{found.told}"


def test_the_long_run_is_long_enough() -> None:
    assert len(LAYERS) * MANY >= 20_000
