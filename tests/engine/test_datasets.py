"""The data are what their facts say, and are split into parts that share no sample."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.choices import DataChoice
from engine.data.columns import IGNORED, Column, Samples, Tensor
from engine.data.families import FAMILIES
from engine.datasets import Split, all_values, counts, dataset, datasets, facts, read, split
from engine.errors import RecipeError
from engine.values import FrozenMap, Value

NAMES = sorted(datasets())


def parts(data: Split) -> tuple[Samples, Samples, Samples]:
    return data.train, data.validation, data.test


def fingerprints(samples: Samples) -> Counter[bytes]:
    """Count samples by content: inputs and targets together, so that a pair torn apart is seen."""
    columns = (*samples.inputs.values(), *samples.targets.values())
    return Counter(b"".join(array.tobytes() for array in each) for each in zip(*columns, strict=True))


def choice(name: str, **values: Value) -> DataChoice:
    return DataChoice(name, values=FrozenMap(values))


def all_choices() -> list[DataChoice]:
    """Every data set as it begins, and with each other word that its values can be."""
    words = [
        choice(name, **{spec.name: word})
        for name, told in datasets().items()
        for spec in told.parameters
        for word in (spec.choices or ((not spec.default,) if spec.kind == "bool" else ()))
        if word != spec.default
    ]
    return [*map(DataChoice, NAMES), *words]


def check(columns: tuple[Column, ...], arrays: Mapping[str, Tensor], count: int) -> None:
    assert [column.name for column in columns] == list(arrays)
    for column in columns:
        array = arrays[column.name]
        assert array.shape == (count, *column.shape)
        assert array.dtype == column.dtype
        assert len({*column.words}) == len(column.words)
        if column.task == "numbers":
            assert np.isfinite(array).all()
        else:
            assert (IGNORED if column.ignored == IGNORED else 0) <= array.min() < array.max() < len(column.words)
        if not column.standard:
            assert column.least <= array.min()
            assert array.max() <= max(column.highest, len(column.words))


@pytest.mark.parametrize("chosen", all_choices(), ids=str)
def test_the_arrays_are_what_the_columns_say(chosen: DataChoice) -> None:
    spec = dataset(chosen)
    samples = read(spec)
    assert len(samples) == spec.samples
    check(spec.inputs, samples.inputs, spec.samples)
    check(spec.targets, samples.targets, spec.samples)


def test_every_data_set_has_facts_and_every_fact_a_data_set() -> None:
    assert {*FAMILIES} == {*NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_name_source_and_licence(name: str) -> None:
    told = facts(name)
    assert told.name == name
    assert all(len(words) > 2 for words in (told.title, told.group, told.summary, told.source, told.licence))
    assert all(spec.help and spec.check(spec.default) == spec.default for spec in told.parameters)


@pytest.mark.parametrize("name", NAMES)
def test_the_least_and_the_most_of_each_number_can_be_had(name: str) -> None:
    for spec in facts(name).parameters:
        for bound in (spec.minimum, spec.maximum):
            if bound is not None and spec.name != "samples":
                chosen = choice(name, **{spec.name: int(bound) if spec.kind == "int" else bound, **few(name)})
                assert len(read(dataset(chosen))) == dataset(chosen).samples


def few(name: str) -> dict[str, Value]:
    return {spec.name: int(spec.minimum or 0) for spec in facts(name).parameters if spec.name == "samples"}


def test_the_same_values_make_the_same_arrays() -> None:
    for name, family in FAMILIES.items():
        values = all_values(DataChoice(name))
        assert fingerprints(family.make(values)) == fingerprints(family.make(values)), name


def test_the_digits_are_the_uci_scans() -> None:
    digits = read(dataset("digits"))
    assert len(digits) == 1797
    assert Counter(digits.targets["digit"].tolist())[0] == 178
    first = (digits.inputs["image"][0, :, :, 0] * 16).astype(int)
    assert first[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
    assert digits.targets["digit"][:10].tolist() == list(range(10))


# -- what was chosen


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(RecipeError, match=r"must be one of digits.*Received: 'mnist'"):
        dataset("mnist")


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (choice("digits", colour=3), r"Handwritten digits take size, channels, targets, low\. Received: 'colour'"),
        (choice("iris", size=3), r"Iris flowers take no values"),
        (choice("digits", size=4), r"size expects a whole number from 8 to 64.*Received: 4"),
        (
            choice("shapes", size=128, samples=10_000),
            r"Drawn figures hold at most 64,000,000 numbers, 1,302 samples of 49,153\. Received: 10,000 samples",
        ),
        (choice("shapes", targets="name"), r"targets expects one of: shape, mask"),
    ],
)
def test_values_that_cannot_be_are_refused(chosen: DataChoice, sentence: str) -> None:
    with pytest.raises(RecipeError, match=sentence):
        dataset(chosen)


def test_values_are_whole_and_canonical() -> None:
    assert dataset(choice("digits", size=16.0)).values == {
        "size": 16, "channels": 1, "targets": "digit", "low": 0.0,
    }  # fmt: skip


# -- the split

shares = st.floats(0, 0.45)


@settings(max_examples=25, deadline=None)
@given(shares, shares, st.integers(0, 2**31))
def test_parts_share_no_sample_and_leave_none_out(validation: float, test: float, seed: int) -> None:
    chosen = DataChoice("digits", validation, test)
    data = split(chosen, seed)
    assert [len(part) for part in parts(data)] == list(counts(chosen, 1797))
    together = sum((fingerprints(part) for part in parts(data)), Counter[bytes]())
    assert together == fingerprints(read(dataset("digits")))


def test_the_same_seed_splits_the_same_way() -> None:
    one, same, other = (split(DataChoice(), seed) for seed in (1, 1, 2))
    for a, b, c in zip(parts(one), parts(same), parts(other), strict=True):
        assert np.array_equal(a.inputs["image"], b.inputs["image"])
        assert np.array_equal(a.targets["digit"], b.targets["digit"])
        assert not np.array_equal(a.targets["digit"], c.targets["digit"])


def test_the_default_shares_leave_seventy_percent_to_train() -> None:
    assert counts(DataChoice(), 1797) == (1257, 270, 270)


def test_every_class_is_in_every_part() -> None:
    for part in parts(split(DataChoice(), 1)):
        assert set(part.targets["digit"].tolist()) == set(range(10))


def test_a_share_of_nothing_is_nothing() -> None:
    data = split(DataChoice("digits", 0, 0), 1)
    assert [len(part) for part in parts(data)] == [1797, 0, 0]


@pytest.mark.parametrize("ordered", [False, True])
def test_a_text_is_split_by_stretches_whatever_the_seed(ordered: bool) -> None:
    chosen = choice("text", ordered=ordered)
    whole, data = read(dataset(chosen)), split(chosen, 7)
    joined = np.concatenate([part.inputs["letters"] for part in parts(data)])
    assert np.array_equal(joined, whole.inputs["letters"])


@pytest.mark.parametrize("name", ["iris", "wine", "breast-cancer"])
def test_tables_are_standardised_by_what_trains_alone(name: str) -> None:
    data = split(DataChoice(name), 1)
    train, test = (part.inputs["features"] for part in (data.train, data.test))
    assert np.allclose(train.mean(axis=0), 0, atol=1e-4)
    assert np.allclose(train.std(axis=0), 1, atol=1e-3)
    assert not np.allclose(test.mean(axis=0), 0, atol=1e-4)
    assert train.dtype == "float32"
