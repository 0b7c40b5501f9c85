"""The section of the training page that chooses the data, their values and their split. Knows no document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QWidget

from engine.data.columns import Column
from engine.datasets import DataSpec, Facts, counts, dataset, datasets
from engine.errors import EngineError
from engine.kinds import spell
from engine.recipe import SHARES, DataChoice, Recipe, check_recipe
from engine.values import FrozenMap, Value
from engine.wiring import listed
from gui.cards import text_label
from gui.editors.form import Form
from gui.editors.labels import ElidedLabel
from gui.editors.lists import Choice
from gui.editors.row import Row
from gui.recipe_sections import RecipeSection
from gui.theme import LABEL, colour, font

#: What is said of data whose samples follow each other.
ORDERED: Final = (
    "They follow each other: never shuffled, each place of a batch goes on from the same place of the batch before, "
    "and layers that remember forget when an epoch begins."
)


class DataSection(RecipeSection):
    """Which data, what is known of it, its values, and how it is split."""

    title = "Data"
    fields = ("data",)

    def _fill(self) -> None:
        self._data = DataChoice()
        self._spec: DataSpec | None = None
        self.source = SourceChoice(datasets())
        self.source.setAccessibleName("Data")
        self.source.chosen.connect(lambda _title: self._choose(self.source.name))
        self.summary, self.about, self.parts = text_label(""), text_label(""), text_label("")
        self.refusal = text_label("")
        self.refusal.setProperty("role", "bad")
        for quiet in (self.about, self.parts):
            quiet.setProperty("role", "second")
        #: The values of the data set, where it takes any.
        self.form: Form | None = None
        self.bar = SplitBar()
        self.origin = ElidedLabel()
        self.origin.setProperty("role", "third")
        self.shares = {name: self._share(name) for name in SHARES}
        above = (self.source, self.refusal, self.summary, self.about)
        for widget in (*above, *self.shares.values(), self.bar, self.parts, self.origin):
            self.column.addWidget(widget)

    def _share(self, name: str) -> Row:
        editor = self.context.make(SHARES[name], self.context)
        editor.changed.connect(lambda value: self._split(name, value))
        return Row(editor, editor.parameter.label)

    # -- edits

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

    def _set(self, name: str, value: Value) -> None:
        """Take a value of the data set; its default leaves no trace."""
        default = next(spec.default for spec in datasets()[self._data.source].parameters if spec.name == name)
        values = self._data.values.without(name) if value == default else self._data.values.with_item(name, value)
        self.edited.emit("data", replace(self._data, values=values))

    def _reset(self, name: str) -> None:
        self.edited.emit("data", replace(self._data, values=self._data.values.without(name)))

    # -- what is shown

    def show_recipe(self, recipe: Recipe) -> None:
        self._show_form(datasets().get(recipe.data.source))
        self._data = recipe.data
        for name, row in self.shares.items():
            row.editor.show_value(getattr(recipe.data, name))
        if self.form is not None:
            self.form.show_values(recipe.data.values)
        try:
            self._spec = dataset(recipe.data)
        except EngineError as error:
            self._spec = None
            self.refusal.setText(error.sentence)
        self.refusal.setVisible(self._spec is None)
        self.source.setPlaceholderText(recipe.data.source)
        self.source.show_word(datasets()[recipe.data.source].title if recipe.data.source in datasets() else None)
        self._tell(self._spec)

    def _show_form(self, told: Facts | None) -> None:
        """Have a form for the values of this data set; one that is shown already stays, with what is being typed."""
        if told is not None and self.form is not None and self._data.source == told.name:
            return
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        if told is not None and told.parameters:
            self.form = Form(told.parameters, self.context)
            self.form.edited.connect(self._set)
            self.form.reset.connect(self._reset)
            self.column.insertWidget(self.column.indexOf(self.about) + 1, self.form)

    def _tell(self, spec: DataSpec | None) -> None:
        for widget in (self.summary, self.about, self.bar, self.parts, self.origin):
            widget.setVisible(spec is not None)
        if spec is None:
            return
        parts = counts(self._data, spec.samples)
        self.summary.setText(spec.summary)
        self.about.setText(facts(spec))
        self.bar.show_parts(parts)
        self.parts.setText("{:,} train · {:,} validate · {:,} test".format(*parts))
        self.origin.setText(f"{spec.licence} · {spec.source}")
        self.origin.setToolTip(f"<p>{spec.source}</p><p>Licence: {spec.licence}</p>")


class SourceChoice(Choice):
    """The list of the data sets below the names of their groups, which cannot be chosen."""

    def __init__(self, sets: Mapping[str, Facts]) -> None:
        super().__init__(())
        self._names: list[str] = []
        model = QStandardItemModel(self)
        self.setModel(model)
        for name, told in sets.items():
            if not self._names or sets[self._names[-1]].group != told.group:
                self._names.append(name)
                model.appendRow(_heading(told.group))
            self._names.append(name)
            self.addItem(told.title)
            self.setItemData(self.count() - 1, told.summary, Qt.ItemDataRole.ToolTipRole)

    @property
    def name(self) -> str:
        """The name of the data set that is chosen."""
        return self._names[self.currentIndex()]


def _heading(group: str) -> QStandardItem:
    made = QStandardItem(group.upper())
    made.setFlags(Qt.ItemFlag.NoItemFlags)
    made.setFont(font(LABEL))
    return made


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


# -- in words


def facts(spec: DataSpec) -> str:
    """Tell how many samples of which shape, and what is to be learned of them."""
    if len(spec.inputs) == 1 and spec.targets[0].shape in ((), (1,)):
        return f"{spec.samples:,} samples of {spell(spec.shape)}. {_one(spec.targets[0])}."
    inputs = listed([f"{column.name} ({_each(column)})" for column in spec.inputs])
    targets = listed([f"{column.name} ({_each(column)})" for column in spec.targets])
    ordered = f" {ORDERED}" if spec.ordered else ""
    return f"{spec.samples:,} samples: {inputs}. To be learned: {targets}.{ordered}"


def _one(target: Column) -> str:
    if target.task == "binary":
        return f"Yes or no: {listed(target.words)}" if target.words else "Yes or no"
    return f"{_room(target, 'classes')}: {_listed(target.words)}" if target.words else "A number to come near to"


def _each(column: Column) -> str:
    shape = spell(column.shape) if column.shape else "one"
    kind = "words" if column.between else "letters"
    return f"{shape} of {_room(column, kind)}" if column.words else shape


def _room(column: Column, kind: str) -> str:
    """Tell how many words or classes there are, and for how many there is room where that is more."""
    spare = f", room for {column.width:,}" if column.width > len(column.words) else ""
    return f"{len(column.words)} {kind}{spare}"


def _listed(words: tuple[str, ...], most: int = 12) -> str:
    return ", ".join(words[:most]) + (" …" if len(words) > most else "")
