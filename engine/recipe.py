"""How to train: data, loss, optimizer, metrics, epochs, seed, as one frozen value. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from engine.catalogue import Catalogue
from engine.errors import EngineError, RecipeError, ValueProblem
from engine.kinds import ParameterSpec
from engine.values import Json, Part, value_from_json, values_to_json

#: Keras's word for the accuracy that fits the loss and the targets.
ACCURACY: Final = Part("accuracy")
CROSSENTROPY: Final = Part("SparseCategoricalCrossentropy")
ADAM: Final = Part("Adam")


@dataclass(frozen=True, slots=True)
class DataChoice:
    """Which samples, and what share of them is kept from training: for validation, and for the test at the end."""

    source: str = "digits"
    validation: float = 0.15
    test: float = 0.15


@dataclass(frozen=True, slots=True)
class Recipe:
    """A training run, whole.

    Attributes:
        optimizer: Its learning rate is a number or, as a Part, a schedule.
        device: "auto" (a GPU where there is one), "cpu", or a device as the trainer names it ("GPU:0").
        steps_per_execution: Steps that run between two looks at the loss; None lets the program choose.
    """

    data: DataChoice = field(default_factory=DataChoice)
    loss: Part = CROSSENTROPY
    optimizer: Part = ADAM
    metrics: tuple[Part, ...] = (ACCURACY,)
    batch_size: int = 32
    epochs: int = 20
    seed: int = 1
    device: str = "auto"
    steps_per_execution: int | None = None


#: What a form needs to know of each number of a recipe, and of its data.
NUMBERS: Final[Mapping[str, ParameterSpec]] = {
    spec.name: spec
    for spec in (
        ParameterSpec("batch_size", "int", 32, minimum=1, maximum=65_536, help="Samples in one step."),
        ParameterSpec("epochs", "int", 20, minimum=1, maximum=100_000, help="Times through the training samples."),
        ParameterSpec("seed", "int", 1, minimum=0, help="The same seed gives the same run, on a CPU bit for bit."),
        ParameterSpec(
            "steps_per_execution", "int", optional=True, minimum=1, maximum=1024, advanced=True,
            help="Steps that run between two looks at the loss; nothing lets the program choose.",
        ),
    )
}  # fmt: skip
SHARES: Final[Mapping[str, ParameterSpec]] = {
    spec.name: spec
    for spec in (
        ParameterSpec("validation", "float", 0.15, minimum=0, maximum=0.9, help="The share watched while training."),
        ParameterSpec("test", "float", 0.15, minimum=0, maximum=0.9, help="The share kept for the end."),
    )
}


def check_recipe(recipe: Recipe, catalogue: Catalogue) -> Recipe:
    """Return a recipe in canonical form, or raise RecipeError with the first thing that is wrong."""
    try:
        numbers: dict[str, Any] = {name: spec.check(getattr(recipe, name)) for name, spec in NUMBERS.items()}
        shares: dict[str, Any] = {name: spec.check(getattr(recipe.data, name)) for name, spec in SHARES.items()}
        parts: dict[str, Any] = {
            "loss": catalogue.check_part("loss", recipe.loss),
            "optimizer": catalogue.check_part("optimizer", recipe.optimizer),
            "metrics": tuple(m if m == ACCURACY else catalogue.check_part("metric", m) for m in recipe.metrics),
        }
    except ValueProblem as problem:
        raise RecipeError(problem.expected, received=problem.received, hint=problem.hint) from problem
    if shares["validation"] + shares["test"] > 0.9:
        raise RecipeError(
            "Validation and test together take at most 90% of the samples",
            received=f"{recipe.data.validation:.0%} and {recipe.data.test:.0%}", hint="Lower one of them",
        )  # fmt: skip
    return replace(recipe, data=replace(recipe.data, **shares), **numbers, **parts)


# -- JSON


def recipe_to_json(recipe: Recipe) -> Json:
    """Spell a recipe; what a newer field leaves at its default is left out, so that old files stay as they were."""
    data: dict[str, Json] = {"source": recipe.data.source}
    plain = DataChoice()
    data |= {name: getattr(recipe.data, name) for name in SHARES if getattr(recipe.data, name) != getattr(plain, name)}
    spelled: dict[str, Json] = {
        "data": data,
        "loss": _name_to_json(recipe.loss),
        "optimizer": {"class": recipe.optimizer.class_name, "values": values_to_json(recipe.optimizer.values)},
        "metrics": [_name_to_json(metric) for metric in recipe.metrics],
        "batch_size": recipe.batch_size,
        "epochs": recipe.epochs,
        "seed": recipe.seed,
    }
    if recipe.device != "auto":
        spelled["device"] = recipe.device
    if recipe.steps_per_execution is not None:
        spelled["steps_per_execution"] = recipe.steps_per_execution
    return spelled


def recipe_from_json(data: Json, catalogue: Catalogue) -> Recipe:
    """Read a recipe, or raise RecipeError; values are not checked yet, so that a page can show what is wrong."""
    if not isinstance(data, dict):
        raise RecipeError("A recipe is a JSON object", received=repr(data)[:80])
    names = {item.name for item in fields(Recipe)}
    unknown = sorted(set(data) - names)
    if unknown:
        raise RecipeError("The recipe has an entry that this version does not know", received=repr(unknown[0])[:80])
    read: dict[str, Any] = {name: _plain(name, data[name]) for name in data.keys() & _PLAIN.keys()}
    if "data" in data:
        read["data"] = _data_from_json(data["data"])
    if "loss" in data:
        read["loss"] = _part_from_json(data["loss"], "loss", catalogue)
    if "optimizer" in data:
        read["optimizer"] = _part_from_json(data["optimizer"], "optimizer", catalogue)
    if "metrics" in data:
        if not isinstance(data["metrics"], list):
            raise RecipeError("Metrics are a list", received=repr(data["metrics"])[:80])
        read["metrics"] = tuple(_part_from_json(item, "metric", catalogue) for item in data["metrics"])
    return Recipe(**read)


_PLAIN: Final[Mapping[str, tuple[type, ...]]] = {
    "batch_size": (int,), "epochs": (int,), "seed": (int,), "device": (str,), "steps_per_execution": (int, type(None)),
}  # fmt: skip


def _plain(name: str, value: Json) -> Json:
    if not isinstance(value, _PLAIN[name]) or isinstance(value, bool):
        raise RecipeError(f"{name} of the recipe is of another type", received=repr(value)[:80])
    return value


def _data_from_json(data: Json) -> DataChoice:
    names = {item.name for item in fields(DataChoice)}
    if not isinstance(data, dict) or not set(data) <= names or not isinstance(data.get("source", ""), str):
        raise RecipeError(f"The recipe's data is an object of {', '.join(sorted(names))}", received=repr(data)[:80])
    for name in SHARES:
        if not isinstance(data.get(name, 0.0), int | float) or isinstance(data.get(name), bool):
            raise RecipeError(f"{name} of the data is a number", received=repr(data[name])[:80])
    return DataChoice(**data)


def _name_to_json(part: Part) -> Json:
    """A loss or metric without values is Keras's own word for it: `sparse_categorical_crossentropy`."""
    word = snake(part.class_name)
    taken = word == ACCURACY.class_name and part != ACCURACY  # Keras has a class Accuracy that is another metric
    return {"class": part.class_name, "values": values_to_json(part.values)} if part.values or taken else word


