"""Says what a network makes of samples beside what is right, without disturbing its run. Knows no wire."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from math import inf, prod
from time import perf_counter
from typing import Any, Final

import keras
import numpy as np

from engine import judging
from engine.data.columns import Column, Samples, Tensor
from engine.errors import RecipeError
from engine.judging_messages import Judge, Judged, Share
from engine.messages import Array
from engine.worker import states
from engine.worker.prepare import Prepared, inputs

#: The share of the time that predictions after epochs may take; where they cost more, epochs are passed over.
SHARE: Final = 0.2
#: So many training batches are predicted at once: nothing is kept for gradients.
TOGETHER: Final = 4


def judge(run: Prepared, question: Judge, epoch: int, step: int, looks: int = 0) -> Iterator[Judged]:
    """Yield what each output says of a part of the data, with the weights as they are.

    Raises:
        RecipeError: The part has no samples.
    """
    samples = part_of(run, question.part)
    places = judging.chosen(len(samples), _bytes(run), ordered=run.ordered)
    taken = samples.taken(places)
    each = predicted(run, taken)
    for index, ((name, column), raw) in enumerate(zip(run.feeding.outputs, each, strict=True)):
        loss, shape = run.recipe.loss_of(name), tuple(raw.shape[1:])
        kind = judging.kind_of(column, loss, shape)
        yield Judged(
            question.asked, question.part, epoch, step, name, kind, "" if kind else judging.no_kind(name, column, shape),
            len(samples), Array.of(places.astype("int64")),
            _sent(kind, judging.read(kind, column, loss, raw)), _sent(kind, _right(kind, column, taken)),
            looks, index + 1 < len(each),
        )  # fmt: skip


def part_of(run: Prepared, part: Share) -> Samples:
    """Return the samples of a part; where none is kept for validation, those of training stand in for them."""
    samples = {"validation": run.watched, "test": run.data.test, "train": run.data.train}[part]
    if not len(samples):
        raise RecipeError(
            f"There must be {part} samples to judge the network by", received="a recipe that keeps none apart",
            hint=f"Give the {part} a share of the data, and train again",
        )  # fmt: skip
    return samples


def predicted(run: Prepared, samples: Samples) -> list[Tensor]:
    """Return what each output puts out for samples; what layers remember is left as it was."""
    count = len(samples)
    size = run.model.inputs[0].shape[0] or min(count, run.recipe.batch_size * TOGETHER)
    found: list[list[Tensor]] = []
    with states.kept(run.model):
        states.reset(run.model)
        for begin in range(0, count, size):
            # The last slice is filled up: a call of another size would be traced anew.
            places = np.minimum(np.arange(begin, begin + size), count - 1)
            given = run.model.predict_on_batch(inputs(run.feeding, samples.taken(places)))
            found.append([np.asarray(output) for output in _listed(given)])
    return [np.concatenate(slices)[:count] for slices in zip(*found, strict=True)]


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, list | tuple) else keras.tree.flatten(given)


def _bytes(run: Prepared) -> int:
    """Bytes of what the largest output puts out for a sample; an axis of free length is as long as what it learns."""
    pairs = zip(run.model.outputs, run.feeding.outputs, strict=True)
    return max(_size(tuple(output.shape[1:]), column.shape) * 4 for output, (_, column) in pairs)


def _size(shape: tuple[int | None, ...], learned: tuple[int, ...]) -> int:
    known = zip_longest(shape, learned[: len(shape)], fillvalue=1)
    return prod(length or other for length, other in known)


def _right(kind: judging.Kind, column: Column, samples: Samples) -> Tensor:
    return judging.asked(kind, column, samples.targets[column.name])


def _sent(kind: judging.Kind, values: Tensor) -> Array:
    """What cannot be read is not sent."""
    return Array.of(values if kind else np.empty(0, "float32"))


class Verdicts:
    """The standing wish for predictions after epochs, and when the next are due; and how often the test was used."""

    def __init__(self) -> None:
        self.looks = 0
        self._wish: Judge | None = None
        self._due = -inf
        self._traced = False
        #: The steps after which predictions were told last, and the test samples used.
        self._told = self._looked = -1

    def wish(self, question: Judge) -> None:
        """Take a question that is answered after epochs; the test samples are none of them."""
        if question.part == "test":
            raise RecipeError(
                "The test samples are for the end of a run", received="a run that trains",
                hint="Let it end, or hold it, and ask again",
            )  # fmt: skip
        self._wish, self._due = question, -inf

    def forget(self) -> None:
        self._wish = None

    def after_epoch(self, run: Prepared, epoch: int, step: int, *, last: bool = False) -> Iterator[Judged]:
        """Yield what was wished for, where it is due; after the last epoch it always is."""
        wish, began = self._wish, perf_counter()
        if wish is None or self._told == step or (began < self._due and not last):
            return
        self._wish, self._told = wish if wish.each_epoch else None, step
        yield from judge(run, wish, epoch, step, self.looks)
        cost = perf_counter() - began
        # The first pass compiles, which says nothing of what the next ones cost.
        self._due = perf_counter() + (cost * (1 / SHARE - 1) if self._traced else 0.0)
        self._traced = True

    def now(self, run: Prepared, question: Judge, epoch: int, step: int) -> Iterator[Judged]:
        """Yield what is asked of a network that does not train just now."""
        if question.each_epoch:
            self._wish, self._due = question, -inf
        yield from judge(run, question, epoch, step, self.looks)

    def counts(self, step: int, *, again: bool) -> bool:
        """Whether a use of the test samples counts: the same weights seen from another side are the same look."""
        counts, self._looked = again or step != self._looked, step
        return counts
