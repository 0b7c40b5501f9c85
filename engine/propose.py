"""Sane training values, proposed from the data and the last layer, each with its reason. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from engine.catalogue import Catalogue
from engine.datasets import DataSpec, counts
from engine.fitting import recipe_problems
from engine.graph import Graph, Node
from engine.recipe import ACCURACY, Recipe
from engine.report import Report
from engine.values import FrozenMap, Part, Value

#: Steps that an epoch should have at least, so that there is something to see and to learn from.
FEWEST_STEPS: Final = 8
BATCH: Final = 32
_LOGITS: Final[FrozenMap[Value]] = FrozenMap({"from_logits": True})
_AT_ZERO: Final[FrozenMap[Value]] = FrozenMap({"threshold": 0.0})


@dataclass(frozen=True, slots=True)
class Proposal:
    """A recipe, and why: one sentence for each thing proposed."""

    recipe: Recipe
    reasons: tuple[str, ...]


def recipe_for(graph: Graph, report: Report, spec: DataSpec, catalogue: Catalogue, recipe: Recipe) -> Proposal:
    """Propose loss, metrics and batch size where the recipe's do not fit; what a person chose and fits is kept."""
    batch, why = _batch(recipe, spec)
    if not recipe_problems(graph, report, recipe, spec, catalogue):
        return Proposal(replace(recipe, batch_size=batch), tuple(_words(why)))
    last = _last(graph)
    activation = _activation(last, catalogue) if last is not None else "linear"
    units = _units(last, report) if last is not None else None
    loss, metrics, reason = _loss(spec, activation, units)
    proposed = replace(recipe, loss=loss, metrics=metrics, batch_size=batch)
    return Proposal(proposed, tuple(_words(reason, why)))


def _words(*sentences: str) -> Iterable[str]:
    return (sentence for sentence in sentences if sentence)


def _last(graph: Graph) -> Node | None:
    """The first node that feeds no other."""
    feeding = {edge.source.node for edge in graph.edges}
    return next((node for id, node in graph.nodes.items() if id not in feeding), None)


def _activation(node: Node, catalogue: Catalogue) -> str:
    """What the last layer does to its sums: its own activation, or what an activation layer is."""
    spec = catalogue.layers.get(node.layer)
    if node.layer == "Softmax":
        return "softmax"
    if spec is None or all(parameter.name != "activation" for parameter in spec.parameters):
        return "linear"
    return str(catalogue.value(node, "activation") or "linear")


def _units(node: Node, report: Report) -> int | None:
    known = report.nodes.get(node.id)
    if known is None or "output" not in known.outputs:
        return None
    return known.outputs["output"].shape[-1]


def _loss(spec: DataSpec, activation: str, units: int | None) -> tuple[Part, tuple[Part, ...], str]:
    if spec.task == "numbers":
        return (
            Part("MeanSquaredError"), (Part("MeanAbsoluteError"),), "The targets are numbers: mean squared error.",
        )  # fmt: skip
    if spec.task == "binary" and units in (1, None):
        if activation == "sigmoid":
            return Part("BinaryCrossentropy"), (ACCURACY,), "One sigmoid against targets 0 and 1: binary cross-entropy."
        return (
            Part("BinaryCrossentropy", _LOGITS), (Part("BinaryAccuracy", _AT_ZERO),),
            "One output without sigmoid: binary cross-entropy from logits, and 0 parts the classes.",
        )  # fmt: skip
    if activation == "softmax":
        return (
            Part("SparseCategoricalCrossentropy"), (ACCURACY,),
            "Softmax against whole-number labels: sparse categorical cross-entropy.",
        )  # fmt: skip
    return (
        Part("SparseCategoricalCrossentropy", _LOGITS), (ACCURACY,),
        "The last layer has no softmax: sparse categorical cross-entropy from logits.",
    )  # fmt: skip


def _batch(recipe: Recipe, spec: DataSpec) -> tuple[int, str]:
    """Keep the batch size unless an epoch would have too few steps."""
    train, _, _ = counts(recipe.data, spec.samples)
    if recipe.batch_size * FEWEST_STEPS <= train:
        return recipe.batch_size, ""
    batch = max(1, min(BATCH, train // FEWEST_STEPS))
    return batch, f"Batches of {batch} give an epoch of {train} samples at least {FEWEST_STEPS} steps."
