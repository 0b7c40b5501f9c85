"""What a layer cannot do with the mask that comes to it: Keras finds out only when it runs. Asks no Keras."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from engine.fitters import Recast, TakeOut
from engine.graph import Node
from engine.mends import Mend, Set
from engine.values import FrozenMap
from engine.wiring import title
from engine.worker.site import Arrival, Refusal, Site, label
from engine.worker.symbolic import Shape

#: Layers that read a mask of one axis, time, and fail on one of more when they run.
OF_TIME: Final = frozenset({
    "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "MultiHeadAttention", "Attention", "AdditiveAttention",
})  # fmt: skip


def unreadable(site: Site) -> Refusal | None:
    """Say that a layer fails on a mask that arrives with its data; where one is wired by hand, that is read instead."""
    masked = [(arrival, mask) for arrival in site.arrivals if (mask := arrival.signal.mask) is not None]
    if not masked or any("mask" in arrival.port for arrival in site.arrivals):
        return None
    if site.node.layer == "Softmax":
        return _softmax(site, *masked[0])
    if site.node.layer in OF_TIME:
        return next((_wide(site, *pair) for pair in masked if len(pair[1]) > 2), None)
    return None


def _softmax(site: Site, arrival: Arrival, mask: Shape) -> Refusal:
    return Refusal(
        f"{title(site.node)} reads a mask as large as its input", _received(arrival, mask),
        "Use an Activation with softmax, which passes masks on", mends=(
            Recast(site.node.id, "Activation", FrozenMap({"activation": "softmax"})), *_off(arrival.source),
        ),
    )  # fmt: skip


def _wide(site: Site, arrival: Arrival, mask: Shape) -> Refusal:
    return Refusal(
        f"{title(site.node)} reads a mask of time alone", _received(arrival, mask),
        "Make no mask before it", mends=tuple(_off(arrival.source)),
    )  # fmt: skip


def _received(arrival: Arrival, mask: Shape) -> str:
    return f"a mask of {label(mask)} with {label(arrival.shape)} from {arrival.source.name}"


def _off(source: Node) -> Iterator[Mend]:
    """What makes the layer before make no mask, where it is that which makes one."""
    if source.layer == "Masking":
        yield TakeOut(source.id)
    if source.values.get("mask_zero"):
        yield Set(source.id, "mask_zero", False)
