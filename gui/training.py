"""The training page: shows and edits the whole recipe, says what does not fit, and proposes what would."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from engine.datasets import DataSpec, dataset
from engine.errors import EngineError
from engine.propose import Proposal, recipe_for
from engine.recipe import Recipe
from engine.report import Problem
from engine.resolve import resolved
from engine.scheduling import steps_of
from engine.structure import recipe_problems
from engine.values import Part
from engine.wiring import model_outputs
from gui.cards import Page, ProblemCard, Stack, text_label
from gui.clip_section import ClipSection
from gui.columns import Columns
from gui.data_section import DataSection
from gui.document import Document
from gui.editors import drags
from gui.editors.succession import changed_values
from gui.editors.table import editing
from gui.oversight_section import OversightSection
from gui.pace_section import PaceSection
from gui.rate_section import RateSection
from gui.recipe_sections import (
    LossSection,
    OptimizerSection,
    RecipeSection,
    RunSection,
)
from gui.run_state import RunState
from gui.steering import Steering
from gui.steering_section import SteeringSection
from gui.tab_area import TabArea

LABEL_WIDTH: Final = 116
MARGIN: Final = 20


class TrainingPage(TabArea):
    """The recipe in columns; every edit is one undo step of the document."""

    def __init__(self, document: Document, steering: Steering | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._stale = True
        context = editing(document.catalogue, LABEL_WIDTH)
        self.pace = PaceSection()
        #: What can be done to the run, where there is one who runs.
        self.steering: SteeringSection | None = None
        if steering is not None:
            self.steering = SteeringSection(steering, context)
            steering.runner.state_changed.connect(self._follow)
            steering.runner.paced.connect(self.pace.show_pace)
            steering.runner.started.connect(lambda _graph, _recipe: self.pace.clear())
            self.steering.show_run(steering.runner.state)
        self.data, self.loss = DataSection(context), LossSection(context)
        self.optimizer, self.run = OptimizerSection(context), RunSection(context)
        self.oversight = OversightSection(context)
        self.rate, self.clip = RateSection(context), ClipSection(context)
        self.sections: tuple[RecipeSection, ...] = (
            self.data, self.loss, self.optimizer, self.run, self.rate, self.clip, self.oversight,
        )  # fmt: skip
        self.proposed = Proposed()
        self.proposed.used.connect(self._use)
        self.problems = Stack(8)
        for section in self.sections:
            section.edited.connect(self._edit)
        self.rate.chosen.connect(lambda title, recipe: document.edit_recipe(title, recipe, self))
        self._lay_out()
        document.recipe_changed.connect(lambda _recipe, _initiator: self._show())
        document.report_changed.connect(lambda _report: self._judge())
        #: The editors of another project's recipe come in a turn after its drawing, unless they are looked at.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show)
        document.reset.connect(lambda: self._show() if self.isVisible() else self._soon.start(0))
        self._show()

    def set_devices(self, devices: tuple[str, ...]) -> None:
        """Offer the devices that the trainer found."""
        self.run.device.set_devices(devices)

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setProperty("role", "panel")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        page = Page()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, 16, MARGIN, MARGIN)
        column.setSpacing(16)
        if self.steering is not None:
            column.addWidget(self.steering)
        column.addWidget(self.pace)
        column.addWidget(self.proposed)
        column.addWidget(self.problems)
        self.columns = Columns(self.sections)
        column.addWidget(self.columns)
        column.addStretch(1)
        self.setWidget(page)

    # -- what is shown

    def _follow(self, state: RunState) -> None:
        """Follow the run."""
        if self.steering is not None:
            self.steering.show_run(state)
        self.rate.show_run(state)

    def _show(self) -> None:
        self._soon.stop()
        for section in self.sections:
            section.show_recipe(self._document.recipe)
        self._judge()

    def _judge(self) -> None:
        """Say what does not fit and what would, at once where the page is seen, else when it comes to be."""
        self._stale = not self.isVisible()
        if not self._stale:
            spec = self._spec()
            self.loss.show_outputs(self._outputs(), () if spec is None else tuple(item.name for item in spec.targets))
            self.rate.show_steps(0 if spec is None else steps_of(self._document.recipe, spec))
            self._show_problems(self._problems(spec))
            self.proposed.show_proposal(self._proposal(spec), self._document.recipe)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._soon.isActive():
            self._show()
        elif self._stale:
            self._judge()

    def _outputs(self) -> tuple[str, ...]:
        """The names of the network's outputs; none where the drawing is not whole."""
        catalogue = self._document.catalogue
        try:
            graph = resolved(self._document.root, catalogue)
        except EngineError:
            return ()
        return tuple(graph.node(end.node).name for end in model_outputs(graph, catalogue))

    def _spec(self) -> DataSpec | None:
        """The data's facts; None where there is no such data, which its section says."""
        try:
            return dataset(self._document.recipe.data)
        except EngineError:
            return None

    def _problems(self, spec: DataSpec | None) -> tuple[Problem, ...]:
        document = self._document
        if spec is None:
            return ()
        told = recipe_problems(document.root, document.flat, document.recipe, spec, document.catalogue)
        known = {(problem.sentence, problem.nodes): problem for problem in document.flat.problems}
        return tuple(known.get((problem.sentence, problem.nodes), problem) for problem in told)

    def _show_problems(self, problems: tuple[Problem, ...]) -> None:
        placed = {field for section in self.sections for field in section.fields}
        self.problems.fill(self._card(problem) for problem in problems if problem.parameter not in placed)
        for section in self.sections:
            section.show_problems(problem for problem in problems if not problem.nodes)

    def _card(self, problem: Problem) -> ProblemCard:
        card = ProblemCard(problem, fixable=self._document.mendable)
        card.fixed.connect(lambda fix: self._document.mend(fix, self))
        return card

    def _proposal(self, spec: DataSpec | None) -> Proposal | None:
        document = self._document
        if spec is None:
            return None
        return recipe_for(document.root, document.flat, spec, document.catalogue, document.recipe)

    # -- edits

    def _edit(self, field: str, value: Any) -> None:
        """Take an edit; steps of one number that follow each other quickly become one undo step."""
        before = getattr(self._document.recipe, field)
        number = changed_values(before, value) if isinstance(before, Part) else field
        merged = number and field != "metrics" and before is not None and value is not None
        merge = f"recipe.{field}.{number}" if merged else ""
        changed: dict[str, Any] = {field: value}
        recipe = replace(self._document.recipe, **changed)
        self._document.edit_recipe(f"Set {field.replace('_', ' ')}", recipe, self, merge=merge, drag=drags.going())

    def _use(self, proposal: Proposal) -> None:
        self._document.edit_recipe("Use the proposed recipe", proposal.recipe, self)


class Proposed(QWidget):
    """Says what would fit the data and the last layer better, why, and offers it; gone where nothing would."""

    used = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._proposal: Proposal | None = None
        self.reasons = text_label("")
        self.use = QPushButton("Use")
        self.use.setToolTip("Take the proposed recipe; it can be undone")
        self.use.clicked.connect(lambda: self.used.emit(self._proposal))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.reasons, 1)
        row.addWidget(self.use, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def show_proposal(self, proposal: Proposal | None, recipe: Recipe) -> None:
        self._proposal = proposal
        self.setVisible(proposal is not None and proposal.recipe != recipe)
        if proposal is not None:
            self.reasons.setText("Proposed: " + " ".join(proposal.reasons))
