"""Whether a recipe fits a drawing: its inputs, its outputs, its loss and the data. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from engine import wiring
from engine.batch_fitting import batch_problems
from engine.catalogue import Catalogue
from engine.data.columns import Column
from engine.datasets import DataSpec
from engine.errors import EngineError, RecipeError
from engine.feeding import feeding
from engine.fit import Fit
from engine.fitters import After, TakeOut
from engine.graph import End, Graph, Node
from engine.kinds import spell
from engine.labels import LABELS as LABELS
from engine.labels import PLAIN
from engine.labels import Labels as Labels
from engine.labels import last_activation as last_activation
from engine.mends import Choose, Set, Source
from engine.outputs import output_problems
from engine.recipe import Recipe, check_recipe
from engine.report import Problem, Report, TensorSpec
from engine.resolve import resolved
from engine.values import FrozenMap, Value
from engine.wiring import listed, title

#: Inputs above this make the first steps of training wild; below its inverse, endless.
WILD: Final = 16.0
#: Groups and layers that bring any numbers into a range.
TAMING: Final = frozenset({"BatchNormalization", "LayerNormalization", "Normalization", "Rescaling", "Embedding"})

#: Layers that multiply what they are given, and so take a word's number for an amount; how wide a first table is.
AMOUNTS: Final = frozenset({"Dense", "SimpleRNN", "LSTM", "GRU", "Bidirectional", "RNN", "Conv1D", "EinsumDense"})
WIDE: Final = 16


def judged(
    graph: Graph, report: Report, recipe: Recipe, spec: DataSpec, catalogue: Catalogue
) -> tuple[tuple[Problem, ...], Mapping[Problem, Source]]:
    """Say why a drawing, whose shapes are in `report`, cannot learn this data by this recipe, and what would mend that.

    A problem without nodes is the recipe's own; its `parameter` names the recipe's field. Errors come first.
    """
    fit = Fit(resolved(graph, catalogue), report, recipe, spec, catalogue)
    found = [*_recipe(fit), *_names(fit), *_inputs(fit), *batch_problems(fit), *output_problems(fit)]
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.severity == "warning")), fit.mends


def recipe_problems(
    graph: Graph, report: Report, recipe: Recipe, spec: DataSpec, catalogue: Catalogue
) -> tuple[Problem, ...]:
    """Say what `judged` says, without what would mend it."""
    return judged(graph, report, recipe, spec, catalogue)[0]


def _recipe(fit: Fit) -> Iterator[Problem]:
    try:
        check_recipe(fit.recipe, fit.catalogue)
    except EngineError as error:
        yield Problem("error", error.sentence)
        return
    train, size, usual = fit.parts[0], fit.recipe.batch_size, Recipe().batch_size
    if size > train > usual:
        sentence = (
            f"Batches of {size} hold more than the {train:,} training samples of {fit.data.title}: each epoch is one "
            f"step. Set the batch size to {usual}."
        )
        mend = Choose("batch_size", usual, f"Set batch size to {usual}")
        yield fit.noted(Problem("warning", sentence, (), "batch_size"), mend)


def _names(fit: Fit) -> Iterator[Problem]:
    """Say that an input or an output bears no name that the data know."""
    try:
        feeding(fit.graph, fit.catalogue, fit.recipe, fit.data)
    except RecipeError as error:
        named = {fit.graph.node(end.node).name for end in wiring.model_outputs(fit.graph, fit.catalogue)}
        strange = [name for name in fit.recipe.outputs if name not in named]
        if strange:
            mend = Choose("outputs", fit.recipe.outputs.without(*strange), f"Take {listed(strange)} out of the recipe")
            yield fit.noted(Problem("error", error.sentence, (), "outputs"), mend)
        else:
            yield Problem("error", error.sentence, (error.node,) if error.node else (), "name" if error.node else "")


# -- what goes in


def _inputs(fit: Fit) -> Iterator[Problem]:
    ids = wiring.model_inputs(fit.graph, fit.catalogue)
    if len(ids) > 1 and len(fit.data.inputs) == 1:
        names = listed([fit.graph.node(id).name for id in ids])
        yield Problem("warning", f"Each of the inputs {names} is given the same sample of {fit.data.title}.", ids)
    for id in ids:
        tensor = fit.tensor(End(id, "output"))
        if tensor is not None:
            column = fit.received(id, len(ids))
            yield from _input(fit, fit.graph.node(id), column, tensor)
            yield from _tokens(fit, fit.graph.node(id), column)
            yield from _range(fit, fit.graph.node(id), column, tensor)


def _input(fit: Fit, node: Node, column: Column, tensor: TensorSpec) -> Iterator[Problem]:
    takes, gives = tensor.shape[1:], column.shape
    if len(takes) != len(gives) or any(a is not None and a != b for a, b in zip(takes, gives, strict=True)):
        sentence = (
            f"{title(node)} takes {tensor.label}; a sample of {fit.data.title} is {spell(gives)}. "
            f"Set its shape to {spell(gives)}."
        )
        yield fit.noted(Problem("error", sentence, (node.id,), "shape"), Set(node.id, "shape", gives))
    if tensor.dtype.startswith(("int", "uint", "bool")) and column.task == "numbers":
        sentence = (
            f"{title(node)} holds {tensor.dtype}; {fit.data.title} are fractions from {column.least:g} to "
            f"{column.highest:g} and would all but vanish. Set its dtype to float32."
        )
        yield fit.noted(Problem("warning", sentence, (node.id,), "dtype"), Set(node.id, "dtype", "float32"))


def _tokens(fit: Fit, node: Node, column: Column) -> Iterator[Problem]:
    """Say that the numbers of words are taken for amounts, or that some words have no row in a table."""
    first, words = _first(fit, node), column.width
    if column.task == "numbers" or first is None:
        return
    rows = first.values.get("input_dim")
    if first.layer == "Embedding" and isinstance(rows, int) and rows < words:
        sentence = (
            f"{title(first)} has rows for {rows} words; {fit.data.title} have {words}. Set its input dim to {words}."
        )
        yield fit.noted(Problem("error", sentence, (first.id,), "input_dim"), Set(first.id, "input_dim", words))
    elif first.layer in AMOUNTS and words > 2:
        sentence = (
            f"{title(node)} brings the numbers of {words} words to {title(first)}, which takes them for amounts. "
            "Insert Embedding."
        )
        rows_of: FrozenMap[Value] = FrozenMap({"input_dim": words, "output_dim": WIDE})
        yield fit.noted(
            Problem("warning", sentence, (node.id, first.id)), After(node.id, "Embedding", rows_of, f"of {words} words")
        )


def _range(fit: Fit, node: Node, column: Column, tensor: TensorSpec) -> Iterator[Problem]:
    """Say that the first layer that learns is given numbers far from 1."""
    first = _first(fit, node)
    if first is None or not tensor.dtype.startswith("float") or column.task != "numbers":
        return
    highest, scale = column.highest, first.values.get("scale")
    if highest > WILD and first.layer not in TAMING:
        sentence = (
            f"{title(node)} brings numbers from 0 to {highest:g} to {title(first)}, which learns best from about 0 to "
            f"1. Insert Rescaling by 1/{highest:g}."
        )
        mend = After(node.id, "Rescaling", FrozenMap({"scale": 1 / highest}), f"by 1/{highest:g}")
        yield fit.noted(Problem("warning", sentence, (node.id, first.id)), mend)
    elif first.layer == "Rescaling" and isinstance(scale, float) and abs(scale) * highest * WILD < 1:
        sentence = (
            f"{title(first)} multiplies by {scale:.3g} what comes from {title(node)} from 0 to {highest:g} already: "
            "next to nothing is left. Take it out."
        )
        yield fit.noted(Problem("warning", sentence, (first.id, node.id), "scale"), TakeOut(first.id))


def _first(fit: Fit, node: Node) -> Node | None:
    """The first layer behind an input that changes its numbers; None where ways part before it, or none does."""
    id, seen = node.id, {node.id}
    while True:
        after = {edge.target.node for edge in fit.graph.out_of(id)} - seen
        if len(after) != 1:
            return None
        (id,) = after
        seen.add(id)
        if fit.graph.node(id).layer not in PLAIN:
            return fit.graph.node(id)
