"""The sizes in the window: one step from one to another, in the menu and the command palette; refusals are said."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.project import Project
from engine.recipe import Recipe
from engine.sizes import NodeSize, Size, sized
from engine.values import FrozenMap
from gui.document import Document
from gui.sizes import fill
from tests.gui.drawings import classifier


def size(units: int, epochs: int) -> Size:
    return Size(FrozenMap({"n3": NodeSize(FrozenMap({"units": units}))}), recipe=FrozenMap({"epochs": epochs}))


@pytest.fixture
def document(qapp: object) -> Document:
    made = Document(catalogue())
    project = Project(classifier(), Recipe(), sizes=FrozenMap({"tiny": size(10, 3), "paper": size(1000, 90)}))
    made.start(sized(project, "tiny", catalogue()))
    return made


def shown(document: Document, refused: list[str]) -> QMenu:
    menu = QMenu()
    fill(menu, document, refused.append)
    return menu


def test_another_size_is_one_step_that_can_be_undone(document: Document, qtbot: QtBot) -> None:
    before, recipes = document.project, []
    document.recipe_changed.connect(lambda recipe, _: recipes.append(recipe))
    menu = shown(document, [])
    menu.actions()[1].trigger()
    assert (document.project.size, document.graph.nodes["n3"].values["units"]) == ("paper", 1000)
    assert [recipe.epochs for recipe in recipes] == [90]
    assert (document.undo.count(), document.undo.text(0)) == (1, "Set size to paper")
    document.undo.undo()
    assert document.project == before


def test_the_menu_ticks_the_size_that_it_is(document: Document) -> None:
    menu = shown(document, [])
    ticks = [(action.text(), action.isChecked()) for action in menu.actions()]
    assert ticks == [("tiny", True), ("paper", False)]
    menu.actions()[0].trigger()
    assert document.undo.count() == 0


def test_a_drawing_of_one_size_says_so(qapp: object) -> None:
    menu = shown(Document(catalogue()), [])
    (only,) = menu.actions()
    assert not only.isEnabled()


def test_a_size_that_cannot_be_is_refused_with_a_sentence(document: Document) -> None:
    document.start(replace(document.project, graph=document.graph.without(["n3"])))
    refused: list[str] = []
    menu = shown(document, refused)
    menu.actions()[1].trigger()
    assert refused == ["The drawing has no such node. Received: n3."]
    assert document.undo.count() == 0
