"""The document: one undo step an edit, each change said once, files that lose nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.changes import Changes
from engine.errors import ProjectError, ValueProblem
from engine.project import Project
from engine.recipe import Recipe
from engine.report import NodeReport, Report
from engine.values import FrozenMap
from gui import undoing as module
from gui.document import Document
from tests.gui.drawings import classifier, node


@pytest.fixture
def document(qapp: object) -> Document:
    made = Document(catalogue())
    made.start(Project(classifier()))
    return made


def test_an_edit_is_one_step_and_is_said_once(document: Document, qtbot: QtBot) -> None:
    said: list[tuple[Changes, object]] = []
    document.changed.connect(lambda changes, initiator: said.append((changes, initiator)))
    document.set_value("n3", "units", 7, "me")
    assert document.undo.count() == 1
    assert document.undo.text(0) == "Set units of dense_n3"
    assert said == [(Changes(changed=frozenset({"n3"})), "me")]


def test_an_edit_that_changes_nothing_is_no_step(document: Document) -> None:
    document.edit("Nothing", document.graph)
    document.set_value("n3", "units", 10)
    assert document.undo.count() == 0


def test_undo_and_redo_give_the_same_values_and_are_news_to_everyone(document: Document) -> None:
    before = document.graph
    document.set_value("n3", "units", 7, "me")
    after = document.graph
    initiators: list[object] = []
    document.changed.connect(lambda _changes, initiator: initiators.append(initiator))
    document.undo.undo()
    assert document.graph == before
    document.undo.redo()
    assert document.graph == after
    assert initiators == [None, None]


def test_going_to_a_far_step_is_said_once(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MERGED_WITHIN", -1.0)
    states = [document.project]
    for units in range(20, 60):
        document.set_value("n3", "units", units)
        states.append(document.project)
    document.edit_recipe("Set epochs", replace(document.recipe, epochs=7))
    said: list[Changes] = []
    recipes: list[Recipe] = []
    document.changed.connect(lambda changes, _initiator: said.append(changes))
    document.recipe_changed.connect(lambda recipe, _initiator: recipes.append(recipe))
    for step in (10, 0, 41, 41):
        document.go_to(step)
        assert document.graph == states[min(step, 40)].graph
    assert said == [Changes(changed=frozenset({"n3"}))] * 3
    assert [recipe.epochs for recipe in recipes] == [states[0].recipe.epochs, 7]


def test_going_to_a_step_that_is_not_there_changes_nothing(document: Document) -> None:
    document.set_value("n3", "units", 7)
    document.go_to(99)
    assert document.graph.node("n3").values["units"] == 7
    document.go_to(-1)
    assert document.graph == classifier()


def test_a_drag_of_one_value_is_one_step(document: Document) -> None:
    for units in range(11, 40):
        document.set_value("n3", "units", units)
    assert document.undo.count() == 1
    document.undo.undo()
    assert document.graph == classifier()


def test_a_value_set_again_later_is_a_step_of_its_own(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    document.set_value("n3", "units", 20)
    now[0] = 5.0
    document.set_value("n3", "units", 30)
    assert document.undo.count() == 2


def test_a_bad_value_is_refused_and_changes_nothing(document: Document) -> None:
    before = document.project
    with pytest.raises(ValueProblem, match=r"units expects a whole number .*of at least 1.* Received: 0\.") as caught:
        document.set_value("n3", "units", 0)
    assert caught.value.node == "n3"
    assert document.project is before
    assert document.undo.count() == 0


def test_a_report_for_an_older_drawing_is_dropped(document: Document) -> None:
    asked = document.generation
    document.set_value("n3", "units", 7)
    document.take_report(asked, Report(FrozenMap({"n1": NodeReport()})))
    assert not document.report.nodes
    document.take_report(document.generation, Report(FrozenMap({"n1": NodeReport()})))
    assert "n1" in document.report.nodes


def test_moving_a_node_asks_for_no_new_check(document: Document) -> None:
    asked = document.generation
    document.edit("Move", document.graph.moved({"n1": (5.0, 5.0)}))
    assert document.generation == asked


def test_save_makes_it_clean_and_open_gives_it_back(document: Document, tmp_path: Path) -> None:
    document.set_value("n3", "units", 7)
    assert not document.clean
    document.save(tmp_path / "a.loom")
    assert document.clean
    saved = document.project
    document.start(Project())
    document.open(tmp_path / "a.loom")
    assert document.project == saved


def test_a_file_that_is_no_project_changes_nothing(document: Document, tmp_path: Path) -> None:
    before = document.project
    (tmp_path / "a.loom").write_text("hello")
    with pytest.raises(ProjectError, match="no Layerloom project"):
        document.open(tmp_path / "a.loom")
    assert document.project is before


def test_a_save_that_fails_leaves_the_old_file_and_the_document_unsaved(document: Document, tmp_path: Path) -> None:
    document.set_value("n3", "units", 7)
    with pytest.raises(ProjectError, match="cannot be written"):
        document.save(tmp_path / "no such folder" / "a.loom")
    assert not document.clean
    assert document.path is None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["units", "move", "add", "remove", "rename", "undo", "redo"]), max_size=25))
def test_any_edits_undone_give_the_start_and_redone_the_end(document: Document, steps: list[str]) -> None:
    document.start(Project(classifier()))
    for number, step in enumerate(steps):
        _do(document, step, number)
    end = document.graph
    done = document.undo.index()
    while document.undo.canUndo():
        document.undo.undo()
    assert document.graph == classifier()
    while document.undo.index() < done:
        document.undo.redo()
    assert document.graph == end


def _do(document: Document, step: str, number: int) -> None:
    graph = document.graph
    if step in ("undo", "redo"):
        getattr(document.undo, step)()
    elif step == "units" and "n3" in graph.nodes and graph.nodes["n3"].layer == "Dense":
        document.set_value("n3", "units", 1 + number)
    elif step == "move" and graph.nodes:
        document.edit("Move", graph.moved({next(iter(graph.nodes)): (float(number), 1.0)}))
    elif step == "add":
        document.edit("Add", graph.with_node(node(graph.free_id(), "Flatten")))
    elif step == "remove" and graph.nodes:
        document.edit("Remove", graph.without([next(iter(graph.nodes))]))
    elif step == "rename" and graph.nodes:
        document.edit("Rename", graph.renamed(next(iter(graph.nodes)), f"name{number}"))
