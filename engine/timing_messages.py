"""What window and trainer say to each other of how long layers take: frozen dataclasses. Knows no Qt, no Keras."""

from __future__ import annotations

from dataclasses import dataclass

from engine.run_messages import Array


@dataclass(frozen=True, slots=True)
class TimeLayers:
    """Ask how long each layer of the last run's network takes; LayersTimed answers."""

    asked: int


@dataclass(frozen=True, slots=True)
class LayersTimed:
    """The seconds that each node takes for one sample, forward, in a batch of so many: float64 of shape (nodes,)."""

    asked: int
    nodes: tuple[str, ...]
    seconds: Array
    batch: int
