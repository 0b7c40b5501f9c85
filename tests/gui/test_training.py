"""The training page: the whole recipe shown and edited, each edit one undo step, problems at their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.clipping import NAMES as CLIPPING
from engine.datasets import dataset
from engine.project import Project
from engine.propose import recipe_for
from engine.recipe import ACCURACY, ADAM, CROSSENTROPY, DataChoice, Recipe
from engine.report import NodeReport, Report, TensorSpec
from engine.values import FrozenMap, Part
from gui.cards import ProblemCard
from gui.columns import fitting
from gui.document import Document
from gui.editors.base import Editor
from gui.editors.parts import RateEditor
from gui.training import TrainingPage
from tests.gui.drawings import classifier

SHAPES = {"n1": (None, 8, 8, 1), "n2": (None, 64), "n3": (None, 10)}


class Desk:
    """A document and its training page."""

    def __init__(self, qtbot: QtBot, recipe: Recipe | None = None) -> None:
        self.document = Document(catalogue())
        self.document.start(Project(classifier(), recipe or Recipe()))
        nodes = {id: NodeReport(FrozenMap({"output": TensorSpec(shape)})) for id, shape in SHAPES.items()}
        self.document.take_report(self.document.generation, Report(FrozenMap(nodes)))
        self.page = TrainingPage(self.document)
        qtbot.addWidget(self.page)
        self.page.resize(1080, 330)
        self.page.show()

    @property
    def recipe(self) -> Recipe:
        return self.document.recipe

    @property
    def steps(self) -> int:
        return self.document.undo.count()

    def sentences(self, owner: QWidget) -> list[str]:
        return [card.problem.sentence for card in owner.findChildren(ProblemCard) if card.isVisibleTo(self.page)]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


# -- what is shown


def test_the_whole_recipe_is_shown(desk: Desk) -> None:
    page = desk.page
    assert page.data.source.currentText() == "Handwritten digits"
    assert "1,797 samples of 8×8×1. 10 classes: 0, 1, 2" in page.data.about.text()
    assert page.data.parts.text() == "1,257 train · 270 validate · 270 test"
    assert "CC BY 4.0" in page.data.origin.text()
    assert page.loss.loss.value() == CROSSENTROPY
    assert page.loss.metrics.value() == (ACCURACY,)
    assert page.optimizer.optimizer.value() == ADAM
    assert {name: row.editor.value() for name, row in page.run.rows.items()} == {
        "epochs": 20, "batch_size": 32, "seed": 1, "device": "auto",
    }  # fmt: skip


def test_every_field_of_a_recipe_has_its_place(desk: Desk) -> None:
    placed = [field for section in desk.page.sections for field in section.fields]
    assert sorted(placed) == sorted(item.name for item in fields(Recipe))


def test_another_recipe_is_shown_when_it_comes(desk: Desk) -> None:
    other = replace(desk.recipe, optimizer=Part("SGD", FrozenMap({"momentum": 0.9})), epochs=3, metrics=())
    desk.document.edit_recipe("Other", other)
    form = desk.page.optimizer.optimizer.form
    assert form is not None
    assert form.rows["momentum"].editor.value() == 0.9
    assert desk.page.run.rows["epochs"].editor.value() == 3
    assert desk.page.loss.metrics.rows == []
    desk.document.undo.undo()
    assert desk.page.optimizer.optimizer.value() == ADAM
    assert len(desk.page.loss.metrics.rows) == 1


def test_steps_per_execution_stand_in_a_fold(desk: Desk) -> None:
    desk.document.edit_recipe("Set", replace(desk.recipe, steps_per_execution=8))
    assert "steps_per_execution" not in desk.page.run.rows
    desk.page.run.more.button.click()
    assert desk.page.run.rows["steps_per_execution"].editor.value() == 8


def test_data_that_is_not_there_is_told(qtbot: QtBot) -> None:
    desk = Desk(qtbot, Recipe(DataChoice("gone")))
    assert "The data must be one of" in desk.page.data.refusal.text()
    assert not desk.page.data.refusal.isHidden()
    assert desk.page.data.parts.isHidden()


# -- edits


@pytest.mark.parametrize(("field", "value"), [("epochs", 7), ("batch_size", 64), ("seed", 0), ("device", "cpu")])
def test_a_number_is_one_undo_step(desk: Desk, field: str, value: object) -> None:
    desk.page.run.rows[field].editor.offer(value)  # type: ignore[arg-type]
    assert (getattr(desk.recipe, field), desk.steps) == (value, 1)
    desk.document.undo.undo()
    assert desk.recipe == Recipe()


def test_steps_of_one_number_are_one_undo_step_and_of_two_are_two(desk: Desk) -> None:
    rows = desk.page.run.rows
    for _ in range(4):
        rows["epochs"].editor.step(1)
    rows["seed"].editor.step(1)
    assert (desk.recipe.epochs, desk.recipe.seed, desk.steps) == (24, 2, 2)


def test_a_bad_number_is_refused_at_its_place(desk: Desk) -> None:
    editor = desk.page.run.rows["batch_size"].editor
    editor.offer(0)
    assert editor.refusal == "batch_size expects a whole number from 1 to 65536. Received: 0."
    assert (desk.recipe, desk.steps) == (Recipe(), 0)


def test_shares_leave_something_to_train_on(desk: Desk) -> None:
    validation = desk.page.data.shares["validation"].editor
    validation.offer(0.2)
    assert desk.recipe.data == DataChoice(validation=0.2)
    assert desk.page.data.parts.text() == "1,168 train · 359 validate · 270 test"
    validation.offer(0.85)
    assert "together take at most 90%" in validation.refusal
    assert desk.recipe.data.validation == 0.2


@pytest.mark.parametrize("name", sorted(catalogue().parts["optimizer"]))
def test_every_optimizer_can_be_chosen_with_its_parameters(desk: Desk, name: str) -> None:
    editor = desk.page.optimizer.optimizer
    editor.choice.chosen.emit(name)
    assert desk.recipe.optimizer.class_name == name
    assert editor.form is not None
    for fold in editor.form.folds.values():
        fold.button.setChecked(True)
    told = {p.name for p in catalogue().part("optimizer", name).parameters}
    assert set(editor.form.rows) == told - CLIPPING, "clipping has a section of its own"


@pytest.mark.parametrize("kind", ["loss", "metric"])
def test_every_loss_and_metric_can_be_chosen(desk: Desk, kind: str) -> None:
    for name in catalogue().parts[kind]:
        if kind == "loss":
            desk.page.loss.loss.choice.chosen.emit(name)
            assert desk.recipe.loss.class_name == name
        else:
            desk.page.loss.metrics.rows[0].editor.choice.chosen.emit(name)
            assert [metric.class_name for metric in desk.recipe.metrics] == [name]


def test_a_learning_rate_may_follow_a_schedule(desk: Desk) -> None:
    form = desk.page.optimizer.optimizer.form
    assert form is not None
    rate = form.rows["learning_rate"].editor
    assert isinstance(rate, RateEditor)
    rate.number.offer(0.01)
    rate.offer(catalogue().new_part("schedule", "ExponentialDecay"))
    assert rate.form is not None
    rate.form.rows["decay_rate"].editor.offer(0.9)
    set_rate = desk.recipe.optimizer.values["learning_rate"]
    assert isinstance(set_rate, Part)
    assert (set_rate.class_name, set_rate.values["decay_rate"]) == ("ExponentialDecay", 0.9)


def test_metrics_are_added_and_taken_out(desk: Desk) -> None:
    metrics = desk.page.loss.metrics
    metrics.add.chosen.emit("SparseTopKCategoricalAccuracy")
    assert desk.recipe.metrics == (ACCURACY, Part("SparseTopKCategoricalAccuracy"))
    assert metrics.add.currentIndex() == -1, "the list is ready for the next"
    form = metrics.rows[1].editor.form
    assert form is not None
    form.rows["k"].editor.offer(2)
    assert desk.recipe.metrics[1].values["k"] == 2
    QTest.mouseClick(metrics.rows[0].remove, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert [metric.class_name for metric in desk.recipe.metrics] == ["SparseTopKCategoricalAccuracy"]
    assert desk.steps == 3


def test_devices_come_from_the_trainer(desk: Desk) -> None:
    device = desk.page.run.device
    assert [device.choice.itemText(place) for place in range(device.choice.count())] == ["automatic", "CPU"]
    desk.page.set_devices(("GPU:0", "CPU:0"))
    assert device.choice.currentText() == "automatic"
    device.choice.setCurrentIndex(2)
    device.choice.chosen.emit("GPU:0")
    assert desk.recipe.device == "GPU:0"


def test_a_device_of_another_machine_is_shown_as_it_is_written(qtbot: QtBot) -> None:
    desk = Desk(qtbot, replace(Recipe(), device="GPU:3"))
    assert desk.page.run.device.choice.currentIndex() == -1
    assert desk.page.run.device.choice.placeholderText() == "GPU:3"


# -- problems and proposals


def test_a_loss_that_does_not_fit_is_told_in_its_section(desk: Desk) -> None:
    assert desk.sentences(desk.page) == []
    desk.document.edit_recipe("Set", replace(desk.recipe, loss=Part("CategoricalCrossentropy")))
    (sentence,) = desk.sentences(desk.page.loss)
    assert "Categorical crossentropy expects" in sentence
    desk.document.undo.undo()
    assert desk.sentences(desk.page) == []


def test_a_drawing_that_does_not_fit_is_told_on_top(desk: Desk) -> None:
    desk.document.set_value("n3", "units", 4)
    nodes = FrozenMap({**desk.document.report.nodes, "n3": NodeReport(FrozenMap({"output": TensorSpec((None, 4))}))})
    desk.document.take_report(desk.document.generation, Report(nodes))
    (sentence,) = desk.sentences(desk.page.problems)
    assert "dense_n3" in sentence


def test_what_would_fit_is_proposed_with_its_reasons_and_taken_by_a_click(desk: Desk) -> None:
    desk.document.edit_recipe("Set", replace(desk.recipe, loss=Part("MeanSquaredError"), metrics=()))
    page, document = desk.page, desk.document
    expected = recipe_for(
        document.graph, document.report, dataset("digits"), document.catalogue, document.recipe
    )  # fmt: skip
    assert page.proposed.isVisible()
    assert expected.reasons
    assert all(reason in page.proposed.reasons.text() for reason in expected.reasons)
    QTest.mouseClick(page.proposed.use, Qt.MouseButton.LeftButton)
    assert desk.recipe == expected.recipe
    assert desk.recipe.loss == CROSSENTROPY
    assert not page.proposed.isVisible()
    desk.document.undo.undo()
    assert page.proposed.isVisible()


def test_a_page_that_is_not_seen_judges_when_it_is(desk: Desk) -> None:
    desk.page.hide()
    desk.document.edit_recipe("Set", replace(desk.recipe, loss=Part("CategoricalCrossentropy")))
    assert desk.sentences(desk.page.loss) == []
    desk.page.show()
    assert len(desk.sentences(desk.page.loss)) == 1


# -- places


@pytest.mark.parametrize(("width", "columns"), [(200, 1), (340, 1), (520, 2), (780, 3), (1080, 4), (3000, 4)])
def test_columns_follow_the_width(width: int, columns: int) -> None:
    assert fitting(width, 4) == columns


@pytest.mark.parametrize("width", [300, 560, 1080])
def test_nothing_overlaps_or_is_cut(desk: Desk, qtbot: QtBot, width: int) -> None:
    desk.page.data.shares["validation"].editor.offer(0.89)
    desk.page.resize(width, 900)
    columns = desk.page.columns
    qtbot.waitUntil(lambda: columns.width() > 0 and columns.width() <= width)
    boxes = [section.geometry() for section in desk.page.sections]
    assert not any(a.intersects(b) for a in boxes for b in boxes if a is not b)
    assert all(columns.rect().contains(box) for box in boxes)
    for editor in editors(desk.page.sections):
        assert editor.height() >= editor.minimumSizeHint().height(), editor.parameter.name


def editors(owners: Iterable[QWidget]) -> list[Editor]:
    return [editor for owner in owners for editor in owner.findChildren(Editor) if editor.isVisibleTo(owner)]
