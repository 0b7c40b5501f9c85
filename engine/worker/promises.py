"""What Keras promises without data and does not keep: shapes are put right, calls refused. Knows no drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

import keras
from keras.src.layers import input_spec
from keras.src.layers.merging.base_merge import Merge

Tensor = Any
Shape: TypeAlias = tuple[int | None, ...]
#: What an equation writes for the axes that it leaves unnamed.
DOTS: Final = "..."


def check(layer: Any, received: Any) -> None:
    """Raise ValueError where a layer is called again on other lengths than it was made for.

    Keras finds out when it runs. Other layers say by themselves what they were built for.

    Args:
        layer: May have been called before.
        received: The first argument of its call: a tensor, or several.
    """
    for kind in type(layer).__mro__ if layer.built else ():
        if kind in AGAIN:
            AGAIN[kind](layer, received)
            return


def _scaled(layer: Any, tensor: Tensor) -> None:
    _check_axes(tensor, dict(zip(layer.axis, layer.weights[0].shape, strict=True)) if layer.weights else {})


def _sloped(layer: Any, tensor: Tensor) -> None:
    """A slope that is shared along an axis fits all its lengths."""
    _check_axes(tensor, {axis: length for axis, length in enumerate(layer.alpha.shape, 1) if length != 1})


def _multiplied(layer: Any, tensor: Tensor) -> None:
    """An axis that the kernel has too is as long as the kernel's."""
    read, kernel = layer.equation.replace(" ", "").partition("->")[0].split(",")
    letters, last = read.replace(DOTS, ""), read.startswith(DOTS)
    lengths = dict(zip(kernel, layer.kernel.shape, strict=True))
    places = {name: place - len(letters) if last else place for place, name in enumerate(letters)}
    _check_axes(tensor, {place: lengths[name] for name, place in places.items() if name in lengths})


def _joined(layer: Any, tensors: Sequence[Tensor]) -> None:
    """What is joined must agree each time; Keras looks at the first."""
    layer.build([tuple(tensor.shape) for tensor in tensors])


def _merged(layer: Any, tensors: Sequence[Tensor]) -> None:
    """Whether its inputs are first given as many axes, a layer decides when it is made."""
    if len({len(tensor.shape) for tensor in tensors}) > 1 and not layer._reshape_required:
        raise ValueError("Inputs have different ranks")


def _recurrent(layer: Any, tensor: Tensor) -> None:
    first = getattr(layer.cell, "data_format", "") == "channels_first"
    _check_axes(tensor, {2 if first else -1: layer.cell.kernel.shape[-2]})


def _both_ways(layer: Any, tensor: Tensor) -> None:
    _recurrent(layer.forward_layer, tensor)


def _step(layer: Any, tensor: Tensor) -> None:
    _inner(layer.layer, keras.KerasTensor((tensor.shape[0], *tensor.shape[2:]), tensor.dtype))


def _spectral(layer: Any, tensor: Tensor) -> None:
    _inner(layer.layer, tensor)


def _inner(layer: Any, tensor: Tensor) -> None:
    """A wrapper looks for itself at what it is called on, and the layer within is not asked."""
    if layer.built and layer.input_spec is not None:
        input_spec.assert_input_compatibility(layer.input_spec, tensor, layer.name)
    check(layer, tensor)


def _check_axes(tensor: Tensor, made: Mapping[int, int]) -> None:
    rank = len(tensor.shape)
    for axis, length in made.items():
        if -rank <= axis < rank and tensor.shape[axis] not in (None, length):
            raise ValueError(f"expected axis {axis} of input shape to have value {length}")


def mend(layer: Any, given: Mapping[str, Tensor], outputs: Sequence[Tensor]) -> None:
    """Give outputs the shapes and types that they have when the layer runs."""
    if isinstance(layer, keras.layers.Masking):
        _mend_masking(next(iter(given.values())), outputs[0])
    if isinstance(layer, keras.layers.MultiHeadAttention) and len(outputs) == 2:
        _mend_scores(layer, given, outputs[1])
    if isinstance(layer, keras.layers.EinsumDense) and layer.equation.replace(" ", "").startswith(DOTS):
        _mend_elided(layer, next(iter(given.values())), outputs[0])


def _mend_masking(tensor: Tensor, output: Tensor) -> None:
    """Keras promises fractions, and hands whole numbers on; yes and no are counted."""
    if not tensor.dtype.startswith(("float", "bfloat")):
        output._dtype = "int32" if tensor.dtype == "bool" else tensor.dtype


def _mend_elided(layer: Any, tensor: Tensor, output: Tensor) -> None:
    """Put the axes that an equation leaves to its dots in their own order: Keras 3.15 turns it round."""
    count = len(layer.equation.replace(" ", "").partition("->")[2]) - len(DOTS)
    hidden = len(output.shape) - count
    output._shape = (*tensor.shape[:hidden], *output.shape[hidden:])


def _mend_scores(layer: Any, given: Mapping[str, Tensor], scores: Tensor) -> None:
    """Give attention scores the shape that they have when run: Keras 3.15 takes the key to be as long as the query.

    The axes are those of the layer's own equation: batch and axes without attention, heads, query's, key's.
    """
    query = given["query"].shape
    key = (given["key"] if "key" in given else given["value"]).shape
    along = [axis % len(query) for axis in layer.attention_axes or range(1, len(query) - 1)]
    kept = [length for axis, length in enumerate(query[:-1]) if axis not in along]
    scores._shape = (*kept, layer.num_heads, *(query[axis] for axis in along), *(key[axis] for axis in along))


def agree(one: Shape, other: Shape) -> bool:
    """Whether two shapes may be one: of as many axes, each of one length wherever both lengths are known."""
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and all(None in pair or pair[0] == pair[1] for pair in pairs)


def check_states(layer: Any, sequence: Tensor, states: Any) -> None:
    """Raise ValueError where a recurrent layer is begun with other states than it has; Keras finds out when it runs.

    The states are a list, or one alone.
    """
    layers = (layer.forward_layer, layer.backward_layer) if hasattr(layer, "backward_layer") else (layer,)
    wanted = [shape for each in layers for shape in _state_shapes(each, sequence)]
    given = [tuple(state.shape) for state in (states if isinstance(states, list) else [states])]
    if len(given) != len(wanted) or not all(map(agree, given, wanted)):
        raise ValueError(f"Initial states expected: {wanted}. Received: {given}")


def _state_shapes(layer: Any, sequence: Tensor) -> list[Shape]:
    if not hasattr(layer, "return_state"):
        return [(sequence.shape[0], layer.units)]  # a decoder of our own, which has one and keeps it to itself
    before, layer.return_state = layer.return_state, True
    try:
        return [tuple(shape) for shape in layer.compute_output_shape(tuple(sequence.shape))[1:]]
    finally:
        layer.return_state = before


_K: Final = keras.layers
#: How a layer is looked at that is called again, by its class.
AGAIN: Final[Mapping[type, Callable[[Any, Any], None]]] = {
    **dict.fromkeys((_K.LayerNormalization, _K.RMSNormalization), _scaled),
    _K.PReLU: _sloped,
    _K.EinsumDense: _multiplied,
    **dict.fromkeys((_K.Concatenate, _K.Dot), _joined),
    Merge: _merged,
    **dict.fromkeys((_K.SimpleRNN, _K.LSTM, _K.GRU, _K.ConvLSTM1D, _K.ConvLSTM2D, _K.ConvLSTM3D), _recurrent),
    _K.Bidirectional: _both_ways,
    _K.TimeDistributed: _step,
    _K.SpectralNormalization: _spectral,
}
