"""What one sample costs a layer: its multiply-adds, forward, by the shapes that Keras gives. Knows no drawing.

A multiply-add is one product added to a sum. Counted are matrix products: convolutions, dense and recurrent layers,
attention. What goes number by number (a bias, an activation, a normalization, pooling, a lookup) is not, as in the
figures that papers publish. Places of padding count as places. What a person's own layer multiplies nobody can tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import Any, Final, TypeAlias

import keras

from engine.worker import layers as own
from engine.worker.operations import Operation

Shape: TypeAlias = Sequence[int | None]


class FreeLengthError(Exception):
    """An axis that counts has no length: any time, any size."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A call of a layer.

    Attributes:
        given: The shapes that its ports receive, by the port, the batch first.
        gives: The shape of its first output, the batch first.
        values: What the call itself takes, as `reverse`.
    """

    given: Mapping[str, Shape]
    gives: Shape
    values: Mapping[str, Any]

    @property
    def first(self) -> Shape:
        return next(iter(self.given.values()))


def multiply_adds(layer: Any, applied: Applied) -> int | None:
    """Count one sample's multiply-adds; None where they depend on a length that is free."""
    try:
        return _count(layer, applied)
    except FreeLengthError:
        return None


def is_counted(layer: Any) -> bool:
    """Whether it is known what a layer multiplies, those within it included: a 0 would be wrong where it is not."""
    return all(_is_told(each) for each in layer._flatten_layers())


def _is_told(layer: Any) -> bool:
    if isinstance(layer, Operation) and layer.operation.name in UNTOLD_OPERATIONS:
        return False
    return type(layer).__module__.partition(".")[0] in OURS and not isinstance(layer, UNTOLD)


def _count(layer: Any, applied: Applied) -> int:
    for kind in type(layer).__mro__:
        if kind in RULES:
            return RULES[kind](layer, applied)
    return 0


def _size(lengths: Iterable[int | None]) -> int:
    product = 1
    for length in lengths:
        if length is None:
            raise FreeLengthError
        product *= length
    return product


def _weights(*kernels: Any) -> int:
    return sum(int(prod(kernel.shape)) for kernel in kernels)


def _places(layer: Any, shape: Shape) -> int:
    """The places of an image: all axes but the batch's and the channels'."""
    return _size(shape[2:] if layer.data_format == "channels_first" else shape[1:-1])


# -- dense


def _dense(layer: Any, applied: Applied) -> int:
    """Every weight once at each place: `places · features · units`. Goodfellow et al., Deep Learning, 2016, 6.5.4."""
    return _size(applied.gives[1:-1]) * _weights(layer.kernel)


def _einsum(layer: Any, applied: Applied) -> int:
    """Every weight once for each index of the input that the kernel has not: `abc,cd->abd` is b · c · d a sample.

    The cost of an einsum of two is the product of all its indices; Smith and Gray, opt_einsum, 2018.
    """
    terms, _, _ = str(layer.equation).replace(" ", "").partition("->")
    read, kernel = terms.split(",")
    return _weights(layer.kernel) * _size(length for name, length in _named(read, applied.first) if name not in kernel)


def _named(term: str, shape: Shape) -> list[tuple[str, int | None]]:
    """The axes of a term with their lengths, the batch left out; those of an ellipsis have no name of a kernel's."""
    before, dots, after = term.partition("...")
    hidden = len(shape) - len(before) - len(after)
    names = [*before, *(["?"] * hidden if dots else []), *after]
    return list(zip(names, shape, strict=True))[1:]


def _code(layer: Any, applied: Applied) -> int:
    """One difference squared and added for each number of each code: `places · units · length`."""
    return _size(applied.gives[1:-1]) * _weights(layer.code)


def _reversible(layer: Any, applied: Applied) -> int:
    """A lookup multiplies nothing; on the way back each place meets the whole table."""
    return _size(applied.gives[1:-1]) * _weights(layer.embeddings) if applied.values.get("reverse") else 0


# -- convolution


