"""Whether an output gives as many numbers, at as many places, as its target calls for. Knows no Keras, no Qt."""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

from engine import endings
from engine.data.columns import Column
from engine.fit import Fit
from engine.kinds import spell
from engine.labels import ACTIVATIONS, Labels
from engine.report import Problem, Severity, TensorSpec
from engine.wiring import title

Shape: TypeAlias = tuple[int | None, ...]


def problems(fit: Fit, id: str, labels: Labels, tensor: TensorSpec, *, several: bool) -> list[Problem]:
    """Say that an output holds more or fewer numbers for a sample than its target calls for."""
    column = fit.learned(id)
    if column.shape in ((), (1,)):
        return _one(fit, id, labels, tensor, several=several)
    return _many(fit, id, labels, tensor, several=several)


# -- one answer for a sample


def _one(fit: Fit, id: str, labels: Labels, tensor: TensorSpec, *, several: bool) -> list[Problem]:
    node = fit.graph.node(id)
    wanted = fit.learned(id).width if labels == "index" else 1
    if labels != "index" and tensor.shape[1:] == ():
        return []
    onward = " Or wire it onward: as it is, it is an output of its own." if several else ""
    unit = "one for each class" if labels == "index" else "one number"
    seek = partial(endings.of_width, fit, id, wanted, ACTIVATIONS.get(labels, "linear"), several=several)
    if len(tensor.shape) != 2:
        sentence = (
            f"{title(node)} gives {tensor.label} for each sample; {fit.data.title} call for {wanted}, {unit}. "
            f"Wire it to a Flatten and a Dense of {wanted} units.{onward}"
        )
        return [fit.noted(Problem("error", sentence, (id,)), seek=seek)]
    given = tensor.shape[1]
    if given is None or given == wanted:
        return []
    parameter = "units" if "units" in (p.name for p in fit.catalogue.layer(node.layer).parameters) else ""
    remedy = f"Set units to {wanted}" if parameter else f"Wire it to a Dense of {wanted} units"
    spare = labels == "index" and given > wanted and parameter and not several
    severity: Severity = "warning" if spare else "error"
    sentence = (
        f"{title(node)} gives {given} number{'s' if given != 1 else ''} for each sample; {fit.data.title} call for "
        f"{wanted}, {unit}. {remedy}.{onward}"
    )
    return [fit.noted(Problem(severity, sentence, (id,), parameter), seek=seek)]


# -- an answer at each of many places


def expected(column: Column, labels: Labels) -> tuple[int, ...]:
    """Return the shape that an output has for a sample of a target."""
    return (*column.shape, column.width) if labels == "index" else column.shape


def _many(fit: Fit, id: str, labels: Labels, tensor: TensorSpec, *, several: bool) -> list[Problem]:
    column, given = fit.learned(id), tensor.shape[1:]
    wanted = expected(column, labels)
    if _alike(given, wanted) or (labels != "index" and (_alike(given, (*wanted, 1)) or _alike((*given, 1), wanted))):
        return []
    spare = labels == "index" and _alike(given[:-1], wanted[:-1]) and (given[-1] or 0) > wanted[-1] and not several
    severity: Severity = "warning" if spare else "error"
    onward = " Or wire it onward: as it is, it is an output of its own." if several else ""
    sentence = (
        f"{title(fit.graph.node(id))} gives {tensor.label} for each sample; {fit.data.title} call for {spell(wanted)}"
        f"{_meaning(column, labels)}. {_remedy(given, wanted)}.{onward}"
    )
    seek = partial(endings.of_places, fit, id, wanted, several=several)
    return [fit.noted(Problem(severity, sentence, (id,)), seek=seek)]


def _meaning(column: Column, labels: Labels) -> str:
    return f": {column.width} classes at each place" if labels == "index" else ""


def _remedy(given: Shape, wanted: tuple[int, ...]) -> str:
    if len(given) == len(wanted) and _alike(given[:-1], wanted[:-1]):
        return f"Let the last layer give {wanted[-1]} at each place"
    if len(given) == len(wanted) - 1 and len(wanted) == 2:
        return "Let each layer before it give all its steps, not the last alone"
    return "Let the layers before it keep the places of the target"


def _alike(given: Shape, wanted: Shape) -> bool:
    return len(given) == len(wanted) and all(a is None or a == b for a, b in zip(given, wanted, strict=True))
