"""The loss around a network's weights, along two filter-normalised directions (Li et al. 2018). Knows no picture."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import keras
import numpy as np

from engine.data.columns import Samples, Tensor
from engine.errors import RecipeError
from engine.messages import Array, Heights, Landscape
from engine.worker import construct
from engine.worker.prepare import Prepared, feed
from engine.worker.studies.sample import undisturbed
from engine.worker.studies.subject import Steps, Subject
from engine.worker.weights import Weights, copied, restore

Direction: TypeAlias = list[Tensor]
MOST_SIDE: Final = 101
#: What is only measured leaves room for so many batches of training at once.
WIDER: Final = 8
#: How many places come to one answer: the picture grows by so many, at least.
TOGETHER: Final = 8


def landscape(subject: Subject, question: Landscape) -> Steps:
    """Yield the places that are known so far, coarse to fine; the weights are where they were after each step."""
    if subject.training:
        raise RecipeError(
            "A loss landscape is drawn around weights that stand still", received="a run that trains",
            hint="Pause the run",
        )  # fmt: skip
    run = subject.run
    side = max(3, min(question.side, MOST_SIDE) // 2 * 2 + 1)
    samples = run.watched.taken(slice(max(1, question.samples)))
    loss, variables = Loss(run, samples), run.model.trainable_variables
    origin = copied(variables)
    random = np.random.default_rng(question.seed)
    first, second = (normalised(origin, random) for _ in range(2))
    steps = np.linspace(-question.reach, question.reach, side)
    heights = np.full((side, side), np.nan)
    for done, (row, column) in enumerate(coarse_to_fine(side), 1):
        if subject.training:
            raise RecipeError("The run trains on, and its weights no longer stand still", hint="Pause the run")
        with moved(variables, origin, steps[column], first, steps[row], second):
            heights[row, column] = loss.now()
        yield _answer(question, heights, len(samples)) if done % TOGETHER == 0 else None
    yield _answer(question, heights, len(samples), done=True)


def _answer(question: Landscape, heights: Tensor, samples: int, *, done: bool = False) -> Heights:
    return Heights(question.asked, question.reach, Array.of(heights), samples, done)


def normalised(weights: Weights, random: np.random.Generator) -> Direction:
    """Draw a direction in which each filter is as long as the weights' own; of vectors (biases, scales) it is nought.

    A filter is what makes one number of the next layer: of kernels all of one last index; of more axes likewise.
    """
    found = []
    for weight in weights:
        if weight.ndim < 2:
            found.append(np.zeros_like(weight))
            continue
        drawn = np.asarray(random.normal(size=weight.shape))
        axes = tuple(range(weight.ndim - 1))
        own, length = (_lengths(each, axes) for each in (weight, drawn))
        found.append(np.asarray(drawn * (own / np.maximum(length, 1e-10)), weight.dtype))
    return found


def _lengths(weight: Tensor, axes: tuple[int, ...]) -> Tensor:
    return np.asarray(np.sqrt((weight.astype("float64") ** 2).sum(axis=axes)))


@contextmanager
def moved(
    variables: list[Any], origin: Weights, a: float, first: Direction, b: float, second: Direction
) -> Iterator[None]:
    """Have weights stand elsewhere, and put them back bit for bit, whatever happens meanwhile."""
    try:
        for variable, start, one, two in zip(variables, origin, first, second, strict=True):
            variable.assign(start + np.asarray(a * one + b * two, start.dtype))
        yield
    finally:
        restore(variables, origin)


def coarse_to_fine(side: int) -> Iterator[tuple[int, int]]:
    """Yield every place of a square once, the middle first, then ever finer nets of places."""
    middle = side // 2
    yield middle, middle
    seen = {(middle, middle)}
    stride = 1 << max(1, middle).bit_length()
    while stride:
        spots = [place for place in range(side) if (place - middle) % stride == 0]
        for place in ((row, column) for row in spots for column in spots):
            if place not in seen:
                seen.add(place)
                yield place
        stride //= 2


class Loss:
    """Measures the loss of some samples as an evaluation does, with losses of its own: the run's metrics stay."""

    def __init__(self, run: Prepared, samples: Samples) -> None:
        model, recipe = run.model, run.recipe
        outputs = [name for name, _ in run.feeding.outputs]
        self._model, self._run = keras.Model(model.inputs, model.outputs), model
        made = [construct.part("loss", recipe.loss_of(name)) for name in outputs]
        weights = [recipe.weight_of(name) for name in outputs]
        one = len(made) == 1
        self._model.compile(
            optimizer=None, loss=made[0] if one else made, jit_compile=False,
            loss_weights=None if set(weights) == {1.0} else weights[0] if one else weights,
        )  # fmt: skip
        fixed, count = model.inputs[0].shape[0], len(samples)
        size = fixed or min(WIDER * recipe.batch_size, count)
        starts = range(0, count - count % size if fixed else count, size)
        self._batches = [feed(run.feeding, samples.taken(slice(start, start + size))) for start in starts]

    def now(self) -> float:
        """Return the mean loss of the samples by the weights of now."""
        total = count = 0.0
        with undisturbed(self._run):
            for x, y, weights in self._batches:
                size = len(keras.tree.flatten(x)[0])
                total += size * float(self._model.test_on_batch(x, y, weights, return_dict=True)["loss"])
                count += size
        return total / count if count else float("nan")
