"""From what Keras says to what a person reads: both layers, both shapes, and what to do. Asks Keras nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from engine.axes import differing
from engine.fitters import Unshare
from engine.kinds import spell
from engine.mends import Drop, Mend
from engine.values import Part
from engine.wiring import listed, title
from engine.worker import cures, joining
from engine.worker.site import Refusal, Site, label
from engine.worker.symbolic import NAME

#: What a layer looks at, by rank, batch included.
KINDS: Final = {
    1: "one number", 2: "a row of features", 3: "a sequence of time × features",
    4: "an image of height × width × channels", 5: "a volume of depth × height × width × channels",
}  # fmt: skip
CONVOLVED_SEQUENCES: Final = {
    4: "a sequence of time × length × channels", 5: "a sequence of time × height × width × channels",
    6: "a sequence of time × depth × height × width × channels",
}  # fmt: skip
#: What makes data of a rank, from more axes.
FEWER: Final = {2: "Insert Flatten or a global pooling layer before it", 3: "Insert Reshape to make a sequence of it"}
MORE: Final = {3: "Insert Reshape to make a sequence of it", 4: "Insert Reshape to make an image of it"}
LONGEST: Final = 400


def refusal(site: Site, text: str) -> Refusal:
    """Say in people's words why Keras refuses a node; its own text goes along as the detail."""
    detail = " ".join(text.replace(NAME, site.node.name).split())
    for pattern, writer in WRITERS:
        found = re.search(pattern, text)
        if found and site.has(READS.get(writer, "")) is (writer in READS):
            said = writer(site, found)
            return replace(said, detail=detail)
    cannot = f"cannot take {site.received}" if site.arrivals else "cannot be made of these values"
    return Refusal(f"{title(site.node)} {cannot}", hint=f"Keras says: {detail[:LONGEST]}", detail=detail)


def wrong_rank(site: Site, ranks: Sequence[int], *, more: bool = False) -> Refusal:
    """Say of how many axes an input must be."""
    shape = site.arrivals[0].signal.shape
    words = CONVOLVED_SEQUENCES if site.node.layer.startswith("ConvLSTM") else KINDS
    if more or (len(ranks) > 2 and len(shape) < ranks[0]):
        expected = f"{words.get(ranks[0], 'data')} or of more axes (rank {ranks[0]} or more)"
    elif len(ranks) > 2:
        expected = f"fewer axes (rank {ranks[-1]} or less)"
    else:
        expected = " or ".join(f"{words.get(rank, 'data')} (rank {rank})" for rank in ranks)
    nearest = min(ranks, key=lambda rank: abs(rank - len(shape)))
    hint, mends = _other_rank(site, nearest)
    return Refusal(f"{title(site.node)} expects {expected}", site.received_by_name, hint, mends=mends)


def _other_rank(site: Site, rank: int) -> tuple[str, tuple[Mend, ...]]:
    """What to insert, or to set in the layer before, so that data of a rank arrive."""
    source, shape = site.arrivals[0].source, site.arrivals[0].shape
    mends = tuple(cures.of_rank(site, rank))
    if rank == len(shape) + 1 and cures.returns(site, source) is False:
        return f"Turn return sequences on in {source.name}", mends
    hints = FEWER if len(shape) > rank else MORE
    return hints.get(rank, "Insert Reshape before it"), mends


# -- one writer for each of Keras's texts


def _rank(site: Site, found: re.Match[str]) -> Refusal:
    if site.node.layer == "Permute":
        count = int(found[2]) - 1
        return Refusal(
            f"{title(site.node)} orders {count} axes, {spell(site.value('dims'))}", site.received,
            "Set dims to an order of the axes that arrive", "dims", mends=tuple(cures.of_rank(site, int(found[2]))),
        )  # fmt: skip
    return wrong_rank(site, [int(found[2])], more=bool(found[1]))


def _time_distributed(site: Site, _: re.Match[str]) -> Refusal:
    return wrong_rank(site, [3], more=True)


def _shared(site: Site, found: re.Match[str]) -> Refusal:
    whose = f"the layer of {site.first.name}" if site.first else "a layer"
    return Refusal(
        f"{title(site.node)} calls {whose}, whose weights were made for {found[2]} along axis {found[1]}",
        site.received, "Give both the same shape, or let each have a layer of its own",
        mends=(Unshare(site.node.id), *(() if site.first is None else (Unshare(site.first.id),))),
    )  # fmt: skip


