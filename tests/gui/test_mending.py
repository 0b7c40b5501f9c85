"""One key mends: the problem that is meant, as one step that can be undone, with a word about it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph_json import graph_to_json
from engine.project import Project
from engine.report import Fix, Problem, Report
from gui.canvas.menu import offer_mends
from gui.document import Document
from gui.window import Window
from tests.gui.drawings import classifier
from tests.gui.windows import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    made = shown_window(qtbot)
    made.pages.fill()
    yield made
    made.document.undo.setClean()


def tell(window: Window) -> Problem:
    """Have the checker say that the last layer has too many units."""
    document = window.document
    id, node = [*document.graph.nodes.items()][-1]
    after = document.catalogue.with_value(document.graph, id, "units", 3)
    problem = Problem("error", f"{node.name} has too many units.", (id,), fixes=(
        Fix(f"Set units of {node.name} to 3", graph_to_json(after), None),))  # fmt: skip
    document.take_report(document.generation, Report(problems=(problem,)))
    return problem


def test_the_action_mends_in_one_step(window: Window) -> None:
    problem = tell(window)
    before = window.document.graph
    window.actions_by_id["mend"].trigger()
    id = problem.nodes[0]
    assert window.document.graph.node(id).values["units"] == 3
    assert window.document.undo.undoText() == problem.fixes[0].title
    assert problem.fixes[0].title in window.notice.text
    window.document.undo.undo()
    assert window.document.graph == before


def test_what_cannot_be_mended_is_said(window: Window) -> None:
    before = window.document.graph
    window.actions_by_id["mend"].trigger()
    assert window.document.graph is before
    assert window.notice.text == "No problem here has a mend that works."


def test_the_menu_of_a_layer_begins_with_what_mends_it(qtbot: QtBot) -> None:
    document, menu = Document(catalogue()), QMenu()
    qtbot.addWidget(menu)
    document.start(Project(classifier()))
    after = document.catalogue.with_value(document.graph, "n3", "units", 3)
    fix = Fix("Set units to 3", graph_to_json(after))
    document.take_report(document.generation, Report(problems=(Problem("error", "Too many.", ("n3",), fixes=(fix,)),)))
    offer_mends(menu, document, {"n2"}, "Alt+Return")
    assert menu.isEmpty(), "another layer's mend is not its own"
    offer_mends(menu, document, {"n3"}, "Alt+Return")
    first, line = menu.actions()
    assert (first.text(), line.isSeparator()) == ("Set units to 3\tAlt+Return", True)
    first.trigger()
    assert document.undo.undoText() == fix.title
    menu.clear()
    offer_mends(menu, document, {"n3"}, "Alt+Return")
    assert menu.isEmpty(), "the drawing is another one now"


def test_a_recipe_is_mended_as_a_drawing_is(qapp: object) -> None:
    document = Document(catalogue())
    document.start(Project(classifier()))
    fix = Fix("Train for 3 epochs", None, {"epochs": 3})
    document.take_report(document.generation, Report(problems=(Problem("warning", "Long.", (), "epochs", "", (fix,)),)))
    document.mend(fix)
    assert (document.recipe.epochs, document.mendable) == (3, False)
    assert document.checked, "shapes are what they were"
