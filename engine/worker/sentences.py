"""From what Keras says to what a person reads: both layers, both shapes, and what to do. Asks Keras nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from engine import remedies, wiring
from engine.catalogue import Catalogue, LayerSpec
from engine.errors import BuildError
from engine.graph import End, Graph, Node
from engine.kinds import spell
from engine.mends import Mend, Set
from engine.report import Problem, Severity, TensorSpec
from engine.values import FrozenMap, Value
from engine.wiring import listed, title
from engine.worker.symbolic import NAME, Shape, Signal

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


@dataclass(frozen=True, slots=True)
class Arrival:
    """What arrives at a port, and from which node."""

    port: str
    source: Node
    signal: Signal


@dataclass(frozen=True, slots=True)
class Site:
    """A node as it is asked about: its layer's values and its call's, and what arrives.

    `first` is what the layer was built for, where this node calls it again.
    """

    node: Node
    spec: LayerSpec
    catalogue: Catalogue
    graph: Graph
    values: FrozenMap[Value]
    arrivals: tuple[Arrival, ...]
    first: Node | None = None

    @property
    def whole(self) -> Node:
        """The node with all the values of its layer."""
        return replace(self.node, values=self.values)

    def value(self, name: str) -> Value:
        return self.values[name] if name in self.values else self.spec.parameter(name).default

    def has(self, name: str) -> bool:
        return any(parameter.name == name for parameter in self.spec.parameters)

    @property
    def received(self) -> str:
        """What arrives, from where: `8×8×32 from conv1`; ports are named where there are several."""
        ports = len({arrival.port for arrival in self.arrivals}) > 1
        return listed(
            [
                f"{arrival.port + ' ' if ports else ''}{label(arrival.signal.shape)} from {arrival.source.name}"
                for arrival in self.arrivals
            ]
        )


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a node cannot be, as an EngineError says it; the parameter at fault, where it is one; what would mend it."""

    expected: str
    received: str = ""
    hint: str = ""
    parameter: str = ""
    detail: str = ""
    mends: tuple[Mend, ...] = ()

    def problem(self, site: Site, severity: Severity = "error") -> Problem:
        nodes = [site.node.id, *(arrival.source.id for arrival in site.arrivals)]
        if site.first is not None:
            nodes.append(site.first.id)
        return Problem(severity, self.error(site).sentence, tuple(dict.fromkeys(nodes)), self.parameter, self.detail)

    def error(self, site: Site) -> BuildError:
        return BuildError(
            self.expected, received=self.received, hint=self.hint, node=site.node.id, detail=self.detail
        )  # fmt: skip


def label(shape: Shape) -> str:
    """Spell the shape of one sample: `8×8×32`."""
    return TensorSpec(shape).label


def refusal(site: Site, text: str) -> Refusal:
    """Say in people's words why Keras refuses a node; its own text goes along as the detail."""
    detail = " ".join(text.replace(NAME, site.node.name).split())
    for pattern, writer in WRITERS:
        found = re.search(pattern, text)
        if found:
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
    return Refusal(f"{title(site.node)} expects {expected}", site.received, hint, mends=mends)


def _other_rank(site: Site, rank: int) -> tuple[str, tuple[Mend, ...]]:
    """What to insert, or to set in the layer before, so that data of a rank arrive."""
    arrival = site.arrivals[0]
    source, shape = arrival.source, arrival.signal.shape
    before = wiring.whole(site.graph, site.catalogue, source.id)
    recurrent = any(p.name == "return_sequences" for p in site.catalogue.layer(source.layer).parameters)
    if rank == len(shape) + 1 and recurrent and not before.values.get("return_sequences"):
        return f"Turn return sequences on in {source.name}", (Set(source.id, "return_sequences", True),)
    hints = FEWER if len(shape) > rank else MORE
    mends = remedies.to_rank(source.id, End(site.node.id, arrival.port), shape, rank)
    return hints.get(rank, "Insert Reshape before it"), tuple(mends)


# -- one writer for each of Keras's texts


def _rank(site: Site, found: re.Match[str]) -> Refusal:
    return wrong_rank(site, [int(found[2])], more=bool(found[1]))


def _time_distributed(site: Site, _: re.Match[str]) -> Refusal:
    return wrong_rank(site, [3], more=True)


