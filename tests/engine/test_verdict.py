"""What follows from a verdict, against figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from engine import scores, verdict
from engine.judging_messages import Judged
from engine.messages import Array
from engine.verdict import OTHERS, Verdict, answers, in_cell, lines, losses, matrix, means, thinned, worst


def classes(chances: object, targets: object, kind: str = "classes") -> Verdict:
    predictions, true = np.array(chances, "float32"), np.array(targets, "int32")
    return Verdict("validation", 1, 10, "out", kind, "", len(true), np.arange(len(true)), predictions, true)


THREE = classes([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.6, 0.3, 0.1], [0.2, 0.2, 0.6]], [0, 1, 1, 2])
WORDS = classes([[[0.9, 0.1], [0.4, 0.6]], [[0.2, 0.8], [0.5, 0.5]]], [[0, 0], [1, -1]])
YES = classes([0.9, 0.4, 0.5, 0.1], [1, 1, 0, 0], "binary")


def test_a_message_becomes_a_verdict() -> None:
    message = Judged(
        1, "test", 3, 120, "digit", "classes", "", 9, Array.of(np.arange(2)), Array.of(np.eye(2, dtype="float32")),
        Array.of(np.array([0, 1], "int32")), 2,
    )  # fmt: skip
    found = verdict.verdict(message)
    assert (found.part, found.epoch, found.looks, found.samples, found.width) == ("test", 3, 2, 2, 2)
    assert found.bytes == 16 + 16 + 8


def test_answers_are_what_is_asked_and_know_their_samples() -> None:
    found = answers(WORDS)
    assert found.samples.tolist() == [0, 0, 1]
    assert found.true.tolist() == [0, 0, 1]
    assert found.said.tolist() == [0, 1, 1]
    assert WORDS.has_places
    assert answers(YES).said.tolist() == [1, 0, 1, 0]
    assert not YES.has_places


def test_a_matrix_counts_and_its_cells_know_their_answers() -> None:
    told = answers(THREE)
    found = matrix(told, 3)
    assert found.counts.tolist() == [[1, 0, 0], [1, 1, 0], [0, 0, 1]]
    assert found.shares()[1].tolist() == [0.5, 0.5, 0]
    assert found.worst(5) == [(1, 0, 1)]
    assert in_cell(told, found, 1, 0).tolist() == [2]
    assert np.isnan(matrix(told, 4).shares()[3]).all()


def test_classes_that_stand_for_nothing_are_left_out_where_they_never_come() -> None:
    told = answers(classes([[0.0, 0.9, 0.1, 0.0], [0.0, 0.2, 0.0, 0.8]], [1, 3]))
    found = matrix(told, 4, (0, 1))
    assert found.classes == (1, 2, 3)
    assert found.counts.tolist() == [[1, 0, 0], [0, 0, 0], [0, 0, 1]]
    assert in_cell(told, found, 2, 2).tolist() == [1]


def test_of_very_many_classes_the_most_frequent_are_shown() -> None:
    true = np.concatenate([np.repeat(np.arange(200), 2), np.full(9, 999)])
    told = verdict.Answers(np.arange(len(true)), true, true)
    found = matrix(told, 1000)
    assert found.classes[-2:] == (999, OTHERS)
    assert found.counts.sum() == len(true)
    assert found.counts[-2, -2] == 9
    assert len(in_cell(told, found, 150, 150)) == found.counts[-1, -1] == 2 * 51


def test_means_count_each_class_as_one_or_as_often_as_it_comes() -> None:
    found = means(scores.class_scores(np.array([[3, 1, 0], [0, 1, 0], [0, 0, 0]])))
    assert found.macro == pytest.approx(((1 + 0.5) / 2, (0.75 + 1) / 2, (6 / 7 + 2 / 3) / 2))
    assert found.weighted == pytest.approx(((4 * 1 + 0.5) / 5, (4 * 0.75 + 1) / 5, (4 * 6 / 7 + 2 / 3) / 5))
    assert np.isnan(means(scores.class_scores(np.zeros((2, 2), "int64"))).macro).all()


def test_yes_and_no_have_one_curve() -> None:
    (line,) = lines(YES, "roc")
    assert line.number == 1
    assert line.curve.area == pytest.approx(0.75)


def test_each_class_has_a_curve_against_the_rest_and_all_have_one() -> None:
    found = lines(THREE, "roc")
    assert [line.number for line in found] == [OTHERS, 0, 1, 2]
    own = {line.number: line.curve.area for line in found}
    # Of class 1 the samples have .2 .8* .3* .2: each of its own stands above each other.
    assert own[1] == own[2] == 1
    assert own[0] == 1
    assert verdict.mean_area(found) == 1
    right = np.eye(3)[[0, 1, 1, 2]].reshape(-1)
    assert own[OTHERS] == pytest.approx(scores.roc(right, THREE.predictions.reshape(-1)).area)


def test_a_class_that_all_samples_have_has_no_curve() -> None:
    assert lines(classes([[0.9, 0.1], [0.8, 0.2]], [1, 1]), "roc") == ()


def test_a_thinned_curve_keeps_its_ends_and_its_area() -> None:
    random = np.random.default_rng(1)
    whole = scores.roc(random.random(5000) < 0.3, random.random(5000))
    found = thinned(whole, 100)
    assert len(found.x) <= 100
    assert (found.x[0], found.y[0], found.x[-1], found.y[-1]) == (0, 0, 1, 1)
    assert found.area == whole.area
    assert np.abs(np.interp(found.x, whole.x, whole.y) - found.y).max() < 0.01


def test_losses_are_means_over_what_is_asked() -> None:
    assert losses(THREE) == pytest.approx(-np.log([0.7, 0.8, 0.3, 0.6]), rel=1e-5)
    assert losses(WORDS) == pytest.approx([-np.log([0.9, 0.4]).mean(), -np.log(0.8)], rel=1e-5)
    assert worst(losses(THREE), 2, classes=True).tolist() == [2, 3]
    assert worst(losses(WORDS), 5, classes=True).tolist() == [0, 1]


def test_a_sample_of_which_nothing_is_asked_is_no_mistake() -> None:
    found = classes([[[0.9, 0.1]], [[0.2, 0.8]]], [[0], [-1]])
    assert np.isnan(losses(found)[1])
    assert worst(losses(found), 5, classes=True).tolist() == [0]


def test_numbers_are_as_wrong_as_their_mean_squared_error() -> None:
    found = Verdict(
        "validation", 1, 1, "out", "numbers", "", 3, np.arange(3), np.array([[1.0, 2], [0, 0], [np.nan, 0]], "float32"),
        np.array([[1, 4], [0, 0], [0, 0]], "float32"),
    )  # fmt: skip
    assert losses(found)[:2].tolist() == [2, 0]
    assert worst(losses(found), 3, classes=False).tolist() == [2, 0, 1], "what is no number is the worst"
