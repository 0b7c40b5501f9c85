"""Edits of many nodes: what layers have in common, what nodes hold, one value for all or for none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import many
from engine.catalogue import catalogue
from engine.errors import EngineError, ValueProblem
from engine.graph import REROUTE, Graph, Node
from engine.kinds import ParameterSpec
from engine.values import FrozenMap, Part, Value

CATALOGUE = catalogue()


def node(id: str, layer: str, shares: str | None = None, **values: Value) -> Node:
    return Node(id, layer, f"{layer.lower()}_{id}", FrozenMap(values), shares=shares)


def drawing() -> Graph:
    return Graph().with_nodes(
        [
            node("a", "Conv2D", filters=32, kernel_size=(3, 3), activation="relu"),
            node("b", "Conv2D", filters=64, kernel_size=(3, 3)),
            node("c", "Dense", units=10, activation="relu"),
            node("d", "LSTM", units=8),
            node("e", "Conv2D", shares="a"),
            node("f", "MultiHeadAttention", num_heads=2, key_dim=8),
            node("g", "MultiHeadAttention", shares="f", use_causal_mask=True),
        ]
    )


def names(layers: list[str]) -> list[str]:
    return [parameter.name for parameter in many.common(CATALOGUE, layers).parameters]


def parameter(layers: list[str], name: str) -> ParameterSpec:
    return next(p for p in many.common(CATALOGUE, layers).parameters if p.name == name)


def told(graph: Graph, ids: list[str], name: str) -> many.Held:
    return many.held(graph, CATALOGUE, ids, [name])[name]


# -- what they have in common


def test_one_kind_has_all_of_its_parameters_in_common() -> None:
    for layer in CATALOGUE.layers:
        found = many.common(CATALOGUE, [layer])
        assert found.parameters == tuple(p for p in CATALOGUE.layer(layer).parameters if p.name != "name")
        assert found.left_out == ()


def test_two_kinds_have_what_both_mean_alike() -> None:
    assert {"activation", "use_bias", "kernel_initializer", "trainable"} <= set(names(["Conv2D", "Dense"]))
    assert not {"filters", "units", "kernel_size"} & set(names(["Conv2D", "Dense"]))
    left = many.common(CATALOGUE, ["Conv2D", "Dense"]).left_out
    assert {"filters", "units"} <= set(left)
    assert len(left) == len(set(left))


def test_the_same_word_for_other_things_is_not_in_common() -> None:
    assert "kernel_size" not in names(["Conv1D", "Conv2D"]), "one number and two"
    assert "padding" not in names(["Conv2D", "ZeroPadding2D"]), "a word and numbers"


def test_choices_that_only_one_knows_are_not_offered() -> None:
    assert "causal" in CATALOGUE.layer("Conv1D").parameter("padding").choices
    assert parameter(["Conv1D", "SeparableConv1D"], "padding").choices == ("valid", "same")


def test_where_the_defaults_differ_there_is_no_one_default() -> None:
    found = parameter(["LSTM", "Dense"], "activation")
    assert (found.default, found.required) == ("tanh", True)
    assert not parameter(["Conv2D", "Dense"], "activation").required


def test_bounds_are_the_widest_since_each_layer_checks_its_own() -> None:
    specs = [ParameterSpec("n", "int", 3, minimum=low, maximum=high) for low, high in ((1, 9), (0, None), (2, 4))]
    found = many.joined(specs, 3)
    assert found is not None
    assert (found.minimum, found.maximum) == (0, None)


def test_nothing_is_a_value_only_where_all_take_it() -> None:
    one, other = ParameterSpec("n", "float", optional=True), ParameterSpec("n", "float", 1.0)
    for specs in ([one, other], [other, one]):
        found = many.joined(specs, 2)
        assert found is not None
        assert (found.optional, found.required) == (False, True)


def test_a_layer_that_is_not_known_has_nothing_in_common() -> None:
    assert names(["Dense", "Nonsense"]) == []
    assert "units" in many.common(CATALOGUE, ["Dense", "Nonsense"]).left_out
    assert many.common(CATALOGUE, []) == many.Common()
    assert names([REROUTE]) == []


# -- what they hold


def test_what_nodes_hold_is_counted_the_commonest_first() -> None:
    assert told(drawing(), ["a", "b", "c"], "activation") == many.Held((("relu", 2), ("linear", 1)), True)
    assert told(drawing(), ["a", "b"], "kernel_size") == many.Held((((3, 3), 2),))
    assert told(drawing(), ["a", "b"], "padding") == many.Held((("valid", 2),))


def test_each_layer_has_its_own_default() -> None:
    assert told(drawing(), ["b", "d"], "activation") == many.Held((("linear", 1), ("tanh", 1)))


def test_a_node_that_shares_a_layer_holds_its_owners_values() -> None:
    assert told(drawing(), ["e"], "filters").tally == ((32, 1),)
    assert told(drawing(), ["a", "e"], "filters").tally == ((32, 2),)
    assert dict(told(drawing(), ["f", "g"], "use_causal_mask").tally) == {False: 1, True: 1}


def test_an_owner_that_is_gone_is_passed_over() -> None:
    alone = Graph().with_node(node("e", "Dense", shares="gone"))
    assert told(alone, ["e"], "use_bias").tally == ((True, 1),)
    with pytest.raises(EngineError, match="no such node"):
        many.with_value(alone, CATALOGUE, ["e"], "use_bias", False)


def test_true_is_not_one() -> None:
    broken = Graph().with_nodes([node("a", "Dense", units=1), node("b", "Dense", units=True)])
    assert len(told(broken, ["a", "b"], "units").tally) == 2


# -- edits


def test_one_value_is_set_for_all() -> None:
    before = drawing()
    after = many.with_value(before, CATALOGUE, ["a", "b", "c", "d"], "activation", "tanh")
    assert [after.node(id).values.get("activation") for id in "abcd"] == ["tanh", "tanh", "tanh", None]
    assert before == drawing()


def test_a_shared_layer_is_set_at_its_owner_and_a_call_at_its_own() -> None:
    after = many.with_value(drawing(), CATALOGUE, ["e"], "filters", 7)
    assert (after.node("a").values["filters"], dict(after.node("e").values)) == (7, {})
    assert [held.id for held in many.holders(drawing(), CATALOGUE, ["a", "e"], "filters")] == ["a"]
    call = many.with_value(drawing(), CATALOGUE, ["g"], "use_causal_mask", False)
    assert dict(call.node("g").values) == {}
    assert call.node("f") is drawing().node("f") or call.node("f") == drawing().node("f")


def test_a_value_that_one_cannot_take_is_refused_whole_and_the_node_is_named() -> None:
    graph = Graph().with_nodes([node("a", "Conv1D", filters=1, kernel_size=1), node("b", "SeparableConv1D", filters=1)])
    with pytest.raises(ValueProblem, match=r"separableconv1d_b \(SeparableConv1D\): padding expects") as caught:
        many.with_value(graph, CATALOGUE, ["a", "b"], "padding", "causal")
    assert caught.value.node == "b"
    with pytest.raises(ValueProblem, match=r"^padding expects"):
        many.with_value(graph, CATALOGUE, ["b"], "padding", "causal")


def test_reset_gives_each_its_own_default_back() -> None:
    graph = many.with_value(drawing(), CATALOGUE, ["b", "d"], "activation", "relu")
    after = many.without_value(graph, CATALOGUE, ["b", "d"], "activation")
    assert [CATALOGUE.value(after.node(id), "activation") for id in "bd"] == ["linear", "tanh"]
    assert many.without_value(drawing(), CATALOGUE, ["a"], "filters") == drawing(), "what is required has no default"


def test_a_part_is_checked_and_kept_canonical() -> None:
    after = many.with_value(drawing(), CATALOGUE, ["a", "c"], "kernel_regularizer", Part("L2", FrozenMap({"l2": 1})))
    assert {after.node(id).values["kernel_regularizer"] for id in "ac"} == {Part("L2", FrozenMap({"l2": 1.0}))}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from("abcdefg"), min_size=1, unique=True),
    st.sampled_from(["activation", "use_bias", "trainable", "dtype", "units", "filters", "kernel_initializer"]),
    st.sampled_from(["relu", False, None, 3, "float16", Part("Zeros"), -1]),
)
def test_an_edit_of_many_is_the_edits_of_each_or_none(ids: list[str], name: str, value: Value) -> None:
    graph = each = drawing()
    try:
        for id in ids:
            each = CATALOGUE.with_value(each, graph.owner(id).id, name, value)
    except EngineError:
        with pytest.raises(EngineError):
            many.with_value(graph, CATALOGUE, ids, name, value)
    else:
        after = many.with_value(graph, CATALOGUE, ids, name, value)
        assert after == each
        assert all(told.changed is False or told.tally for told in many.held(after, CATALOGUE, ids, []).values())
