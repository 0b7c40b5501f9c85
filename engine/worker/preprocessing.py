"""What preprocessing layers cannot do with what they are given, which Keras finds out when they run. Asks no Keras."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from engine.kinds import spell
from engine.mends import Drop, Remove, Set
from engine.wiring import title
from engine.worker.promises import agree
from engine.worker.site import Refusal, Site


def _sorted(site: Site) -> Refusal | None:
    if site.node.layer != "Discretization":
        return None
    bounds = site.value("bin_boundaries")
    numbers = [number for number in bounds if isinstance(number, float)] if isinstance(bounds, tuple) else []
    if numbers == sorted(numbers):
        return None
    told = site.spec.parameter("bin_boundaries").spell(bounds)
    return Refusal(
        f"{title(site.node)} takes its boundaries from the lowest to the highest", told, "Put them in order",
        "bin_boundaries", mends=(Set(site.node.id, "bin_boundaries", tuple(sorted(numbers))),),
    )  # fmt: skip


def _long_enough(site: Site) -> Refusal | None:
    """Sounds and tiles are mirrored at their ends, by no more than there is."""
    least = _least(site)
    if least is None:
        return None
    axes, lengths, parameter = least
    shape = site.arrivals[0].shape
    if not any((length := shape[axis]) is not None and length < wanted
               for axis, wanted in zip(axes, lengths, strict=True) if -len(shape) <= axis < len(shape)):  # fmt: skip
        return None
    return Refusal(
        f"{title(site.node)} needs at least {spell(lengths if len(lengths) > 1 else lengths[0])} of its input, with "
        f"{parameter.replace('_', ' ')} {spell(site.value(parameter))}", site.received,
        f"Lower {parameter.replace('_', ' ')}, or give it more", parameter,
    )  # fmt: skip


def _least(site: Site) -> tuple[tuple[int, ...], tuple[int, ...], str] | None:
    if site.node.layer == "MelSpectrogram":
        length = site.value("fft_length")
        return ((-1,), (length // 2 + 1,), "fft_length") if isinstance(length, int) else None
    if site.node.layer == "ContrastLimitedAdaptiveHistogramEqualization" and len(site.arrivals[0].shape) > 2:
        return _least_tiled(site)
    return None


def _least_tiled(site: Site) -> tuple[tuple[int, ...], tuple[int, ...], str] | None:
    """The last row of tiles is filled by mirroring what is there."""
    tiles = site.value("tile_grid_size")
    axes = (-2, -1) if site.value("data_format") == "channels_first" else (-3, -2)
    if not isinstance(tiles, tuple):
        return None
    wanted = []
    for axis, count in zip(axes, tiles, strict=True):
        length = site.arrivals[0].shape[axis]
        short = length is not None and isinstance(count, int) and -length % count > length
        wanted.append(-(-count // 2) if short and isinstance(count, int) else 1)
    return axes, tuple(wanted), "tile_grid_size"


def _crossed(site: Site) -> Refusal | None:
    """It crosses one number of each sample with another one."""
    if site.node.layer != "HashedCrossing":
        return None
    for arrival in site.arrivals:
        if len(arrival.shape) > 2 or arrival.shape[1:] not in ((), (1,)):
            return Refusal(f"{title(site.node)} crosses one number of each sample with another", site.received,
                           "Give it one number of each")  # fmt: skip
        if not arrival.signal.dtype.startswith(("int", "uint")):
            source = arrival.source
            mends = (Set(source.id, "dtype", "int32"),) if source.layer == "InputLayer" else ()
            return Refusal(f"{title(site.node)} crosses whole numbers", f"{arrival.signal.dtype} from {source.name}",
                           f"Set dtype of {source.name} to int32", mends=mends)  # fmt: skip
    return None


def _weighed(site: Site) -> Refusal | None:
    """Each that is counted has a weight."""
    shapes = {arrival.port: arrival.shape for arrival in site.arrivals}
    weights = shapes.get("count_weights")
    if site.node.layer != "CategoryEncoding" or weights is None or agree(weights, site.arrivals[0].shape):
        return None
    wires = tuple(edge for edge in site.graph.into(site.node.id) if edge.target.port == "count_weights")
    return Refusal(
        f"{title(site.node)} takes a weight for each number that it counts", site.received,
        "Wire weights of the input's shape, or take the wire away", mends=(Remove(edges=wires),),
    )  # fmt: skip


def _counted(site: Site) -> Refusal | None:
    if site.node.layer != "CategoryEncoding" or site.value("output_mode") == "count":
        return None
    if all(arrival.port != "count_weights" for arrival in site.arrivals):
        return None
    wires = tuple(edge for edge in site.graph.into(site.node.id) if edge.target.port == "count_weights")
    return Refusal(
        f"{title(site.node)} weighs what it counts, and counts with output mode count only",
        spell(site.value("output_mode")), "Set output mode to count, or take the wire away", "output_mode",
        mends=(Set(site.node.id, "output_mode", "count"), Remove(edges=wires)),
    )  # fmt: skip


def _no_range(site: Site) -> Refusal | None:
    """They divide by the range of values."""
    ends = site.values.get("value_range")
    if site.node.layer not in ("AugMix", "ContrastLimitedAdaptiveHistogramEqualization") or not isinstance(ends, tuple):
        return None
    if ends[0] != ends[1]:
        return None
    return Refusal(
        f"{title(site.node)} spreads values over a range", site.spec.parameter("value_range").spell(ends),
        "Let it begin below its end", "value_range", mends=(Drop(site.node.id, "value_range"),),
    )  # fmt: skip


RULES: Final[tuple[Callable[[Site], Refusal | None], ...]] = (
    _sorted,
    _long_enough,
    _crossed,
    _counted,
    _weighed,
    _no_range,
)
