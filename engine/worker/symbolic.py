"""One question to Keras: what does a layer make of these inputs? Answered without a single weight. Knows no drawing."""

from __future__ import annotations

import math
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import keras
from keras.src.backend import get_keras_mask, set_keras_mask
from keras.src.backend.common import global_state

from engine.specs import LayerSpec
from engine.values import FrozenMap, Part, Value
from engine.worker import construct, cost, known, promises, suited
from engine.worker.operations import Operation

Shape: TypeAlias = tuple[int | None, ...]
Tensor: TypeAlias = Any
#: Stands for the layer's name while it is asked, so that one answer serves every node that asks the same.
NAME: Final = "this_layer"
#: What Keras warns of where a mask comes to a layer that knows none.
UNMASKED: Final = "does not support masking"
_BOLD = re.compile(r"\x1b\[1m(.*?)\x1b\[0m", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Signal:
    """What flows into or out of a port: shape with the batch first, dtype, and the shape of the mask it carries."""

    shape: Shape
    dtype: str = "float32"
    mask: Shape | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a layer: its inputs in the order of their ports and wires, and the values that the call takes."""

    inputs: tuple[tuple[str, Signal], ...]
    values: FrozenMap[Value] = field(default_factory=FrozenMap)


@dataclass(frozen=True, slots=True)
class Question:
    """A layer, its values, and its calls; the last is asked about, those before it belong to nodes that share it."""

    layer: str
    values: FrozenMap[Value]
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came out, in the order of the output ports, and the layer's weights; or, in `error`, Keras's refusal.

    `multiply_adds` are one sample's; None where they depend on a length that is free, 0 where they are not `counted`.
    `made` is false where Keras refused the values before it saw an input. `reads` says that the layer takes a mask
    into account; `dropped` is what Keras says where a mask came in and the layer knows none.
    """

    outputs: tuple[Signal, ...] = ()
    weights: tuple[tuple[tuple[int, ...], str], ...] = ()
    trainable: int = 0
    dtype: str = "float32"
    warnings: tuple[str, ...] = ()
    error: str = ""
    made: bool = True
    reads: bool = False
    dropped: str = ""
    multiply_adds: int | None = 0
    mixes: bool = False  # what comes out for one sample depends on others
    counted: bool = True

    @property
    def parameters(self) -> int:
        return sum(math.prod(shape) for shape, _ in self.weights)


def ask(question: Question, spec: LayerSpec) -> Answer:
    """Ask Keras, without weights: a layer of a billion parameters costs what one of ten does."""
    layer = None
    try:
        with (
            known.watched(spec),
            keras.StatelessScope(initialize_variables=False),
            warnings.catch_warnings(record=True) as said,
        ):
            warnings.simplefilter("always")
            layer = construct.layer(question.layer, _at_rest(question.values), NAME)
            outputs: list[Tensor] = []
            for call in question.calls:
                outputs = run(layer, spec, [(port, _tensor(signal)) for port, signal in call.inputs], call.values)
            suited.check(layer, question.values, outputs)
            return _answer(layer, outputs, question, _said(said))
    except Exception as error:  # noqa: BLE001 - whatever Keras raises is its answer
        return Answer(error=text_of(error), made=layer is not None)
    finally:
        # Else Keras would make every weight at the end of the next plain StatelessScope.
        global_state.set_global_attribute("uninitialized_variables", [])


def run(
    layer: keras.Layer, spec: LayerSpec, inputs: Sequence[tuple[str, Tensor]], values: FrozenMap[Value]
) -> list[Tensor]:
    """Call a layer with what its ports receive, and return its outputs in the order of its ports."""
    if isinstance(layer, keras.layers.InputLayer):
        return [layer.output]
    if isinstance(layer, Operation):
        return layer.apply(inputs)
    args, kwargs = arguments(spec, inputs)
    kwargs |= construct.call_arguments(spec.name, values)
    promises.check(layer, args[0])
    outputs: list[Tensor] = keras.tree.flatten(layer(*args, **kwargs))
    _freeze(layer)
    if kwargs.get("initial_state") is not None:
        promises.check_states(layer, args[0], kwargs["initial_state"])
    promises.mend(layer, dict(inputs), outputs)
    return outputs


def arguments(spec: LayerSpec, inputs: Iterable[tuple[str, Tensor]]) -> tuple[list[Tensor], dict[str, Tensor]]:
    """Arrange what ports receive as a call takes it: the first argument by place, the others by name.

    Ports with an index make up one list; a place in it that has no wire holds None.
    """
    received: dict[str, list[Tensor]] = {}
    for name, tensor in inputs:
        received.setdefault(name, []).append(tensor)
    found: dict[str, Any] = {}
    for port in spec.inputs:
        tensors = received.get(port.name)
        if tensors is None:
            continue
        if port.many:
            found[port.argument] = tensors
        elif port.index is None:
            found[port.argument] = tensors[0]
        else:
            row = found.setdefault(port.argument, [])
            row += [None] * (port.index + 1 - len(row))
            row[port.index] = tensors[0]
    first = spec.inputs[0].argument
    return [found.pop(first)], found


def text_of(error: BaseException) -> str:
    """Return Keras's own words, without what it wraps around them."""
    text = str(error.args[0]) if error.args else str(error)
    found = _BOLD.search(text)
    return (found.group(1) if found else text).strip() or type(error).__name__


def signal_of(tensor: Tensor) -> Signal:
    mask = get_keras_mask(tensor)
    return Signal(tuple(tensor.shape), tensor.dtype, None if mask is None else tuple(mask.shape))


def _tensor(signal: Signal) -> Tensor:
    tensor = keras.KerasTensor(signal.shape, dtype=signal.dtype)
    if signal.mask is not None:
        set_keras_mask(tensor, keras.KerasTensor(signal.mask, dtype="bool"))
    return tensor


def _said(warned: Iterable[warnings.WarningMessage]) -> list[str]:
    """What Keras warns of; numbers that overflow do so in values that nobody gave, as on the numpy backend."""
    return [str(warning.message) for warning in warned if not issubclass(warning.category, RuntimeWarning)]


def _answer(layer: keras.Layer, outputs: Sequence[Tensor], question: Question, said: Sequence[str]) -> Answer:
    weights = {id(weight): (tuple(weight.shape), weight.dtype) for weight in layer.weights}
    counted = cost.is_counted(layer)
    moving = {id(weight): math.prod(weight.shape) for weight in layer.trainable_weights}
    signals = tuple(signal_of(tensor) for tensor in outputs)
    dropped = [text for text in said if UNMASKED in text]
    return Answer(
        signals, tuple(weights.values()), sum(moving.values()), layer.dtype_policy.name,
        tuple(text for text in said if text not in dropped),
        multiply_adds=_cost(layer, signals, question) if counted else 0, counted=counted,
        reads=_reads(layer), dropped=" ".join(" ".join(dropped).split()), mixes=_mixes(layer, question.calls[-1]),
    )  # fmt: skip


def _mixes(layer: keras.Layer, call: Call) -> bool:
    inputs = [(port, signal.shape, signal.dtype) for port, signal in call.inputs]
    return isinstance(layer, Operation) and layer.mixes(inputs)


def _reads(layer: keras.Layer) -> bool:
    """Whether Keras hands a layer the masks of what arrives: its call has a place for one."""
    taken = layer.call_signature_parameters
    return "mask" in taken or any(f"{name}_mask" in taken for name in taken)


def _cost(layer: keras.Layer, outputs: Sequence[Signal], question: Question) -> int | None:
    """What the call that is asked about costs; one without an input or an output costs nothing."""
    call = question.calls[-1]
    if not call.inputs or not outputs:
        return 0
    given = {port: signal.shape for port, signal in call.inputs}
    return cost.multiply_adds(layer, cost.Applied(given, outputs[0].shape, {**question.values, **call.values}))


def _at_rest(values: FrozenMap[Value]) -> FrozenMap[Value]:
    """Turn `stateful` off, wrapped layers included: Keras would make the states, which are weights, at once.

    `synchronized` changes no shape, and Keras's numpy backend knows nothing of it.
    """
    rest: dict[str, Value] = {
        name: Part(value.class_name, _at_rest(value.values)) if isinstance(value, Part) else value
        for name, value in values.items()
        if name not in ("stateful", "synchronized")
    }
    return FrozenMap(rest)


def _freeze(layer: keras.Layer) -> None:
    """Freeze all that a frozen layer holds: Keras 3.15 asks each weight, and inner layers' weights were not told.

    On TensorFlow, setting what is set already does nothing.
    """
    for part in layer._flatten_layers():
        if not part.trainable:
            part.trainable = True
            part.trainable = False
