"""What a layer cannot do although Keras takes it without data: wrong axes, weights beyond all memory. Asks no Keras."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, TypeAlias

from engine.fitters import TakeOut
from engine.kinds import spell
from engine.mends import Drop, Set
from engine.specs import PortSpec
from engine.values import Part, Value
from engine.wiring import listed, title
from engine.worker import arranging, attending, calling, cures, preprocessing, running
from engine.worker.masking import unreadable
from engine.worker.sentences import wrong_rank
from engine.worker.site import Refusal, Site, label
from engine.worker.symbolic import NAME, Answer

#: More numbers than this in one tensor, and kernels index past their 32 bits.
MOST_NUMBERS: Final = 2**31
MOST_BYTES: Final = 64 * 10**9
BYTES: Final[Mapping[str, int]] = {"float64": 8, "int64": 8, "float16": 2, "bfloat16": 2, "int8": 1, "bool": 1}
#: Layers were tried on data up to this rank; one that took several up to it takes more.
HIGHEST: Final = 6
UNITS: Final = ("bytes", "kB", "MB", "GB", "TB", "PB")
#: The values with which a layer runs on TensorFlow, where Keras takes others and fails when it runs.
ONLY: Final[Mapping[str, Mapping[str, tuple[Value, ...]]]] = {
    "MultiHeadAttention": {"flash_attention": (False,)},
    "GroupQueryAttention": {"flash_attention": (False,)},
    "Resizing": {"fill_mode": ("constant",)},
}
#: The layers that TensorFlow runs channels first on a GPU alone.
ON_GPU: Final = frozenset({
    "Conv1D", "Conv2D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose", "ConvLSTM1D", "ConvLSTM2D",
    "STFTSpectrogram",
})  # fmt: skip
#: The output modes in which a layer encodes more than rows.
ROWS: Final[Mapping[str, tuple[str, ...]]] = {
    "CategoryEncoding": ("one_hot",), "Hashing": ("int",), "IntegerLookup": ("int", "one_hot"),
}  # fmt: skip
#: They make an axis, and may put it behind the last.
NEW_AXIS: Final = frozenset({"ops.expand_dims", "ops.stack", "ops.one_hot"})
#: The parameters that make a layer large, as layers name them.
LARGE: Final = ("units", "filters", "output_dim", "input_dim", "key_dim", "output_shape", "size", "target_shape", "n")


def before(site: Site) -> Refusal | None:
    """Say what is wrong before Keras is asked; None where nothing is."""
    return next((found for rule in BEFORE if (found := rule(site)) is not None), None)


def after(site: Site, answer: Answer) -> Refusal | None:
    """Say what is wrong with Keras's answer; None where nothing is."""
    return next((found for rule in AFTER if (found := rule(site, answer)) is not None), None)


def warned(site: Site, answer: Answer) -> Iterator[Refusal]:
    """Say what Keras warned of, and what fails on some machines."""
    for text in answer.warnings:
        detail = " ".join(text.replace(NAME, site.node.name).split())
        yield Refusal(f"{title(site.node)} works, and Keras warns: {detail}", detail=detail)
    yield from _fractions(site)
    if answer.mixes:
        yield _mixed(site)
    for parameter, words, mend in running.on_gpu(site):
        hint = f"Clear {parameter.replace('_', ' ')}"
        yield Refusal(f"{title(site.node)} runs {words}", "", hint, parameter, mends=(mend,))
    if site.node.layer in ON_GPU and site.value("data_format") == "channels_first":
        yield Refusal(
            f"{title(site.node)} runs channels first on a GPU only", hint="Set data format to channels last",
            parameter="data_format", mends=(Set(site.node.id, "data_format", "channels_last"),),
        )  # fmt: skip


def _mixed(site: Site) -> Refusal:
    """Keras lets an operation work along the batch; what it gives for a sample is then another beside other samples."""
    name = next((name for name in ("axis", "axes") if site.has(name)), "")
    hint = f"Set {name} to -1, the last, or to another axis than 0, the batch" if name else "Keep the batch, axis 0"
    mends = (Set(site.node.id, name, -1),) if name else ()
    expected = f"{title(site.node)} mixes the samples of a batch: what it gives for one depends on the others"
    return Refusal(expected, site.received, hint, name, mends=mends)


