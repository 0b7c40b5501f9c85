"""The forecast of memory: what is counted, what is refused, and the batch that fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import machine
from engine.forecast import NEAR, PROGRAM, Forecast, device_named, forecast, shortage, slots, strain
from engine.recipe import Recipe
from engine.totals import Cost
from engine.values import FrozenMap, Part

GB = 10**9
COST = Cost(weights=100 * 10**6, moved=80 * 10**6, output=10 * 10**6)
LARGE = Recipe(batch_size=1024)


def optimizer(kind: str, **values: object) -> Part:
    return Part(kind, FrozenMap(values))  # type: ignore[arg-type]


def test_what_is_counted() -> None:
    found = forecast(COST, Recipe(batch_size=4))
    assert (found.weights, found.gradients, found.slots) == (100 * 10**6, 80 * 10**6, 160 * 10**6)
    assert found.activations == 2 * 4 * 10 * 10**6
    assert found.total == found.model + PROGRAM[False]


@pytest.mark.parametrize(
    ("part", "count"),
    [
        (optimizer("SGD"), 0), (optimizer("SGD", momentum=0.9), 1), (optimizer("Adam"), 2),
        (optimizer("Adam", amsgrad=True, use_ema=True), 4), (optimizer("RMSprop", centered=True), 2),
        (optimizer("Nadam"), 2), (optimizer("Lion", gradient_accumulation_steps=2), 2),
    ],
)  # fmt: skip
def test_slots(part: Part, count: int) -> None:
    assert slots(part) == count


def test_what_cannot_fit_is_refused_with_the_figure_and_the_batch_that_fits() -> None:
    found = strain(forecast(COST, LARGE), 11 * GB, "this machine")
    assert found is not None
    assert found.impossible
    assert found.sentence == (
        "Training takes about 21.5 GB, and this machine has 11 GB. 20.5 GB are the activations of 1,024 samples, 20 MB "
        "each. A batch of 256 fits."
    )
    assert found.title == "Set the batch size to 256"
    mended = found.mended(LARGE)
    assert mended.batch_size == 256
    assert strain(forecast(COST, mended), 11 * GB, "this machine") is None


def test_near_the_limit_is_warned_of() -> None:
    found = strain(forecast(COST, LARGE), 24 * GB, "GPU:0")
    assert found is not None
    assert not found.impossible
    assert "that is tight" in found.sentence
    hardly = strain(forecast(COST, LARGE), 16 * GB, "GPU:0")
    assert hardly is not None
    assert not hardly.impossible
    assert "it may not fit" in hardly.sentence


def test_there_is_room_and_there_is_no_knowing() -> None:
    assert strain(forecast(COST, LARGE), 64 * GB, "this machine") is None
    assert strain(forecast(COST, LARGE), 0, "this machine") is None


def test_weights_alone_can_be_too_much() -> None:
    found = strain(forecast(Cost(weights=9 * GB, moved=9 * GB, output=4), Recipe()), 16 * GB, "this machine")
    assert found is not None
    assert found.batch == 0
    assert found.title == ""
    assert "36 GB are weights, their gradients and what the optimizer keeps." in found.sentence
    assert "not even a batch of 1" in found.sentence


def test_a_free_length_makes_it_a_least() -> None:
    found = strain(forecast(Cost(output=10**9, free=1), Recipe()), 16 * GB, "this machine")
    assert found is not None
    assert found.sentence.startswith("Training takes at least about")


@given(st.integers(0, 10**9), st.integers(0, 10**8), st.integers(1, 65_536), st.integers(10**9, 10**11))
def test_the_batch_that_is_offered_fits_and_is_smaller(moved: int, output: int, batch: int, memory: int) -> None:
    found = Forecast(moved, moved, 2 * moved, 2 * output, batch)
    largest = found.largest_batch(memory)
    assert 0 <= largest < batch
    if largest:
        smaller = Forecast(moved, moved, 2 * moved, 2 * output, largest)
        assert smaller.total <= NEAR * memory + 1


@pytest.mark.parametrize(
    ("wish", "devices", "name"),
    [
        ("auto", ("GPU:0", "CPU:0"), "GPU:0"), ("auto", (), "CPU:0"), ("cpu", ("GPU:0", "CPU:0"), "CPU:0"),
        ("gpu:1", ("GPU:0", "GPU:1", "CPU:0"), "GPU:1"), ("GPU", ("GPU:0", "CPU:0"), "GPU:0"),
    ],
)  # fmt: skip
def test_the_device_that_a_recipe_takes(wish: str, devices: tuple[str, ...], name: str) -> None:
    assert device_named(wish, devices) == name


def test_each_device_is_measured_by_its_own_memory() -> None:
    devices, memory = ("GPU:0", "CPU:0"), (8 * GB, 64 * GB)
    found = shortage(COST, LARGE, devices, memory)
    assert found is not None
    assert "GPU:0 has 8 GB" in found.sentence
    assert shortage(COST, Recipe(batch_size=1024, device="cpu"), devices, memory) is None
    assert shortage(COST, Recipe(batch_size=1024, device="gpu:7"), devices, memory) is None


def test_this_machine_has_some_memory() -> None:
    assert 10**8 < machine.memory() < 10**15
    assert all(bytes > 10**8 for bytes in machine.gpus())