def _conv(layer: Any, applied: Applied) -> int:
    """Every weight once at each place that comes out; a kernel holds `channels / groups` of the channels.

    `out places · kernel places · channels / groups · filters`: Sze et al., Efficient Processing of Deep Neural
    Networks, 2017, III-A; groups as in Krizhevsky et al., 2012. Depthwise kernels hold no sum over channels: Howard et
    al., MobileNets, 2017, 3.1. A partial table's kernels hold what the table connects: LeCun et al., 1998.
    """
    return _places(layer, applied.gives) * _weights(layer.kernel)


def _table_conv(layer: Any, applied: Applied) -> int:
    return _size(applied.gives[1:-1]) * _weights(layer.kernel)


def _separable(layer: Any, applied: Applied) -> int:
    """A depthwise convolution and one of 1×1 after it: Howard et al., MobileNets, 2017, 3.1."""
    return _places(layer, applied.gives) * _weights(layer.depthwise_kernel, layer.pointwise_kernel)


def _transposed(layer: Any, applied: Applied) -> int:
    """Every weight once at each place that comes in: Dumoulin and Visin, Convolution Arithmetic, 2016, 4."""
    return _places(layer, applied.first) * _weights(layer.kernel)


# -- recurrent


def _recurrent(layer: Any, applied: Applied) -> int:
    """At each step the input's and the state's weights of all gates: `time · gates · units · (features + units)`.

    Hochreiter and Schmidhuber, Long Short-Term Memory, 1997; Cho et al., 2014. Gates' own products go number by number.
    """
    return _size(applied.first[1:2]) * _weights(layer.cell.kernel, layer.cell.recurrent_kernel)


def _conv_recurrent(layer: Any, applied: Applied) -> int:
    """At each step two convolutions, of input and state, at each place of the state. Shi et al., ConvLSTM, 2015."""
    state = (None, *applied.gives[-(layer.cell.rank + 1) :])
    weights = _weights(layer.cell.kernel, layer.cell.recurrent_kernel)
    return _size(applied.first[1:2]) * _places(layer.cell, state) * weights


def _bidirectional(layer: Any, applied: Applied) -> int:
    """Both ways. Schuster and Paliwal, Bidirectional Recurrent Neural Networks, 1997."""
    return _count(layer.forward_layer, applied) + _count(layer.backward_layer, applied)


def _time_distributed(layer: Any, applied: Applied) -> int:
    """What the layer within costs, at each time."""
    within = {port: (*shape[:1], *shape[2:]) for port, shape in applied.given.items()}
    each = replace(applied, given=within, gives=(*applied.gives[:1], *applied.gives[2:]))
    return _size(applied.first[1:2]) * _count(layer.layer, each)


def _wrapped(layer: Any, applied: Applied) -> int:
    """What the layer within costs; the norm of its kernel is followed in training alone."""
    return _count(layer.layer, applied)


# -- attention


def _heads(layer: Any, applied: Applied) -> int:
    """Four projections, the scores, and the sum of values by them.

    `heads · queries · keys · (key dim + value dim)` for scores and sum, `places · features · heads · dim` for each
    projection. Vaswani et al., Attention Is All You Need, 2017, 3.2; grouped: Ainslie et al., GQA, 2023.
    """
    query, value = applied.given["query"], applied.given["value"]
    key = applied.given.get("key", value)
    gate = (layer._gate_dense.kernel,) if getattr(layer, "use_gate", False) else ()
    projected = (
        _size(query[1:-1]) * _weights(layer._query_dense.kernel, layer._output_dense.kernel, *gate)
        + _size(key[1:-1]) * _weights(layer._key_dense.kernel)
        + _size(value[1:-1]) * _weights(layer._value_dense.kernel)
    )
    heads, along = int(layer._query_dense.kernel.shape[-2]), getattr(layer, "attention_axes", None)
    axes = [axis % len(query) for axis in along or range(1, len(query) - 1)]
    deep = int(layer._query_dense.kernel.shape[-1] + layer._value_dense.kernel.shape[-1])
    return projected + heads * _size(query[1:-1]) * _size(key[axis] for axis in axes) * deep


