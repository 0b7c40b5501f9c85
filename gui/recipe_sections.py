"""The sections of the training page, each of which shows and edits its part of the recipe. Knows no document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar, Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.datasets import DataSpec, counts, dataset, datasets
from engine.errors import EngineError
from engine.kinds import spell
from engine.recipe import NUMBERS, SHARES, DataChoice, Recipe, check_recipe
from engine.report import Problem
from engine.values import FrozenMap
from gui.cards import ProblemCard, Stack, text_label
from gui.editors.base import Context, Editor
from gui.editors.fold import Fold
from gui.editors.form import Row
from gui.editors.labels import ElidedLabel
from gui.editors.lists import Choice
from gui.recipe_parts import DeviceEditor, MetricsEditor, RecipePartEditor, recipe_part
from gui.theme import colour

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


class DataSection(RecipeSection):
    """Which data, what is known of it, and how it is split."""

    title = "Data"
    fields = ("data",)

    def _fill(self) -> None:
        self._data = DataChoice()
        self._spec: DataSpec | None = None
        self._names = tuple(datasets())
        self.source = Choice(tuple(spec.title for spec in datasets().values()))
        self.source.setAccessibleName("Data")
        self.source.chosen.connect(lambda _title: self._choose(self._names[self.source.currentIndex()]))
        self.about, self.parts = text_label(""), text_label("")
        self.refusal = text_label("")
        self.refusal.setProperty("role", "bad")
        for quiet in (self.about, self.parts):
            quiet.setProperty("role", "second")
        self.bar = SplitBar()
        self.origin = ElidedLabel()
        self.origin.setProperty("role", "third")
        self.shares = {name: self._share(name) for name in SHARES}
        for widget in (self.source, self.refusal, self.about, *self.shares.values(), self.bar, self.parts, self.origin):
            self.column.addWidget(widget)

    def _share(self, name: str) -> Row:
        editor = self.context.make(SHARES[name], self.context)
        editor.changed.connect(lambda value: self._split(name, value))
        return Row(editor, editor.parameter.label)

    def _choose(self, name: str) -> None:
        self.edited.emit("data", replace(self._data, source=name, values=FrozenMap()))

    def _split(self, name: str, share: float) -> None:
        """Take a share, unless too few samples would be left to train on."""
        changed: dict[str, Any] = {name: share}
        data = replace(self._data, **changed)
        try:
            check_recipe(Recipe(data=data), self.context.catalogue)
        except EngineError as error:
            self.shares[name].editor.refuse(error.sentence)
        else:
            self.edited.emit("data", data)

    def show_recipe(self, recipe: Recipe) -> None:
        self._data = recipe.data
        for name, row in self.shares.items():
            row.editor.show_value(getattr(recipe.data, name))
        try:
            self._spec = dataset(recipe.data)
        except EngineError as error:
            self._spec = None
            self.refusal.setText(error.sentence)
        self.refusal.setVisible(self._spec is None)
        self.source.setPlaceholderText(recipe.data.source)
        self.source.show_word(self._spec.title if self._spec else None)
        self._tell(self._spec)

    def _tell(self, spec: DataSpec | None) -> None:
        for widget in (self.about, self.bar, self.parts, self.origin):
            widget.setVisible(spec is not None)
        if spec is None:
            return
        parts = counts(self._data, spec.samples)
        self.about.setText(facts(spec))
        self.about.setToolTip(spec.summary)
        self.bar.show_parts(parts)
        self.parts.setText("{:,} train · {:,} validate · {:,} test".format(*parts))
        self.origin.setText(f"{spec.licence} · {spec.source}")
        self.origin.setToolTip(f"<p>{spec.source}</p><p>Licence: {spec.licence}</p>")


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

    def show_recipe(self, recipe: Recipe) -> None:
        self.loss.show_value(recipe.loss)
        self.metrics.show_value(recipe.metrics)


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
    fields = ("epochs", "batch_size", "seed", "device", "steps_per_execution")

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
        self.show_recipe(self._recipe)
        return content

    def show_recipe(self, recipe: Recipe) -> None:
        self._recipe = recipe
        for name, row in self.rows.items():
            row.editor.show_value(getattr(recipe, name))


class SplitBar(QWidget):
    """A thin bar whose pieces are the parts of the data, in the colours of their curves."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: tuple[int, ...] = ()
        self.setFixedHeight(6)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_parts(self, parts: tuple[int, ...]) -> None:
        self._parts = parts
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setClipPath(shape)
        left, total = 0.0, max(1, sum(self._parts))
        for part, token in zip(self._parts, ("train", "validation", "third"), strict=False):
            width = part / total * self.width()
            painter.fillRect(QRectF(left, 0, max(0.0, width - 2), self.height()), colour(token))
            left += width


def facts(spec: DataSpec) -> str:
    """Tell how many samples of which shape, and what is to be learned of them."""
    learned = {
        "classes": f"{len(spec.classes)} classes: {_listed(spec.classes)}",
        "binary": "yes or no",
        "numbers": "a number to come near to",
    }
    return f"{spec.samples:,} samples of {spell(spec.shape)}. {learned[spec.task]}."


def _listed(words: tuple[str, ...], most: int = 12) -> str:
    return ", ".join(words[:most]) + (" …" if len(words) > most else "")
