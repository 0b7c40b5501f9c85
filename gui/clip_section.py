"""The section of the training page for gradients that are too long: how they are clipped. Knows no document."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

from engine.clipping import GLOBAL, HELP, NONE, WAYS, clipped, clipping_of
from engine.kinds import ParameterSpec
from engine.recipe import Recipe
from engine.values import Value
from gui.cards import text_label
from gui.editors.base import Context, Editor
from gui.editors.lists import Choice
from gui.editors.row import Row
from gui.recipe_sections import RecipeSection

_WORDS: Final = (NONE, *WAYS)
CLIPPING: Final = ParameterSpec(
    "clip_gradients", "choice", NONE, choices=_WORDS, help="What is done to gradients that are too long."
)
THRESHOLD: Final = ParameterSpec("threshold", "float", 1.0, minimum=0, help="What is longer than this is shortened.")
SEEN: Final = "The Curves page draws the norm of the gradients, before they are clipped"


class ClipSection(RecipeSection):
    """One choice, and its threshold where there is one."""

    title = "Clipping"
    fields = ()

    def _fill(self) -> None:
        self._recipe = Recipe()
        self.way = WayEditor(self.context)
        self.threshold = Row(self.context.make(THRESHOLD, self.context), THRESHOLD.label)
        self.words = text_label("")
        self.words.setProperty("role", "second")
        self.way.changed.connect(lambda way: self._clip(str(way), None))
        self.threshold.editor.changed.connect(self._set)
        for widget in (Row(self.way, CLIPPING.label), self.threshold, self.words):
            self.column.addWidget(widget)

    def show_recipe(self, recipe: Recipe) -> None:
        self._recipe = recipe
        way, threshold = clipping_of(recipe.optimizer)
        self.way.show_value(way)
        self.threshold.setVisible(way != NONE)
        self.words.setVisible(way != NONE)
        if way != NONE:
            self.threshold.editor.show_value(threshold)
            self.words.setText(f"{SEEN}{', and the threshold' if way == GLOBAL else ''}.")

    def _set(self, value: object) -> None:
        if isinstance(value, int | float):
            self._clip(clipping_of(self._recipe.optimizer)[0], float(value))

    def _clip(self, way: str, threshold: float | None) -> None:
        self.edited.emit("optimizer", clipped(self._recipe.optimizer, way, threshold))


class WayEditor(Editor):
    """A list of the ways, each with what it does in its tooltip."""

    def __init__(self, context: Context) -> None:
        super().__init__(CLIPPING, context)
        self.choice = Choice(_WORDS)
        for place, way in enumerate(_WORDS):
            self.choice.setItemData(place, HELP[way], Qt.ItemDataRole.ToolTipRole)
        self.choice.chosen.connect(self.offer)
        self.put_field(self.choice)
        self.set_value(NONE)

    def _show(self, value: Value) -> None:
        self.choice.show_word(str(value))

    def _show_mixed(self) -> None:
        self.choice.setCurrentIndex(-1)
