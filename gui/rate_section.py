"""The section of the training page for the learning rate over the run: which schedule, and how it goes. No document."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from engine.errors import EngineError
from engine.kinds import ParameterSpec
from engine.recipe import Recipe
from engine.scheduling import CONSTANT, HELP, KINDS, PLATEAU, Course, course, fitted, kind_of, scheduled
from engine.values import Value
from gui.cards import text_label
from gui.editors.base import Context, Editor
from gui.editors.lists import Choice
from gui.editors.row import Row
from gui.rate_curve import RateCurve
from gui.recipe_sections import RecipeSection
from gui.run_state import RunState

SCHEDULE: Final = ParameterSpec(
    "schedule", "choice", CONSTANT, choices=KINDS, help="How the learning rate goes over the run, made for its steps."
)
_GOING: Final = ("training", "paused")


class RateSection(RecipeSection):
    """Chooses a schedule and draws it over the whole run; `chosen` carries what was done and the new recipe."""

    chosen = Signal(str, object)
    title = "Learning rate over the run"
    fields = ()

    def _fill(self) -> None:
        self._recipe, self._steps = Recipe(), 0
        self.schedule = ScheduleEditor(self.context)
        self.schedule.changed.connect(self._choose)
        self.curve = RateCurve()
        self.words = text_label("")
        self.words.setProperty("role", "second")
        self.fit = QPushButton("Fit it to the run")
        self.fit.setToolTip("Let the schedule end with the run; it can be undone")
        self.fit.clicked.connect(self._fit)
        self.column.addWidget(Row(self.schedule, "schedule"))
        self.column.addWidget(self.curve)
        self.column.addWidget(self.words)
        self.column.addWidget(self.fit, 0, Qt.AlignmentFlag.AlignLeft)

    def show_recipe(self, recipe: Recipe) -> None:
        self._recipe = recipe
        self.schedule.show_value(kind_of(recipe))
        self._draw()

    def show_steps(self, steps: int) -> None:
        """Draw it over epochs of so many steps; 0 where there are no data to count them by."""
        self._steps = steps
        self._draw()

    def show_run(self, state: RunState) -> None:
        """Mark the step under way."""
        going = state.phase in _GOING
        self.curve.show_now(state.step if going else 0, state.rate)

    def _draw(self) -> None:
        drawn = self._course()
        kind = kind_of(self._recipe)
        self.curve.setVisible(drawn is not None)
        self.curve.show_course(drawn, self._recipe.epochs, is_open=kind == PLATEAU)
        self.words.setText(_words(self._recipe, kind, drawn))
        self.words.setVisible(bool(self.words.text()))
        self.fit.setVisible(drawn is not None and drawn.span != drawn.total)

    def _course(self) -> Course | None:
        try:
            return course(self._recipe, self._steps, self.context.catalogue) if self._steps else None
        except EngineError:
            return None  # a class that the catalogue has not: the optimizer's section says so

    def _choose(self, kind: object) -> None:
        total = max(1, self._steps * self._recipe.epochs)
        recipe = scheduled(self._recipe, str(kind), total, self.context.catalogue)
        self.chosen.emit("Set learning rate schedule", recipe)

    def _fit(self) -> None:
        total = self._steps * self._recipe.epochs
        self.chosen.emit("Fit the schedule to the run", fitted(self._recipe, total, self.context.catalogue))


class ScheduleEditor(Editor):
    """A list of the usual schedules; another one of Keras shows by its class."""

    def __init__(self, context: Context) -> None:
        super().__init__(SCHEDULE, context)
        self.choice = Choice(KINDS)
        for place, kind in enumerate(KINDS):
            self.choice.setItemData(place, HELP[kind], Qt.ItemDataRole.ToolTipRole)
        self.choice.chosen.connect(self.offer)
        self.put_field(self.choice)
        self.set_value(CONSTANT)

    def _show(self, value: Value) -> None:
        self.choice.setPlaceholderText(str(value))
        self.choice.show_word(str(value))

    def _show_mixed(self) -> None:
        self.choice.setCurrentIndex(-1)


def _words(recipe: Recipe, kind: str, drawn: Course | None) -> str:
    """Say what the picture cannot: what the run will decide, and where schedule and run end apart."""
    if kind == PLATEAU and recipe.plateau is not None:
        plateau = recipe.plateau
        return (
            f"Times {plateau.factor:g} wherever {plateau.metric} has got no better for {plateau.patience} epochs, "
            f"down to {plateau.lowest:g}: when, only the run can tell."
        )
    if drawn is None or drawn.span == drawn.total:
        return ""
    if drawn.span < drawn.total:
        return f"The schedule ends at step {drawn.span:,} of the run's {drawn.total:,}."
    return f"The run ends at step {drawn.total:,} of the schedule's {drawn.span:,}."
