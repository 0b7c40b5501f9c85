"""What each of several outputs learns: its target, loss, weight and metrics, in a fold each. Knows no document."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.kinds import ParameterSpec
from engine.recipe import PLAIN_OUTPUT, WEIGHT, OutputChoice, Recipe
from engine.values import Value
from gui.editors.base import Context, Editor
from gui.editors.fold import Fold
from gui.editors.row import Row
from gui.recipe_parts import MetricsEditor, RecipePartEditor, recipe_part

GAP: Final = 8
OWN_LOSS: Final = ParameterSpec("own_loss", "bool", False, help="A loss of its own, in the place of the one above.")
OWN_METRICS: Final = ParameterSpec(
    "own_metrics", "bool", False, help="Metrics of its own, in the place of those above."
)


class OutputsEditor(QWidget):
    """A fold for each output of a network that has several; `changed` carries what all of them choose."""

    changed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._recipe = Recipe()
        self._names: tuple[str, ...] = ()
        self._targets: tuple[str, ...] = ()
        self.folds: dict[str, OutputFold] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GAP, 0, 0)
        self._column.setSpacing(GAP)
        self._heading = QLabel("OUTPUTS")
        self._heading.setProperty("role", "label")
        self._column.addWidget(self._heading)

    def show_outputs(self, names: Iterable[str], targets: Iterable[str]) -> None:
        """Have a fold for each of these outputs, which learn one of these targets; those that stay keep their state."""
        names, targets = tuple(names), tuple(targets)
        if (names, targets) == (self._names, self._targets):
            return
        self._names, self._targets = names, targets
        self.setVisible(bool(names))
        for fold in self.folds.values():
            fold.hide()
            fold.deleteLater()
        self.folds = {name: self._fold(name) for name in names}
        self.show_recipe(self._recipe)

    def show_recipe(self, recipe: Recipe) -> None:
        self._recipe = recipe
        for fold in self.folds.values():
            fold.show_recipe(recipe)

    def _fold(self, name: str) -> OutputFold:
        fold = OutputFold(name, self._targets, self._context)
        fold.changed.connect(lambda output: self._put(name, output))
        self._column.addWidget(fold)
        return fold

    def _put(self, name: str, output: OutputChoice) -> None:
        outputs = self._recipe.outputs
        plain = output == PLAIN_OUTPUT
        self.changed.emit(outputs.without(name) if plain else outputs.with_item(name, output))


class OutputFold(Fold):
    """What one output chooses; what it leaves to the recipe is made when it is first asked for."""

    changed = Signal(object)

    def __init__(self, name: str, targets: tuple[str, ...], context: Context) -> None:
        self.name, self._targets, self._context = name, targets, context
        self._recipe = Recipe()
        self.rows: dict[str, Row] = {}
        self.loss: RecipePartEditor | None = None
        self.metrics: MetricsEditor | None = None
        super().__init__(name, self._content)

    @property
    def _output(self) -> OutputChoice:
        return self._recipe.outputs.get(self.name, PLAIN_OUTPUT)

    def show_recipe(self, recipe: Recipe) -> None:
        self._recipe = recipe
        plain, output = PLAIN_OUTPUT, self._output
        told = ("target", "loss", "weight", "metrics")
        self.show_news(sum(getattr(output, field) != getattr(plain, field) for field in told), 0)
        if self.content is not None:
            self._show(output)

    # -- what is made

    def _content(self) -> QWidget:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(GAP)
        if len(self._targets) > 1:
            target = ParameterSpec("target", "choice", choices=self._targets, optional=True, help="What it learns.")
            self._add(column, target, lambda value: replace(self._output, target=value or ""))
        self._add(column, WEIGHT, lambda value: replace(self._output, weight=value))
        self._add(column, OWN_LOSS, lambda own: replace(self._output, loss=self._recipe.loss if own else None))
        self.loss = RecipePartEditor(recipe_part(self._context.catalogue, "loss"), self._context)
        self.loss.changed.connect(lambda loss: self._offer(replace(self._output, loss=loss)))
        column.addWidget(self.loss)
        self._add(column, OWN_METRICS, lambda own: replace(self._output, metrics=self._recipe.metrics if own else None))
        self.metrics = MetricsEditor(self._context)
        self.metrics.changed.connect(lambda metrics: self._offer(replace(self._output, metrics=metrics)))
        column.addWidget(self.metrics)
        self._show(self._output)
        return content

    def _add(self, column: QVBoxLayout, parameter: ParameterSpec, chosen: Any) -> None:
        editor: Editor = self._context.make(parameter, self._context)
        editor.changed.connect(lambda value: self._offer(chosen(value)))
        self.rows[parameter.name] = Row(editor, parameter.label)
        column.addWidget(self.rows[parameter.name])

    # -- what is shown

    def _show(self, output: OutputChoice) -> None:
        if self.loss is None or self.metrics is None:
            return
        shown: dict[str, Value] = {
            "target": output.target or None, "weight": output.weight, "own_loss": output.loss is not None,
            "own_metrics": output.metrics is not None,
        }  # fmt: skip
        for name, row in self.rows.items():
            row.editor.show_value(shown[name])
        self.loss.setVisible(output.loss is not None)
        self.metrics.setVisible(output.metrics is not None)
        self.loss.show_value(self._recipe.loss_of(self.name))
        self.metrics.show_value(self._recipe.metrics_of(self.name))

    def _offer(self, output: OutputChoice) -> None:
        self.changed.emit(output)
