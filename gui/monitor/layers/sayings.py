"""What the figures of the layers mean, in a sentence. Knows numbers and names, no widget."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from gui.monitor.layers.scale import spelled

#: From this share of its units on a layer is called dead in part, and saturated.
MANY: Final = 0.4
#: How much smaller or larger a gradient is at one end of the network than at the other, before it is said.
APART: Final = 1e3
#: A gradient's norm that is too much for any learning rate in use.
HUGE: Final = 1e3
#: A good change of the weights in one step, as a share of them, and how far off is worth a word.
RULE: Final = 1e-3
FAST, SLOW = 1e-2, 1e-5


def of_gradients(norms: Mapping[str, float]) -> str:
    """Say how gradients change with depth; the layers come from input to output."""
    wild = [name for name, norm in norms.items() if not math.isfinite(norm) or norm > HUGE]
    none = [name for name, norm in norms.items() if norm == 0]
    if wild:
        return f"Gradients explode in {_listed(wild)}: clip them, or lower the learning rate."
    if none:
        return f"No gradient reaches {_listed(none)}: behind dead or saturated units nothing is learned."
    if len(norms) < 2:
        return "The norm of each layer's gradient: how strongly its weights are asked to move."
    (first, near), (last, far) = next(iter(norms.items())), list(norms.items())[-1]
    if near * APART < far:
        return (
            f"Gradients vanish towards the input: {first} gets {spelled(near / far)} of what {last} gets. Relu, "
            "normalization or short cuts carry them further."
        )
    if near > far * APART:
        times = spelled(near / far)
        return f"Gradients grow towards the input: {first} gets {times} times what {last} gets. Clip them."
    return f"Gradients reach every layer: from {spelled(min(norms.values()))} to {spelled(max(norms.values()))}."


def of_activity(dead: Mapping[str, float], saturated: Mapping[str, float]) -> str:
    """Say which layer is dead or saturated, the worst first."""
    name, share = _worst(dead)
    if share >= MANY:
        return (
            f"{name}: {share:.0%} of its units put out one number, whatever comes. A smaller learning rate or "
            "LeakyReLU keeps units alive."
        )
    name, share = _worst(saturated)
    if share >= MANY:
        return (
            f"{name}: {share:.0%} of its outputs lie at their bounds, where hardly any gradient passes. Smaller "
            "weights at the start, or relu, help."
        )
    return "No layer is dead or saturated to a great part. A bar is the mean of what a layer puts out, ± its deviation."


def of_updates(ratios: Mapping[str, float]) -> str:
    """Say whether weights move too fast or too slowly for the rule of thumb."""
    rule = "About 1e-3 of the weights a step is a good rule of thumb"
    fast = [name for name, ratio in ratios.items() if ratio > FAST]
    slow = [name for name, ratio in ratios.items() if ratio < SLOW]
    if fast:
        return f"{rule}: {_listed(fast)} move{_s(fast)} faster. Lower the learning rate where the loss jumps."
    if slow:
        return f"{rule}: {_listed(slow)} hardly move{_s(slow)}. Raise the learning rate, unless the run is at its end."
    return f"{rule}: {'every layer is near it' if ratios else 'it is measured between two steps'}."


def of_weights(node: str, looks: int) -> str:
    """Say how to read the ridges of a layer."""
    if looks == 1:
        return f"{node} at the one look so far; with more looks, the newest stands in front."
    return f"{node} over {looks} looks: the oldest at the back, the newest in front, each as high as its own peak."


def _worst(shares: Mapping[str, float]) -> tuple[str, float]:
    return max(shares.items(), key=lambda item: item[1], default=("", 0.0))


def _listed(names: Sequence[str]) -> str:
    """The first few of some names."""
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _s(names: Sequence[str]) -> str:
    return "s" if len(names) == 1 else ""
