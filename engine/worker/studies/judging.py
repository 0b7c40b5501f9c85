"""A study: what a network makes of samples, beside what is right. Knows no wire."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from math import prod
from typing import Any, Final

import keras
import numpy as np

from engine import judging
from engine.data.columns import Samples, Tensor
from engine.errors import RecipeError
from engine.judging_messages import Judge, Judged, Share
from engine.messages import Array, Working
from engine.worker import states
from engine.worker.prepare import Prepared, inputs
from engine.worker.studies.subject import Steps, Subject

#: So many training batches are predicted at once: nothing is kept for gradients.
TOGETHER: Final = 4


def judge(subject: Subject, question: Judge) -> Steps:
    """Yield what each output says of a part of the data.

    While the run trains all is one step, so that all is said with the same weights.

    Raises:
        RecipeError: The part has no samples, or is the test's and the run still trains.
    """
    run = subject.run
    samples = part_of(run, question.part)
    looks = _looks(subject, question.part)
    places = judging.chosen(len(samples), _bytes(run), ordered=run.ordered)
    taken = samples.taken(places)
    slices: list[list[Tensor]] = []
    for done, given in _slices(run, taken):
        slices.append(given)
        if not subject.training and not states.remembering(run.model):
            yield Working(question.asked, done)
    each = [np.concatenate(found)[: len(taken)] for found in zip(*slices, strict=True)]
    for index, ((name, column), raw) in enumerate(zip(run.feeding.outputs, each, strict=True)):
        loss, shape = run.recipe.loss_of(name), tuple(raw.shape[1:])
        kind = judging.kind_of(column, loss, shape)
        why = "" if kind else judging.no_kind(name, column, shape)
        right = judging.asked(kind, column, taken.targets[column.name])
        yield Judged(
            question.asked, question.part, subject.epoch, subject.step, name, kind, why, len(samples),
            Array.of(places.astype("int64")), _sent(kind, judging.read(kind, column, loss, raw)), _sent(kind, right),
            looks, index + 1 < len(each),
        )  # fmt: skip


def _looks(subject: Subject, part: Share) -> int:
    """How often the test samples were used up to now, this time included."""
    if part != "test":
        return subject.uses.count
    if subject.training:
        raise RecipeError(
            "The test samples are for the end of a run", received="a run that trains",
            hint="Let it end, or hold it, and ask again",
        )  # fmt: skip
    return subject.uses.used(subject.step, again=False)


def part_of(run: Prepared, part: Share) -> Samples:
    """Return the samples of a part; where none is kept for validation, those of training stand in for them."""
    samples = {"validation": run.watched, "test": run.data.test, "train": run.data.train}[part]
    if not len(samples):
        raise RecipeError(
            f"There must be {part} samples to judge the network by", received="a recipe that keeps none apart",
            hint=f"Give the {part} a share of the data, and train again",
        )  # fmt: skip
    return samples


def _slices(run: Prepared, samples: Samples) -> Iterator[tuple[float, list[Tensor]]]:
    """Yield what each output puts out, some samples at a time, and the share that is done by then.

    The last slice is filled up, for a call of another size would be traced anew; so it puts out too much.
    """
    count = len(samples)
    size = run.model.inputs[0].shape[0] or min(count, run.recipe.batch_size * TOGETHER)
    states.reset(run.model)
    for begin in range(0, count, size):
        places = np.minimum(np.arange(begin, begin + size), count - 1)
        given = run.model.predict_on_batch(inputs(run.feeding, samples.taken(places)))
        yield min(1.0, (begin + size) / count), [np.asarray(output) for output in _listed(given)]


def _listed(given: Any) -> list[Any]:
    return list(given) if isinstance(given, list | tuple) else keras.tree.flatten(given)


def _bytes(run: Prepared) -> int:
    """Bytes of what the largest output puts out for a sample; an axis of free length is as long as what it learns."""
    pairs = zip(run.model.outputs, run.feeding.outputs, strict=True)
    return max(_size(tuple(output.shape[1:]), column.shape) * 4 for output, (_, column) in pairs)


def _size(shape: tuple[int | None, ...], learned: tuple[int, ...]) -> int:
    known = zip_longest(shape, learned[: len(shape)], fillvalue=1)
    return prod(length or other for length, other in known)


def _sent(kind: judging.Kind, values: Tensor) -> Array:
    """What cannot be read is not sent."""
    return Array.of(values if kind else np.empty(0, "float32"))
