"""Where activations end: the bounds near which a unit no longer learns. Knows layers by their names alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

#: The least and the greatest that an activation puts out.
BOUNDS: Final[Mapping[str, tuple[float, float]]] = {
    "sigmoid": (0.0, 1.0), "hard_sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "hard_tanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0), "soft_sign": (-1.0, 1.0), "relu6": (0.0, 6.0), "softmax": (0.0, 1.0),
    "sparsemax": (0.0, 1.0), "scaled_tanh": (-1.7159, 1.7159),
}  # fmt: skip
#: Of those that share a sum, most lie near 0 by their nature: the greatest of each place counts alone.
SHARED: Final = frozenset({"softmax", "sparsemax"})


def activation_of(layer: Any) -> str:
    """Return the name of the activation that makes a layer's output, empty where it has none that is bounded.

    Of a wrapper it is the wrapped layer's, of an operation its own name.
    """
    for held in (layer, getattr(layer, "layer", None), getattr(layer, "forward_layer", None)):
        function = getattr(held, "activation", None)
        for named in (getattr(function, "__name__", None), type(function).__name__, type(held).__name__):
            if named and named.lower() in BOUNDS:
                return str(named).lower()
    return ""