def _fractions(site: Site) -> Iterator[Refusal]:
    """Keras cuts fractions to whole numbers where a table is looked up, and says nothing."""
    if site.node.layer not in ("Embedding", "ReversibleEmbedding") or not site.arrivals or site.values.get("reverse"):
        return
    arrival = site.arrivals[0]
    if not arrival.signal.dtype.startswith("float"):
        return
    source, computed = arrival.source, arrival.source.layer != "InputLayer"
    yield Refusal(
        f"{title(site.node)} looks up whole numbers, the places of words in a table, and cuts fractions off",
        f"{label(arrival.shape)} {arrival.signal.dtype} from {source.name}",
        "Take it out, or wire it to where the words come in" if computed else f"Set dtype of {source.name} to int32",
        mends=(TakeOut(site.node.id),) if computed else (Set(source.id, "dtype", "int32"), TakeOut(site.node.id)),
    )  # fmt: skip


# -- before


def _rank(site: Site) -> Refusal | None:
    ranks = site.spec.ranks or _ranks_within(site)
    if not ranks or not site.arrivals:
        return None
    rank = len(site.arrivals[0].signal.shape)
    beyond = len(ranks) > 1 and ranks[-1] == HIGHEST < rank
    return None if rank in ranks or beyond else wrong_rank(site, ranks)


def _ranks_within(site: Site) -> tuple[int, ...]:
    """The ranks that a wrapper takes, from those of the layer within, where it was tried out."""
    inner = site.value("layer") if site.spec.wraps else None
    spec = site.catalogue.known(inner.class_name) if isinstance(inner, Part) else None
    more = 1 if site.node.layer == "TimeDistributed" else 0
    return () if spec is None else tuple(rank + more for rank in spec.ranks if rank + more > 2)


def _equation(site: Site) -> Refusal | None:
    """The rank that an equation reads is in its first term: `abc,cd->abd`."""
    if site.node.layer != "EinsumDense":
        return None
    term = str(site.value("equation")).split(",")[0].strip()
    if "..." in term or not term.isalpha() or len(term) == len(site.arrivals[0].signal.shape):
        return None
    expected = f"{title(site.node)} reads {len(term)} axes, {', '.join(term)}, the first of them the batch"
    mends = tuple(cures.of_equation(site))
    return Refusal(expected, site.received, "Set an equation with a letter for each axis", "equation", mends=mends)


def _axis(site: Site) -> Refusal | None:
    if not site.arrivals or not site.has("axis") or site.node.layer in NEW_AXIS:
        return None
    value, rank = site.value("axis"), len(site.arrivals[0].signal.shape)
    axes = value if isinstance(value, tuple) else (value,)
    if all(not isinstance(axis, int) or -rank <= axis < rank for axis in axes):
        return None
    hint = f"Set it from 1 to {rank - 1}, or to -1 for the last" if rank > 2 else "Set it to -1, the last"
    mends = (Set(site.node.id, "axis", -1),)
    return Refusal(f"{title(site.node)} has no such axis in its input", site.received, hint, "axis", mends=mends)


def _stateful(site: Site) -> Refusal | None:
    if not _keeps_states(site.values) or site.arrivals[0].signal.shape[0] is not None:
        return None
    return Refusal(
        f"{title(site.node)} keeps its state from batch to batch, so each batch must hold as many samples",
        f"batches of any size from {site.arrivals[0].source.name}",
        "Set the batch size of the input layer, or turn stateful off", "stateful",
        mends=tuple(cures.of_a_batch(site)),
    )  # fmt: skip


def _keeps_states(values: Mapping[str, Value]) -> bool:
    return values.get("stateful") is True or any(
        isinstance(value, Part) and _keeps_states(value.values) for value in values.values()
    )


def _only(site: Site) -> Refusal | None:
    for name, allowed in ONLY.get(site.node.layer, {}).items():
        value = site.value(name)
        if value is not None and value not in allowed:
            words = listed([spell(item) for item in allowed])
            expected = f"{title(site.node)} runs with {name.replace('_', ' ')} {words} only, on TensorFlow"
            mends = (Set(site.node.id, name, allowed[0]),)
            return Refusal(expected, spell(value), f"Set it to {words}", name, mends=mends)
    return None


def _causal(site: Site) -> Refusal | None:
    """Keras makes the mask for two axes, time by time, and cannot spread it over more."""
    if site.node.layer != "MultiHeadAttention" or len(site.arrivals[0].signal.shape) == 3:
        return None
    if site.value("use_causal_mask"):
        return Refusal(
            f"{title(site.node)} hides what comes later in a sequence of time × features (rank 3)", site.received,
            "Turn use causal mask off, or wire a mask of your own", "use_causal_mask",
            mends=(Set(site.node.id, "use_causal_mask", False),),
        )  # fmt: skip
    if site.value("sliding_window") is None:
        return None
    return Refusal(
        f"{title(site.node)} slides a window along a sequence of time × features (rank 3)", site.received,
        "Clear sliding window", "sliding_window", mends=(Drop(site.node.id, "sliding_window"),),
    )  # fmt: skip


