"""What was unfolded before, told of what is edited since: the same as found anew, and the very nodes left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import pytest

from engine import moulds, resolve, unfold
from engine.block_edits import with_changed
from engine.catalogue import catalogue
from engine.errors import GraphError
from engine.graph import Block, BlockParameter, Graph
from engine.values import Formula
from tests.gui.blocked import blocked

KERAS = catalogue()
Edit = Callable[[Graph], Graph]


def inside(name: str, edit: Edit) -> Edit:
    """Edit the definition of a block."""

    def edited(graph: Graph) -> Graph:
        block: Block = graph.blocks[name]
        return replace(graph, blocks=graph.blocks.with_item(name, replace(block, graph=edit(block.graph))))

    return edited


def forget() -> None:
    moulds.forget()
    unfold._last.clear()
    unfold._kept.clear()
    resolve._last.clear()


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    forget()
    yield
    forget()


EDITS: dict[str, Edit] = {
    "a value": inside("residual", lambda graph: graph.with_value("conv", "kernel_size", (5, 5))),
    "a formula": inside("residual", lambda graph: graph.with_value("conv", "filters", Formula("filters * 2"))),
    "a formula that is none": inside("residual", lambda graph: graph.with_value("conv", "filters", Formula("other"))),
    "a name": inside("residual", lambda graph: graph.renamed("norm", "normed")),
    "a place": inside("residual", lambda graph: graph.moved({"conv": (9.0, 9.0), "x": (1.0, 1.0)})),
    "bypassed": inside("residual", lambda graph: graph.with_node(replace(graph.nodes["norm"], mode="bypass"))),
    "disabled": inside("residual", lambda graph: graph.with_node(replace(graph.nodes["short"], mode="disable"))),
    "always there": inside("residual", lambda graph: graph.with_node(replace(graph.nodes["short"], when=""))),
    "a wire less": inside("residual", lambda graph: graph.without_edges([graph.edges[-2]])),
    "a node less": inside("residual", lambda graph: graph.without(["norm"])),
    "a dot instead": inside("stage", lambda graph: graph.with_node(replace(graph.nodes["pool"], layer="Reroute"))),
    "a longer row": inside("stage", lambda graph: graph.with_value("units", "repeat", 5)),
    "a row alone": inside("stage", lambda graph: graph.without_value("units", "repeat")),
    "other units": inside("stage", lambda graph: graph.with_value("units", "project", False)),
    "no block inside": inside("stage", lambda graph: graph.with_node(replace(graph.nodes["units"], mode="bypass"))),
    "a parameter": lambda graph: graph.with_value("one", "width", 6),
    "a default": lambda graph: with_changed(graph, "stage", "width", BlockParameter("width", "int", 12)),
    "a text": lambda graph: graph.with_value("one", "width", "wide"),
    "outside": lambda graph: graph.with_value("digit", "units", 11),
    "shared": lambda graph: graph.with_node(replace(graph.nodes["two"], shares="one")),
    "shared layer": inside("residual", lambda graph: graph.with_node(replace(graph.nodes["short"], shares="conv"))),
    "gone": lambda graph: graph.without(["two"]),
}


@pytest.mark.parametrize("first", EDITS)
def test_what_follows_an_edit_is_the_same_as_what_is_found_anew(first: str) -> None:
    start = blocked()
    edited = EDITS[first](start)
    for later in (start, edited, *(edit(edited) for edit in _possible(edited)), edited, start):
        resolve.resolve(edited, KERAS)
        followed = unfold.unfolded(later, KERAS), resolve.resolve(later, KERAS)
        forget()
        anew = unfold.unfolded(later, KERAS), resolve.resolve(later, KERAS)
        assert followed == anew
        assert list(followed[0].graph.nodes) == list(anew[0].graph.nodes)
        assert list(followed[1].graph.nodes) == list(anew[1].graph.nodes)


def _possible(graph: Graph) -> Iterator[Edit]:
    """The edits that a drawing has the nodes for."""
    for edit in EDITS.values():
        try:
            edit(graph)
        except (KeyError, GraphError):
            continue
        yield edit


def _others(edit: Edit) -> set[str]:
    """The nodes of the network that are not the very same after an edit; the wires are."""
    graph = blocked()
    before, after = resolve.resolve(graph, KERAS).graph, resolve.resolve(edit(graph), KERAS).graph
    assert after.edges is before.edges
    return set(after.nodes.others(before.nodes))


def test_an_edit_in_a_block_leaves_all_other_nodes_the_very_same() -> None:
    convolutions = {f"{stage}/units/{unit}/conv" for stage in ("one", "two") for unit in (1, 2)}
    assert _others(EDITS["a value"]) == convolutions
    assert _others(inside("stage", lambda graph: graph.with_value("pool", "pool_size", (3, 3)))) == {
        "one/pool", "two/pool"
    }  # fmt: skip


def test_another_parameter_makes_others_of_what_asks_for_it_alone() -> None:
    assert _others(EDITS["a parameter"]) == {"one/units/1/conv", "one/units/1/short", "one/units/2/conv"}


def test_what_is_moved_in_a_block_leaves_the_network_of_all_else_alone() -> None:
    assert _others(EDITS["a place"]) == {f"{stage}/units/{unit}/conv" for stage in ("one", "two") for unit in (1, 2)}


def test_what_is_remembered_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moulds, "MANY", 30)
    for size in range(1, 9):
        graph = inside("residual", partial(Graph.with_value, id="conv", name="strides", value=size))(blocked())
        assert len(unfold.unfolded(graph, KERAS).graph.nodes) == 33
        assert max(len(moulds._memory.moulds), moulds._memory.puts) <= 30
