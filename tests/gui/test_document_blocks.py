"""The document's blocks: what is seen, an edit inside as one step of all instances, undo that enters and leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from engine.catalogue import catalogue
from engine.changes import Changes
from engine.entering import Step
from engine.errors import GraphError
from engine.project import Project
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import Formula, FrozenMap
from gui.document import Document
from tests.gui.blocked import blocked


@pytest.fixture
def document(qapp: object) -> Document:
    made = Document(catalogue())
    made.start(Project(blocked()))
    return made


def inside(document: Document) -> None:
    document.enter("one")
    document.enter("units")


def test_what_is_seen_is_the_inside_of_what_was_entered(document: Document) -> None:
    turned: list[int] = []
    document.turned.connect(lambda: turned.append(len(document.steps)))
    inside(document)
    assert list(document.graph.nodes) == ["x", "conv", "norm", "short", "sum", "y"]
    document.leave()
    assert "pool" in document.graph.nodes
    document.leave(5)
    assert document.graph is document.root
    assert turned == [1, 2, 1, 0]


def test_only_a_block_is_entered(document: Document) -> None:
    with pytest.raises(GraphError, match="Only a block has an inside"):
        document.enter("image")
    assert document.steps == ()


def test_an_edit_inside_is_one_step_that_all_instances_see(document: Document) -> None:
    inside(document)
    said: list[Changes] = []
    document.changed.connect(lambda changes, _initiator: said.append(changes))
    document.set_value("conv", "kernel_size", (5, 5))
    assert document.undo.count() == 1
    assert said == [Changes(changed=frozenset({"conv"}), blocks=True)]
    assert document.root.blocks["residual"].graph.nodes["conv"].values["kernel_size"] == (5, 5)
    assert not document.root.blocks["residual"].graph.blocks
    assert list(document.root.nodes) == list(blocked().nodes)


def test_undo_goes_to_where_the_edit_was_made(document: Document) -> None:
    document.set_value("digit", "units", 7)
    inside(document)
    way = document.steps
    document.set_value("conv", "kernel_size", (5, 5))
    document.leave(2)
    document.undo.undo()
    assert document.steps == way
    assert document.graph.nodes["conv"].values["kernel_size"] == (3, 3)
    document.undo.undo()
    assert document.steps == ()
    assert document.root == blocked()
    document.undo.redo()
    document.undo.redo()
    assert document.steps == way
    assert document.graph.nodes["conv"].values["kernel_size"] == (5, 5)


def test_who_is_inside_what_goes_is_led_out(document: Document) -> None:
    document.edit("Delete", document.graph.without(["one"]))
    document.undo.undo()
    inside(document)
    document.undo.redo()
    assert document.steps == ()
    assert "one" not in document.graph.nodes


def test_the_whole_project_is_edited_from_inside_in_one_step(document: Document) -> None:
    inside(document)
    root = document.root
    document.edit_whole("Set", root.with_value("two", "width", 16))
    assert document.undo.count() == 1
    assert len(document.steps) == 2
    document.undo.undo()
    assert document.root == blocked()


def test_a_block_is_known_as_a_layer_as_soon_as_it_stands_there(document: Document) -> None:
    assert document.catalogue.known("block:residual") is not None
    told: list[bool] = []
    document.catalogue_changed.connect(lambda: told.append(True))
    block = document.root.blocks["stage"]
    with_more = replace(block, parameters=(*block.parameters, replace(block.parameters[0], name="depth")))
    document.edit_whole("Add", replace(document.root, blocks=document.root.blocks.with_item("stage", with_more)))
    known = document.catalogue.known("block:stage")
    assert known is not None
    assert [parameter.name for parameter in known.parameters] == ["width", "depth", "repeat"]
    assert told == [True]


def test_a_report_is_told_of_what_is_seen(document: Document) -> None:
    shape = NodeReport(FrozenMap({"output": TensorSpec((None, 8, 8, 8))}), 80, 80)
    flat = Report(FrozenMap({"one/units/1/conv": shape, "one/units/2/conv": replace(shape, parameters=90)}))
    document.take_report(document.generation, flat)
    assert document.report.nodes["one"].parameters == 170
    inside(document)
    assert document.report.nodes["conv"].parameters == 80
    document.see((*document.steps[:1], Step("units", "residual", 2)))
    assert document.report.nodes["conv"].parameters == 90


def test_a_problem_is_told_on_the_instance_and_everywhere_by_its_way(document: Document) -> None:
    problem = Problem("error", "one/units/unit2/conv (Conv2D) is wrong", ("one/units/2/conv",))
    document.take_report(document.generation, Report(problems=(problem,)))
    assert [found.nodes for found in document.problems()] == [("one",)]
    assert problem in document.problems_everywhere()
    inside(document)
    assert problem in document.problems_everywhere()
    assert document.problems() == ()


def test_a_fault_inside_is_told_everywhere(document: Document) -> None:
    inside(document)
    document.edit("Break", document.graph.with_value("conv", "filters", Formula("width")))
    assert any("The block has the parameters" in problem.sentence for problem in document.problems_everywhere())


def test_what_is_seen_is_told_by_the_nodes_that_make_it(document: Document) -> None:
    assert document.gives["one"] == "one/pool"
    assert document.gives["digit"] == "digit"
    assert "one/units/2/conv" in document.network.nodes
    inside(document)
    assert document.gives["conv"] == "one/units/1/conv"
    assert "x" not in document.gives, "a way in makes nothing"
    document.leave()
    assert document.gives["units"] == "one/units/2/sum"