def _too_small(site: Site, _: re.Match[str]) -> Refusal:
    window = next((name for name in ("kernel_size", "pool_size") if site.has(name)), "")
    size = f" looks at {spell(site.value(window))} at a time and" if window else ""
    padding = site.has("padding") and site.value("padding") == "valid"
    return Refusal(
        f"{title(site.node)}{size} would leave nothing of so small an input", site.received,
        f"{'Set padding to same, or' if padding else 'Use'} a smaller {window.replace('_', ' ') or 'size'}",
        window, mends=tuple(cures.of_smallness(site, window)),
    )  # fmt: skip


def _unequal(site: Site, _: re.Match[str]) -> Refusal:
    shapes = [arrival.signal.shape for arrival in site.arrivals]
    alike = len({len(shape) for shape in shapes}) == 1
    if alike and len({shape[:-1] for shape in shapes}) == 1 and len(shapes[0]) > 2:
        hint = "Give them as many channels each, as by a 1×1 convolution on one of them"
    elif alike:
        hint = "Give them the same lengths, as by padding, cropping or pooling one of them"
    else:
        hint = "Give them as many axes each, as by Reshape or Flatten on one of them"
    mends = tuple(joining.of_one_shape(site))
    other = differing([arrival.axes for arrival in site.arrivals])
    received = site.received_by_name if other else site.received
    return Refusal(f"{title(site.node)} joins inputs of one shape", received, hint, mends=mends)


def _unequal_but_one(site: Site, _: re.Match[str]) -> Refusal:
    alike = len({len(arrival.signal.shape) for arrival in site.arrivals}) == 1
    hint = "Pad, crop or pool one of them" if alike else "Insert Flatten or Reshape where axes are too many"
    expected = f"{title(site.node)} joins inputs along axis {spell(site.value('axis'))}: all other lengths must agree"
    axis = site.value("axis")
    mends = tuple(joining.but_along(site, axis if isinstance(axis, int) else -1))
    return Refusal(expected, site.received, hint, "" if alike else "axis", mends=mends)


def _other_size(site: Site, _: re.Match[str]) -> Refusal:
    shape = site.arrivals[0].signal.shape[1:]
    target = site.value("target_shape")
    count = "" if None in shape else f" {math.prod(length or 0 for length in shape):,} numbers"
    return Refusal(
        f"{title(site.node)} arranges the same numbers as {spell(target)}, and there must be as many of them",
        f"{count} ({label(site.arrivals[0].signal.shape)}) from {site.arrivals[0].source.name}",
        "Set a target shape that holds as many; -1 lets one length follow from the others", "target_shape",
        mends=tuple(cures.of_another_size(site)),
    )  # fmt: skip


def _free(site: Site, _: re.Match[str]) -> Refusal:
    return Refusal(
        f"{title(site.node)} makes its weights to fit its input and needs every length that they depend on",
        site.received, "Set a fixed length in the input's shape, or pool that axis away before it",
        mends=tuple(cures.of_free_lengths(site)),
    )  # fmt: skip


def _states(site: Site, found: re.Match[str]) -> Refusal:
    states = [arrival for arrival in site.arrivals if "state" in arrival.port]
    received = listed([f"{label(arrival.signal.shape)} from {arrival.source.name}" for arrival in states])
    wanted = re.findall(r"\(None((?:, (?:\d+|None))*)\)", found[1])
    sizes = listed([shape.strip(", ").replace(", ", "×").replace("None", "any") for shape in wanted])
    return Refusal(
        f"{title(site.node)} begins from states of {sizes}",
        received,
        "Give the layer that they come from as many units",
        mends=tuple(cures.of_states(site)),
    )


def _groups(site: Site, found: re.Match[str]) -> Refusal:
    return Refusal(
        f"{title(site.node)} works in {spell(site.value('groups'))} groups of one size, which divide its {found[1]}",
        site.received, "Choose groups that divide both the channels that arrive and the filters", "groups",
        mends=tuple(cures.of_groups(site, cures.channels_of(site))),
    )  # fmt: skip


def _groups_of_channels(site: Site, _: re.Match[str]) -> Refusal:
    return Refusal(
        f"{title(site.node)} works in {spell(site.value('groups'))} groups of one size, which divide its channels",
        site.received, "Choose groups that divide the channels that arrive", "groups",
        mends=tuple(cures.of_groups(site, cures.channels_of(site))),
    )  # fmt: skip


def _keys(site: Site, _: re.Match[str]) -> Refusal:
    return Refusal(
        f"{title(site.node)} pairs each key with its value: both are as long, as are all axes but the last",
        site.received, "Wire the key from where the value comes from, or leave it out",
        mends=tuple(cures.of_keys(site)),
    )  # fmt: skip


