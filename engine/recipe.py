"""How to train: data, loss, optimizer, metrics, epochs, seed, as one frozen value. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from engine import choices_json
from engine.catalogue import Catalogue
from engine.choices import DataChoice as DataChoice
from engine.choices import Keeping as Keeping
from engine.choices import OutputChoice as OutputChoice
from engine.choices import Plateau as Plateau
from engine.choices import Stopping as Stopping
from engine.clipping import check_clipping
from engine.errors import EngineError, RecipeError, ValueProblem
from engine.recipe_numbers import NUMBERS as NUMBERS
from engine.recipe_numbers import SHARES as SHARES
from engine.recipe_numbers import WEIGHT as WEIGHT
from engine.values import FrozenMap, Json, Part, Value, value_from_json, values_from_json, values_to_json

#: Keras's word for the accuracy that fits the loss and the targets.
ACCURACY: Final = Part("accuracy")
CROSSENTROPY: Final = Part("SparseCategoricalCrossentropy")
ADAM: Final = Part("Adam")
PLAIN_OUTPUT: Final = OutputChoice()


@dataclass(frozen=True, slots=True)
class Recipe:
    """A training run, whole.

    Attributes:
        optimizer: Its learning rate is a number or, as a Part, a schedule.
        device: "auto" (a GPU where there is one), "cpu", or a device as the trainer names it ("GPU:0").
        steps_per_execution: Steps that run between two looks at the loss; None lets the program choose.
        outputs: By an output's name, what it learns other than the rest.
        stopping: What ends the run early; None lets it go through all its epochs.
        plateau: What lowers the learning rate; None leaves it as the optimizer has it.
        keeping: Of which epochs weights are kept; None for those of the last alone.
        precision: Keras's policy for half precision, "mixed_float16" or "mixed_bfloat16"; None computes in float32.
        xla: Whether XLA compiles the steps; None lets the program choose.
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
    outputs: FrozenMap[OutputChoice] = field(default_factory=FrozenMap)
    stopping: Stopping | None = None
    plateau: Plateau | None = None
    keeping: Keeping | None = None
    xla: bool | None = None
    precision: str | None = None

    def loss_of(self, output: str) -> Part:
        """Return the loss of an output, by its name."""
        loss = self.outputs.get(output, PLAIN_OUTPUT).loss
        return self.loss if loss is None else loss

    def metrics_of(self, output: str) -> tuple[Part, ...]:
        """Return the metrics of an output, by its name."""
        metrics = self.outputs.get(output, PLAIN_OUTPUT).metrics
        return self.metrics if metrics is None else metrics

    def weight_of(self, output: str) -> float:
        """Return how much the loss of an output counts, by its name."""
        return self.outputs.get(output, PLAIN_OUTPUT).weight


def check_recipe(recipe: Recipe, catalogue: Catalogue) -> Recipe:
    """Return a recipe in canonical form, or raise RecipeError with the first thing that is wrong."""
    try:
        numbers: dict[str, Any] = {name: spec.check(getattr(recipe, name)) for name, spec in NUMBERS.items()}
        shares: dict[str, Any] = {name: spec.check(getattr(recipe.data, name)) for name, spec in SHARES.items()}
        parts: dict[str, Any] = {
            "loss": catalogue.check_part("loss", recipe.loss),
            "optimizer": catalogue.check_part("optimizer", recipe.optimizer),
            "metrics": _checked_metrics(recipe.metrics, catalogue),
            "outputs": FrozenMap({name: _checked(output, catalogue) for name, output in recipe.outputs.items()}),
            **choices_json.all_checked(_oversight(recipe)),
        }
    except ValueProblem as problem:
        raise RecipeError(problem.expected, received=problem.received, hint=problem.hint) from problem
    if shares["validation"] + shares["test"] > 0.9:
        raise RecipeError(
            "Validation and test together take at most 90% of the samples",
            received=f"{recipe.data.validation:.0%} and {recipe.data.test:.0%}", hint="Lower one of them",
        )  # fmt: skip
    check_clipping(recipe.optimizer)
    if recipe.plateau is not None and isinstance(recipe.optimizer.values.get("learning_rate"), Part):
        raise RecipeError(
            "A learning rate that is lowered on a plateau is a number", received="a schedule, which sets it by itself",
            hint="Choose one of the two",
        )  # fmt: skip
    return replace(recipe, data=replace(recipe.data, **shares), **numbers, **parts)


def _checked(output: OutputChoice, catalogue: Catalogue) -> OutputChoice:
    weight: Any = WEIGHT.check(output.weight)
    loss = None if output.loss is None else catalogue.check_part("loss", output.loss)
    metrics = None if output.metrics is None else _checked_metrics(output.metrics, catalogue)
    return replace(output, loss=loss, weight=weight, metrics=metrics)


def _checked_metrics(metrics: tuple[Part, ...], catalogue: Catalogue) -> tuple[Part, ...]:
    return tuple(metric if metric == ACCURACY else catalogue.check_part("metric", metric) for metric in metrics)


# -- JSON


