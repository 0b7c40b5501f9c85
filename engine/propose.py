"""Proposes what a recipe lacks to fit its data and the network's last layer, and says why. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from engine import wiring
from engine.catalogue import Catalogue
from engine.data.columns import IGNORED, Column
from engine.datasets import DataSpec, counts
from engine.errors import EngineError
from engine.feeding import learned
from engine.graph import Graph
from engine.labels import LABELS, Labels, last_activation
from engine.recipe import ACCURACY, CROSSENTROPY, PLAIN_OUTPUT, Recipe, snake
from engine.report import Report
from engine.resolve import resolved
from engine.values import Part
from engine.wiring import title

#: Few steps an epoch teach little; a batch that leaves at least so many is small enough.
STEPS: Final = 10
USUAL_BATCH: Final = 32
BINARY: Final = Part("BinaryCrossentropy")
#: By what the targets are: the loss and the metric that one begins with.
LOSSES: Final[Mapping[Labels, Part]] = {
    "index": CROSSENTROPY,
    "yes or no": BINARY,
    "number": Part("MeanSquaredError"),
}
METRICS: Final[Mapping[Labels, Part]] = {
    "index": ACCURACY,
    "yes or no": ACCURACY,
    "number": Part("MeanAbsoluteError"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A recipe that fits, and for each thing that is other than before a sentence that says why."""

    recipe: Recipe
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _End:
    """The network's first end: its last layer, its activation, how many numbers it gives; None where unknown."""

    name: str = ""
    words: str = "the last layer"
    activation: str | None = None
    width: int | None = None


def recipe_for(graph: Graph, report: Report, spec: DataSpec, catalogue: Catalogue, recipe: Recipe) -> Proposal:
    """Propose a recipe for a drawing, whose shapes are in `report`, and its data; whatever fits stays as it is."""
    end = _end(resolved(graph, catalogue), report, catalogue)
    column = _target(recipe, spec, end)
    wanted = _labels(column, end)
    own = recipe.outputs.get(end.name, PLAIN_OUTPUT)
    changes = (
        None if own.loss is not None else _loss(recipe, spec.title, column, catalogue, wanted, end),
        None if own.metrics is not None else _metrics(recipe, spec.title, column, wanted),
        _batch(recipe, spec),
    )
    found = [change for change in changes if change is not None]
    for changed, _ in found:
        recipe = replace(recipe, **changed)
    return Proposal(recipe, tuple(reason for _, reason in found))


#: Fields of a recipe that change, and why.
_Change: TypeAlias = tuple[dict[str, Any], str]


def _end(graph: Graph, report: Report, catalogue: Catalogue) -> _End:
    """What the first output is; a drawing that is not whole yet has what can be known."""
    ends = wiring.model_outputs(graph, catalogue)
    if not ends:
        return _End()
    node = graph.node(ends[0].node)
    known = report.nodes.get(node.id)
    tensor = None if known is None else known.outputs.get(ends[0].port)
    width = None if tensor is None or len(tensor.shape) < 2 else tensor.shape[-1]
    try:
        activation = last_activation(graph, catalogue, node.id)
    except EngineError:  # a layer on the way that this version does not know
        activation = None
    return _End(node.name, title(node), None if activation is None else activation[1], width)


def _target(recipe: Recipe, spec: DataSpec, end: _End) -> Column:
    try:
        return learned(spec, recipe, end.name)
    except EngineError:  # which is said elsewhere
        return spec.targets[0]


def _labels(column: Column, end: _End) -> Labels:
    """What the targets are to the loss: yes or no may also be the number of one of two classes."""
    if column.task == "binary":
        return "index" if end.width == 2 else "yes or no"
    return "index" if column.task == "classes" else "number"


def _loss(recipe: Recipe, data: str, column: Column, catalogue: Catalogue, wanted: Labels, end: _End) -> _Change | None:
    """Another loss where this one is for other targets; logits on or off where that is all that is wrong."""
    name = recipe.loss.class_name
    # Of a loss without labels nothing is known, and somebody chose it with intent.
    labels = LABELS.get(name, wanted)
    fits = name in catalogue.parts["loss"] and (labels == wanted or (labels == "yes or no" and column.is_share))
    loss = recipe.loss if fits else LOSSES[wanted]
    if column.ignored == IGNORED and loss == CROSSENTROPY:
        loss = loss.with_value("ignore_class", IGNORED)
    logits = _with_logits(loss, catalogue, end)
    if logits == recipe.loss:
        return None
    if loss == recipe.loss:
        return {"loss": logits}, _about_logits(logits, end)
    also = f" {_about_logits(logits, end)}" if logits != loss else ""
    return {"loss": logits}, f"{_word(loss).capitalize()}: the targets of {data} are {_targets(column)}.{also}"


def _about_logits(loss: Part, end: _End) -> str:
    if "from_logits" in loss.values:
        return f"{end.words} gives raw numbers (logits), so the loss takes them with from logits on."
    return f"{end.words} gives probabilities, so the loss takes them with from logits off."


def _with_logits(loss: Part, catalogue: Catalogue, end: _End) -> Part:
    """Tell a loss that takes probabilities or logits what it gets, where that is known."""
    takes = any(p.name == "from_logits" for p in catalogue.part("loss", loss.class_name).parameters)
    if not takes or end.activation not in ("linear", "softmax", "sigmoid"):
        return loss
    if end.activation == "linear":
        return loss.with_value("from_logits", True)
    return loss.without_value("from_logits")


def _metrics(recipe: Recipe, data: str, column: Column, wanted: Labels) -> _Change | None:
    """Leave out the metrics that are for other targets; where none is left, begin with the usual one."""
    fits = tuple(metric for metric in recipe.metrics if _fits(metric, wanted))
    if fits == recipe.metrics:
        return None
    metrics = fits or (METRICS[wanted],)
    words = wiring.listed([_word(metric) for metric in metrics])
    return {"metrics": metrics}, f"{words.capitalize()}: {_meaning(wanted, data, column)}."


def _fits(metric: Part, wanted: Labels) -> bool:
    if metric == ACCURACY:
        return wanted != "number"
    return LABELS.get(metric.class_name, wanted) == wanted


def _meaning(wanted: Labels, data: str, column: Column) -> str:
    if wanted == "number":
        return f"how near the answers come to the numbers of {data}"
    return f"how often the answer is right, as {data} have {_targets(column)}"


def _batch(recipe: Recipe, spec: DataSpec) -> _Change | None:
    """A smaller batch where nobody chose one and the samples are few, or where it holds more than there are."""
    train, *_ = counts(recipe.data, spec.samples)
    size = min(USUAL_BATCH, 1 << max(train // STEPS, 1).bit_length() - 1)  # a power of two
    chosen = recipe.batch_size != USUAL_BATCH
    if train < 1 or size >= recipe.batch_size or (chosen and recipe.batch_size <= train):
        return None
    steps = -(-train // size)
    return {"batch_size": size}, f"Batches of {size}: {train} training samples then make {steps} steps an epoch."


def _targets(column: Column) -> str:
    return {"classes": f"{column.width} classes", "binary": "yes or no", "numbers": "numbers"}[column.task]


def _word(part: Part) -> str:
    return snake(part.class_name).replace("_", " ")
