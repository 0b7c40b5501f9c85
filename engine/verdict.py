"""What a network said of samples at one moment, and the figures that follow from it. numpy alone, no Qt, no Keras."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from engine import scores
from engine.judging_messages import Judged, Share
from engine.scores import Array, Floats, Thresholds, Whole

Tensor: TypeAlias = np.ndarray[Any, Any]
#: More classes than this are shown as the most frequent ones, and one for all others.
MOST_CLASSES: Final = 150
#: The class that stands for all that are not shown.
OTHERS: Final = -1
#: A curve over thresholds is drawn by so many points at most.
MOST_POINTS: Final = 400
#: So many classes have curves of their own at most, those with the least area first.
MOST_CURVES: Final = 9
#: The chance from which on yes is said.
HALF: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Verdict:
    """What an output said of samples after an epoch; fields as those of Judged."""

    part: Share
    epoch: int
    step: int
    output: str
    kind: str
    sentence: str
    whole: int
    indices: Tensor
    predictions: Tensor
    targets: Tensor
    looks: int = 0

    @property
    def bytes(self) -> int:
        return int(self.predictions.nbytes + self.targets.nbytes + self.indices.nbytes)

    @property
    def samples(self) -> int:
        return len(self.indices)

    @property
    def is_classes(self) -> bool:
        """Whether one of several classes is said, yes and no included."""
        return self.kind in ("classes", "binary")

    @property
    def has_places(self) -> bool:
        """Whether something is said of each of several places of a sample: of words, of pixels."""
        return self.is_classes and self.targets.ndim > 1

    @property
    def width(self) -> int:
        """How many classes there are."""
        return 2 if self.kind == "binary" else self.predictions.shape[-1] if self.kind == "classes" else 0


def verdict(message: Judged) -> Verdict:
    """Return what a message says."""
    return Verdict(
        message.part, message.epoch, message.step, message.output, message.kind, message.sentence, message.whole,
        message.indices.numpy(), message.predictions.numpy(), message.targets.numpy(), message.looks,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """All that was asked, one after the other: shape (answers,) each.

    Attributes:
        samples: The sample that each is of, by its place in the verdict.
        true, said: Classes by number.
    """

    samples: Whole
    true: Whole
    said: Whole


def answers(found: Verdict) -> Answers:
    """Return what was said where something was asked, of classes."""
    said = (found.predictions >= HALF) if found.kind == "binary" else found.predictions.argmax(axis=-1)
    asked = found.targets.reshape(-1) >= 0
    places = np.repeat(np.arange(found.samples), found.targets[:1].size)
    true = found.targets.reshape(-1)
    return Answers(places[asked], true[asked].astype(np.int64), said.reshape(-1)[asked].astype(np.int64))


def chances(found: Verdict) -> Floats:
    """Return the chances of each class where something was asked: shape (answers, classes)."""
    asked = found.targets.reshape(-1) >= 0
    if found.kind == "binary":
        yes = found.predictions.reshape(-1)[asked]
        return np.stack([1 - yes, yes], axis=-1)
    return found.predictions.reshape(-1, found.width)[asked]


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A confusion matrix; `classes` are the numbers of its rows and columns, OTHERS last where not all are shown."""

    counts: Whole
    classes: tuple[int, ...]

    def shares(self) -> Floats:
        """Return the share of each row that each column has; nan in rows without samples."""
        whole = self.counts.sum(axis=1, keepdims=True)
        return np.where(whole > 0, self.counts / np.maximum(whole, 1), np.nan)

    def worst(self, most: int) -> list[tuple[int, int, int]]:
        """Return the most frequent mistakes: row, column, how many; the most frequent first."""
        wrong = self.counts.copy()
        np.fill_diagonal(wrong, 0)
        order = np.argsort(-wrong, axis=None, kind="stable")[:most]
        found = [(*divmod(int(place), len(self.classes)), int(wrong.reshape(-1)[place])) for place in order]
        return [(row, column, count) for row, column, count in found if count]


def matrix(found: Answers, width: int, quiet: Collection[int] = ()) -> Matrix:
    """Count what was taken for what; of very many classes the most frequent.

    Args:
        quiet: Classes that are left out where they neither come nor are said.
    """
    if width <= MOST_CLASSES:
        counts = scores.confusion(found.true, found.said, width)
        there = (counts.sum(axis=0) + counts.sum(axis=1)) > 0
        kept = np.array([number for number in range(width) if there[number] or number not in quiet], np.int64)
        return Matrix(counts[np.ix_(kept, kept)], tuple(kept.tolist()))
    often = np.bincount(found.true, minlength=width) + np.bincount(found.said, minlength=width)
    kept = np.sort(np.argsort(-often, kind="stable")[:MOST_CLASSES])
    row = np.full(width, MOST_CLASSES)
    row[kept] = np.arange(MOST_CLASSES)
    counts = scores.confusion(row[found.true], row[found.said], MOST_CLASSES + 1)
    return Matrix(counts, (*kept.tolist(), OTHERS))


