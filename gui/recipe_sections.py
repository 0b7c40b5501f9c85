"""The sections of the training page, each of which shows and edits its part of the recipe. Knows no document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.recipe import NUMBERS, Recipe
from engine.report import Problem
from gui.cards import ProblemCard, Stack
from gui.editors.base import Context, Editor
from gui.editors.fold import Fold
from gui.editors.row import Row
from gui.outputs_section import OutputsEditor
from gui.recipe_parts import DeviceEditor, MetricsEditor, RecipePartEditor, recipe_part

GAP: Final = 8


class RecipeSection(QWidget):
    """A titled part of the recipe; `edited` carries a field of the recipe and its new, checked value."""

    edited = Signal(str, object)
    title: ClassVar[str]
    #: The recipe's fields that are edited here, so that a problem with one is shown here.
    fields: ClassVar[tuple[str, ...]]

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(GAP)
        self._heading(self.title)
        self._fill()
        self._problems = Stack(GAP)
        self.column.addWidget(self._problems)
        self.show_problems(())

    def show_recipe(self, recipe: Recipe) -> None:
        """Show a recipe; what is being typed is kept where nothing changed."""
        raise NotImplementedError

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show those problems of the recipe that are about this part."""
        self._problems.fill(ProblemCard(problem) for problem in problems if problem.parameter in self.fields)

    def _fill(self) -> None:
        raise NotImplementedError

    def _heading(self, words: str) -> None:
        label = QLabel(words.upper())
        label.setProperty("role", "label")
        self.column.addWidget(label)

    def _row(self, editor: Editor, field: str) -> Row:
        """Make a row that edits a field of the recipe."""
        editor.changed.connect(lambda value: self.edited.emit(field, value))
        return Row(editor, editor.parameter.label)


class LossSection(RecipeSection):
    """What training makes small, and what is shown beside it."""

    title = "Loss"
    fields = ("loss", "metrics", "outputs")

    def _fill(self) -> None:
        self.loss = RecipePartEditor(recipe_part(self.context.catalogue, "loss"), self.context)
        self.loss.changed.connect(lambda value: self.edited.emit("loss", value))
        self.column.addWidget(self.loss)
        self.column.addSpacing(GAP)
        self._heading("Metrics")
        self.metrics = MetricsEditor(self.context)
        self.metrics.changed.connect(lambda value: self.edited.emit("metrics", value))
        self.column.addWidget(self.metrics)
        #: What each output chooses; made for the first network that has several.
        self.outputs: OutputsEditor | None = None
        self._recipe = Recipe()

    def show_recipe(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self.loss.show_value(recipe.loss)
        self.metrics.show_value(recipe.metrics)
        if self.outputs is not None:
            self.outputs.show_recipe(recipe)

    def show_outputs(self, names: tuple[str, ...], targets: tuple[str, ...]) -> None:
        """Offer each output its own, where there are several."""
        if self.outputs is None and len(names) > 1:
            self._make_outputs()
        if self.outputs is not None:
            self.outputs.show_outputs(names if len(names) > 1 else (), targets)

    def _make_outputs(self) -> None:
        self.outputs = OutputsEditor(self.context)
        self.outputs.changed.connect(lambda value: self.edited.emit("outputs", value))
        self.outputs.show_recipe(self._recipe)
        self.column.insertWidget(self.column.indexOf(self.metrics) + 1, self.outputs)


class OptimizerSection(RecipeSection):
    """How the weights follow the slope: the optimizer, its learning rate and its other parameters."""

    title = "Optimizer"
    fields = ("optimizer",)

    def _fill(self) -> None:
        self.optimizer = RecipePartEditor(recipe_part(self.context.catalogue, "optimizer"), self.context)
        self.optimizer.changed.connect(lambda value: self.edited.emit("optimizer", value))
        self.column.addWidget(self.optimizer)

    def show_recipe(self, recipe: Recipe) -> None:
        self.optimizer.show_value(recipe.optimizer)


class RunSection(RecipeSection):
    """How long, in what steps, from which seed, and where."""

    title = "Run"
    fields = ("epochs", "batch_size", "seed", "device", "steps_per_execution", "xla", "precision")

    def _fill(self) -> None:
        self.device = DeviceEditor(self.context)
        self.rows: dict[str, Row] = {}
        for name in ("epochs", "batch_size", "seed"):
            self._add(self.column, name)
        self.rows["device"] = self._row(self.device, "device")
        self.column.addWidget(self.rows["device"])
        self._recipe = Recipe()
        self.more = Fold("More", self._more)
        self.column.addWidget(self.more)

    def _add(self, column: QVBoxLayout, name: str) -> None:
        self.rows[name] = self._row(self.context.make(NUMBERS[name], self.context), name)
        column.addWidget(self.rows[name])

    def _more(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        self._add(column, "steps_per_execution")
        self._add(column, "xla")
        self._add(column, "precision")
        self.show_recipe(self._recipe)
        return content

    def show_recipe(self, recipe: Recipe) -> None:
        self._recipe = recipe
        for name, row in self.rows.items():
            row.editor.show_value(getattr(recipe, name))
