"""What an edit changed, told to the other end, makes the very same drawing there; else the drawing is told whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.codec import Decoder, encode
from engine.errors import GraphError, WireError
from engine.graph import Edge, End, Frame, Graph, Node, Note
from engine.messages import Recheck
from engine.patch import Patch, patch, patched
from engine.values import FrozenMap
from tests.engine.drawings import chain, layer

LINE = chain(layer("InputLayer", shape=(5,)), *[layer("Dense", units=6)] * 4)


def told(before: Graph, after: Graph) -> Graph:
    """Tell a change over the wire, and return what stands at its other end."""
    change = patch(before, after)
    assert change is not None
    (message,) = Decoder().feed(encode(Recheck(1, change)))
    assert isinstance(message, Recheck)
    return patched(before, message.patch)


def test_one_value_is_one_node() -> None:
    after = LINE.with_value("l2", "units", 7)
    assert patch(LINE, after) == Patch((after.nodes["l2"],))
    assert told(LINE, after) == after


@pytest.mark.parametrize(
    "after",
    [
        LINE,
        LINE.without(["l2"]),
        LINE.without(["l0", "l4"]),
        LINE.with_node(Node("n9", "Dense", "more")).with_edge(Edge(End("l4", "output"), End("n9", "input"))),
        LINE.without(["l1"]).with_node(Node("n9", "Dense", "more")),
        LINE.with_node(Node("n9", "Dense", "again", shares="l2")),
        replace(LINE, edges=LINE.edges[:2]),
    ],
    ids=["nothing", "one gone", "two gone", "one come", "come and gone", "shared", "wires"],
)
def test_the_other_end_has_the_same_drawing_in_the_same_order(after: Graph) -> None:
    there = told(LINE, after)
    assert there == after
    assert list(there.nodes) == list(after.nodes)


def test_true_is_not_one() -> None:
    before = LINE.with_value("l2", "units", 1)
    assert told(before, before.with_value("l2", "units", True)).nodes["l2"].values["units"] is True


@pytest.mark.parametrize(
    "after",
    [
        replace(LINE, nodes=FrozenMap(dict(reversed([*LINE.nodes.items()])))),
        replace(LINE, frames=FrozenMap({"f": Frame("f")})),
        replace(LINE, notes=FrozenMap({"t": Note("t")})),
    ],
    ids=["another order", "frames", "notes"],
)
def test_what_a_patch_cannot_say_is_told_whole(after: Graph) -> None:
    assert patch(LINE, after) is None


def test_what_was_taken_out_of_the_middle_and_comes_back_is_told_whole() -> None:
    assert patch(LINE.without(["l2"]), LINE) is None


def _edited(graph: Graph, step: str, id: str, pick: int, number: int) -> Graph:
    if step == "set":
        return graph.with_value(id, "units", pick + 20)
    if step == "drop":
        return graph.without([id])
    if step == "add":
        return graph.with_node(Node(f"m{number}", "Dense", f"m{number}"))
    return replace(graph, edges=graph.edges[pick:])


@given(st.lists(st.tuples(st.sampled_from(["set", "drop", "add", "cut"]), st.integers(0, 9)), max_size=8))
def test_any_edits_in_a_row(steps: list[tuple[str, int]]) -> None:
    here = there = LINE
    for number, (step, pick) in enumerate(steps):
        ids = list(here.nodes)
        if not ids:
            break
        after = _edited(here, step, ids[pick % len(ids)], pick, number)
        change = patch(here, after)
        there = after if change is None else patched(there, change)
        here = after
        assert there == here
        assert list(there.nodes) == list(here.nodes)


def test_a_patch_that_makes_no_drawing_is_refused() -> None:
    with pytest.raises(GraphError):
        patched(LINE, Patch((), ("l2",)))
    spelled = encode(Recheck(1, Patch((LINE.nodes["l1"],)))).replace(b'\\"layer\\"', b'\\"lawyer\\"')
    with pytest.raises(WireError):
        list(Decoder().feed(spelled))
