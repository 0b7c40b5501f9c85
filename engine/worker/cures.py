"""What might mend a layer that Keras refuses, the likeliest first; each is tried out before it is offered."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Final

from engine import remedies, wiring
from engine.fitters import After, Insert, Recast, TakeOut
from engine.graph import Node, reachable
from engine.kinds import spell
from engine.mends import Mend, Remove, Set
from engine.values import FrozenMap, Part, Value
from engine.worker.site import Site
from engine.worker.symbolic import Shape

#: Layers that take axes away, and may be one too many.
REDUCING: Final = frozenset({
    "Flatten", *(f"Global{which}Pooling{axes}D" for which in ("Average", "Max") for axes in (1, 2, 3)),
})  # fmt: skip
#: An axis shorter than this is none of an image's two.
LEAST_SIDE: Final = 12
#: Colours, where an image has channels and nobody said how many.
COLOURS: Final = 3


def returns(site: Site, node: Node) -> bool | None:
    """Whether a recurrent layer, wrapped or not, returns all its steps; None where it is no such layer."""
    whole = wiring.whole(site.graph, site.catalogue, node.id)
    inner = whole.values.get("layer")
    if isinstance(inner, Part):
        named = any(p.name == "return_sequences" for p in site.catalogue.part("layer", inner.class_name).parameters)
        return bool(inner.values.get("return_sequences")) if named and node.layer == "Bidirectional" else None
    named = any(p.name == "return_sequences" for p in site.catalogue.layer(node.layer).parameters)
    return bool(whole.values.get("return_sequences")) if named else None


# -- another number of axes


def of_rank(site: Site, rank: int) -> Iterator[Mend]:
    """What makes data of a rank arrive, or a layer of it that takes what arrives."""
    arrival = site.arrivals[0]
    source, shape = arrival.source, arrival.shape
    steps = returns(site, source)
    if steps is not None and abs(rank - len(shape)) == 1 and steps is (rank < len(shape)):
        yield Set(source.id, "return_sequences", not steps)
    if site.node.layer == "Permute":
        yield Set(site.node.id, "dims", tuple(range(len(shape) - 1, 0, -1)))
    if site.node.layer in REDUCING and len(shape) == 2 and site.graph.out_of(site.node.id):
        yield TakeOut(site.node.id)
    if source.layer in REDUCING and rank > len(shape):
        yield TakeOut(source.id)
    if source.layer == "InputLayer" and str(arrival.signal.dtype).startswith("int") and rank == len(shape) + 1:
        yield Insert(source.id, site.end(arrival), "Embedding")
    recast = [*_of_dimensions(site, len(shape) - 2)]
    remade: list[Mend] = [*remedies.to_rank(source.id, site.end(arrival), shape, rank)]
    if sum(other.source is source for other in site.arrivals) > 1:
        remade = [After(source.id, *_plain(mend)) for mend in remade if isinstance(mend, Insert)]
    yield from (*remade, *recast) if _is_plain_image(source, shape) else (*recast, *remade)
    if source.layer == "InputLayer" and rank == len(shape) + 1:
        yield Set(source.id, "shape", (*shape[1:], 1))


def _plain(mend: Insert) -> tuple[str, FrozenMap[Value], str]:
    target = mend.values.get("target_shape")
    return mend.layer, mend.values, "" if target is None else f"to {spell(target)}"


def _is_plain_image(source: Node, shape: Shape) -> bool:
    """Whether two axes look like an image's height and width, whose channels nobody drew."""
    return source.layer == "InputLayer" and all(length is None or length >= LEAST_SIDE for length in shape[1:])


def _of_dimensions(site: Site, count: int) -> Iterator[Mend]:
    """The same layer for data of another number of dimensions: Conv1D for Conv2D."""
    stem, _, old = site.node.layer.rpartition(site.node.layer[-2:])
    name = f"{stem}{count}D"
    if site.node.layer[-1] == "D" and name in site.catalogue.layers and name != site.node.layer and not old:
        values = {"filters": site.node.values["filters"]} if "filters" in site.node.values else {}
        yield Recast(site.node.id, name, FrozenMap(values))


def of_equation(site: Site) -> Iterator[Mend]:
    shape = site.value("output_shape")
    units = shape[-1] if isinstance(shape, tuple) and shape else shape
    if isinstance(units, int):
        yield Recast(site.node.id, "Dense", FrozenMap({"units": units}))
    yield from remedies.to_rank(site.arrivals[0].source.id, site.end(site.arrivals[0]), site.arrivals[0].shape, 2)


def of_free_lengths(site: Site) -> Iterator[Mend]:
    """What makes lengths known that are free: pooling for Flatten, or a fixed length of the input."""
    source, shape = site.arrivals[0].source, site.arrivals[0].shape
    if source.layer == "Flatten":
        yield from (Recast(source.id, name) for name in remedies.POOLING.values())
    if len(shape) in remedies.POOLING:
        yield Insert(source.id, site.end(site.arrivals[0]), remedies.POOLING[len(shape)])
    if source.layer == "InputLayer" and shape[-1] is None:
        yield Set(source.id, "shape", (*shape[1:-1], COLOURS))


# -- too small, too large


def of_smallness(site: Site, window: str) -> Iterator[Mend]:
    """What lets a window stand in a small input."""
    places = _places(site)
    onward = bool(site.graph.out_of(site.node.id))
    if onward and all(length == 1 for length in places) and "Pooling" in site.node.layer:
        yield TakeOut(site.node.id)
    if site.has("padding") and site.value("padding") == "valid":
        yield Set(site.node.id, "padding", "same")
    size = site.value(window) if window else None
    if isinstance(size, tuple) and len(size) == len(places):
        yield Set(site.node.id, window, tuple(min(a, b or a) for a, b in zip(size, places, strict=True)))  # type: ignore[type-var]
    elif isinstance(size, int) and None not in places:
        yield Set(site.node.id, window, min(size, *(length or size for length in places)))


