"""What might mend a layer that joins inputs which do not go together: on the shorter way first. Asks Keras nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from engine import remedies
from engine.fitters import Insert
from engine.graph import End, reachable
from engine.kinds import spell
from engine.mends import Mend, Set
from engine.values import FrozenMap, Value
from engine.worker.site import Arrival, Site
from engine.worker.symbolic import Shape

#: Layers through which lengths pass as they are, or by a factor: the one that changed them stands before.
PASSED: Final = ("Normalization", "Activation", "Regularization", "Pooling")
PASSED_LAYERS: Final = frozenset({"UpSampling1D", "UpSampling2D", "UpSampling3D", "Identity"})
FARTHEST: Final = 8
POOLS: Final = {3: "MaxPooling1D", 4: "MaxPooling2D", 5: "MaxPooling3D"}
GROWN: Final = {3: "UpSampling1D", 4: "UpSampling2D", 5: "UpSampling3D"}
CROPPED: Final = {3: "Cropping1D", 4: "Cropping2D", 5: "Cropping3D"}
PADDED: Final = {3: "ZeroPadding1D", 4: "ZeroPadding2D", 5: "ZeroPadding3D"}


def of_one_shape(site: Site) -> Iterator[Mend]:
    """What gives inputs one shape: padding where it was lost, then something on the short cut, then on another way."""
    yield from _padding(site)
    for mine, yours in _pairs(site):
        if mine.shape != yours.shape:
            yield from _to_shape(site, mine, yours.shape, all_of_it=True)


def but_along(site: Site, axis: int) -> Iterator[Mend]:
    """What gives inputs the same lengths but along one axis, or joins them along another."""
    ranks = {len(arrival.shape) for arrival in site.arrivals}
    yield from _padding(site)
    if len(ranks) == 1:
        (rank,) = ranks
        yield from (Set(site.node.id, "axis", other) for other in (-1, *range(1, rank - 1)) if other != axis)
    for mine, yours in _pairs(site):
        if mine.shape[1:-1] != yours.shape[1:-1]:
            yield from _to_shape(site, mine, yours.shape, all_of_it=False)


def _pairs(site: Site) -> Iterator[tuple[Arrival, Arrival]]:
    """Who is to be changed to meet whom: a short cut first, which the other way begins at; else the later."""
    for one in site.arrivals:
        for other in site.arrivals:
            if one is not other and one.source.id in reachable(site.graph, [other.source.id], upstream=True):
                yield one, other
    first = site.arrivals[0]
    yield from ((other, first) for other in site.arrivals[1:])
    yield from ((first, other) for other in site.arrivals[1:])


def _padding(site: Site) -> Iterator[Mend]:
    """Padding for each layer near above that loses some of its border."""
    seen: dict[str, None] = {}
    for arrival in site.arrivals:
        at = arrival.source
        for _ in range(FARTHEST):
            spec = site.catalogue.layer(at.layer)
            if any(parameter.name == "padding" and "same" in parameter.choices for parameter in spec.parameters):
                if at.values.get("padding", spec.parameter("padding").default) == "valid":
                    seen[at.id] = None
                if spec.group != "Pooling":
                    break
            into = site.graph.into(at.id)
            if len(into) != 1 or not (spec.group in PASSED or at.layer in PASSED_LAYERS):
                break
            at = site.graph.node(into[0].source.node)
    yield from (Set(id, "padding", "same") for id in seen)


def _to_shape(site: Site, arrival: Arrival, wanted: Shape, *, all_of_it: bool) -> Iterator[Mend]:
    """What makes an input of another shape; its last axis is left as it is unless all of it must be the same."""
    shape = arrival.shape
    if len(shape) != len(wanted):
        yield from _to_axes(site, arrival, wanted)
    elif None in shape[1:] or None in wanted[1:]:
        return
    elif len(shape) == 2:
        yield from _to_width(site, arrival, wanted[-1])
    elif len(shape) in POOLS:
        yield from _to_lengths(site, arrival, wanted, all_of_it=all_of_it)


def _to_axes(site: Site, arrival: Arrival, wanted: Shape) -> Iterator[Mend]:
    source, end = arrival.source.id, site.end(arrival)
    if len(wanted) == 2 or len(arrival.shape) > len(wanted):
        yield from remedies.to_rank(source, end, arrival.shape, len(wanted))
    elif len(arrival.shape) == 2 and arrival.shape[-1] == wanted[-1]:
        target = (*(1,) * (len(wanted) - 2), arrival.shape[-1])
        yield Insert(source, end, "Reshape", FrozenMap({"target_shape": target}))


def _to_width(site: Site, arrival: Arrival, units: int | None) -> Iterator[Mend]:
    if "units" in arrival.source.values and arrival.source.shares is None:
        yield Set(arrival.source.id, "units", units)
    yield Insert(arrival.source.id, site.end(arrival), "Dense", FrozenMap({"units": units}))


def _to_lengths(site: Site, arrival: Arrival, wanted: Shape, *, all_of_it: bool) -> Iterator[Mend]:
    source, end, rank = arrival.source.id, site.end(arrival), len(wanted)
    places, other = _whole(arrival.shape[1:-1]), _whole(wanted[1:-1])
    channels = wanted[-1] if all_of_it and wanted[-1] != arrival.shape[-1] else None
    strides = _ratio(places, other)
    if channels is not None and strides is not None:
        values: dict[str, Value] = {"filters": channels, "kernel_size": _one_or_all((1,) * (rank - 2))}
        if max(strides) > 1:
            values["strides"] = _one_or_all(strides)
        yield Insert(source, end, remedies.CONVOLUTION[rank], FrozenMap(values))
        if max(strides) == 1 and "filters" in arrival.source.values:
            yield Set(source, "filters", channels)
    elif channels is None:
        yield from _resized(source, end, places, other, rank)


def _resized(source: str, end: End, places: Sequence[int], other: Sequence[int], rank: int) -> Iterator[Mend]:
    """Pool or grow by a factor; crop or pad where it is a matter of the border."""
    down, up = _ratio(places, other), _ratio(other, places)
    if down is not None:
        yield Insert(source, end, POOLS[rank], FrozenMap({"pool_size": _one_or_all(down), "padding": "same"}))
    if up is not None:
        yield Insert(source, end, GROWN[rank], FrozenMap({"size": _one_or_all(up)}))
    more = [b - a for a, b in zip(places, other, strict=True)]
    told = f"to {spell(tuple(other))}"
    if min(more) >= 0:
        yield Insert(source, end, PADDED[rank], FrozenMap({"padding": _sides(more)}), told)
    if max(more) <= 0:
        yield Insert(source, end, CROPPED[rank], FrozenMap({"cropping": _sides([-each for each in more])}), told)


def _sides(lengths: Sequence[int]) -> Value:
    """Split lengths between their two ends: all of it at the end where it is odd."""
    pairs = tuple((length // 2, length - length // 2) for length in lengths)
    return pairs[0] if len(pairs) == 1 else pairs


def _ratio(places: Sequence[int], other: Sequence[int]) -> tuple[int, ...] | None:
    """The strides that lead from some lengths to others; None where none do."""
    strides = tuple(-(-a // b) if b else 0 for a, b in zip(places, other, strict=True))
    fits = all(stride > 0 and -(-a // stride) == b for a, b, stride in zip(places, other, strides, strict=True))
    return strides if fits else None


def _whole(lengths: Shape) -> tuple[int, ...]:
    return tuple(length or 0 for length in lengths)


def _one_or_all(sizes: tuple[int, ...]) -> Value:
    return sizes[0] if len(sizes) == 1 else sizes
