"""Going into blocks and out of them: what is seen, and what an edit of it does to the project."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.entering import Step, entered, shown, sight, valid, with_shown
from engine.errors import GraphError
from engine.graph import BLOCK, Block, Graph
from engine.values import FrozenMap
from tests.engine.drawings import drawing, layer

KERAS = catalogue()
INLET, OUTLET = layer("Inlet"), layer("Outlet")
UNIT = Block("unit", drawing("x > d", "d > y", x=INLET, d=layer("Dense", units=3), y=OUTLET))
STAGE = Block("stage", drawing("x > u.x", "u.y > y", x=INLET, u=layer(BLOCK + "unit", repeat=2), y=OUTLET))


def project() -> Graph:
    graph = drawing("i > s.x", i=layer("InputLayer", shape=(4,)), s=layer(BLOCK + "stage"), t=layer(BLOCK + "stage"))
    return replace(graph, blocks=FrozenMap({"unit": UNIT, "stage": STAGE}))


def test_a_block_is_entered_and_left() -> None:
    root = project()
    assert shown(root, ()) is root
    inside = entered(root, (), "s")
    assert inside == (Step("s", "stage"),)
    assert list(shown(root, inside).nodes) == ["x", "u", "y"]
    deeper = entered(root, inside, "u")
    assert list(shown(root, deeper).nodes) == ["x", "d", "y"]
    assert sight(root, (), KERAS).before == ""
    assert sight(root, inside, KERAS).before == "s/"
    assert sight(root, deeper, KERAS).before == "s/u/1/"


def test_only_a_block_has_an_inside() -> None:
    with pytest.raises(GraphError, match="Only a block has an inside"):
        entered(project(), (), "i")


def test_an_edit_inside_changes_the_definition_and_so_all_instances() -> None:
    root = project()
    deeper = entered(root, entered(root, (), "s"), "u")
    after = with_shown(root, deeper, shown(root, deeper).with_value("d", "units", 7))
    assert after.blocks["unit"].graph.nodes["d"].values["units"] == 7
    assert after.nodes is root.nodes
    assert not after.blocks["unit"].graph.blocks
    assert shown(after, deeper).nodes["d"].values["units"] == 7


def test_a_block_made_inside_another_is_the_projects() -> None:
    root = project()
    inside = entered(root, (), "s")
    seen = shown(root, inside)
    after = with_shown(root, inside, replace(seen, blocks=seen.blocks.with_item("new", Block("new", Graph()))))
    assert set(after.blocks) == {"unit", "stage", "new"}


def test_steps_end_where_what_was_entered_is_gone() -> None:
    root = project()
    deeper = entered(root, entered(root, (), "s"), "u")
    assert valid(root, deeper) == deeper
    assert valid(root.without(["s"]), deeper) == ()
    gone = replace(STAGE, graph=STAGE.graph.without(["u"]))
    assert valid(replace(root, blocks=root.blocks.with_item("stage", gone)), deeper) == deeper[:1]