def _part_from_json(data: Json, kind: str, catalogue: Catalogue) -> Part:
    try:
        value = value_from_json(data)
        if isinstance(value, Part):
            return Part(_named(value.class_name, kind, catalogue).class_name, value.values)
        if isinstance(value, str):
            return _named(value, kind, catalogue)
    except EngineError as error:
        raise RecipeError(error.expected, received=error.received) from error
    raise RecipeError(f"A {kind} is a name or {{class, values}}", received=repr(data)[:80])


def _named(word: str, kind: str, catalogue: Catalogue) -> Part:
    return ACCURACY if (kind, word) == ("metric", ACCURACY.class_name) else named(catalogue, kind, word)


def named(catalogue: Catalogue, kind: str, word: str) -> Part:
    """Find a Keras object by class name or by Keras's word for it, or raise ValueProblem."""
    for name in catalogue.parts[kind]:
        if word in (name, snake(name)):
            return Part(name)
    raise ValueProblem(f"Expected one of Keras's {kind} names", received=repr(word)[:80])


def snake(name: str) -> str:
    """Spell a class name as Keras's word: `mean_squared_error` for `MeanSquaredError`."""
    out = ""
    for index, letter in enumerate(name):
        before, after = name[index - 1 : index], name[index + 1 : index + 2]
        starts = letter.isupper() and before and (before.islower() or before.isdigit() or after.islower())
        out += ("_" if starts else "") + letter.lower()
    return out
