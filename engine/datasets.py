"""The data sets that ship with the program: their facts, their arrays and how they are split. No Keras, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

import numpy as np

from engine.catalogue import RESOURCES
from engine.errors import RecipeError
from engine.recipe import DataChoice

Tensor: TypeAlias = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class DataSpec:
    """Facts of a data set.

    Attributes:
        shape: Of one input, as float32 after division by `scale`.
        task: What the targets are: "classes" (integers from 0), "binary" (0 or 1), "numbers".
        classes: Their names; empty where targets are numbers.
        highest: The largest input after that division; the least is 0.
    """

    name: str
    title: str
    summary: str
    file: str
    inputs: str
    targets: str
    shape: tuple[int, ...]
    scale: float
    samples: int
    task: Literal["classes", "binary", "numbers"]
    classes: tuple[str, ...]
    source: str
    licence: str
    highest: float = 1.0


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples that belong together: inputs of shape (samples, *shape), targets of shape (samples, ...)."""

    inputs: Tensor
    targets: Tensor

    def __len__(self) -> int:
        return len(self.inputs)


@dataclass(frozen=True, slots=True)
class Split:
    """A data set in three parts that share no sample."""

    train: Samples
    validation: Samples
    test: Samples


@cache
def datasets() -> Mapping[str, DataSpec]:
    """Return the facts of every data set that ships, by name."""
    import tomllib  # the window names its data without them until a recipe is shown

    data = tomllib.loads((RESOURCES / "data" / "data.toml").read_text(encoding="utf-8"))
    return {
        name: DataSpec(name, **{**facts, "shape": tuple(facts["shape"]), "classes": tuple(facts["classes"])})
        for name, facts in data.items()
    }


def dataset(name: str) -> DataSpec:
    """Return a data set's facts, or raise RecipeError."""
    try:
        return datasets()[name]
    except KeyError:
        raise RecipeError(
            "The data must be one of " + ", ".join(datasets()), received=repr(name)[:80],
            hint="Choose the data on the training page",
        ) from None  # fmt: skip


def read(spec: DataSpec) -> Samples:
    """Read all samples: inputs float32 of shape (samples, *shape), targets int64 (float32 where numbers)."""
    with np.load(RESOURCES / "data" / spec.file, allow_pickle=False) as file:
        inputs, targets = file[spec.inputs], file[spec.targets]
    scaled = (inputs.astype("float32") / np.float32(spec.scale)).reshape(-1, *spec.shape)
    return Samples(scaled, targets.astype("float32" if spec.task == "numbers" else "int64"))


def counts(choice: DataChoice, samples: int) -> tuple[int, int, int]:
    """How many samples train, validate and test."""
    validation, test = round(samples * choice.validation), round(samples * choice.test)
    return samples - validation - test, validation, test


def split(choice: DataChoice, seed: int) -> Split:
    """Read a data set and split it, the same way for the same seed, whatever the device."""
    samples = read(dataset(choice.source))
    train, validation, _ = counts(choice, len(samples))
    places = np.random.default_rng(seed).permutation(len(samples))
    parts = np.split(places, [train, train + validation])
    return Split(*(Samples(samples.inputs[part], samples.targets[part]) for part in parts))
