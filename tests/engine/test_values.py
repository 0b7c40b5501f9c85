"""Values are frozen, hashable and one-to-one with JSON; what no file should hold is refused in a sentence."""

from __future__ import annotations

import copy
import itertools
import json
import math
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ValueProblem
from engine.values import (
    DEEPEST,
    MANY,
    FrozenMap,
    Json,
    Part,
    Value,
    check_json,
    value_from_json,
    value_to_json,
    values_from_json,
)  # fmt: skip
from tests.engine.strategies import JSON, PATIENT, VALUES


@PATIENT
@given(VALUES)
def test_a_value_survives_json(value: Value) -> None:
    assert value_from_json(json.loads(json.dumps(value_to_json(value)))) == value


@PATIENT
@given(VALUES)
def test_types_survive_json(value: Value) -> None:
    assert repr(value_from_json(json.loads(json.dumps(value_to_json(value))))) == repr(value)


@PATIENT
@given(VALUES)
def test_equal_values_hash_alike(value: Value) -> None:
    assert hash(value) == hash(value_from_json(value_to_json(value)))


@PATIENT
@given(JSON)
def test_json_of_any_kind_is_a_value_or_a_problem(data: Json) -> None:
    try:
        spelled = value_to_json(value_from_json(data))
    except ValueProblem:
        return
    assert spelled == data


def test_a_map_is_edited_into_a_new_one() -> None:
    before: FrozenMap[int] = FrozenMap({"a": 1})
    after = before.with_item("b", 2)
    assert before == {"a": 1}
    assert list(after) == ["a", "b"]
    assert after.without("a") == {"b": 2}
    assert "a" in after
    assert "z" not in after


def test_a_map_keeps_no_hold_on_what_it_was_made_of() -> None:
    items = {"a": 1}
    frozen = FrozenMap(items)
    items["a"] = 2
    assert frozen == {"a": 1}


def test_maps_are_equal_and_hash_alike_in_any_order() -> None:
    one, two = FrozenMap({"a": 1, "b": 2}), FrozenMap({"b": 2, "a": 1})
    assert one == two
    assert hash(one) == hash(two)
    assert one != FrozenMap({"a": 1})
    assert one != 3


def test_a_map_can_be_copied() -> None:
    frozen = FrozenMap({"a": Part("L2", FrozenMap({"l2": 0.1}))})
    assert copy.deepcopy(frozen) == frozen
    assert pickle.loads(pickle.dumps(frozen)) == frozen  # noqa: S301 - our own bytes
    assert repr(frozen).startswith("FrozenMap({'a': Part(")


def test_a_part_is_edited_into_a_new_one() -> None:
    part = Part("SGD").with_value("momentum", 0.9)
    assert part.values == {"momentum": 0.9}
    assert part.without_value("momentum") == Part("SGD")


def _nested(depth: int) -> Json:
    data: Json = 1
    for _ in range(depth):
        data = [data]
    return data


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (math.nan, "A number must be finite. Received: nan."),
        (-math.inf, "A number must be finite. Received: -inf."),
        (2**63, "A whole number has at most 63 bits. Received: one of 64 bits."),
        ("a\ud800", "A text is Unicode. Received: 'a\\ud800'."),
        (_nested(DEEPEST + 1), "A value is nested at most 32 deep."),
        ({"a": 1}, "A value is a number, a text, a list, {class, values} or {formula}. Received: {'a': 1}."),
        ({"class": 1, "values": {}}, "A value is a number, a text, a list, {class, values} or {formula}. Received: "),
        ({"class": "L2", "values": [1]}, "Values are an object of names and values. Received: [1]."),
        (b"x", "A value is a number, a text, a list, {class, values} or {formula}. Received: b'x'."),
    ],
)
def test_what_is_no_value_gets_its_sentence(data: Json, sentence: str) -> None:
    with pytest.raises(ValueProblem) as caught:
        value_from_json(data)
    assert caught.value.sentence.startswith(sentence)


def test_the_deepest_value_is_one() -> None:
    assert value_from_json(_nested(DEEPEST)) is not None


def test_values_are_an_object_of_texts() -> None:
    with pytest.raises(ValueProblem):
        values_from_json({1: 2})


@pytest.mark.parametrize(
    "data", [_nested(5), {"a": {"b": {"c": [{"d": 1}]}}}, {"a": 10**30}, {"\udfff": 1}, [math.inf]]
)
def test_json_too_deep_or_not_plain_is_refused(data: Json) -> None:
    with pytest.raises(ValueProblem):
        check_json(data, 4)


def test_plain_json_is_let_through() -> None:
    check_json({"a": [[[1]]], "ü": None}, 4)


def test_large_maps_are_compared_each_with_each() -> None:
    one = FrozenMap({f"k{place}": object() for place in range(MANY + 1)})
    two, three = one.with_item("k3", object()), one.with_item("k5", object())
    assert two.others(one) == ["k3"]
    assert two.others(one) == ["k3"]
    assert three.others(one) == ["k5"]
    assert three.others(two) == ["k3", "k5"]
    two.others(one).clear()
    assert two.others(one) == ["k3"], "what is given is the asker's own"


@PATIENT
@given(st.lists(st.tuples(st.integers(0, 3), st.lists(st.integers(0, MANY + 5), max_size=4)), max_size=6))
def test_large_maps_know_what_edits_made_of_them(edits: list[tuple[int, list[int]]]) -> None:
    """Whatever edits lead from one map to the next, what differs between any two is what looking at each item says."""
    maps = [FrozenMap({f"k{place}": object() for place in range(MANY + 1)})]
    for turn, places in edits:
        keys = [f"k{place}" for place in places]
        before = maps[turn % len(maps)]
        maps.append(before.with_items({key: object() for key in keys}) if turn < 3 else before.without(*keys))
    for before, after in itertools.product(maps, maps):
        assert after.others(before) == [key for key in after if before.get(key) is not after[key]]
        assert after.gone(before) == set(before) - set(after)
        assert not after.follows(before) or list(after)[: len(before)] == list(before)