def recipe_to_json(recipe: Recipe) -> Json:
    """Spell a recipe; what a newer field leaves at its default is left out, so that old files stay as they were."""
    data: dict[str, Json] = {"source": recipe.data.source}
    plain = DataChoice()
    data |= {name: getattr(recipe.data, name) for name in SHARES if getattr(recipe.data, name) != getattr(plain, name)}
    if recipe.data.values:
        data["values"] = values_to_json(recipe.data.values)
    spelled: dict[str, Json] = {
        "data": data,
        "loss": _name_to_json(recipe.loss),
        "optimizer": {"class": recipe.optimizer.class_name, "values": values_to_json(recipe.optimizer.values)},
        "metrics": [_name_to_json(metric) for metric in recipe.metrics],
        "batch_size": recipe.batch_size,
        "epochs": recipe.epochs,
        "seed": recipe.seed,
    }
    if recipe.outputs:
        spelled["outputs"] = {name: _output_to_json(output) for name, output in recipe.outputs.items()}
    if recipe.device != "auto":
        spelled["device"] = recipe.device
    spelled |= {
        name: getattr(recipe, name)
        for name in ("steps_per_execution", "xla", "precision")
        if getattr(recipe, name) is not None
    }
    return spelled | choices_json.all_to_json(_oversight(recipe))


def _oversight(recipe: Recipe) -> dict[str, choices_json.Choice | None]:
    return {name: getattr(recipe, name) for name in choices_json.OVERSIGHT}


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
        read["metrics"] = _metrics_from_json(data["metrics"], catalogue)
    if "outputs" in data:
        read["outputs"] = _outputs_from_json(data["outputs"], catalogue)
    read |= choices_json.all_from_json(data)
    return Recipe(**read)


_PLAIN: Final[Mapping[str, tuple[type, ...]]] = {
    "batch_size": (int,), "epochs": (int,), "seed": (int,), "device": (str,), "steps_per_execution": (int, type(None)),
    "xla": (bool, type(None)), "precision": (str, type(None)),
}  # fmt: skip


def _plain(name: str, value: Json) -> Json:
    if not isinstance(value, _PLAIN[name]) or (isinstance(value, bool) and bool not in _PLAIN[name]):
        raise RecipeError(f"{name} of the recipe is of another type", received=repr(value)[:80])
    return value


def _data_from_json(data: Json) -> DataChoice:
    names = {item.name for item in fields(DataChoice)}
    if not isinstance(data, dict) or not set(data) <= names or not isinstance(data.get("source", ""), str):
        raise RecipeError(f"The recipe's data is an object of {', '.join(sorted(names))}", received=repr(data)[:80])
    for name in SHARES:
        if not isinstance(data.get(name, 0.0), int | float) or isinstance(data.get(name), bool):
            raise RecipeError(f"{name} of the data is a number", received=repr(data[name])[:80])
    values = _values_from_json(data.get("values", {}))
    return DataChoice(**{**data, "values": values})


def _values_from_json(data: Json) -> FrozenMap[Value]:
    try:
        return values_from_json(data)
    except EngineError as error:
        raise RecipeError(error.expected, received=error.received) from error


def _output_to_json(output: OutputChoice) -> Json:
    spelled: dict[str, Json] = {}
    if output.target:
        spelled["target"] = output.target
    if output.loss is not None:
        spelled["loss"] = _name_to_json(output.loss)
    if output.weight != PLAIN_OUTPUT.weight:
        spelled["weight"] = output.weight
    if output.metrics is not None:
        spelled["metrics"] = [_name_to_json(metric) for metric in output.metrics]
    return spelled


def _outputs_from_json(data: Json, catalogue: Catalogue) -> FrozenMap[OutputChoice]:
    if not isinstance(data, dict):
        raise RecipeError("Outputs are an object of names and what each learns", received=repr(data)[:80])
    return FrozenMap({name: _output_from_json(item, catalogue) for name, item in data.items()})


def _output_from_json(data: Json, catalogue: Catalogue) -> OutputChoice:
    names = [item.name for item in fields(OutputChoice)]
    if not isinstance(data, dict) or not set(data) <= set(names) or not isinstance(data.get("target", ""), str):
        raise RecipeError(f"What an output learns is an object of {', '.join(names)}", received=repr(data)[:80])
    weight = data.get("weight", PLAIN_OUTPUT.weight)
    if not isinstance(weight, int | float) or isinstance(weight, bool):
        raise RecipeError("weight of an output is a number", received=repr(weight)[:80])
    loss = _part_from_json(data["loss"], "loss", catalogue) if "loss" in data else None
    metrics = _metrics_from_json(data["metrics"], catalogue) if "metrics" in data else None
    return OutputChoice(data.get("target", ""), loss, weight, metrics)


def _metrics_from_json(data: Json, catalogue: Catalogue) -> tuple[Part, ...]:
    if not isinstance(data, list):
        raise RecipeError("Metrics are a list", received=repr(data)[:80])
    return tuple(_part_from_json(item, "metric", catalogue) for item in data)


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
