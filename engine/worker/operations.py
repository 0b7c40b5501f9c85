"""The functions of keras.ops in a model: one class that stands where a layer would. Knows no drawing, no vocabulary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import keras

from engine import indexing
from engine.kinds import LARGEST, ParameterSpec
from engine.specs import LayerSpec
from engine.values import Value

PREFIX: Final = "ops."
#: No axis is as long by chance.
SAMPLES: Final = 1009
AXES: Final = ("axis", "axes")
#: Without an axis these work along all, and give the shape that they are given.
ALL_AXES: Final = ("ops.flip", "ops.roll")
#: Its axes are an order, which the batch is part of.
ORDERING: Final = "ops.transpose"
Tensor = Any


def function(name: str) -> Any:
    """Return the function of keras.ops that a name of the catalogue means: `ops.image.resize`."""
    found: Any = keras.ops
    for word in name.removeprefix(PREFIX).split("."):
        found = getattr(found, word)
    return found


class Operation(keras.Layer):  # type: ignore[misc]
    """Stands where a layer would while a model is built, and has no weights; the model holds what it calls.

    Args:
        values: What the function is given beside tensors.
        name: What the model calls the operation.
    """

    def __init__(self, spec: LayerSpec, values: Mapping[str, Value], name: str | None = None) -> None:
        super().__init__(name=name)
        self.operation: LayerSpec = spec
        self.given: dict[str, Value] = dict(values)
        self.named = name

    def apply(self, inputs: Sequence[tuple[str, Tensor]]) -> list[Tensor]:
        """Call the function with what its ports receive, and return its outputs in order."""
        arguments = self._tensors(inputs) | self._constants()
        several = arguments.pop("operands", ())
        if several:
            result = function(self.operation.name)(arguments.pop("subscripts"), *several, **arguments)
        else:
            result = function(self.operation.name)(**arguments)
        outputs: list[Tensor] = keras.tree.flatten(result)
        self._name(outputs, [tensor for _, tensor in inputs])
        return outputs

    def _tensors(self, inputs: Iterable[tuple[str, Tensor]]) -> dict[str, Any]:
        received: dict[str, list[Tensor]] = {}
        for name, tensor in inputs:
            received.setdefault(name, []).append(tensor)
        found: dict[str, Any] = {}
        for port in self.operation.inputs:
            if port.name in received:
                found[port.argument] = received[port.name] if port.many else received[port.name][0]
            elif port.number and self.given.get(port.name) is not None:
                found[port.argument] = argument(self.operation.parameter(port.name), self.given[port.name])
        return found

    def mixes(self, shapes: Sequence[tuple[str, Sequence[int | None], str]]) -> bool:
        """Whether what comes out for one sample depends on others: asked with a batch of a size that nothing else has.

        Args:
            shapes: Port, shape with a free batch first, and dtype of each input.
        """
        if any(not shape or shape[0] is not None for _, shape, _ in shapes):
            return False
        tensors = [(port, keras.KerasTensor((SAMPLES, *shape[1:]), dtype=dtype)) for port, shape, dtype in shapes]
        try:
            outputs = self.apply(tensors)
        except Exception:  # noqa: BLE001 - what works on any batch and on none of that size keeps no samples apart
            return True
        apart = all(tuple(tensor.shape[:1]) == (SAMPLES,) and SAMPLES not in tensor.shape[1:] for tensor in outputs)
        return not apart or self._along(len(shapes[0][1]))

    def _along(self, rank: int) -> bool:
        """Whether one of the axes that it works along is the batch, or it works along all."""
        for parameter in self.operation.parameters:
            if parameter.name in AXES and self.operation.name != ORDERING:
                axes = self.given.get(parameter.name, parameter.default)
                if axes is None and self.operation.name in ALL_AXES:
                    return True
                if any(axis in (0, -rank) for axis in (axes if isinstance(axes, tuple) else (axes,))):
                    return True
        return False

    def _constants(self) -> dict[str, Any]:
        standing = {port.name for port in self.operation.inputs if port.number}
        told = (p for p in self.operation.parameters if p.name in self.given and p.name not in standing)
        return {p.name: argument(p, self.given[p.name]) for p in told}

    def _name(self, outputs: Iterable[Tensor], inputs: Iterable[Tensor]) -> None:
        """Give the operation that was made the node's name; one that was there before keeps its own."""
        known = {id(tensor) for tensor in inputs}
        for tensor in outputs:
            history = getattr(tensor, "_keras_history", None)
            if self.named is not None and history is not None and id(tensor) not in known:
                history.operation.name = self.named


def argument(parameter: ParameterSpec, value: Value) -> Any:
    """Spell a value as a function of keras.ops takes it.

    A whole number goes as one, which leaves the type of what it meets as it is.
    """
    if parameter.kind == "index" and isinstance(value, str):
        return indexing.parse(value)
    if parameter.name == "axes" and isinstance(parameter.start, tuple):
        return value if isinstance(value, tuple) else (value,)  # an order of one axis
    if parameter.kind == "integers" and isinstance(value, tuple):
        return value[0] if parameter.name == "indices_or_sections" and len(value) == 1 else list(value)
    if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST:
        return int(value)
    return value