def _product(site: Site, found: re.Match[str]) -> Refusal:
    return Refusal(
        f"{title(site.node)} multiplies along axis {found[2]} of the first and axis {found[4]} of the second, which "
        "must be as long",
        site.received, "Choose axes that are as long, or give both as many features", "axes",
        mends=tuple(cures.of_axes(site)),
    )  # fmt: skip


def _strides_and_gaps(site: Site, _: re.Match[str]) -> Refusal:
    strides, gaps = (spell(site.value(name)) for name in ("strides", "dilation_rate"))
    return Refusal(
        f"{title(site.node)} takes strides or gaps in its kernel, not both",
        f"strides {strides} and dilation rate {gaps}", "Set one of them to 1", "dilation_rate",
        mends=(Drop(site.node.id, "dilation_rate"), Drop(site.node.id, "strides")),
    )  # fmt: skip


def _heads(site: Site, _: re.Match[str]) -> Refusal:
    queries, keys = (spell(site.value(name)) for name in ("num_query_heads", "num_key_value_heads"))
    return Refusal(
        f"{title(site.node)} lets as many query heads share each key head, so their number divides",
        f"{queries} query heads and {keys} key heads", "Choose a number of key heads that divides the query heads",
        "num_key_value_heads", mends=tuple(cures.of_heads(site)),
    )  # fmt: skip


def _no_recurrent(site: Site, _: re.Match[str]) -> Refusal:
    return Refusal(
        f"{title(site.node)} wraps a recurrent layer", f"{spell(site.value('layer'))}",
        "Wrap an LSTM, GRU or SimpleRNN", "layer",
    )  # fmt: skip


def _unsuited(site: Site, found: re.Match[str]) -> Refusal:
    """What is done with a weight cannot be done with one of so many axes."""
    name = next((n for n, value in site.values.items() if isinstance(value, Part) and value.class_name == found[1]
                 and n.startswith(found[2])), "")  # fmt: skip
    name = name or next((n for n, value in site.values.items() if isinstance(value, Part)
                         and value.class_name == found[1]), "")  # fmt: skip
    return Refusal(
        f"{title(site.node)} cannot have {found[1]} for its {found[2].replace('_', ' ')}, which has "
        f"{found[3]} {'axis' if found[3] == '1' else 'axes'}",
        hint=f"Choose another {name.replace('_', ' ') or 'one'}. Keras says: {found[4][:LONGEST]}", parameter=name,
        mends=(Drop(site.node.id, name),) if name else (),
    )  # fmt: skip


Writer: TypeAlias = Callable[[Site, re.Match[str]], Refusal]
WRITERS: Final[tuple[tuple[str, Writer], ...]] = (
    (r"expected (min_)?ndim=(\d+), found ndim=\d+", _rank),
    (r"expected axis (-?\d+) of input shape to have value (\d+)", _shared),
    (r"size would be zero or negative|should be smaller than the corresponding spatial dimension", _too_small),
    (r"Inputs have incompatible shapes|Inputs have different ranks", _unequal),
    (r"requires inputs with matching shapes except", _unequal_but_one),
    (r"total size of the tensor must be unchanged", _other_size),
    (
        r"must be fully-defined|'NoneType' and 'int'|axis .* should be defined|last dimension .* should be defined",
        _free,
    ),
    (r"Initial states expected: (.*?)\. Received", _states),
    (r"number of (input channels|filters) must be evenly divisible by the number of groups", _groups),
    (r"with at least 3 dimensions, received", _time_distributed),
    (r"Number of groups \(\d+\) (?:cannot be more than|must be a multiple)", _groups_of_channels),
    (r"All dimensions of `value` and `key`, except the last one, must be equal", _keys),
    (r"axis values (\d+) \(at axis (\d+)\) != (\d+) \(at axis (\d+)\)", _product),
    (r"`strides > 1` not supported in conjunction with `dilation_rate > 1`", _strides_and_gaps),
    (r"`num_query_heads` must be divisible by `num_key_value_heads`", _heads),
    (r"(\w+) is not for (\w+) of (\d+) axes: (.*)", _unsuited),
    (r"Unrecognized keyword arguments passed to \w+: \{'go_backwards'", _no_recurrent),
)
#: The parameter that a writer reads: where a layer lacks it, the text is about one that it wraps.
READS: Final[Mapping[Writer, str]] = {
    _groups: "groups", _groups_of_channels: "groups", _product: "axes", _strides_and_gaps: "dilation_rate",
    _heads: "num_query_heads", _unequal_but_one: "axis", _other_size: "target_shape", _no_recurrent: "layer",
}  # fmt: skip