def _reversed(site: Site) -> Refusal | None:
    """The way back from features to tokens is a product with the table itself."""
    if site.node.layer != "ReversibleEmbedding" or not site.value("reverse"):
        return None
    width = site.value("output_dim")
    if site.arrivals[0].signal.shape[-1] == width:
        return None
    expected = f"{title(site.node)} goes back from {spell(width)} features to tokens"
    return Refusal(expected, site.received, f"Give it {spell(width)} features, or turn reverse off", "output_dim")


def _encoded(site: Site) -> Refusal | None:
    """Rows are encoded; Keras promises other shapes for more axes than it gives."""
    plain = ROWS.get(site.node.layer)
    if plain is None or site.value("output_mode") in plain:
        return None
    rank = len(site.arrivals[0].signal.shape)
    return wrong_rank(site, [2]) if rank > 2 or (rank == 1 and site.node.layer == "Hashing") else None


def _within(site: Site) -> Refusal | None:
    """What the layer within cannot do: a wrapper does not ask it before it runs."""
    inner = site.within
    wrong = None if inner is None else before(inner)
    if inner is None or wrong is None:
        return None
    expected = wrong.expected.replace(title(inner.node), title(site.node), 1)
    mends = tuple(mend for mend in wrong.mends if isinstance(mend, Set))
    return replace(wrong, expected=expected, parameter=wrong.parameter and "layer", mends=mends)


# -- after


def ports(site: Site, ports: Sequence[PortSpec], count: int) -> Refusal | None:
    """Say that Keras gives more or fewer tensors than a node has output ports."""
    if len(ports) == count:
        return None
    expected = f"{title(site.node)} has {len(ports)} outputs, {listed([port.name for port in ports])}"
    return Refusal(expected, f"{count} from Keras", "Choose other values for it")


def _ports(site: Site, answer: Answer) -> Refusal | None:
    return ports(site, site.catalogue.outputs(site.whole), len(answer.outputs))


def _weights(site: Site, answer: Answer) -> Refusal | None:
    if not answer.weights:
        return None
    largest, dtype = max(answer.weights, key=lambda weight: math.prod(weight[0]))
    total = sum(_bytes(shape, dtype) for shape, dtype in answer.weights)
    if math.prod(largest) <= MOST_NUMBERS and total <= MOST_BYTES:
        return None
    table = " × ".join(f"{length:,}" for length in largest)
    return Refusal(
        f"{title(site.node)} is too large for any machine: its weights would take {_spelled(total)}",
        f"a table of {table} {dtype}, for {site.received}", _smaller(site), _large(site),
        mends=tuple(cures.of_largeness(site, _large(site), min(MOST_BYTES / total, MOST_NUMBERS / math.prod(largest)))),
    )  # fmt: skip


def _outputs(site: Site, answer: Answer) -> Refusal | None:
    for signal in answer.outputs:
        lengths = [length for length in signal.shape[1:] if length is not None]
        if any(length < 1 for length in lengths):
            return Refusal(f"{title(site.node)} leaves nothing of its input", site.received, "Set smaller values")
        if math.prod(lengths) > MOST_NUMBERS:
            return Refusal(
                f"{title(site.node)} gives more than any machine holds: {label(signal.shape)} for each sample, "
                f"{_spelled(_bytes(lengths, signal.dtype))}",
                site.received, _smaller(site), _large(site),
            )  # fmt: skip
    return None


def _smaller(site: Site) -> str:
    name = _large(site)
    return f"Lower {name.replace('_', ' ')}" if name else "Make its input smaller"


def _large(site: Site) -> str:
    return next((name for name in LARGE if site.has(name)), "")


def _bytes(shape: Sequence[int], dtype: str) -> int:
    return math.prod(shape) * BYTES.get(dtype, 4)


def _spelled(count: int) -> str:
    """Spell bytes: `6.4 TB`."""
    power = min((len(str(count)) - 1) // 3, len(UNITS) - 1)
    return f"{count / 1000**power:,.3g} {UNITS[power]}" if count < 10**18 else "over 1,000 PB"


Before: TypeAlias = Callable[[Site], Refusal | None]
After: TypeAlias = Callable[[Site, Answer], Refusal | None]
#: In the order in which they are tried; the first that finds something speaks.
BEFORE: Final[tuple[Before, ...]] = (
    _equation, _rank, _axis, _stateful, _only, _causal, *attending.RULES, *running.RULES, *arranging.RULES,
    *preprocessing.RULES,
    _reversed, _encoded, calling.wrong, unreadable, _within,
)  # fmt: skip
AFTER: Final[tuple[After, ...]] = (_outputs, _weights, _ports)
