"""What one object has in common with the one that it replaces, and what differs. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.catalogue import Catalogue
from engine.errors import ValueProblem
from engine.kinds import ParameterSpec
from engine.specs import PartSpec
from engine.values import Part, Value

#: What a chosen object begins with, where Keras's own defaults would do nothing.
STARTS: Final[Mapping[str, Mapping[str, Value]]] = {"L1L2": {"l1": 0.01, "l2": 0.01}}


def successor(catalogue: Catalogue, kind: str, before: Value, name: str) -> Part:
    """Make an object of a class as it begins; what was set in the one before stays where both have it and it can be."""
    part = catalogue.new_part(kind, name).with_values(STARTS.get(name, {}))
    old = _known(catalogue, kind, before)
    if old is None or not isinstance(before, Part):
        return part
    held = _held(old, before)
    for parameter in catalogue.part(kind, name).parameters:
        if parameter.name in held and _takes(parameter, old.parameter(parameter.name), held[parameter.name]):
            part = part.with_value(parameter.name, held[parameter.name])
    return catalogue.check_part(kind, part)


def changed_values(before: Part, after: Part) -> str:
    """Name the values that differ between two parts of one class; nothing where the classes do."""
    if before.class_name != after.class_name:
        return ""
    old, new = before.values, after.values
    return " ".join(name for name in {**old, **new} if old.get(name) != new.get(name))


def _known(catalogue: Catalogue, kind: str, before: Value) -> PartSpec | None:
    known = catalogue.layers if kind == "layer" else catalogue.parts[kind]
    return catalogue.part(kind, before.class_name) if isinstance(before, Part) and before.class_name in known else None


def _held(spec: PartSpec, part: Part) -> Mapping[str, Value]:
    """The values that go over: those that were set; a regularizer's strength in any case."""
    if spec.kind == "regularizer":
        return {p.name: part.values.get(p.name, p.default) for p in spec.parameters}
    return part.values


def _takes(parameter: ParameterSpec, before: ParameterSpec, value: Value) -> bool:
    """Whether a value of one parameter means the same for another, and can be there."""
    if (parameter.kind, parameter.length) != (before.kind, before.length):
        return False
    try:
        parameter.check(value)
    except ValueProblem:
        return False
    return True
