"""How an output's numbers are read: by its loss, its shape and what it learns."""

from __future__ import annotations

import numpy as np
import pytest

from engine import judging
from engine.data.columns import Column
from engine.judging import asked, chosen, kind_of, no_kind, read
from engine.values import FrozenMap, Part

DIGIT = Column("digit", (), "classes", tuple("0123456789"))
WORDS = Column("words", (5,), "classes", ("", "a", "b"))
MASKED = Column("masked", (5,), "classes", ("x", "a", "b"), ignored=-1)
SICK = Column("sick", (), "binary", ("no", "yes"))
PLACES = Column("place", (2,), "numbers")
IMAGE = Column("image", (16, 16, 1), "numbers")
SPARSE = Part("SparseCategoricalCrossentropy")
LOGITS = Part("SparseCategoricalCrossentropy", FrozenMap({"from_logits": True}))
SQUARED = Part("MeanSquaredError")


@pytest.mark.parametrize(
    ("column", "loss", "shape", "kind"),
    [
        (DIGIT, SPARSE, (10,), "classes"),
        (DIGIT, Part("MultiClassHinge"), (10,), "classes"),
        (DIGIT, SPARSE, (8, 8, 10), ""),
        (DIGIT, SQUARED, (1,), ""),
        (WORDS, SPARSE, (5, 3), "classes"),
        (Column("mask", (32, 32), "classes", ("a", "b")), SPARSE, (32, 32, 2), "classes"),
        (SICK, Part("BinaryCrossentropy"), (1,), "binary"),
        (SICK, Part("BinaryCrossentropy"), (2,), ""),
        (SICK, SPARSE, (2,), "classes"),
        (Column("mask", (32, 32), "binary"), SPARSE, (32, 32, 2), "classes"),
        (SICK, SPARSE, (3,), ""),
        (Column("each", (4,), "binary"), Part("BinaryCrossentropy"), (4, 1), "binary"),
        (PLACES, SQUARED, (2,), "numbers"),
        (Column("height", (), "numbers"), SQUARED, (1,), "numbers"),
        (Column("shares", (4,), "numbers"), Part("CategoricalCrossentropy"), (4,), "classes"),
        (IMAGE, SQUARED, (16, 16, 1), "picture"),
        (IMAGE, SQUARED, (256,), "numbers"),
        (Column("wave", (16, 1), "numbers", least=-1), SQUARED, (16, 1), "numbers"),
        (PLACES, SQUARED, (3,), ""),
    ],
)
def test_what_an_output_is_follows_from_what_it_learns(
    column: Column, loss: Part, shape: tuple[int, ...], kind: str
) -> None:
    assert kind_of(column, loss, shape) == kind


def test_where_no_view_fits_both_shapes_are_said() -> None:
    assert no_kind("head", DIGIT, (8, 8, 10)) == (
        "No view fits head: it puts out 8×8×10 for a sample, and digit is one number of classes."
    )


def test_chances_stay_what_they_are_and_logits_become_some() -> None:
    raw = np.log(np.array([[0.2, 0.3, 0.5]], "float32"))
    assert np.allclose(read("classes", DIGIT, LOGITS, raw), [[0.2, 0.3, 0.5]])
    assert np.allclose(read("classes", DIGIT, SPARSE, np.exp(raw)), [[0.2, 0.3, 0.5]])


def test_shares_that_do_not_sum_to_1_are_scaled_and_nothing_stays_nothing() -> None:
    raw = np.array([[1.0, 3.0], [0.0, 0.0]])
    assert read("classes", DIGIT, SPARSE, raw).tolist() == [[0.25, 0.75], [0, 0]]


def test_the_highest_score_and_the_least_distance_win() -> None:
    raw = np.array([[0.5, 4.0, -1.0]])
    assert read("classes", DIGIT, Part("MultiClassHinge"), raw).argmax() == 1
    assert read("classes", DIGIT, Part("PlaceCodeError"), raw).argmax() == 1
    assert read("classes", DIGIT, Part("LeNetMAP"), raw).argmax() == 2
    assert judging.is_scored("classes", Part("LeNetMAP"))
    assert not judging.is_scored("classes", SPARSE)


def test_a_score_of_yes_becomes_a_chance() -> None:
    loss = Part("BinaryCrossentropy", FrozenMap({"from_logits": True}))
    found = read("binary", SICK, loss, np.array([[0.0], [800.0], [-800.0]]))
    assert found.shape == (3,)
    assert found.tolist() == [0.5, 1, 0]
    assert np.allclose(read("binary", SICK, Part("BinaryCrossentropy"), np.array([[0.3]])), [0.3])


def test_numbers_have_the_shape_of_what_they_are_to_be() -> None:
    assert read("numbers", Column("height", (), "numbers"), SQUARED, np.ones((4, 1))).shape == (4,)


def test_what_fills_a_sequence_and_what_is_ignored_is_not_asked() -> None:
    assert asked("classes", WORDS, np.array([[1, 2, 0, 0, 0]])).tolist() == [[1, 2, -1, -1, -1]]
    assert asked("classes", MASKED, np.array([[0, -1, 2, -1, 1]])).tolist() == [[0, -1, 2, -1, 1]]
    assert asked("classes", DIGIT, np.array([0, 3])).tolist() == [0, 3]


def test_shares_of_classes_become_the_class_of_the_largest() -> None:
    shares = Column("shares", (3,), "numbers")
    assert asked("classes", shares, np.array([[0, 1, 0], [0.2, 0.1, 0.7]])).tolist() == [1, 2]


@pytest.mark.parametrize(("count", "most"), [(0, 0), (1, 1), (270, 270), (2000, 2000), (2001, 1001), (60_000, 2000)])
def test_each_kth_sample_is_judged(count: int, most: int) -> None:
    places = chosen(count, 40)
    assert len(places) == most
    assert len(set(np.diff(places).tolist())) <= 1
    assert (places < max(1, count)).all()


def test_large_outputs_have_fewer_samples_and_never_too_few() -> None:
    assert len(chosen(2000, 64 * 65 * 4)) == 250
    assert len(chosen(2000, 10**9)) == 16
    assert chosen(50, 10**6, ordered=True).tolist() == list(range(16))