def _dot_attention(layer: Any, applied: Applied) -> int:
    """Scores and the sum of values by them: `queries · keys · (key features + value features)`.

    Luong et al., Effective Approaches to Attention-based Neural Machine Translation, 2015. Scores by concatenation, and
    additive ones (Bahdanau et al., 2014), multiply and add each feature only where they are scaled.
    """
    query, value = applied.given["query"], applied.given["value"]
    key = applied.given.get("key", value)
    sums = getattr(layer, "score_mode", "dot") != "dot" or isinstance(layer, keras.layers.AdditiveAttention)
    scored = _size(key[-1:]) if layer.use_scale or not sums else 0
    return _size(query[1:-1]) * _size(key[-2:-1]) * (scored + _size(value[-1:]))


def _bahdanau(layer: Any, applied: Applied) -> int:
    """The keys once, and at each step: the question, a score and a share of every state, and the GRU.

    Bahdanau et al., 2014, appendix A.1.
    """
    steps, time = _size(applied.given["query"][1:2]), _size(applied.given["value"][1:2])
    states = applied.given["value"][-1:]
    each = _weights(layer.from_state, layer.cell.kernel, layer.cell.recurrent_kernel)
    return time * _weights(layer.from_value) + steps * (each + time * (_weights(layer.to_score) + _size(states)))


def _dot(layer: Any, applied: Applied) -> int:
    """The axis that is summed away, for each number that comes out."""
    axis = layer.axes if isinstance(layer.axes, int) else layer.axes[0]
    return _size(applied.gives[1:]) * _size((applied.first[axis],))


def _operation(layer: Any, applied: Applied) -> int:
    """Of a product of matrices, the axis that is summed away, for each number that comes out; others, none."""
    multiplies = layer.operation.name == "ops.matmul"
    return _size(applied.gives[1:]) * _size(applied.first[-1:]) if multiplies else 0


Rule: TypeAlias = Callable[[Any, Applied], int]
_K: Final = keras.layers
#: Where layers come from that are known.
OURS: Final = ("keras", "engine")
#: They compare a signal with waves, by rules of their own.
UNTOLD: Final = (_K.STFTSpectrogram, _K.MelSpectrogram)
#: Their sums run over whatever a text says, over heads, or over the neighbours of a place.
UNTOLD_OPERATIONS: Final = frozenset(
    {"ops.einsum", "ops.dot_product_attention", "ops.image.gaussian_blur", "ops.image.sobel_edges"}
)
RULES: Final[Mapping[type, Rule]] = {
    **dict.fromkeys((_K.Dense, own.Maxout), _dense),
    _K.EinsumDense: _einsum,
    own.CodeDistance: _code,
    _K.ReversibleEmbedding: _reversible,
    **dict.fromkeys((_K.Conv1D, _K.Conv2D, _K.Conv3D, _K.DepthwiseConv1D, _K.DepthwiseConv2D), _conv),
    own.TableConv2D: _table_conv,
    **dict.fromkeys((_K.SeparableConv1D, _K.SeparableConv2D), _separable),
    **dict.fromkeys((_K.Conv1DTranspose, _K.Conv2DTranspose, _K.Conv3DTranspose), _transposed),
    **dict.fromkeys((_K.SimpleRNN, _K.LSTM, _K.GRU), _recurrent),
    **dict.fromkeys((_K.ConvLSTM1D, _K.ConvLSTM2D, _K.ConvLSTM3D), _conv_recurrent),
    _K.Bidirectional: _bidirectional,
    _K.TimeDistributed: _time_distributed,
    _K.SpectralNormalization: _wrapped,
    **dict.fromkeys((_K.MultiHeadAttention, _K.GroupQueryAttention), _heads),
    **dict.fromkeys((_K.Attention, _K.AdditiveAttention), _dot_attention),
    own.BahdanauDecoder: _bahdanau,
    _K.Dot: _dot,
    Operation: _operation,
}
