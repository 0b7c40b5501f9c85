"""Scores are what counting by hand gives, sample by sample and pair by pair."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.scores import (
    Array,
    accuracy,
    class_scores,
    confusion,
    cross_entropies,
    precision_recall,
    residuals,
    roc,
    worst,
)  # fmt: skip

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=40)
SCORED = st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.1, 0.3, 0.3, 0.7, 1.0])), min_size=1, max_size=30)


def columns(rows: Sequence[tuple[object, object]]) -> tuple[Array, Array]:
    one, other = zip(*rows, strict=True) if rows else ((), ())
    return np.array(one, dtype=None if rows else "int64"), np.array(other, dtype=None if rows else "int64")


@given(PAIRS)
def test_the_matrix_counts_what_was_taken_for_what(rows: list[tuple[int, int]]) -> None:
    matrix = confusion(*columns(rows), classes=4)
    assert matrix.tolist() == [[rows.count((true, taken)) for taken in range(4)] for true in range(4)]
    right = sum(true == taken for true, taken in rows)
    assert math.isnan(accuracy(matrix)) if not rows else accuracy(matrix) == pytest.approx(right / len(rows))


@given(PAIRS)
def test_scores_of_a_class_are_shares_of_its_samples(rows: list[tuple[int, int]]) -> None:
    scores = class_scores(confusion(*columns(rows), classes=4))
    for kind in range(4):
        hits = rows.count((kind, kind))
        taken, support = sum(b == kind for _, b in rows), sum(a == kind for a, _ in rows)
        assert scores.support[kind] == support
        for found, below in ((scores.precision[kind], taken), (scores.recall[kind], support)):
            assert math.isnan(found) if not below else found == pytest.approx(hits / below)
        if hits:
            precision, recall = scores.precision[kind], scores.recall[kind]
            assert scores.f1[kind] == pytest.approx(2 * precision * recall / (precision + recall))
        elif taken + support:
            assert scores.f1[kind] == 0


@given(SCORED)
def test_the_area_below_roc_is_the_chance_to_tell_a_pair_apart(rows: list[tuple[bool, float]]) -> None:
    curve = roc(*columns(rows))
    ups, downs = [s for positive, s in rows if positive], [s for positive, s in rows if not positive]
    if not ups or not downs:
        assert math.isnan(curve.area)
        return
    won = sum(1.0 if up > down else 0.5 if up == down else 0.0 for up, down in product(ups, downs))
    assert curve.area == pytest.approx(won / (len(ups) * len(downs)))
    for x, y, threshold in zip(curve.x, curve.y, curve.thresholds, strict=True):
        assert x == pytest.approx(sum(s >= threshold for s in downs) / len(downs))
        assert y == pytest.approx(sum(s >= threshold for s in ups) / len(ups))
    assert (curve.x[0], curve.y[0], curve.x[-1], curve.y[-1]) == (0, 0, 1, 1)


@given(SCORED)
def test_precision_and_recall_are_shares_at_each_threshold(rows: list[tuple[bool, float]]) -> None:
    curve = precision_recall(*columns(rows))
    ups = [s for positive, s in rows if positive]
    if not ups:
        assert math.isnan(curve.area)
        return
    area, before = 0.0, 0.0
    for recall, precision, threshold in zip(curve.x[1:], curve.y[1:], curve.thresholds[1:], strict=True):
        taken = [positive for positive, s in rows if s >= threshold]
        assert recall == pytest.approx(sum(taken) / len(ups))
        assert precision == pytest.approx(sum(taken) / len(taken))
        area, before = area + (recall - before) * precision, recall
    assert curve.area == pytest.approx(area)
    assert curve.x[0] == 0


def test_a_network_that_knows_all_has_areas_of_one() -> None:
    positive, scores = np.array([False, True, True, False]), np.array([0.1, 0.8, 0.9, 0.2])
    assert roc(positive, scores).area == precision_recall(positive, scores).area == 1.0


def test_surprise_is_the_logarithm_of_the_chance() -> None:
    chances = np.array([[0.5, 0.5], [0.1, 0.9], [1.0, 0.0]], "float32")
    assert cross_entropies(np.array([0, 1, 1]), chances) == pytest.approx(
        [math.log(2), -math.log(0.9), 27.631], rel=1e-3
    )
    assert cross_entropies(np.array([1, 0]), np.array([0.25, 0.25])) == pytest.approx([math.log(4), -math.log(0.75)])


def test_the_worst_come_first_and_no_number_is_the_worst() -> None:
    assert worst(np.array([0.1, 3.0, np.nan, 2.0]), 3).tolist() == [2, 1, 3]


@given(st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=20))
def test_residuals_are_what_is_left(rows: list[tuple[float, float]]) -> None:
    true, predicted = columns(rows)
    found = residuals(true, predicted)
    assert found.each.tolist() == [b - a for a, b in rows]
    assert found.absolute == pytest.approx(sum(abs(b - a) for a, b in rows) / len(rows))
    assert found.squared == pytest.approx(sum((b - a) ** 2 for a, b in rows) / len(rows))
    if np.var(true) > 1e-6:
        assert found.r2 == pytest.approx(1 - found.squared / np.var(true))


def test_without_samples_there_is_nothing_to_say() -> None:
    assert math.isnan(residuals(np.zeros(0), np.zeros(0)).squared)
    assert math.isnan(roc(np.zeros(0, bool), np.zeros(0)).area)
    assert math.isnan(precision_recall(np.zeros(0, bool), np.zeros(0)).area)
