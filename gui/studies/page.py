"""The page of studies: a question to the network of the run, chosen at the left, and the picture of its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QWidget,
)  # fmt: skip

from engine.changes import Changes
from engine.graph import Graph
from engine.messages import Attributed, Embedded, Heights, Plane
from engine.recipe import Recipe
from gui.asking import Asking
from gui.document import Document
from gui.monitor.exporting import FILTERS, Exporting
from gui.monitor.sample import ProbeSamples
from gui.runner import Runner, RunState
from gui.steering import Steering
from gui.studies.attribution import Manner
from gui.studies.choice import STUDIES, is_live
from gui.studies.desk import Desk
from gui.studies.layers import embedding_of, penultimate, rows_of, unfit

#: How long nothing more is chosen before the network is asked, and how long work goes on before its share is shown.
SETTLED_MS, PATIENCE_MS = 150, 700
MOST_SAMPLES: Final = 2000
NO_RUN: Final = ("No run yet", "Press Train: a study asks the network that is being trained.")
GONE: Final = ("No network to ask", "The network of this run is gone: train again.")
WAKING: Final = ("The run is being prepared", "The network can be asked once it trains.")
MOVING: Final = ("The weights are moving", "A loss landscape is drawn around weights that stand still.")
NOTHING_DRAWN: Final = "There is nothing to save before something is drawn here."


class StudiesPage(Desk):
    """Asks while it is in sight; out of sight it asks nothing. `said` carries what became of a file."""

    said = Signal(str)

    def __init__(self, runner: Runner, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._document = runner, document
        self.asking, self._steering = Asking(runner, self), Steering(runner)
        self._samples = ProbeSamples(self, most=MOST_SAMPLES)
        self._trained = False
        self._phase = ""
        self._settled, self._patience = _timer(self, SETTLED_MS, self.ask), _timer(self, PATIENCE_MS, self._show_work)
        self.exporting = Exporting(self)
        self._listen()
        self._choose()

    def _listen(self) -> None:
        self.study.currentIndexChanged.connect(lambda _place: self._choose())
        self.options.changed.connect(self._on_changed)
        self.options.shown.connect(self._show_manner)
        self.button.clicked.connect(self._press)
        self.pause.clicked.connect(self._steering.pause)
        self.asking.answered.connect(self._on_answer)
        self.asking.worked.connect(self._on_worked)
        self.asking.refused.connect(self._on_refused)
        self.answer.pointed.connect(self.words.setText)
        self.answer.chosen.connect(self._on_chosen)
        self.exporting.said.connect(self.words.setText)
        for kind, button in self.exports.items():
            button.clicked.connect(lambda _on=False, kind=kind: self.export(kind))
        self._samples.ready.connect(self._list)
        self._runner.started.connect(self._on_started)
        self._runner.state_changed.connect(self._on_state)
        self._document.reset.connect(self._on_reset)
        self._document.changed.connect(self._on_document)

    # -- what is chosen

    @property
    def name(self) -> str:
        """The study that is chosen."""
        return str(self.study.currentData())

    def choose(self, name: str) -> None:
        """Choose a study."""
        self.study.setCurrentIndex(self.study.findData(name))

    def _choose(self) -> None:
        study = STUDIES[self.name]
        self.asking.drop()
        self._rest()
        self.about.setText(study.hint + ".")
        self.card.hide()
        self.answer.show_study(self.name)
        self._show_rows()
        self._show_manner()
        self._on_changed()

    def _show_rows(self) -> None:
        hidden = unfit(self._samples.spec)
        if not embedding_of(self._document, self.options.choice.layer):
            hidden |= {"rows"}
        self.options.show_rows([name for name in STUDIES[self.name].options if name not in hidden])

    def _on_changed(self) -> None:
        self._show_rows()
        if is_live(self.name, self.options.choice):
            self._settled.start()
        else:
            self._settled.stop()
            self.asking.drop()
            self._rest()
        self._show_state()

    def _list(self) -> None:
        """Offer the classes and layers that there are."""
        self.options.list_classes(self._samples.classes)
        self.answer.name_classes(self._samples)
        self.options.list_layers(rows_of(self._document), penultimate(self._document))
        self._show_rows()

    def _show_manner(self) -> None:
        self.answer.show_manner(Manner(self.options.look, self.options.opacity), solid=self.options.solid)

    # -- asking

    @property
    def can_ask(self) -> bool:
        moving = STUDIES[self.name].still and self._runner.state.phase == "training"
        return self._runner.can_generate and self.isVisible() and not moving

    def ask(self) -> None:
        """Ask the network, where there is one to ask and somebody looks."""
        self._settled.stop()
        self._show_state()
        if self.can_ask:
            choice, study = self.options.choice, STUDIES[self.name]
            self.asking.ask(lambda asked: study.ask(choice, asked))
            self._patience.start()
            self._show_button(works=not is_live(self.name, choice))

    def _press(self) -> None:
        if self.asking.waits and not self.progress.isHidden():
            self.asking.drop()
            self._rest()
        else:
            self.ask()

    def _on_worked(self, done: float) -> None:
        self.progress.setValue(round(1000 * done))

    def _show_work(self) -> None:
        self.progress.show()
        self._show_button(works=True)

    def _rest(self) -> None:
        """Nothing is under way."""
        self._patience.stop()
        self.progress.hide()
        self.progress.setValue(0)
        self._show_button(works=False)

    def _show_button(self, *, works: bool) -> None:
        drawn = "Draw it" if not is_live(self.name, self.options.choice) else "Look again"
        self.button.setText("Cancel" if works else drawn)
        self.button.setEnabled(works or self.can_ask)

    def _on_answer(self, message: Attributed | Plane | Heights | Embedded) -> None:
        self.answer.show_answer(message)
        if isinstance(message, Heights) and not message.done:
            self._on_worked(self.answer.share)
        else:
            self._rest()
        epoch = self._runner.state.epoch
        self.stamp.setText(" · ".join(part for part in (f"after epoch {epoch}", self.answer.told) if part))
        self.stamp.setToolTip(self.stamp.text())
        self.stack.setCurrentIndex(1)
        self._enable_exports()

    def _on_refused(self, sentence: str) -> None:
        self._rest()
        self._vacate(f"No {STUDIES[self.name].title.lower()} here", sentence)

    # -- what happens

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._samples.choose(self._document.recipe.data, self._document.recipe.seed)
        self._list()
        self._on_changed()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._settled.stop()
        self.asking.drop()
        self._rest()

    def _on_started(self, _graph: Graph, recipe: Recipe) -> None:
        self._trained = True
        self._samples.choose(recipe.data, recipe.seed)
        self.answer.clear()
        self._rest()
        self._show_state()

    def _on_document(self, changes: Changes, _initiator: object) -> None:
        if changes.network and self.isVisible():
            self._list()

    def _on_reset(self) -> None:
        self._trained = False
        self.asking.drop()
        self.answer.clear()
        self._rest()
        self._show_state()

    def _on_state(self, state: RunState) -> None:
        if state.phase != self._phase:
            self._phase = state.phase
            self._on_changed()

    def _show_state(self) -> None:
        """Say why there is nothing, where there is nothing."""
        study = STUDIES[self.name]
        moving = study.still and self._runner.state.phase == "training"
        if self.answer.filled and not moving:
            self.stack.setCurrentIndex(1)
        elif not self._runner.can_generate:
            self._vacate(*(WAKING if self._runner.state.busy else GONE if self._trained else NO_RUN))
        elif moving:
            self._vacate(*MOVING)
        else:
            self._vacate(study.title, study.hint + "." if is_live(self.name, self.options.choice) else
                         f"{study.hint}. Press Draw it.")  # fmt: skip
        self.pause.setVisible(moving)
        self._show_button(works=False)
        self._enable_exports()

    def _vacate(self, title: str, hint: str) -> None:
        self.empty.say(title, hint)
        self.stamp.clear()
        self.stack.setCurrentIndex(0)
        self._enable_exports()

    def _on_chosen(self, sample: int) -> None:
        if sample >= 0:
            self.card.show_sample(self._samples, sample)
        else:
            self.card.hide()

    # -- files

    def _enable_exports(self) -> None:
        for button in self.exports.values():
            button.setEnabled(self.stack.currentIndex() == 1)

    def export(self, kind: str) -> None:
        """Ask where to write what is shown, and write it."""
        if self.stack.currentIndex() != 1:
            self.words.setText(NOTHING_DRAWN)
            return
        start = self._runner.folder or Path.home()
        name, _ = QFileDialog.getSaveFileName(self, "Save the study", str(start / f"{self.name}.{kind}"), FILTERS[kind])
        if name:
            self.write(Path(name).with_suffix(f".{kind}"))

    def write(self, path: Path) -> None:
        """Write what is shown, by the path's ending."""
        if path.suffix == ".csv":
            self.exporting.table(self.answer.rows(), path)
        else:
            self.exporting.picture(self.answer, path)


def _timer(parent: QWidget, wait: int, done: Any) -> QTimer:
    made = QTimer(parent)
    made.setSingleShot(True)
    made.setInterval(wait)
    made.timeout.connect(done)
    return made
