"""From a recipe to a compiled model and the arrays that it is fed with. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import keras

from engine.batching import check_batches, laid_out
from engine.data.columns import Samples
from engine.datasets import Split, dataset, split
from engine.errors import RecipeError
from engine.feeding import Feeding, feeding
from engine.graph import Graph
from engine.precision import answering
from engine.recipe import ACCURACY, Recipe, check_recipe
from engine.recipe_numbers import SCALED
from engine.resolve import resolved
from engine.values import Part
from engine.worker import construct, pace, rates
from engine.worker.build import Built, build, check_drawing
from engine.worker.devices import Device
from engine.worker.faults import is_out_of_memory, node_named, said
from engine.worker.known import catalogue
from engine.worker.precision import computing_in


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that a run or an evaluation takes: a compiled model, and the samples in three parts.

    Attributes:
        ordered: Each batch continues the one before, so samples stay in their order.
    """

    built: Built
    recipe: Recipe
    feeding: Feeding
    data: Split
    device: Device
    steps_per_execution: int
    ordered: bool = False

    @property
    def model(self) -> keras.Model:
        return self.built.model

    @property
    def steps(self) -> int:
        """Steps in an epoch; the last may be smaller than the others."""
        return _steps(self.recipe, self.data)

    @property
    def watched(self) -> Samples:
        """The samples that are watched: the validation ones, or the training ones where none are kept apart."""
        return self.data.validation if len(self.data.validation) else self.data.train


def prepared(graph: Graph, recipe: Recipe, device: Device) -> Prepared:
    """Build and compile a model for its data, or raise EngineError, naming the node where there is one."""
    recipe = check_recipe(recipe, catalogue())
    keras.utils.set_random_seed(recipe.seed)
    check_drawing(graph, catalogue())
    spec, flat = dataset(recipe.data), resolved(graph, catalogue())
    fed = feeding(flat, catalogue(), recipe, spec)
    check_batches(flat, catalogue(), recipe)
    data = laid_out(split(recipe.data, recipe.seed), spec, flat, catalogue(), recipe)
    with computing_in(recipe.precision):
        built = build(answering(graph, recipe.precision, catalogue()), catalogue())
    check_inputs(built.model, flat, fed, spec.title)
    steps = _steps(recipe, data)
    work = pace.multiply_adds(flat, built.layers, built.tensors)
    chosen = pace.steps_per_execution(work, recipe.batch_size, steps, gpu=device.is_gpu)
    together = min(recipe.steps_per_execution or chosen, steps)
    # XLA is a gamble on a CPU; Keras leaves it off by itself only where the machine has no GPU at all.
    jit: bool | str = recipe.xla if recipe.xla is not None else "auto" if device.is_gpu else False
    compile_model(built.model, recipe, fed, steps_per_execution=together, jit=jit)
    return Prepared(built, recipe, fed, data, device, together, ordered=spec.ordered)


