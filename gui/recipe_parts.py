"""Editors for what a recipe holds beside numbers: the loss, the optimizer, the metrics, the device."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.catalogue import Catalogue
from engine.kinds import ParameterSpec
from engine.recipe import ACCURACY, ADAM, CROSSENTROPY
from engine.values import Part, Value
from gui.editors.base import Context, Editor
from gui.editors.fields import IconButton
from gui.editors.form import Form
from gui.editors.lists import Choice
from gui.editors.parts import PartEditor

ADD: Final = "Add a metric"
ACCURACY_HELP: Final = "The share of right answers, counted as the loss and the targets ask for."
DEVICES: Final = {"auto": "automatic", "cpu": "CPU"}
DEVICE_HELP: Final = "Where training runs; automatic takes a GPU where there is one."


@dataclass(frozen=True, slots=True)
class RecipePart(ParameterSpec):
    """A part of a recipe as an editor sees it; `kind` is one of the catalogue's kinds of object."""

    @property
    def expectation(self) -> str:
        return f"one of Keras's {PLURALS[self.kind]}"


PLURALS: Final = {"loss": "losses", "optimizer": "optimizers", "metric": "metrics"}
HELP: Final = {
    "loss": "What training makes small: how far the answers are from the targets.",
    "optimizer": "How the weights follow the slope of the loss.",
    "metric": "What is shown beside the loss; it does not steer training.",
}
DEFAULTS: Final = {"loss": CROSSENTROPY, "optimizer": ADAM, "metric": ACCURACY}


def recipe_part(catalogue: Catalogue, kind: str) -> RecipePart:
    """Return what an editor needs to know of a recipe's loss, optimizer or metric."""
    names = tuple(sorted(catalogue.parts[kind]))
    choices = (ACCURACY.class_name, *names) if kind == "metric" else names
    return RecipePart(kind, kind, DEFAULTS[kind], required=True, choices=choices, help=HELP[kind])


class RecipePartEditor(PartEditor):
    """A loss, an optimizer or a metric in a list, its parameters below."""

    indent = 0

    def __init__(self, parameter: ParameterSpec, context: Context) -> None:
        super().__init__(parameter, context)
        self.set_value(parameter.default)

    def check(self, value: Value) -> Value:
        if not isinstance(value, Part):
            raise self.parameter.problem(value)
        return value if value == ACCURACY else self.context.catalogue.check_part(self.kind, value)

    def _kind(self) -> str:
        return self.parameter.kind

    def _explain(self) -> None:
        catalogue = self.context.catalogue
        for name in self.parameter.choices:
            words = ACCURACY_HELP if name == ACCURACY.class_name else catalogue.part(self.kind, name).summary
            self.choice.setItemData(self.choice.findText(name), words, Qt.ItemDataRole.ToolTipRole)

    def _chosen(self, word: str) -> None:
        if word == ACCURACY.class_name:
            self.offer(ACCURACY)
        else:
            super()._chosen(word)

    def _make_form(self, part: Part) -> Form | None:
        return None if part == ACCURACY else super()._make_form(part)


class MetricsEditor(QWidget):
    """A row for each metric, each with a button that takes it out, and a list that adds one."""

    changed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._parameter = recipe_part(context.catalogue, "metric")
        self._metrics: tuple[Part, ...] = ()
        self.rows: list[MetricRow] = []
        self.add = Choice(self._parameter.choices, f"{ADD} …")
        self.add.setAccessibleName(ADD)
        self.add.show_word(None)
        self.add.chosen.connect(self._added)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.add)

    def value(self) -> tuple[Part, ...]:
        return self._metrics

    def show_value(self, metrics: tuple[Part, ...]) -> None:
        """Show metrics; while their number stays the rows do, with what is being typed in them."""
        if len(metrics) != len(self.rows):
            self._make_rows(metrics)
        self._metrics = metrics
        for row, metric in zip(self.rows, metrics, strict=True):
            row.editor.show_value(metric)

    def _make_rows(self, metrics: Iterable[Part]) -> None:
        for row in self.rows:
            row.blockSignals(True)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(place) for place, _ in enumerate(metrics)]
        for place, row in enumerate(self.rows):
            self._column.insertWidget(place, row)

    def _row(self, place: int) -> MetricRow:
        row = MetricRow(RecipePartEditor(self._parameter, self._context))
        row.changed.connect(lambda metric: self._put(place, (metric,)))
        row.removed.connect(lambda: self._put(place, ()))
        return row

    def _put(self, place: int, metrics: tuple[Part, ...]) -> None:
        self._offer((*self._metrics[:place], *metrics, *self._metrics[place + 1 :]))

    def _added(self, word: str) -> None:
        self.add.show_word(None)
        known = word != ACCURACY.class_name
        self._offer((*self._metrics, self._context.catalogue.new_part("metric", word) if known else ACCURACY))

    def _offer(self, metrics: tuple[Part, ...]) -> None:
        self.show_value(metrics)
        self.changed.emit(metrics)


class MetricRow(QWidget):
    """One metric and the button that takes it out."""

    changed = Signal(object)
    removed = Signal()

    def __init__(self, editor: RecipePartEditor) -> None:
        super().__init__()
        self.editor = editor
        editor.changed.connect(self.changed)
        self.remove = IconButton("x", "Take this metric out")
        self.remove.clicked.connect(self.removed)
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(editor, 1)
        line.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(line)
        editor.use_row(column)


class DeviceEditor(Editor):
    """Where to train: automatic, the CPU, or a GPU by name once the trainer has said which there are."""

    def __init__(self, context: Context) -> None:
        super().__init__(ParameterSpec("device", "text", "auto", help=DEVICE_HELP), context)
        self._names: tuple[str, ...] = tuple(DEVICES)
        self.choice = Choice(tuple(DEVICES.values()))
        self.choice.chosen.connect(lambda _word: self.offer(self._names[self.choice.currentIndex()]))
        self.put_field(self.choice)
        self.set_value("auto")

    def set_devices(self, devices: Iterable[str]) -> None:
        """Offer the devices that the trainer found, beside what is always there."""
        found = tuple(device for device in devices if not device.upper().startswith("CPU"))
        self._names = (*DEVICES, *found)
        self.choice.clear()
        self.choice.addItems([*DEVICES.values(), *found])
        self._show(self._value)

    def _show(self, value: Value) -> None:
        """A device that is not here, as a file from another machine may name one, shows as it is written."""
        self.choice.setPlaceholderText(str(value))
        self.choice.setCurrentIndex(self._names.index(str(value)) if value in self._names else -1)

    def _show_mixed(self) -> None:
        self.choice.setCurrentIndex(-1)
