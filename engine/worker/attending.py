"""What attention and masks cannot do although Keras takes it without data. Asks no Keras."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from engine import remedies
from engine.kinds import spell
from engine.mends import Drop, Remove
from engine.wiring import title
from engine.worker import cures
from engine.worker.site import Arrival, Refusal, Site

#: Groups whose layers take a mask of one yes or no for each step of a sequence.
STEPPED: Final = frozenset({"Attention", "Recurrent"})


def _alike(site: Site) -> Refusal | None:
    """Attention takes the rank of its query for that of the others, and fails when it runs where it is another."""
    arrivals = [arrival for arrival in site.arrivals if arrival.port in ("query", "value", "key")]
    ranks = [len(arrival.signal.shape) for arrival in arrivals]
    if len(set(ranks)) < 2 or "query" not in [port.name for port in site.spec.inputs]:
        return None
    others = [arrival for arrival in arrivals if len(arrival.signal.shape) != ranks[0]]
    mends = [
        mend for other in others
        for mend in remedies.to_rank(other.source.id, site.end(other), other.signal.shape, ranks[0])
    ]  # fmt: skip
    return Refusal(
        f"{title(site.node)} looks from a query at values of as many axes", site.received,
        "Insert Reshape on one of them", mends=tuple(mends),
    )  # fmt: skip


def _compared(site: Site) -> Refusal | None:
    """Attention that compares queries with keys as they are needs as many features in both."""
    if site.node.layer not in ("Attention", "AdditiveAttention"):
        return None
    arrivals = {arrival.port: arrival for arrival in site.arrivals}
    key = "key" if "key" in arrivals else "value"
    if "query" not in arrivals or arrivals["query"].shape[-1] == arrivals[key].shape[-1]:
        return None
    return Refusal(
        f"{title(site.node)} compares each query with each key, feature by feature, and both must have as many",
        site.received, "Insert Dense on one of them, or use MultiHeadAttention, which projects them",
        mends=tuple(cures.of_features(site, "query", key)),
    )  # fmt: skip


def _apart(site: Site) -> Refusal | None:
    """Along axes without attention, each place looks at its own: query and value are as long there."""
    axes = site.value("attention_axes") if site.has("attention_axes") else None
    arrivals = {arrival.port: arrival.shape for arrival in site.arrivals}
    if axes is None or not {"query", "value"} <= arrivals.keys():
        return None
    query, value = arrivals["query"], arrivals["value"]
    along = [axis % len(query) for axis in (axes if isinstance(axes, tuple) else (axes,)) if isinstance(axis, int)]
    wrong = [axis for axis in range(1, len(query) - 1) if axis not in along and query[axis] != value[axis]]
    if not wrong or any(None in (query[axis], value[axis]) for axis in wrong):
        return None
    return Refusal(
        f"{title(site.node)} attends along axis {spell(axes)} alone; query and value are as long along axis {wrong[0]}",
        site.received, "Choose other attention axes, or give both the same lengths", "attention_axes",
        mends=(Drop(site.node.id, "attention_axes"),),
    )  # fmt: skip


def _masked(site: Site) -> Refusal | None:
    """A mask has one yes or no for each step of what it is for."""
    if site.spec.group not in STEPPED:
        return None
    shapes = {arrival.port: arrival.shape for arrival in site.arrivals}
    for arrival in site.arrivals:
        of = _masks(site, arrival)
        of = "value" if of == "key" and of not in shapes else of
        wide = site.spec.group == "Attention" and of in shapes and len(shapes[of]) != 3
        if of not in shapes or wide or _fits(arrival, shapes[of][1]):
            continue
        wires = tuple(edge for edge in site.graph.into(site.node.id) if edge.target.port == arrival.port)
        steps = spell(shapes[of][1])
        return Refusal(
            f"{title(site.node)} takes a mask of one yes or no for each of the {steps} steps of its {of}",
            site.received, "Wire a mask of that length, or take the wire away", mends=(Remove(edges=wires),),
        )  # fmt: skip
    return None


def _masks(site: Site, arrival: Arrival) -> str:
    """The port that a mask is for; empty where it is no mask, or one of another kind."""
    if not arrival.port.endswith("mask") or arrival.port == "attention_mask":
        return ""
    return arrival.port.removesuffix("_mask") if "_" in arrival.port else site.spec.inputs[0].name


def _fits(arrival: Arrival, steps: int | None) -> bool:
    return len(arrival.shape) == 2 and (None in (steps, arrival.shape[1]) or arrival.shape[1] == steps)


def _axes(site: Site) -> Refusal | None:
    """The batch and the features are not looked along."""
    value = site.values.get("attention_axes")
    if value is None:
        return None
    rank = len(site.arrivals[0].shape)
    axes = value if isinstance(value, tuple) else (value,)
    places = [axis % rank if isinstance(axis, int) and -rank <= axis < rank else 0 for axis in axes]
    if len({*places}) == len(places) and all(0 < place < rank - 1 for place in places):
        return None
    return Refusal(
        f"{title(site.node)} attends along axes between the batch and the features", f"axis {spell(value)} of "
        f"{site.received}", f"Choose from 1 to {rank - 2}, each once", "attention_axes",
        mends=(Drop(site.node.id, "attention_axes"),),
    )  # fmt: skip


def _wide_masks(site: Site) -> Refusal | None:
    """A mask for one axis cannot be laid out along several."""
    masks = [a for a in site.arrivals if a.port.endswith("mask")]
    wide = ("MultiHeadAttention", "Attention", "AdditiveAttention")
    if site.node.layer not in wide or len(site.arrivals[0].shape) == 3 or not masks:
        return None
    wires = tuple(edge for edge in site.graph.into(site.node.id) if edge.target.port in [mask.port for mask in masks])
    return Refusal(
        f"{title(site.node)} takes masks for a sequence of time × features (rank 3)", site.received,
        "Take the mask away", mends=(Remove(edges=wires),),
    )  # fmt: skip


def _looked_at(site: Site) -> Refusal | None:
    """A mask of what looks at what has an axis for each; of fewer, the batch would be laid along one of them."""
    mask = next((arrival for arrival in site.arrivals if arrival.port == "attention_mask"), None)
    if mask is None or len(mask.shape) > 2:
        return None
    wires = tuple(edge for edge in site.graph.into(site.node.id) if edge.target.port == mask.port)
    return Refusal(
        f"{title(site.node)} takes an attention mask of query steps × key steps for each sample (rank 3)",
        site.received, "Wire it to a mask of the query, the key or the value, or take it away",
        mends=(Remove(edges=wires),),
    )  # fmt: skip


def _paired(site: Site) -> Refusal | None:
    """Each key belongs to a value."""
    arrivals = {arrival.port: arrival.shape for arrival in site.arrivals}
    if site.node.layer not in ("Attention", "AdditiveAttention") or not {"key", "value"} <= arrivals.keys():
        return None
    key, value = arrivals["key"][-2], arrivals["value"][-2]
    if key == value or None in (key, value):
        return None
    return Refusal(
        f"{title(site.node)} pairs each key with its value, and there must be as many of both", site.received,
        "Wire the key from where the value comes from, or leave it out", mends=tuple(cures.of_keys(site)),
    )  # fmt: skip


def _beside(site: Site) -> Refusal | None:
    """It looks along the axis before the features; along those before it, each place looks at its own."""
    arrivals = {arrival.port: arrival.shape for arrival in site.arrivals}
    if site.node.layer not in ("Attention", "AdditiveAttention") or not {"query", "value"} <= arrivals.keys():
        return None
    pairs = zip(arrivals["query"][1:-2], arrivals["value"][1:-2], strict=False)
    if all(a == b or b == 1 or None in (a, b) for a, b in pairs):
        return None
    return Refusal(
        f"{title(site.node)} looks along the axis before the features; query and value are as long along those before",
        site.received, "Give both the same lengths there",
    )  # fmt: skip


RULES: Final[tuple[Callable[[Site], Refusal | None], ...]] = (
    _alike, _axes, _apart, _wide_masks, _looked_at, _masked, _compared, _paired, _beside,
)  # fmt: skip
