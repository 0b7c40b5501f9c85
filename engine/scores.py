"""How good predictions are: confusion, precision and recall, curves over thresholds, residuals. numpy alone, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
Whole: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]
Array: TypeAlias = np.ndarray[Any, Any]


def confusion(true: Array, predicted: Array, classes: int) -> Whole:
    """Count what was taken for what: shape (classes, classes), a row for each true class, a column for each predicted.

    Args:
        true, predicted: Numbers of classes, from 0, shape (samples,).
    """
    places = true.astype(np.int64) * classes + predicted.astype(np.int64)
    return np.bincount(places, minlength=classes * classes).reshape(classes, classes)


@dataclass(frozen=True, slots=True)
class ClassScores:
    """Of each class, shape (classes,); nan where there is nothing to divide by.

    Attributes:
        precision: Of the samples taken for the class, the share that is of it.
        recall: Of the samples of the class, the share that was taken for it.
        f1: The harmonic mean of both (van Rijsbergen, 1979), 0 where no sample of it was found.
        support: How many samples are of the class.
    """

    precision: Floats
    recall: Floats
    f1: Floats
    support: Whole


def class_scores(matrix: Whole) -> ClassScores:
    """Return the scores of each class of a confusion matrix."""
    hits, taken, support = np.diag(matrix), matrix.sum(axis=0), matrix.sum(axis=1)
    return ClassScores(_share(hits, taken), _share(hits, support), _share(2 * hits, taken + support), support)


def accuracy(matrix: Whole) -> float:
    """Return the share of samples that were taken for what they are; nan without any."""
    return float(_share(np.trace(matrix), matrix.sum()))


@dataclass(frozen=True, slots=True)
class Thresholds:
    """A curve over thresholds, the strictest first: shape (thresholds,) each.

    Attributes:
        x, y: Of a ROC curve the share of false alarms and of hits; of a precision-recall curve recall and precision.
        thresholds: From which score on a sample counts as positive; the first of a ROC curve is infinite: none does.
        area: Below the curve: of a ROC curve by the trapezoid rule, of the other the average precision.
    """

    x: Floats
    y: Floats
    thresholds: Floats
    area: float


def roc(positive: Array, scores: Array) -> Thresholds:
    """Return the receiver operating characteristic; nan where all samples are of one kind.

    The area is the chance that a positive sample has a higher score than a negative one, ties counted half (Hanley and
    McNeil, 1982).

    Args:
        positive: Whether each sample is, shape (samples,).
        scores: The higher, the likelier; shape (samples,).
    """
    hits, alarms, thresholds = _counts(positive, scores)
    hits, alarms = np.concatenate([[0], hits]), np.concatenate([[0], alarms])
    x, y = _share(alarms, alarms[-1]), _share(hits, hits[-1])
    area = float(np.trapezoid(y, x)) if len(thresholds) else float("nan")
    return Thresholds(x, y, np.concatenate([[np.inf], thresholds]), area)


def precision_recall(positive: Array, scores: Array) -> Thresholds:
    """Return precision over recall; the area is the average precision, the sum of (R_n - R_(n-1)) P_n.

    It begins at recall 0 with the precision of the strictest threshold. Args as of `roc`.
    """
    hits, alarms, thresholds = _counts(positive, scores)
    recall, precision = _share(hits, hits[-1] if len(hits) else 0), _share(hits, hits + alarms)
    area = float(np.sum(np.diff(recall, prepend=0.0) * precision)) if len(hits) else float("nan")
    return Thresholds(
        np.concatenate([[0.0], recall]), np.concatenate([precision[:1], precision]),
        np.concatenate([thresholds[:1], thresholds]), area,
    )  # fmt: skip


def cross_entropies(true: Array, chances: Array) -> Floats:
    """Return how surprised the network was by each sample, in nats: shape (samples,).

    Args:
        true: Numbers of classes, shape (samples,).
        chances: Of each class, shape (samples, classes); or, shape (samples,), that the class is 1 and not 0.
    """
    if chances.ndim == 1:
        chances = np.stack([1 - chances, chances], axis=-1)
    held = np.take_along_axis(chances.astype(np.float64), true.astype(np.int64)[:, np.newaxis], axis=-1)[:, 0]
    return -np.log(np.clip(held, 1e-12, 1.0))


def worst(wrong: Array, most: int) -> Whole:
    """Return the places of the largest of some amounts, the largest first; what is no number comes first of all."""
    order = np.argsort(np.where(np.isnan(wrong), np.inf, wrong), kind="stable")[::-1]
    return order[:most].astype(np.int64)


@dataclass(frozen=True, slots=True)
class Residuals:
    """How far predictions are from what is true: each, and in sum; nan where there is nothing to divide by.

    Attributes:
        each: Predicted less true, of the shape of both.
        mean, deviation: Of them all.
        absolute, squared: The mean absolute and the mean squared error.
        r2: 1 less the share of the true values' variance that is left (Wright, 1921).
    """

    each: Floats
    mean: float
    deviation: float
    absolute: float
    squared: float
    r2: float


def residuals(true: Array, predicted: Array) -> Residuals:
    """Return how far predictions are from what is true, of equal shapes."""
    each = predicted.astype(np.float64) - true.astype(np.float64)
    if not each.size:
        return Residuals(each, *[float("nan")] * 5)
    squared = float(np.mean(each**2))
    r2 = 1 - float(_share(squared, np.var(true.astype(np.float64))))
    return Residuals(each, float(each.mean()), float(each.std()), float(np.abs(each).mean()), squared, r2)


def _counts(positive: Array, scores: Array) -> tuple[Whole, Whole, Floats]:
    """Count hits and false alarms at each threshold that tells samples apart, the strictest first."""
    order = np.argsort(-scores, kind="stable")
    sorted_scores, is_positive = scores[order].astype(np.float64), positive[order].astype(bool)
    last = np.flatnonzero(np.diff(sorted_scores, append=np.nan) != 0)
    hits = np.cumsum(is_positive)[last]
    return hits, last + 1 - hits, sorted_scores[last]


def _share(part: Any, whole: Any) -> Floats:
    """Divide; nan where there is nothing to divide by."""
    part, whole = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    found: Floats = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    np.divide(part, whole, out=found, where=whole != 0)
    return found
