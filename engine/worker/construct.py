"""From the catalogue's values to Keras objects: a layer, an optimizer, a loss. Knows no graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import keras

from engine.errors import EngineError
from engine.kinds import PARTS, ParameterSpec
from engine.specs import LayerSpec, PartSpec
from engine.values import Part, Value
from engine.worker import layers as own
from engine.worker.known import catalogue, class_of
from engine.worker.operations import Operation

#: Where the classes of each kind of part stand.
MODULES: Final[Mapping[str, Any]] = {
    "initializer": keras.initializers,
    "regularizer": keras.regularizers,
    "constraint": keras.constraints,
    "optimizer": keras.optimizers,
    "schedule": keras.optimizers.schedules,
    "loss": keras.losses,
    "metric": keras.metrics,
}


def layer(layer: str, values: Mapping[str, Value], name: str | None = None) -> keras.Layer:
    """Make a layer from a node's values; values of its call are passed over.

    Raises:
        ValueProblem: A value is of no parameter.
        Exception: What Keras raises where values that are each right do not go together.
    """
    spec = catalogue().layer(layer)
    if spec.operation:
        return Operation(spec, values, name)
    given = {key: value for key, value in values.items() if not spec.parameter(key).call}
    named = {} if name is None else {"name": name}
    return _class(keras.layers, spec)(**_arguments(spec.parameters, given), **named)


def part(kind: str, part: Part) -> Any:
    """Make a Keras object of a kind of the catalogue, or a wrapped layer, from its class and values."""
    if kind == "layer":
        return layer(part.class_name, part.values)
    spec = catalogue().part(kind, part.class_name)
    for key in part.values:
        spec.parameter(key)
    return _class(MODULES[kind], spec)(**_arguments(spec.parameters, part.values))


def _class(module: Any, spec: LayerSpec | PartSpec) -> Any:
    if isinstance(spec, LayerSpec) and spec.file:
        return class_of(spec.name)
    return getattr(own if spec.own else module, spec.name)


def call_arguments(layer: str, values: Mapping[str, Value]) -> dict[str, Any]:
    """Return what a node's values pass to the call of its layer: `use_causal_mask` and the like."""
    spec = catalogue().layer(layer)
    return _arguments((p for p in spec.parameters if p.call), values)


def _arguments(parameters: Iterable[ParameterSpec], values: Mapping[str, Value]) -> dict[str, Any]:
    return {p.name: _argument(p, values[p.name]) for p in parameters if p.name in values}


def _argument(parameter: ParameterSpec, value: Value) -> Any:
    """Spell a value as Keras takes it: objects made, lists as lists, all else as it stands."""
    if isinstance(value, Part):
        return part(parameter.kind if parameter.kind in PARTS else "schedule", value)
    if parameter.kind in PARTS and value is not None:
        raise EngineError(f"{parameter.name} is a Keras object with its values", received=repr(value)[:80])
    if parameter.kind in ("numbers", "integers") and isinstance(value, tuple):
        return list(value)
    return value
