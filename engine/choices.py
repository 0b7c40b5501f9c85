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


@dataclass(frozen=True, slots=True)
class Stopping:
    """Ends a run that gets no better.

    Attributes:
        metric: What is to get better, as Keras names it: `val_loss`, `val_accuracy`, `loss`.
        patience: So many epochs without a better one end the run.
        least: What counts as better is better by more than this.
        restore: Whether the weights of the best epoch are put back at the end.
    """

    metric: str = "val_loss"
    patience: int = 5
    least: float = 0.0
    restore: bool = True


@dataclass(frozen=True, slots=True)
class Plateau:
    """Lowers the learning rate where a run gets no better.

    Attributes:
        metric: What is to get better, as Keras names it.
        factor: What the learning rate is multiplied by.
        patience: So many epochs without a better one lower it.
        lowest: It is never set below this.
    """

    metric: str = "val_loss"
    factor: float = 0.5
    patience: int = 3
    lowest: float = 1e-6


@dataclass(frozen=True, slots=True)
class Keeping:
    """Keeps the weights of some epochs beside those of the last.

    Attributes:
        metric: What the best epoch is best in, as Keras names it; its weights are always among those kept.
        every: The weights of each so many epochs are kept.
        most: So many at most: older ones go.
    """

    metric: str = "val_loss"
    every: int = 1
    most: int = 5