def channels_of(site: Site) -> int | None:
    """The channels that arrive; None where that is not known."""
    if not site.arrivals or not site.arrivals[0].shape[1:]:
        return None
    first = site.has("data_format") and site.value("data_format") == "channels_first"
    return site.arrivals[0].shape[1 if first else -1]


def _places(site: Site) -> Shape:
    shape = site.arrivals[0].shape
    first = site.has("data_format") and site.value("data_format") == "channels_first"
    return shape[2:] if first else shape[1:-1]


def of_largeness(site: Site, name: str, factor: float) -> Iterator[Mend]:
    """What makes a layer so much smaller: pooling for the Flatten before it, or a lower value."""
    source = site.arrivals[0].source if site.arrivals else None
    if source is not None and source.layer == "Flatten":
        yield from (Recast(source.id, pooling) for pooling in remedies.POOLING.values())
    value = site.value(name) if name else None
    if isinstance(value, int) and value * factor >= 1:
        yield Set(site.node.id, name, 2 ** int(math.log2(value * factor)))


def of_another_size(site: Site) -> Iterator[Mend]:
    """What makes as many numbers arrive as a Reshape holds, or it hold as many as arrive."""
    target, arrival = site.value("target_shape"), site.arrivals[0]
    if not isinstance(target, tuple):
        return
    lengths = [length for length in target if isinstance(length, int)]
    if _has(site, arrival.source, "units") and len(arrival.shape) == 2 and min(lengths, default=0) > 0:
        yield Set(arrival.source.id, "units", math.prod(lengths))
    for place in range(len(target)):
        yield Set(site.node.id, "target_shape", (*target[:place], -1, *target[place + 1 :]))
    same = remedies.reshaped(arrival.shape, len(target) + 1)
    if same is not None:
        yield Set(site.node.id, "target_shape", same)


def _has(site: Site, node: Node, name: str) -> bool:
    return any(parameter.name == name for parameter in site.catalogue.layer(node.layer).parameters)


# -- groups and heads


def of_groups(site: Site, channels: int | None) -> Iterator[Mend]:
    """Groups that divide the channels and the filters; or filters that the groups divide."""
    groups = site.value("groups")
    filters = site.value("filters") if site.has("filters") else None
    if not isinstance(groups, int):
        return
    if isinstance(filters, int) and filters % groups and not (channels or 0) % groups:
        yield Set(site.node.id, "filters", -(-filters // groups) * groups)
    whole = math.gcd(channels or 0, filters if isinstance(filters, int) else 0)
    yield from (Set(site.node.id, "groups", most) for most in range(min(groups, whole), 0, -1) if whole % most == 0)


def of_heads(site: Site) -> Iterator[Mend]:
    queries, keys = site.value("num_query_heads"), site.value("num_key_value_heads")
    if isinstance(queries, int) and isinstance(keys, int):
        for most in range(min(queries, keys), 0, -1):
            if queries % most == 0:
                yield Set(site.node.id, "num_key_value_heads", most)


# -- what meets


def of_keys(site: Site) -> Iterator[Mend]:
    """Keys that are as long as the values: those themselves."""
    into = {edge.target.port: edge for edge in site.graph.into(site.node.id)}
    if "key" in into:
        yield Remove(edges=(into["key"],))


def of_features(site: Site, one: str, other: str) -> Iterator[Mend]:
    """What gives one of two ports as many features as the other gets."""
    arrivals = {arrival.port: arrival for arrival in site.arrivals}
    for mine, yours in ((one, other), (other, one)):
        if mine in arrivals and yours in arrivals and arrivals[yours].shape[-1] is not None:
            source, end, units = arrivals[mine].source, site.end(arrivals[mine]), arrivals[yours].shape[-1]
            if source.layer == "Dense":
                yield Set(source.id, "units", units)
            yield Insert(source.id, end, "Dense", FrozenMap({"units": units}))


def of_axes(site: Site) -> Iterator[Mend]:
    """Axes of two inputs along which they are as long."""
    first, second = (arrival.shape for arrival in site.arrivals[:2])
    for a, b in itertools.product(range(len(first) - 1, 0, -1), range(len(second) - 1, 0, -1)):
        if first[a] == second[b]:
            yield Set(site.node.id, "axes", (a, b))
    if len(first) == len(second) == 2:
        yield from of_features(site, site.arrivals[1].port, site.arrivals[0].port)


def of_states(site: Site) -> Iterator[Mend]:
    """As many units as the states have that are given."""
    widths = {arrival.shape[-1] for arrival in site.arrivals if "state" in arrival.port}
    if len(widths) == 1 and site.has("units"):
        (width,) = widths
        yield Set(site.node.id, "units", width)


def of_a_batch(site: Site) -> Iterator[Mend]:
    """A state that is not kept; or a batch of a fixed size."""
    if site.has("stateful"):
        yield Set(site.node.id, "stateful", False)
    else:
        inner = site.value("layer")
        if isinstance(inner, Part):
            yield Set(site.node.id, "layer", Part(inner.class_name, inner.values.without("stateful")))
    for id in sorted(reachable(site.graph, [site.node.id], upstream=True)):
        if site.graph.nodes[id].layer == "InputLayer":
            yield Set(id, "batch_size", 32)
