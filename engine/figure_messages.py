"""What the trainer says of the layers' insides: figures of each, histograms of its weights. Knows no Qt, no Keras."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.run_messages import Array

#: What is said of a layer: norms of its weights and of their gradient, the change of its weights in one step as a
#: share of them, mean and deviation of what it puts out, the shares of its units that are dead and of its values that
#: are saturated. How long a layer takes is asked apart (`TimeLayers`): for that it must run alone, in a function traced
#: for it, which costs more than a look may.
COLUMNS: Final = ("weight_norm", "gradient_norm", "update_ratio", "mean", "deviation", "dead", "saturated")


@dataclass(frozen=True, slots=True)
class Figures:
    """How the watched layers stand after a step.

    `values` are float64 of shape (len(nodes), len(columns)), NaN where a layer has none; the columns are of
    `COLUMNS`. `seconds` are those since the run began. `gradient_norm` is that of all weights together, before
    clipping, over the samples looked at; NaN where it is not known.
    """

    epoch: int
    step: int
    seconds: float
    nodes: tuple[str, ...]
    columns: tuple[str, ...]
    values: Array
    gradient_norm: float


@dataclass(frozen=True, slots=True)
class Histograms:
    """How the weights of a node and their gradients are spread: "kernel", "bias", "kernel gradient" ...

    `edges` are float64 of shape (k, bins + 1), `counts` int64 of shape (k, bins); values that are no numbers are in no
    bin. Of a large tensor some values are counted, evenly chosen.
    """

    epoch: int
    step: int
    node: str
    names: tuple[str, ...]
    edges: Array
    counts: Array
