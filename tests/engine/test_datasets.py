"""The data that ship are what their facts say, and are split into parts that share no sample."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.datasets import Samples, Split, counts, dataset, datasets, read, split
from engine.errors import RecipeError
from engine.recipe import DataChoice

NAMES = sorted(datasets())


def parts(data: Split) -> tuple[Samples, Samples, Samples]:
    return data.train, data.validation, data.test


def fingerprints(samples: Samples) -> Counter[bytes]:
    """Count samples by content: inputs and targets together, so that a pair torn apart is seen."""
    return Counter(x.tobytes() + y.tobytes() for x, y in zip(samples.inputs, samples.targets, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_the_arrays_are_what_the_facts_say(name: str) -> None:
    spec = dataset(name)
    samples = read(spec)
    assert samples.inputs.shape == (spec.samples, *spec.shape)
    assert samples.inputs.dtype == "float32"
    assert 0 <= samples.inputs.min() < samples.inputs.max() <= 1
    assert len(samples.targets) == spec.samples == len(samples)
    if spec.task == "classes":
        assert samples.targets.dtype == "int64"
        assert sorted(set(samples.targets.tolist())) == list(range(len(spec.classes)))


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_name_source_and_licence(name: str) -> None:
    spec = dataset(name)
    assert spec.name == name
    assert all(len(words) > 5 for words in (spec.title, spec.summary, spec.source, spec.licence))


def test_the_digits_are_the_uci_scans() -> None:
    digits = read(dataset("digits"))
    assert len(digits) == 1797
    assert Counter(digits.targets.tolist())[0] == 178
    first = (digits.inputs[0, :, :, 0] * 16).astype(int)
    assert first[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert digits.targets[:10].tolist() == list(range(10))


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(RecipeError, match=r"must be one of digits.*Received: 'mnist'"):
        dataset("mnist")


shares = st.floats(0, 0.45)


@settings(max_examples=25, deadline=None)
@given(shares, shares, st.integers(0, 2**31))
def test_parts_share_no_sample_and_leave_none_out(validation: float, test: float, seed: int) -> None:
    choice = DataChoice("digits", validation, test)
    data = split(choice, seed)
    assert [len(part) for part in parts(data)] == list(counts(choice, 1797))
    together = sum((fingerprints(part) for part in parts(data)), Counter[bytes]())
    assert together == fingerprints(read(dataset("digits")))


def test_the_same_seed_splits_the_same_way() -> None:
    one, same, other = (split(DataChoice(), seed) for seed in (1, 1, 2))
    for a, b, c in zip(parts(one), parts(same), parts(other), strict=True):
        assert np.array_equal(a.inputs, b.inputs)
        assert np.array_equal(a.targets, b.targets)
        assert not np.array_equal(a.targets, c.targets)


def test_the_default_shares_leave_seventy_percent_to_train() -> None:
    assert counts(DataChoice(), 1797) == (1257, 270, 270)


def test_every_class_is_in_every_part() -> None:
    for part in parts(split(DataChoice(), 1)):
        assert set(part.targets.tolist()) == set(range(10))


def test_a_share_of_nothing_is_nothing() -> None:
    data = split(DataChoice("digits", 0, 0), 1)
    assert [len(part) for part in parts(data)] == [1797, 0, 0]