def _shared(site: Site, found: re.Match[str]) -> Refusal:
    whose = f"the layer of {site.first.name}" if site.first else "a layer"
    return Refusal(
        f"{title(site.node)} calls {whose}, whose weights were made for {found[2]} along axis {found[1]}",
        site.received, "Give both the same shape, or let each have a layer of its own",
    )  # fmt: skip


def _too_small(site: Site, _: re.Match[str]) -> Refusal:
    window = next((name for name in ("kernel_size", "pool_size") if site.has(name)), "")
    size = f" looks at {spell(site.value(window))} at a time and" if window else ""
    padding = site.has("padding") and site.value("padding") == "valid"
    return Refusal(
        f"{title(site.node)}{size} would leave nothing of so small an input", site.received,
        f"{'Set padding to same, or' if padding else 'Use'} a smaller {window.replace('_', ' ') or 'size'}",
        window, mends=(Set(site.node.id, "padding", "same"),) if padding else (),
    )  # fmt: skip


def _unequal(site: Site, _: re.Match[str]) -> Refusal:
    shapes = [arrival.signal.shape for arrival in site.arrivals]
    alike = len({len(shape) for shape in shapes}) == 1
    mends: tuple[Mend, ...] = ()
    if alike and len({shape[:-1] for shape in shapes}) == 1 and len(shapes[0]) > 2:
        hint = "Give them as many channels each, as by a 1×1 convolution on one of them"
        mends = tuple(_other_channels(site))
    elif alike:
        hint = "Give them the same lengths, as by padding, cropping or pooling one of them"
    else:
        hint = "Give them as many axes each, as by Reshape or Flatten on one of them"
    return Refusal(f"{title(site.node)} joins inputs of one shape", site.received, hint, mends=mends)


def _other_channels(site: Site) -> Iterator[Mend]:
    """Give every input that differs from the first the first's channels; offered where one alone differs."""
    first, *others = site.arrivals
    channels = first.signal.shape[-1]
    differing = [arrival for arrival in others if arrival.signal.shape[-1] != channels]
    if len(differing) == 1:
        (arrival,) = differing
        end = End(site.node.id, arrival.port)
        yield from remedies.to_channels(arrival.source.id, end, arrival.signal.shape, channels)


def _unequal_but_one(site: Site, _: re.Match[str]) -> Refusal:
    alike = len({len(arrival.signal.shape) for arrival in site.arrivals}) == 1
    hint = "Pad, crop or pool one of them" if alike else "Insert Flatten or Reshape where axes are too many"
    expected = f"{title(site.node)} joins inputs along axis {spell(site.value('axis'))}: all other lengths must agree"
    return Refusal(expected, site.received, hint, "" if alike else "axis")


def _other_size(site: Site, _: re.Match[str]) -> Refusal:
    shape = site.arrivals[0].signal.shape[1:]
    target = site.value("target_shape")
    count = "" if None in shape else f" {math.prod(length or 0 for length in shape):,} numbers"
    return Refusal(
        f"{title(site.node)} arranges the same numbers as {spell(target)}, and there must be as many of them",
        f"{count} ({label(site.arrivals[0].signal.shape)}) from {site.arrivals[0].source.name}",
        "Set a target shape that holds as many; -1 lets one length follow from the others", "target_shape",
    )  # fmt: skip


def _free(site: Site, _: re.Match[str]) -> Refusal:
    return Refusal(
        f"{title(site.node)} makes its weights to fit its input and needs every length that they depend on",
        site.received, "Set a fixed length in the input's shape, or pool that axis away before it",
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
    )


def _groups(site: Site, found: re.Match[str]) -> Refusal:
    return Refusal(
        f"{title(site.node)} works in {spell(site.value('groups'))} groups of one size, which divide its {found[1]}",
        site.received, "Choose groups that divide both the channels that arrive and the filters", "groups",
    )  # fmt: skip


def _no_recurrent(site: Site, _: re.Match[str]) -> Refusal:
    return Refusal(
        f"{title(site.node)} wraps a recurrent layer", f"{spell(site.value('layer'))}",
        "Wrap an LSTM, GRU or SimpleRNN", "layer",
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
    (r"Unrecognized keyword arguments passed to \w+: \{'go_backwards'", _no_recurrent),
)
