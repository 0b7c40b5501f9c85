"""The section of the training page for how a run is watched over: when it ends or slows, what is kept. No document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from engine.choices import Keeping, Plateau, Stopping
from engine.choices_json import KEEPING, PLATEAU, STOPPING, Choice
from engine.kinds import ParameterSpec
from engine.recipe import Recipe
from engine.values import FrozenMap, Value
from gui.editors.base import Context
from gui.editors.form import Form
from gui.recipe_sections import GAP, RecipeSection

#: Metrics that are offered; any other can be typed.
OFFERED: Final = ("val_loss", "val_accuracy", "loss", "accuracy")
INDENT: Final = 24


class OversightSection(RecipeSection):
    """Three ticks, each with what it takes where it is set."""

    title = "When it gets no better"
    fields = ("stopping", "plateau", "keeping")

    def _fill(self) -> None:
        self.stopping = Chosen("End the run", Stopping(), STOPPING.values(), self.context)
        self.plateau = Chosen("Lower the learning rate", Plateau(), PLATEAU.values(), self.context)
        self.keeping = Chosen("Keep weights on the way", Keeping(), KEEPING.values(), self.context)
        for field, chosen in (("stopping", self.stopping), ("plateau", self.plateau), ("keeping", self.keeping)):
            chosen.changed.connect(lambda value, field=field: self.edited.emit(field, value))
            self.column.addWidget(chosen)

    def show_recipe(self, recipe: Recipe) -> None:
        self.stopping.show_choice(recipe.stopping)
        self.plateau.show_choice(recipe.plateau)
        self.keeping.show_choice(recipe.keeping)


class Chosen(QWidget):
    """A tick, and below it a form for as long as it is set; `changed` carries the choice, or None."""

    changed = Signal(object)

    def __init__(self, words: str, plain: Choice, specs: Iterable[ParameterSpec], context: Context) -> None:
        super().__init__()
        self._plain, self._choice = plain, plain
        self._context = replace(context, within=words.lower())
        self._specs = [replace(spec, choices=OFFERED) if spec.name == "metric" else spec for spec in specs]
        self.tick = QCheckBox(words)
        self.tick.clicked.connect(lambda checked: self.changed.emit(self._choice if checked else None))
        #: Made when it is first needed.
        self.form: Form | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP)
        self._column.addWidget(self.tick)

    def show_choice(self, choice: Choice | None) -> None:
        """Show what was chosen; what was chosen last comes back with the tick."""
        self.tick.setChecked(choice is not None)
        if choice is not None:
            self._choice = choice
            if self.form is None:
                self.form = self._make_form()
            self.form.show_values(FrozenMap(self._values(choice)))
        if self.form is not None:
            self.form.setVisible(choice is not None)

    def _make_form(self) -> Form:
        form = Form(self._specs, self._context)
        form.edited.connect(self._set)
        form.reset.connect(lambda name: self._set(name, getattr(self._plain, name)))
        form.setContentsMargins(INDENT, 0, 0, 0)
        self._column.addWidget(form)
        return form

    def _values(self, choice: Choice) -> Mapping[str, Value]:
        held = {spec.name: getattr(choice, spec.name) for spec in self._specs}
        return {name: value for name, value in held.items() if value != getattr(self._plain, name)}

    def _set(self, name: str, value: Value) -> None:
        changed: dict[str, Any] = {name: value}
        self.changed.emit(replace(self._choice, **changed))
