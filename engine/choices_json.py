"""What a recipe chooses of how a run is watched over, checked, as JSON and back. Knows no Keras, no Qt."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Final, TypeAlias, TypeVar

from engine.choices import Keeping, Plateau, Stopping
from engine.errors import RecipeError, ValueProblem
from engine.kinds import ParameterSpec
from engine.values import Json

Choice: TypeAlias = Stopping | Plateau | Keeping
C = TypeVar("C", Stopping, Plateau, Keeping)
METRIC: Final = ParameterSpec("metric", "text", "val_loss", help="What is to get better: a metric by Keras's name.")
#: A name as Keras makes them: of letters, digits and underscores, and what outputs' names add.
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_./-]{0,127}")
STOPPING: Final[Mapping[str, ParameterSpec]] = {
    spec.name: spec
    for spec in (
        METRIC,
        ParameterSpec("patience", "int", 5, minimum=1, maximum=100_000, help="Epochs without a better one."),
        ParameterSpec("least", "float", 0.0, minimum=0, advanced=True, help="Better is better by more than this."),
        ParameterSpec("restore", "bool", True, help="Whether the best epoch's weights are put back at the end."),
    )
}
PLATEAU: Final[Mapping[str, ParameterSpec]] = {
    spec.name: spec
    for spec in (
        METRIC,
        ParameterSpec("factor", "float", 0.5, minimum=0, maximum=1, help="What the learning rate is multiplied by."),
        ParameterSpec("patience", "int", 3, minimum=1, maximum=100_000, help="Epochs without a better one."),
        ParameterSpec("lowest", "float", 1e-6, minimum=0, advanced=True, help="It is never set below this."),
    )
}
KEEPING: Final[Mapping[str, ParameterSpec]] = {
    spec.name: spec
    for spec in (
        replace(METRIC, help="What the best epoch is best in; its weights are always kept."),
        ParameterSpec("every", "int", 1, minimum=1, maximum=100_000, help="Weights of each so many epochs are kept."),
        ParameterSpec("most", "int", 5, minimum=1, maximum=1000, help="So many at most; older ones go."),
    )
}
#: By the recipe's entry, what can be chosen there and how its values are checked.
OVERSIGHT: Final[Mapping[str, tuple[type[Choice], Mapping[str, ParameterSpec]]]] = {
    "stopping": (Stopping, STOPPING), "plateau": (Plateau, PLATEAU), "keeping": (Keeping, KEEPING),
}  # fmt: skip


def all_checked(choices: Mapping[str, Choice | None]) -> dict[str, Choice | None]:
    """Return choices by their entries in canonical form, or raise ValueProblem."""
    return {
        name: None if choice is None else checked(choice, OVERSIGHT[name][1])  # type: ignore[type-var]
        for name, choice in choices.items()
    }


def all_to_json(choices: Mapping[str, Choice | None]) -> dict[str, Json]:
    return {name: to_json(choice) for name, choice in choices.items() if choice is not None}


def all_from_json(data: Mapping[str, Json]) -> dict[str, Choice]:
    """Read what is chosen, by the recipe's entries."""
    return {
        name: from_json(data[name], kind)  # type: ignore[type-var]
        for name, (kind, _) in OVERSIGHT.items()
        if data.get(name) is not None
    }


def checked(choice: C, specs: Mapping[str, ParameterSpec]) -> C:
    """Return a choice in canonical form, or raise ValueProblem with the first thing that is wrong."""
    values: dict[str, Any] = {name: spec.check(getattr(choice, name)) for name, spec in specs.items()}
    if not _NAME.fullmatch(choice.metric):
        raise ValueProblem("A metric's name is letters, digits and '_'", received=repr(choice.metric)[:80])
    return type(choice)(**values)


def to_json(choice: Choice) -> Json:
    """Spell what differs from the defaults."""
    return {
        item.name: getattr(choice, item.name) for item in fields(choice) if getattr(choice, item.name) != item.default
    }


def from_json(data: Json, kind: type[C]) -> C:
    """Read a choice back, or raise RecipeError; values are checked later, types are here."""
    known = {item.name: type(item.default) for item in fields(kind)}
    if not isinstance(data, dict) or not set(data) <= known.keys():
        raise RecipeError(f"{kind.__name__.lower()} is an object of {', '.join(known)}", received=repr(data)[:80])
    for name, value in data.items():
        whole = known[name] is float and type(value) is int
        if type(value) is not known[name] and not whole:
            raise RecipeError(f"{name} of {kind.__name__.lower()} is of another type", received=repr(value)[:80])
    return kind(**data)
