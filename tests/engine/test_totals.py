"""Costs of nodes and their sum, which follows reports one after the other as if counted anew each time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.report import NodeReport, Report, TensorSpec
from engine.totals import NOTHING, Cost, Tally, cost, summed
from engine.values import FrozenMap


def found(
    *shape: int | None, parameters: int = 0, trainable: int = 0, work: int | None = 0, dtype: str = "float32",
    policy: str = "float32",
) -> NodeReport:  # fmt: skip
    outputs = FrozenMap({"output": TensorSpec((None, *shape), dtype)})
    return NodeReport(outputs, parameters, trainable, policy, work)


def test_a_node_costs_its_weights_and_its_output() -> None:
    assert cost(found(6, 6, 32, parameters=320, trainable=300, work=9)) == Cost(320, 300, 9, 4608, 1280, 1200, 0)


@pytest.mark.parametrize(
    ("policy", "dtype", "weights", "output"),
    [("float16", "float16", 20, 6), ("mixed_float16", "float16", 40, 6), ("float64", "float64", 80, 24)],
)
def test_bytes_are_those_of_the_dtype(policy: str, dtype: str, weights: int, output: int) -> None:
    of = cost(found(3, parameters=10, trainable=10, policy=policy, dtype=dtype))
    assert (of.weights, of.moved, of.output) == (weights, weights, output)


def test_what_is_free_is_counted_as_free() -> None:
    assert cost(found(None, 3, parameters=4, trainable=4, work=None)) == Cost(4, 4, 0, 0, 16, 16, free=1, varying=1)
    assert cost(found(None, 3)).output == 0
    assert summed([found(None, 3), found(2, work=5)]) == Cost(multiply_adds=5, output=8, free=1)
    assert cost(replace(found(2), counted=False)) == Cost(output=8, uncounted=1)


def test_nothing_costs_nothing() -> None:
    assert summed([]) == NOTHING
    assert Tally().follow(Report()).total == NOTHING


REPORTS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.builds(
        lambda length, count, work: found(length, parameters=count, trainable=count // 2, work=work),
        st.none() | st.integers(1, 9), st.integers(0, 99), st.none() | st.integers(0, 99),
    ),
)  # fmt: skip


@given(st.lists(REPORTS, max_size=6))
def test_a_tally_is_what_counting_anew_gives(reports: list[dict[str, NodeReport]]) -> None:
    tally = Tally()
    for nodes in reports:
        tally.follow(Report(FrozenMap(nodes)))
        assert tally.total == summed(nodes.values())
        assert tally.costs == {id: cost(node) for id, node in nodes.items()}


def test_what_is_the_same_is_not_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[NodeReport] = []

    def count(node: NodeReport) -> Cost:
        counted.append(node)
        return NOTHING

    monkeypatch.setattr("engine.totals.cost", count)
    nodes = {str(number): found(number + 1) for number in range(50)}
    tally = Tally().follow(Report(FrozenMap(nodes)))
    tally.follow(Report(FrozenMap({**nodes, "7": found(99)})))
    assert len(counted) == 51
