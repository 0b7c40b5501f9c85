"""A run that gets no better: chosen by a tick, each field an undo step, what was typed comes back with the tick."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.project import Project
from engine.recipe import Plateau, Stopping
from gui.document import Document
from gui.training import TrainingPage
from tests.gui.drawings import classifier


@pytest.fixture
def page(qtbot: QtBot) -> TrainingPage:
    document = Document(catalogue())
    document.start(Project(classifier()))
    made = TrainingPage(document)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def typed(page: TrainingPage, name: str, text: str) -> None:
    form = page.oversight.stopping.form
    assert form is not None
    field = form.rows[name].editor.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_a_tick_ends_runs_and_none_lets_them_go_on(page: TrainingPage) -> None:
    chosen, document = page.oversight.stopping, page._document
    assert chosen.form is None
    chosen.tick.click()
    assert document.recipe.stopping == Stopping()
    assert document.undo.undoText() == "Set stopping"
    typed(page, "patience", "8")
    assert document.recipe.stopping == Stopping(patience=8)
    chosen.tick.click()
    assert document.recipe.stopping is None
    assert chosen.form is not None
    assert chosen.form.isHidden()
    chosen.tick.click()
    assert document.recipe.stopping == Stopping(patience=8), "what was typed comes back"
    document.undo.undo()
    document.undo.undo()
    document.undo.undo()
    assert document.recipe.stopping == Stopping()
    assert chosen.tick.isChecked()


def test_the_other_tick_lowers_the_rate(page: TrainingPage) -> None:
    page.oversight.plateau.tick.click()
    assert page._document.recipe.plateau == Plateau()


def test_any_metric_can_be_typed_and_none_that_is_no_name(page: TrainingPage) -> None:
    page.oversight.stopping.tick.click()
    typed(page, "metric", "val_f1_score")
    assert page._document.recipe.stopping == Stopping("val_f1_score")
