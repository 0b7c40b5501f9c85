"""What a recipe chooses of the data, and for one output, as frozen values. Knows no data set and no network."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.values import FrozenMap, Part, Value


@dataclass(frozen=True, slots=True)
class DataChoice:
    """Which samples, and what share of them is kept from training: for validation, and for the test at the end.

    Attributes:
        values: The parameters of the data set that differ from their defaults.
    """

    source: str = "digits"
    validation: float = 0.15
    test: float = 0.15
    values: FrozenMap[Value] = field(default_factory=FrozenMap)


@dataclass(frozen=True, slots=True)
class OutputChoice:
    """What one output learns, where that is other than the recipe says for all.

    Attributes:
        target: The name of the target that it learns; empty for the one of its own name, or the only one.
        loss: None for the recipe's.
        weight: How much its loss counts beside the others'.
        metrics: None for the recipe's.
    """

    target: str = ""
    loss: Part | None = None
    weight: float = 1.0
    metrics: tuple[Part, ...] | None = None
