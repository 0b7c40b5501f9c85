"""The training page on named data: the data sets in groups, their values as a form, and a fold for each output."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.choices import DataChoice, OutputChoice
from engine.datasets import datasets
from engine.graph import Graph
from engine.project import Project
from engine.recipe import ACCURACY, Recipe
from engine.report import Report
from engine.values import FrozenMap, Part
from gui.document import Document
from gui.training import TrainingPage
from tests.engine.drawings import drawing, layer
from tests.gui.drawings import classifier

MSE = Part("MeanSquaredError")


def forked() -> Graph:
    softmax = layer("Dense", units=10, activation="softmax")
    return drawing("image > flat", "flat > main", "flat > side", image=layer("InputLayer", shape=(8, 8, 1)),
                   flat=layer("Flatten"), main=softmax, side=softmax)  # fmt: skip


class Desk:
    """A document of a network with two outputs, and its training page."""

    def __init__(self, qtbot: QtBot, recipe: Recipe) -> None:
        self.document = Document(catalogue())
        self.document.start(Project(forked(), recipe))
        self.document.take_report(self.document.generation, Report(FrozenMap({})))
        self.page = TrainingPage(self.document)
        qtbot.addWidget(self.page)
        self.page.resize(1080, 330)
        self.page.show()

    @property
    def recipe(self) -> Recipe:
        return self.document.recipe


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot, Recipe())


# -- the data


def test_data_sets_stand_below_their_groups(desk: Desk) -> None:
    source = desk.page.data.source
    words = [source.itemText(row) for row in range(source.count())]
    groups = list(dict.fromkeys(told.group for told in datasets().values()))
    assert [word for word in words if word.isupper()] == [group.upper() for group in groups]
    assert len(words) == len(datasets()) + len(groups)
    for row, word in enumerate(words):
        can = bool(source.model().flags(source.model().index(row, 0)) & Qt.ItemFlag.ItemIsEnabled)
        assert can is not word.isupper()


def test_choosing_data_takes_them_as_they_come(desk: Desk) -> None:
    desk.document.edit_recipe("Set", replace(desk.recipe, data=DataChoice(values=FrozenMap({"size": 16}))))
    source = desk.page.data.source
    source.setCurrentIndex(source.findText("Drawn figures"))
    source.chosen.emit("Drawn figures")
    assert desk.recipe.data == DataChoice("shapes")
    assert source.currentText() == "Drawn figures"
    assert desk.page.data.form is not None
    assert list(desk.page.data.form.rows) == ["size", "channels", "classes", "targets", "samples"]
    assert "one circle, square" in desk.page.data.summary.text()


def test_values_are_set_and_reset(desk: Desk) -> None:
    form = desk.page.data.form
    assert form is not None
    form.rows["size"].editor.offer(16)
    assert desk.recipe.data.values == {"size": 16}
    assert "1,797 samples of 16×16×1" in desk.page.data.about.text()
    assert desk.page.data.form is form, "what is being typed is kept"
    form.rows["targets"].editor.offer("image")
    assert desk.recipe.data.values == {"size": 16, "targets": "image"}
    form.reset.emit("size")
    form.rows["targets"].editor.offer("digit")
    assert desk.recipe.data == DataChoice()


def test_data_without_values_have_no_form(desk: Desk) -> None:
    desk.document.edit_recipe("Set", replace(desk.recipe, data=DataChoice("iris")))
    assert desk.page.data.form is None
    assert desk.page.data.about.text() == "150 samples of 4. 3 classes: setosa, versicolor, virginica."


def test_values_that_cannot_be_are_told(desk: Desk) -> None:
    desk.document.edit_recipe("Set", replace(desk.recipe, data=DataChoice(values=FrozenMap({"size": 3}))))
    assert "size expects a whole number from 8 to 64" in desk.page.data.refusal.text()


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (DataChoice("captions"), "2,500 samples: image (32×32×3) and words (9 of 17 words). To be learned: next (9 of"),
        (DataChoice("text", values=FrozenMap({"ordered": True})), "They follow each other: never shuffled"),
        (DataChoice("shapes", values=FrozenMap({"classes": 1000})), "6 classes, room for 1,000: circle, square"),
        (DataChoice("breast-cancer"), "569 samples of 30. Yes or no: malignant and benign."),
        (DataChoice("sine"), "1,000 samples of 1. A number to come near to."),
    ],
)
def test_what_there_is_to_learn_is_told(desk: Desk, chosen: DataChoice, told: str) -> None:
    desk.document.edit_recipe("Set", replace(desk.recipe, data=chosen))
    assert told in desk.page.data.about.text()


# -- the outputs


def test_each_of_several_outputs_has_a_fold(desk: Desk) -> None:
    outputs = desk.page.loss.outputs
    assert outputs is not None
    assert list(outputs.folds) == ["main", "side"]
    desk.document.edit("Remove", desk.document.graph.without(["side"]))
    desk.document.take_report(desk.document.generation, Report(FrozenMap({})))
    assert list(outputs.folds) == []


def test_an_output_takes_a_loss_a_weight_and_metrics_of_its_own(desk: Desk) -> None:
    outputs = desk.page.loss.outputs
    assert outputs is not None
    side = outputs.folds["side"]
    side.button.click()
    assert side.loss is not None
    assert side.metrics is not None
    assert side.loss.isHidden()
    side.rows["weight"].editor.offer(0.3)
    assert desk.recipe.outputs == {"side": OutputChoice(weight=0.3)}
    side.rows["own_loss"].editor.offer(True)
    assert not side.loss.isHidden()
    side.loss.offer(MSE)
    side.rows["own_metrics"].editor.offer(True)
    side.metrics.rows[0].remove.click()
    assert desk.recipe.outputs == {"side": OutputChoice("", MSE, 0.3, ())}
    assert side.button.text() == "side · 3 set"
    assert (desk.recipe.loss_of("main"), desk.recipe.metrics_of("main")) == (desk.recipe.loss, (ACCURACY,))


def test_an_output_that_chooses_nothing_leaves_no_trace(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Recipe(outputs=FrozenMap({"side": OutputChoice(weight=0.3)})))
    outputs = desk.page.loss.outputs
    assert outputs is not None
    assert outputs.folds["side"].button.text() == "side · 1 set"
    outputs.folds["side"].button.click()
    outputs.folds["side"].rows["weight"].editor.offer(1.0)
    assert desk.recipe.outputs == {}


def test_a_network_of_one_output_shows_none(qtbot: QtBot) -> None:
    document = Document(catalogue())
    document.start(Project(classifier(), Recipe()))
    page = TrainingPage(document)
    qtbot.addWidget(page)
    page.show()
    assert page.loss.outputs is None


def test_a_renamed_output_keeps_what_it_chose(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Recipe(outputs=FrozenMap({"side": OutputChoice(weight=0.3)})))
    graph = desk.document.graph
    desk.document.edit("Rename side", graph.with_nodes([replace(graph.node("side"), name="head")]))
    assert desk.recipe.outputs == {"head": OutputChoice(weight=0.3)}
    assert desk.document.undo.count() == 1
    desk.document.undo.undo()
    assert desk.recipe.outputs == {"side": OutputChoice(weight=0.3)}
