"""Occlusion: what a score loses where a part of the sample is covered (Zeiler and Fergus 2014). Knows no gradient."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, Final, TypeAlias

import numpy as np

from engine.data.columns import Column, Tensor
from engine.messages import Array, Attributed, Occlusion, Working
from engine.worker.studies.sample import Chosen, chances, flattened, part_of, undisturbed
from engine.worker.studies.subject import Steps, Subject

#: Covered samples that go through the network at once, and how many an image is covered at most.
TOGETHER: Final = 32
MOST: Final = 1024
#: A cover leaves so many steps of its own width between two neighbours.
OVERLAP: Final = 2
#: What a cover lies on: a slice for each axis of places.
Cover: TypeAlias = tuple[slice, ...]


def occlusion(subject: Subject, question: Occlusion) -> Steps:
    """Yield the share done, then one answer for each input: the mean loss of all covers over each place."""
    chosen = Chosen(subject.run, question.sample, question.output)
    look = _Look(chosen, question.number)
    covers = [list(laid(places(column, each), question.patch)) for column, each in zip(chosen.columns, chosen.given,
                                                                                     strict=True)]  # fmt: skip
    total, done = sum(map(len, covers)), 0
    for place, (column, given, own) in enumerate(zip(chosen.columns, chosen.given, covers, strict=True)):
        fill, where = filling(subject.run.watched.inputs[column.name], column), places(column, given)
        lost, times = np.zeros(where), np.zeros(where)
        for start in range(0, len(own), look.together):
            some = own[start : start + look.together]
            for cover, score in zip(some, look.at(place, [covered(given, each, fill) for each in some]), strict=True):
                lost[cover] += look.whole - score
                times[cover] += 1
            done += len(some)
            yield Working(question.asked, done / total)
        values = Array.of((lost / np.maximum(times, 1)).astype("float32"))
        yield Attributed(
            question.asked, column.name, Array.of(given), values, look.number, look.whole, about=_about(column, own)
        )


class _Look:
    """Asks the network about covered samples; each call is of as many samples, so that it is traced once."""

    def __init__(self, chosen: Chosen, number: int) -> None:
        model = chosen.run.model
        self._chosen = chosen
        self.together = int(model.inputs[0].shape[0] or TOGETHER)
        self._seen = part_of(model, model.outputs)
        put_out = self._put_out(0, [chosen.given[0]])
        ends = put_out if isinstance(put_out, list) else [put_out]
        self.number = chosen.likeliest(flattened(ends[chosen.output])) if number < 0 else number
        self.whole = float(chances(put_out, chosen, self.number)[0])

    def at(self, place: int, samples: list[Tensor]) -> Tensor:
        """Return the score of each sample, where one input is another."""
        return chances(self._put_out(place, samples), self._chosen, self.number)[: len(samples)]

    def _put_out(self, place: int, samples: list[Tensor]) -> Any:
        filled = np.stack([*samples, *[samples[-1]] * (self.together - len(samples))])
        fed = [np.repeat(each[np.newaxis], self.together, axis=0) for each in self._chosen.given]
        fed[place] = filled
        with undisturbed(self._chosen.run.model):
            return self._seen.predict_on_batch(fed if len(fed) > 1 else fed[0])


def places(column: Column, given: Tensor) -> tuple[int, ...]:
    """Return the lengths of a sample's axes of places: all of them of words and vectors, else without the channels."""
    shape = tuple(map(int, given.shape))
    return shape if column.task != "numbers" or given.ndim < 2 else shape[:-1]


def laid(shape: tuple[int, ...], patch: int) -> Iterator[Cover]:
    """Lay covers over places: one for each along a single axis, else patches that overlap by half, `MOST` at most."""
    if len(shape) < 2:
        yield from ((slice(place, place + max(1, patch)),) for place in range(shape[0] if shape else 0))
        return
    width = patch or max(1, round(max(shape) / 8))
    stride = max(1, width // OVERLAP)
    while np.prod([-(-length // stride) for length in shape]) > MOST:
        stride += 1
    starts = [range(-(width - 1) // 2, length, stride) for length in shape]
    for corner in product(*starts):
        yield tuple(slice(max(0, at), max(0, at + width)) for at in corner)


def covered(given: Tensor, cover: Cover, fill: Tensor) -> Tensor:
    """Return a sample with what is under a cover replaced."""
    changed = given.copy()
    changed[cover] = fill[cover] if fill.shape == given.shape else fill
    return changed


def filling(samples: Tensor, column: Column) -> Tensor:
    """Return what lies under a cover: of words the one that fills up, else the samples' mean of each channel."""
    if column.task != "numbers":
        return np.zeros((), samples.dtype)
    axes = tuple(range(samples.ndim - 1)) if samples.ndim > 2 else 0
    return np.asarray(samples.mean(axis=axes), samples.dtype)


def _about(column: Column, covers: list[Cover]) -> str:
    if column.task != "numbers":
        return "What the output loses without each word"
    if not covers or len(covers[0]) < 2:
        return "What the output loses where each is replaced by the mean"
    widest = max(cover[0].stop - cover[0].start for cover in covers)
    return f"What the output loses under a patch of {widest}×{widest} in the mean colour"
