"""What a layer cannot do with the numbers that it is given, which Keras finds out only when it runs. Asks no Keras."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from engine.catalogue import LayerSpec
from engine.kinds import spell
from engine.mends import Drop, Mend, Set
from engine.specs import AND
from engine.values import Part, Value
from engine.wiring import listed, title
from engine.worker import cures
from engine.worker.site import Arrival, Refusal, Site, told
from engine.worker.symbolic import Shape

#: Layers that turn colours, and the channels that they know.
COLOURS: Final[Mapping[str, tuple[int, ...]]] = {
    "RandomHue": (3,), "RandomSaturation": (3,), "RandomColorJitter": (3,), "RandomGrayscale": (1, 3),
    "RandomColorDegeneration": (1, 3), "RandAugment": (1, 3),
}  # fmt: skip
#: Layers that look a mask up beside their numbers, and how many axes fewer it has.
MASKED: Final[Mapping[str, int]] = {"BatchNormalization": 1, "GlobalAveragePooling1D": 1, "Softmax": 0}
WHOLE: Final = ("int32", "int64", "uint8", "bool")
#: Makes a border of fractions where one is due; compiled for training, TensorFlow makes it in any case.
FILLED: Final = "pad_to_aspect_ratio"
#: What yes and no are called.
YES_OR_NO: Final = "yes or no (bool)"


def _whole(site: Site) -> tuple[LayerSpec, Mapping[str, Value]]:
    """The layer that computes, and its values: the one within where it is a wrapper."""
    inner = site.values.get("layer")
    spec = site.catalogue.known(inner.class_name) if isinstance(inner, Part) else None
    return (site.spec, site.values) if spec is None or not isinstance(inner, Part) else (spec, inner.values)


def _fractions(site: Site) -> Refusal | None:
    """Whole numbers and yes or no are not turned into fractions, and many layers compute with nothing else."""
    spec, values = _whole(site)
    data = [arrival for arrival in site.arrivals if _is_data(arrival)]
    refused, wired = _refused(spec, values), {arrival.port for arrival in data}
    beside = any(port.number and port.name in values and port.name not in wired for port in spec.inputs)
    if beside or not data or any(arrival.signal.dtype not in refused for arrival in data):
        return None  # what meets fractions, or a number, is turned into such
    arrival = data[0]
    source, begins = arrival.source, arrival.source.layer == "InputLayer"
    mends: tuple[Mend, ...] = (Set(source.id, "dtype", "float32"),) if begins else ()
    return Refusal(
        f"{title(site.node)} computes with {'numbers' if 'int32' not in refused else 'numbers that have fractions'}",
        f"{YES_OR_NO if arrival.signal.dtype == 'bool' else f'{arrival.signal.dtype} numbers'}, {told(arrival)}",
        f"Set dtype of {source.name} to float32" if begins else "Insert Rescaling before it, which makes such of them",
        mends=mends,
    )  # fmt: skip


def _refused(spec: LayerSpec, values: Mapping[str, Value]) -> set[str]:
    """The types of an input on which a layer of these values fails."""
    told = spec.refuses_with.items()
    more = [found for key, found in told if all(_holds(spec, values, part) for part in key.split(AND))]
    more += [WHOLE] if values.get(FILLED) else []
    return {*spec.refuses, *(dtype for found in more for dtype in found)}


def _holds(spec: LayerSpec, values: Mapping[str, Value], key: str) -> bool:
    """Whether a value is as `LayerSpec.refuses_with` has it: a choice that one, any other given and not 0.

    A whole number goes into an operation as one.
    """
    name, equals, choice = key.partition("=")
    held = values.get(name)
    if not equals:
        return bool(held) and not (spec.operation and isinstance(held, float) and held.is_integer())
    return values.get(name, spec.parameter(name).default) == choice


def _is_data(arrival: Arrival) -> bool:
    return not arrival.port.endswith("mask") and "state" not in arrival.port


def _colours(site: Site) -> Refusal | None:
    spec, values = _whole(site)
    known = COLOURS.get(spec.name)
    if known is None or not site.arrivals or not _turns_colours(spec, values):
        return None
    shape = site.arrivals[0].shape
    first = values.get("data_format") == "channels_first"
    channels = shape[-3 if first and len(shape) > 2 else -1]
    if channels in known or (channels is None and not (first and len(shape) == 3)):
        return None  # of three axes, Keras takes the batch for the channels
    words = listed([spell(count) for count in known]).replace(" and ", " or ")
    return Refusal(
        f"{title(site.node)} changes the colours of images of {words} channels", site.received,
        "Put it where the image still has its colours",
    )  # fmt: skip


def _turns_colours(spec: LayerSpec, values: Mapping[str, Value]) -> bool:
    if spec.name != "RandomColorJitter":
        return True
    return any(values.get(name) is not None for name in ("hue_factor", "saturation_factor"))


def _last_axes(site: Site) -> Refusal | None:
    """Its scale is laid out along the last axes, whichever are normalized."""
    if site.node.layer != "RMSNormalization":
        return None
    value, rank = site.value("axis"), len(site.arrivals[0].shape)
    axes = {axis % rank for axis in (value if isinstance(value, tuple) else (value,)) if isinstance(axis, int)}
    if axes == set(range(rank - len(axes), rank)) or _alike(site.arrivals[0].shape, axes):
        return None
    return Refusal(
        f"{title(site.node)} normalizes the last axes only", f"axis {spell(value)} of {told(site.arrivals[0])}",
        "Set axis to -1, or use LayerNormalization", "axis", mends=(Set(site.node.id, "axis", -1),),
    )  # fmt: skip


def _alike(shape: Shape, axes: set[int]) -> bool:
    """Whether the lengths of some axes can be spread along the last: each is 1, or as long as the one it meets."""
    pairs = zip(sorted(axes), range(len(shape) - len(axes), len(shape)), strict=True)
    return all(shape[a] is not None and (shape[a] == 1 or shape[a] == shape[b]) for a, b in pairs)


def _equal_strides(site: Site) -> Refusal | None:
    """The kernel that takes each channel by itself goes as far down as it goes across."""
    strides = site.values.get("strides")
    if site.node.layer not in ("DepthwiseConv2D", "SeparableConv2D") or not isinstance(strides, tuple):
        return None
    if len({*strides}) == 1:
        return None
    least = min(stride for stride in strides if isinstance(stride, int))
    return Refusal(
        f"{title(site.node)} goes down and across by the same number of steps", f"strides {spell(strides)}",
        "Set both strides to one number", "strides", mends=(Set(site.node.id, "strides", (least, least)),),
    )  # fmt: skip


def _time_by_time(site: Site) -> Refusal | None:
    """A layer within is not told the rank of what it is called on, and takes any."""
    spec, values = _whole(site)
    if site.node.layer != "TimeDistributed" or spec is site.spec:
        return None
    dims, axes = values.get("dims"), len(site.arrivals[0].shape) - 2
    if spec.name != "Permute" or not isinstance(dims, tuple) or len(dims) == axes:
        return None
    expected = f"{title(site.node)} orders {len(dims)} axes of each step, {', '.join(spell(dim) for dim in dims)}"
    return Refusal(expected, site.received, "Set dims to an order of the axes that a step has", "layer")


def _batches(site: Site) -> Refusal | None:
    """A product along the batch would mix its samples."""
    if site.node.layer != "Dot" or len(site.arrivals) < 2:
        return None
    value = site.value("axes")
    pair = value if isinstance(value, tuple) else (value, value)
    ranks = [len(arrival.shape) for arrival in site.arrivals]
    if not any(isinstance(axis, int) and axis in (0, -rank) for axis, rank in zip(pair, ranks, strict=False)):
        return None
    mends = tuple(cures.of_axes(site))
    return Refusal(f"{title(site.node)} multiplies within a sample, and axis 0 counts samples", f"axes {spell(value)}",
                   "Choose axes from 1 on", "axes", mends=mends)  # fmt: skip


def _mask(site: Site) -> Refusal | None:
    """A mask that is wired to a layer stands beside its numbers."""
    mask = next((arrival.shape for arrival in site.arrivals if arrival.port == "mask"), None)
    if mask is None or site.node.layer not in MASKED:
        return None
    shape, fewer = site.arrivals[0].shape, MASKED[site.node.layer]
    if _meet(mask, shape[: len(shape) - fewer]) and len(mask) == len(shape) - fewer:
        return None
    words = "as its input has, but for the last" if fewer else "as its input has"
    return Refusal(
        f"{title(site.node)} takes a mask of as many axes and lengths {words}", site.received,
        "Wire a mask of that shape, or take the wire away",
    )  # fmt: skip


def _meet(a: Shape, b: Shape) -> bool:
    """Whether one shape can be spread over another."""
    pairs = zip(reversed(a), reversed(b), strict=False)
    return len(a) <= len(b) and all(x in (1, None, y) or y is None for x, y in pairs)


def _noise(site: Site) -> Refusal | None:
    shape = site.values.get("noise_shape")
    if not isinstance(shape, tuple) or not site.arrivals or not site.value("rate"):
        return None
    arriving = site.arrivals[0].shape
    meant = [length for length in shape if length is None or isinstance(length, int)]
    if len(meant) <= len(arriving) and _noise_fits(meant, arriving):
        return None
    return Refusal(
        f"{title(site.node)} draws its noise once along each axis of length 1, the batch first; the others are as long "
        "as the input's, or free", f"noise shape {spell(shape)} for {told(site.arrivals[0])}",
        "Clear noise shape", "noise_shape", mends=(Drop(site.node.id, "noise_shape"),),
    )  # fmt: skip


def _noise_fits(noise: list[int | None], shape: Shape) -> bool:
    """Free lengths take those of the same place, counted from the first; what comes out is laid along the last."""
    meant = [own if length is None else length for length, own in zip(noise, shape, strict=False)]
    if len(noise) == len(shape) and noise[0] not in (1, None, shape[0]):
        return False  # a batch of another size would fail
    if len(noise) < len(shape) and None in noise[:1]:
        return False  # the batch would be laid along another axis
    return all(a in (1, None, b) or b is None for a, b in zip(reversed(meant), reversed(shape), strict=False))


def _one_type(site: Site) -> Refusal | None:
    """Numbers are turned into the type that a wrapper computes in, and the layer within may compute in another."""
    inner = site.within
    if inner is None or site.node.layer != "TimeDistributed" or not inner.spec.one_type:
        return None
    given, wanted = (str(each.values.get("dtype") or "float32").removeprefix("mixed_") for each in (site, inner))
    if given == wanted or inner.arrivals[0].signal.dtype in WHOLE:
        return None
    return Refusal(
        f"{title(site.node)} computes in the type of the layer within", f"{given}, and {wanted} within",
        "Set both to one dtype", "dtype", mends=(Set(site.node.id, "dtype", inner.values.get("dtype")),),
    )  # fmt: skip


def on_gpu(site: Site) -> Iterator[tuple[str, str, Mend]]:
    """Say which values a processor has no way to compute with: the parameter, where it runs, and a mend."""
    spec, values = _whole(site)
    dtype = values.get("dtype") or site.values.get("dtype")
    if isinstance(dtype, str) and dtype in spec.on_gpu:
        yield "dtype", f"in {dtype} on few machines, if on any", Drop(site.node.id, "dtype")
    gaps = site.value("dilation_rate") if site.node.layer.endswith("Transpose") else 1
    if any(gap not in (1, None) for gap in (gaps if isinstance(gaps, tuple) else (gaps,))):
        mend = Drop(site.node.id, "dilation_rate")
        yield "dilation_rate", f"with gaps of {spell(gaps)} in its kernel on a GPU only", mend


RULES: Final[tuple[Callable[[Site], Refusal | None], ...]] = (
    _fractions, _colours, _time_by_time, _last_axes, _equal_strides, _batches, _mask, _noise, _one_type,
)  # fmt: skip
