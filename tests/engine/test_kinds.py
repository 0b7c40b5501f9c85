"""Each kind of parameter accepts what it should, in one spelling, and refuses all else in a sentence."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.catalogue import same
from engine.errors import EngineError, ValueProblem
from engine.kinds import KINDS, LARGEST, PARTS, ParameterSpec
from engine.spelling import EXPECTATIONS
from engine.values import FrozenMap, Part, Value, value_from_json, value_to_json
from tests.engine.strategies import VALUES

CHOICES = ("relu", "same", "valid", "Zeros", "L2")
SMALL = st.integers(-3, 40)
#: Values that come near to what the kinds take, so that most of them are not refused.
LIKELY: st.SearchStrategy[Value] = st.recursive(
    SMALL | st.floats(-2, 2) | st.none() | st.booleans() | st.sampled_from(CHOICES) | st.just(Part("L2")),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)
#: What no form sends and a file or a program might.
WILD: st.SearchStrategy[Value] = st.sampled_from(
    [10**400, -(10**400), 10**5000, float("nan"), float("inf"), -float("inf"), ((((),),),), "\x00", "\ud800", (True,)]
)


@st.composite
def specs(draw: st.DrawFn) -> ParameterSpec:
    kind = draw(st.sampled_from(sorted(KINDS)))
    named = kind in ("choice", "activation", "layer")
    return ParameterSpec(
        "parameter", kind,
        default=None,
        required=draw(st.booleans()),
        optional=draw(st.booleans()),
        minimum=draw(st.none() | st.sampled_from([-1, 0, 1])),
        maximum=draw(st.none() | st.sampled_from([1, 1.5, 30])),
        choices=CHOICES if named or draw(st.booleans()) else (),
        length=draw(st.sampled_from([None, 1, 2, 3])),
    )  # fmt: skip


def checked(spec: ParameterSpec, value: Value) -> tuple[bool, Value]:
    """Whether a value is taken, and its canonical form."""
    try:
        return True, spec.check(value)
    except ValueProblem as caught:
        problem = caught
    assert problem.sentence.startswith("parameter expects ")
    assert "\n" not in problem.sentence
    return False, None


@given(specs(), LIKELY | VALUES | WILD)
def test_a_value_is_taken_or_refused_in_a_sentence(spec: ParameterSpec, value: Value) -> None:
    checked(spec, value)


@given(specs(), LIKELY)
def test_a_canonical_value_is_its_own_canonical_form(spec: ParameterSpec, value: Value) -> None:
    taken, canonical = checked(spec, value)
    if taken:
        assert same(spec.check(canonical), canonical)


@given(specs(), LIKELY)
def test_a_canonical_value_survives_json(spec: ParameterSpec, value: Value) -> None:
    taken, canonical = checked(spec, value)
    if taken:
        back = value_from_json(json.loads(json.dumps(value_to_json(canonical))))
        assert repr(back) == repr(canonical)
        assert hash(back) == hash(canonical)


@given(specs())
def test_a_spec_survives_json(spec: ParameterSpec) -> None:
    assert ParameterSpec.from_json(json.loads(json.dumps(spec.to_json()))) == spec


TAKEN: list[tuple[str, dict[str, object], Value, Value]] = [
    ("int", {}, 3, 3),
    ("int", {}, 3.0, 3),
    ("int", {"minimum": 1}, LARGEST, LARGEST),
    ("float", {}, 1, 1.0),
    ("float", {"minimum": 0, "maximum": 1}, 1, 1.0),
    ("bool", {}, False, False),
    ("text", {}, "ab,bc->ac", "ab,bc->ac"),
    ("choice", {"choices": ("same", "valid")}, "same", "same"),
    ("dtype", {}, "mixed_float16", "mixed_float16"),
    ("activation", {"choices": ("relu", "linear")}, "relu", "relu"),
    ("activation", {"choices": ("relu", "linear")}, None, "linear"),
    ("sizes", {"length": 2}, 3, (3, 3)),
    ("sizes", {"length": 2}, (3, 5), (3, 5)),
    ("sizes", {"length": 1}, (3,), 3),
    ("sizes", {"length": 2}, (3.0, 5), (3, 5)),
    ("shape", {}, 64, (64,)),
    ("shape", {}, (), ()),
    ("shape", {}, (None, 28, 1), (None, 28, 1)),
    ("shape", {"minimum": -1}, (-1, 4), (-1, 4)),
    ("axes", {}, (-1,), -1),
    ("axes", {}, (1, 2), (1, 2)),
    ("pairs", {"length": 1}, 1, (1, 1)),
    ("pairs", {"length": 1}, (1, 2), (1, 2)),
    ("pairs", {"length": 1}, ((1, 2),), (1, 2)),
    ("pairs", {"length": 2}, 1, ((1, 1), (1, 1))),
    ("pairs", {"length": 2}, (1, 2), ((1, 1), (2, 2))),
    ("pairs", {"length": 2}, ((1, 2), 3), ((1, 2), (3, 3))),
    ("pairs", {}, ((0, 0), 1, (2, 3)), ((0, 0), (1, 1), (2, 3))),
    ("pairs", {}, (1, 2), (1, 2)),
    ("index", {}, "[ :,0 , 1: , ::-2, None, ...]", ":, 0, 1:, ::-2, None, ..."),
    ("range", {}, 1, 1.0),
    ("range", {}, (0, 1), (0.0, 1.0)),
    ("numbers", {}, 1, (1.0,)),
    ("numbers", {}, (1, 2), (1.0, 2.0)),
    ("integers", {}, 1, (1,)),
    ("integers", {}, (2, 1), (2, 1)),
    ("rate", {}, 1, 1.0),
    ("rate", {}, "CosineDecay", Part("CosineDecay")),
    ("initializer", {}, "Zeros", Part("Zeros")),
    ("regularizer", {}, Part("L2", FrozenMap({"l2": 0.1})), Part("L2", FrozenMap({"l2": 0.1}))),
    ("constraint", {"optional": True}, None, None),
    ("layer", {"choices": ("LSTM",)}, "LSTM", Part("LSTM")),
]


@pytest.mark.parametrize(("kind", "words", "value", "canonical"), TAKEN)
def test_taken(kind: str, words: dict[str, object], value: Value, canonical: Value) -> None:
    spec = ParameterSpec.from_json({"name": "p", "kind": kind, "required": True, **words})
    assert repr(spec.check(value)) == repr(canonical)


REFUSED: list[tuple[str, dict[str, object], Value]] = [
    ("int", {}, 2.5),
    ("int", {}, True),
    ("int", {}, "3"),
    ("int", {"minimum": 1}, 0),
    ("int", {}, 10**12),
    ("float", {}, "0.5"),
    ("float", {}, False),
    ("float", {}, float("nan")),
    ("float", {}, 10**400),
    ("float", {"maximum": 1}, 1.5),
    ("bool", {}, 1),
    ("text", {}, "two\nlines"),
    ("text", {}, "a" * 1001),
    ("choice", {"choices": ("same", "valid")}, "causal"),
    ("choice", {"choices": ("same", "valid")}, None),
    ("dtype", {"choices": ("float32",)}, "int32"),
    ("activation", {"choices": ("relu",)}, "rel"),
    ("sizes", {"length": 2}, (3, 3, 3)),
    ("sizes", {"length": 2, "minimum": 1}, (3, 0)),
    ("sizes", {"length": 2}, ()),
    ("shape", {}, (28, 0)),
    ("shape", {}, (28, -1)),
    ("shape", {"minimum": -1}, (-1, -1)),
    ("shape", {}, (1,) * 17),
    ("axes", {}, ()),
    ("axes", {}, 17),
    ("axes", {}, (1, True)),
    ("pairs", {"length": 2}, (1, 2, 3)),
    ("pairs", {"length": 2}, ((1, 2), (1, 2, 3))),
    ("pairs", {"length": 1, "minimum": 0}, (-1, 1)),
    ("pairs", {}, ((0, 0), (1, 2, 3))),
    ("index", {}, ":, first"),
    ("index", {}, "::0"),
    ("index", {}, "..., ..."),
    ("index", {}, ""),
    ("index", {}, "__import__('os')"),
    ("index", {}, 0),
    ("range", {}, (1, 0)),
    ("range", {}, (0, 1, 2)),
    ("range", {"length": 2}, 5),
    ("range", {"minimum": -1, "maximum": 1}, (-2, 0)),
    ("numbers", {}, ()),
    ("numbers", {}, (1, "2")),
    ("integers", {}, (1, 1.5)),
    ("rate", {"minimum": 0}, -1),
    ("rate", {"choices": ("CosineDecay",)}, Part("Cosine")),
    ("initializer", {"choices": ("Zeros",)}, "Noughts"),
    ("initializer", {}, 0),
    ("layer", {"choices": ("LSTM",)}, Part("Dense")),
]


@pytest.mark.parametrize(("kind", "words", "value"), REFUSED)
def test_refused(kind: str, words: dict[str, object], value: Value) -> None:
    spec = ParameterSpec.from_json({"name": "p", "kind": kind, "required": True, **words})
    with pytest.raises(ValueProblem, match=r"^p expects "):
        spec.check(value)


def test_every_kind_is_tried_both_ways() -> None:
    assert {row[0] for row in TAKEN} == set(KINDS)
    assert {row[0] for row in REFUSED} | {"regularizer", "constraint"} == set(KINDS)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"kind": "int", "minimum": 1}, "p expects a whole number of at least 1. Received: 0."),
        ({"kind": "sizes", "length": 2, "minimum": 1},
         "p expects one whole number or 2, as 3×3, each of at least 1. Received: 0."),
        ({"kind": "float", "minimum": 0.5, "maximum": 1}, "p expects a number from 0.5 to 1. Received: 0."),
        ({"kind": "choice", "choices": ["same", "valid"]}, "p expects one of: same, valid. Received: 0."),
        ({"kind": "numbers", "length": 2}, "p expects a list of numbers. Received: 0."),
        ({"kind": "regularizer", "optional": True, "choices": ["L1", "L2"]},
         "p expects one of Keras's regularizers: L1, L2, or nothing. Received: 0."),
    ],
)  # fmt: skip
def test_the_sentence(words: dict[str, object], sentence: str) -> None:
    spec = ParameterSpec.from_json({"name": "p", "required": True, **words})
    with pytest.raises(ValueProblem) as caught:
        spec.check(0)
    assert caught.value.sentence == sentence


def test_a_huge_number_is_spelled_short() -> None:
    with pytest.raises(ValueProblem, match="beyond all bounds"):
        ParameterSpec("p", "int").check(10**5000)


@pytest.mark.parametrize("words", [{"kind": "colour"}, {"kind": "int", "colour": "red"}, {}])
def test_the_reader_refuses_what_it_does_not_know(words: dict[str, object]) -> None:
    with pytest.raises(EngineError, match="known words only"):
        ParameterSpec.from_json({"name": "p", **words})


def test_initial() -> None:
    assert ParameterSpec("p", "int", 3).initial == 3
    assert ParameterSpec("p", "int", 3, start=5).initial == 5
    assert ParameterSpec("p", "bool", True, start=False).initial is False


def test_lists_are_spelled_with_commas_and_sizes_with_crosses() -> None:
    assert ParameterSpec("p", "integers").spell((2, 1)) == "2, 1"
    assert ParameterSpec("p", "sizes").spell((2, 1)) == "2×1"
    assert ParameterSpec("p", "shape").spell((None, 3)) == "any×3"


def test_the_tables_agree() -> None:
    assert set(EXPECTATIONS) == set(KINDS)
    assert set(PARTS) <= set(KINDS)


def test_a_number_longer_than_python_spells_is_refused_in_a_sentence() -> None:
    for kind in ("index", "text", "int", "sizes"):
        with pytest.raises(ValueProblem):
            ParameterSpec("parameter", kind).check(10**5000)