def _steps(recipe: Recipe, data: Split) -> int:
    return -(-len(data.train) // recipe.batch_size)


def compile_model(
    model: keras.Model, recipe: Recipe, fed: Feeding, *, steps_per_execution: int = 1, jit: bool | str = "auto"
) -> None:
    """Give a model the recipe's optimizer, losses and metrics; each output has a loss and metrics of its own.

    The optimizer has its variables at once: they are saved, and found again, whether or not a step was made.
    """
    names = [name for name, _ in fed.outputs]
    weights = [recipe.weight_of(name) for name in names]
    model.compile(
        optimizer=_optimizer(recipe),
        loss=_one_or_all([construct.part("loss", recipe.loss_of(name)) for name in names]),
        loss_weights=None if set(weights) == {1.0} else _one_or_all(weights),
        metrics=_metrics(recipe, fed, weighted=False),
        weighted_metrics=_metrics(recipe, fed, weighted=True),
        steps_per_execution=steps_per_execution,
        jit_compile=jit,
    )
    rates.make_changeable(model.optimizer)
    model.optimizer.build(model.trainable_variables)


def _optimizer(recipe: Recipe) -> Any:
    """Make the optimizer; in float16 it scales the loss.

    Keras wraps it so by itself, but writes the bare one into the model's file, whose weights it then cannot read.
    """
    made = construct.part("optimizer", recipe.optimizer)
    return keras.optimizers.LossScaleOptimizer(made) if recipe.precision == SCALED else made


def _metrics(recipe: Recipe, fed: Feeding, *, weighted: bool) -> Any:
    """The metrics of the outputs that are asked everywhere, or of those that are not: these count by weight."""
    chosen = [
        [_metric(metric) for metric in recipe.metrics_of(name)] if (column.ignored is not None) == weighted else []
        for name, column in fed.outputs
    ]
    return _one_or_all(chosen) if any(chosen) else None


def _metric(metric: Part) -> Any:
    return metric.class_name if metric == ACCURACY else construct.part("metric", metric)


def _one_or_all(each: list[Any]) -> Any:
    """One for a single end, a list where there are several, as Keras takes them."""
    return each[0] if len(each) == 1 else each


# -- what the model is fed with


def feed(fed: Feeding, samples: Samples) -> tuple[Any, Any, Any]:
    """Return what `fit` takes as x, y and weights: each input's column, each output's target, what of it counts."""
    columns = [column for _, column in fed.outputs]
    targets = [samples.targets[column.name] for column in columns]
    weights = [column.counted(target) for column, target in zip(columns, targets, strict=True)]
    some = any(column.ignored is not None for column in columns)
    return inputs(fed, samples), _one_or_all(targets), _one_or_all(weights) if some else None


def inputs(fed: Feeding, samples: Samples) -> Any:
    """Return the inputs' columns in the structure that the model was built with, lest Keras warn."""
    return _one_or_all([samples.inputs[column.name] for _, column in fed.inputs])


def check_inputs(model: keras.Model, graph: Graph, fed: Feeding, title: str) -> None:
    """Raise RecipeError, at its node, where an input takes another shape than the data have."""
    nodes = {node.name: node.id for node in graph.nodes.values()}
    for tensor, (name, column) in zip(model.inputs, fed.inputs, strict=True):
        shape = tuple(tensor.shape[1:])
        if not _takes(shape, column.shape):
            raise RecipeError(
                f"{name} must take what the data are: {_spell(column.shape)}, a sample of {title}",
                received=_spell(shape), hint=f"Set its shape to {_spell(column.shape)}",
                node=nodes.get(name),
            )  # fmt: skip


def _takes(shape: tuple[int | None, ...], data: tuple[int, ...]) -> bool:
    return len(shape) == len(data) and all(a in (None, b) for a, b in zip(shape, data, strict=True))


def _spell(shape: tuple[int | None, ...]) -> str:
    return "×".join("any" if length is None else str(length) for length in shape) or "a number"


# -- before the first step

#: Two, since a single one fits where its targets only seem to: arrays of one stretch to any length.
FEW = 2


def rehearse(model: keras.Model, fed: Feeding, samples: Samples, graph: Graph) -> list[str]:
    """Return the names of what is measured, having made the metrics' variables on a few samples.

    They are made outside any traced function: Keras otherwise makes them, and the optimizer's, while it traces the
    first step, and a trace that makes variables is thrown away and done again: the first step then takes twice as
    long. What does not fit together fails here, where it can be said what it is: as a RecipeError.
    """
    few = max(int(tensor.shape[0] or FEW) for tensor in model.inputs)
    x, y, weights = feed(fed, samples.taken(slice(few)))
    with _saying("The network cannot compute its output", graph):
        put_out = model(x, training=False)
    with _saying("The loss cannot compare the network's output with the targets", graph):
        model.compute_loss(x, y, put_out, weights)
    with _saying("A metric cannot compare the network's output with the targets", graph):
        measured = [*model.compute_metrics(x, y, put_out, weights)]
    model.reset_metrics()
    return measured


@contextmanager
def _saying(words: str, graph: Graph) -> Iterator[None]:
    """Put words before what Keras says; where memory ran out, that is said elsewhere."""
    try:
        yield
    except Exception as error:
        if is_out_of_memory(error):
            raise
        raise RecipeError(f"{words}: {said(error)}", node=node_named(str(error), graph) or None) from error
