"""The data sets that the program has: their facts, their layout by a recipe's choice, their split. No Keras, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import prod
from typing import Any, Final

import numpy as np

from engine.catalogue import RESOURCES
from engine.choices import DataChoice
from engine.data.columns import Column, Layout, Samples, Task, Tensor
from engine.data.families import FAMILIES
from engine.errors import RecipeError, ValueProblem
from engine.kinds import ParameterSpec
from engine.values import FrozenMap, Value

#: A number that is the same in all samples has no deviation to count in.
LEAST: Final = 1e-6
#: The numbers that a data set may hold: 256 MB of pixels.
MOST: Final = 64_000_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What a person reads of a data set, whatever its values; `parameters` are the values that it takes."""

    name: str
    title: str
    group: str
    summary: str
    source: str
    licence: str
    parameters: tuple[ParameterSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class DataSpec:
    """A data set as a recipe chose it: facts, columns, how many samples; `values` are all of its values.

    Attributes:
        ordered: Each sample continues the one before it.
        stretches: The parts are stretches of the whole, since neighbours share what they hold.
    """

    name: str
    title: str
    inputs: tuple[Column, ...]
    targets: tuple[Column, ...]
    samples: int
    group: str = ""
    summary: str = ""
    source: str = ""
    licence: str = ""
    ordered: bool = False
    stretches: bool = False
    values: FrozenMap[Value] = field(default_factory=FrozenMap)

    # What there is of the first input and the first target.

    @property
    def shape(self) -> tuple[int, ...]:
        return self.inputs[0].shape

    @property
    def highest(self) -> float:
        return self.inputs[0].highest

    @property
    def task(self) -> Task:
        return self.targets[0].task

    @property
    def classes(self) -> tuple[str, ...]:
        return self.targets[0].words


@dataclass(frozen=True, slots=True)
class Split:
    """A data set in three parts that share no sample."""

    train: Samples
    validation: Samples
    test: Samples


@cache
def datasets() -> Mapping[str, Facts]:
    """Return the facts of every data set, by name."""
    import tomllib  # the window names its data without them until a recipe is shown

    data = tomllib.loads((RESOURCES / "data" / "data.toml").read_text(encoding="utf-8"))
    return {name: _facts(name, told) for name, told in data.items()}


def _facts(name: str, told: dict[str, Any]) -> Facts:
    specs = tuple(ParameterSpec.from_json(parameter) for parameter in told.pop("parameters", ()))
    return Facts(name=name, parameters=specs, **told)


def facts(name: str) -> Facts:
    """Return a data set's facts, or raise RecipeError."""
    try:
        return datasets()[name]
    except KeyError:
        raise RecipeError(
            "The data must be one of " + ", ".join(datasets()), received=repr(name)[:80],
            hint="Choose the data on the training page",
        ) from None  # fmt: skip


def dataset(choice: DataChoice | str) -> DataSpec:
    """Return a data set as it was chosen, with its own values where only its name is given, or raise RecipeError."""
    choice = DataChoice(choice) if isinstance(choice, str) else choice
    told, values = facts(choice.source), all_values(choice)
    layout = _layout(choice.source, values)
    check_size(told.title, layout)
    return DataSpec(
        told.name, told.title, layout.inputs, layout.targets, layout.samples,
        told.group, told.summary, told.source, told.licence, layout.ordered, layout.stretches, values,
    )  # fmt: skip


def check_size(title: str, layout: Layout) -> None:
    """Raise RecipeError where a data set, as it was chosen, would hold more than a small machine has room for."""
    each = sum(prod(column.shape) for column in {*layout.inputs, *layout.targets})
    if each * layout.samples > MOST:
        raise RecipeError(
            f"{title} hold at most {MOST:,} numbers, {MOST // each:,} samples of {each:,}",
            received=f"{layout.samples:,} samples", hint="Take fewer samples, or smaller ones",
        )  # fmt: skip


@lru_cache(16)
def _layout(name: str, values: FrozenMap[Value]) -> Layout:
    return FAMILIES[name].layout(values)


def all_values(choice: DataChoice) -> FrozenMap[Value]:
    """Return every value of the chosen data, in canonical form, or raise RecipeError."""
    specs = {spec.name: spec for spec in facts(choice.source).parameters}
    unknown = next((name for name in choice.values if name not in specs), None)
    if unknown is not None:
        raise RecipeError(
            f"{facts(choice.source).title} take " + (", ".join(specs) or "no values"), received=repr(unknown)[:80],
            hint=f"Take {unknown} out of the data's values",
        )  # fmt: skip
    try:
        return FrozenMap({name: spec.check(choice.values.get(name, spec.default)) for name, spec in specs.items()})
    except ValueProblem as problem:
        raise RecipeError(problem.expected, received=problem.received, hint=problem.hint) from problem


def read(spec: DataSpec) -> Samples:
    """Read or make all samples, each column of its own shape and dtype, as they are before they are standardised."""
    return _samples(spec.name, spec.values)


def is_quick(choice: DataChoice) -> bool:
    """Whether to read or make the chosen data takes a few milliseconds; so does to find that there are none."""
    return choice.source not in FAMILIES or FAMILIES[choice.source].quick


@lru_cache(2)
def _samples(name: str, values: FrozenMap[Value]) -> Samples:
    return FAMILIES[name].make(values)


def counts(choice: DataChoice, samples: int) -> tuple[int, int, int]:
    """How many samples train, validate and test."""
    validation, test = round(samples * choice.validation), round(samples * choice.test)
    return samples - validation - test, validation, test


def split(choice: DataChoice, seed: int) -> Split:
    """Read a data set and split it, the same way for the same seed, whatever the device.

    What is cut from one whole keeps its order, and its parts are stretches of it, whatever the seed.
    """
    spec = dataset(choice)
    samples = read(spec)
    train, validation, _ = counts(choice, len(samples))
    places = np.arange(len(samples)) if spec.stretches else np.random.default_rng(seed).permutation(len(samples))
    parts = [samples.taken(part) for part in np.split(places, [train, train + validation])]
    return Split(*standardised(spec, parts))


def standardised(spec: DataSpec, parts: list[Samples]) -> list[Samples]:
    """Count the columns that say so in standard deviations from the mean, both of the first part: of what trains."""
    wanted = {column.name for column in (*spec.inputs, *spec.targets) if column.standard}
    if not wanted or not len(parts[0]):
        return parts
    known = {**parts[0].inputs, **parts[0].targets}
    means = {name: known[name].mean(axis=0) for name in wanted}
    spreads = {name: np.maximum(known[name].std(axis=0), LEAST) for name in wanted}

    def change(name: str, array: Tensor) -> Tensor:
        return (array - means[name]) / spreads[name] if name in wanted else array

    return [part.each(change) for part in parts]