def in_cell(found: Answers, shown: Matrix, row: int, column: int) -> Whole:
    """Return the answers that a cell counts, by their places."""
    places = {number: place for place, number in enumerate(shown.classes)}
    width = max(found.true.max(initial=0), found.said.max(initial=0)) + 1
    known = np.array([places.get(number, len(shown.classes) - 1) for number in range(width)], np.int64)
    return np.flatnonzero((known[found.true] == row) & (known[found.said] == column))


@dataclass(frozen=True, slots=True)
class Means:
    """Precision, recall and F1 over all classes: each class as one, or each as often as it comes."""

    macro: tuple[float, float, float]
    weighted: tuple[float, float, float]


def means(found: scores.ClassScores) -> Means:
    """Return the means over the classes that have samples; a precision that is none counts as 0."""
    there = found.support > 0
    columns = [np.nan_to_num(column[there]) for column in (found.precision, found.recall, found.f1)]
    if not there.any():
        return Means((np.nan,) * 3, (np.nan,) * 3)
    weights = found.support[there]
    macro, weighted = [float(c.mean()) for c in columns], [float(np.average(c, weights=weights)) for c in columns]
    return Means((macro[0], macro[1], macro[2]), (weighted[0], weighted[1], weighted[2]))


# -- over thresholds


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A curve over thresholds: of a class, by its number, or of all answers together, OTHERS."""

    number: int
    curve: Thresholds


def lines(found: Verdict, kind: Literal["roc", "pr"]) -> tuple[Line, ...]:
    """Return a curve for all classes together, and one for each against the rest, those of the least area first.

    Of yes and no there is one curve, that of yes. Classes that have all samples, or none, have no curve.
    """
    true, each = answers(found).true, chances(found)
    over = scores.roc if kind == "roc" else scores.precision_recall
    if found.width == 2:
        return _some([Line(1, over(true == 1, each[:, 1]))])
    own = _some([Line(number, over(true == number, each[:, number])) for number in np.unique(true).tolist()])
    right = true[:, np.newaxis] == np.arange(found.width)
    together = _some([Line(OTHERS, over(right.reshape(-1), each.reshape(-1)))])
    return (*together, *sorted(own, key=lambda line: line.curve.area)[:MOST_CURVES])


def mean_area(found: Sequence[Line]) -> float:
    """Return the mean of the areas of the classes' own curves."""
    areas = [line.curve.area for line in found if line.number != OTHERS]
    return float(np.mean(areas)) if areas else float("nan")


def _some(found: Sequence[Line]) -> tuple[Line, ...]:
    """Those that are curves, by few points."""
    return tuple(Line(each.number, thinned(each.curve)) for each in found if np.isfinite(each.curve.area))


def thinned(curve: Thresholds, most: int = MOST_POINTS) -> Thresholds:
    """Return a curve by fewer points, evenly along both axes; its area is that of all of them."""
    if len(curve.x) <= most:
        return curve
    way = np.cumsum(np.abs(np.diff(curve.x, prepend=curve.x[0])) + np.abs(np.diff(curve.y, prepend=curve.y[0])))
    at = np.searchsorted(way, np.linspace(0, way[-1], most - 1))
    kept = np.unique(np.concatenate([at, [len(way) - 1]]))
    return Thresholds(curve.x[kept], curve.y[kept], curve.thresholds[kept], curve.area)


# -- by sample


def losses(found: Verdict) -> Floats:
    """Return how wrong each sample is: the mean cross entropy of what is asked, or the mean squared error.

    nan where nothing of a sample is asked.
    """
    if not found.is_classes:
        wrong: Array = (found.predictions - found.targets).reshape(found.samples, -1).astype(np.float64)
        return np.asarray((wrong**2).mean(axis=1), np.float64)
    told = answers(found)
    each = scores.cross_entropies(told.true, chances(found))
    count = np.bincount(told.samples, minlength=found.samples)
    summed = np.bincount(told.samples, each, minlength=found.samples)
    return np.where(count > 0, summed / np.maximum(count, 1), np.nan)


def worst(wrong: Floats, most: int, *, classes: bool) -> Whole:
    """Return the places of the samples that are most wrong, the worst first, by their losses.

    Args:
        classes: What is no number is a sample of which nothing is asked, and left out; else it is the worst of all.
    """
    if not classes:
        return scores.worst(wrong, most)
    order = scores.worst(np.where(np.isnan(wrong), -1.0, wrong), most)
    return order[: int(np.isfinite(wrong).sum())]
