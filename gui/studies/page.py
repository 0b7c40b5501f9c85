"""The page of studies: a question to the network of the run, chosen at the left, and the picture of its answer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

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
from gui.studies.studied import Studied, unfit
from gui.studies.vacant import DRAWN, GONE, MOVING, NO_RUN, NOTHING_DRAWN, WAKING

#: How long nothing more is chosen before the network is asked.
SETTLED_MS: Final = 150
MOST_SAMPLES: Final = 2000


class StudiesPage(Desk):
    """Asks while it is in sight; out of sight it asks nothing. `said` carries what became of a file."""

    said = Signal(str)

    def __init__(self, runner: Runner, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._document = runner, document
        self.asking, self._steering = Asking(runner, self), Steering(runner)
        self._samples = ProbeSamples(self, most=MOST_SAMPLES)
        self._run: Studied | None = None
        self._studied, self._asked_output = Studied(), 0
        self._phase = ""
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLED_MS)
        self._settled.timeout.connect(self.ask)
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
        self.asking.worked.connect(self.progress.tell)
        self.progress.late.connect(self._show_work)
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
        self.words.clear()
        self.answer.show_study(self.name)
        self._show_rows()
        self._show_manner()
        self._on_changed()

    def _show_rows(self) -> None:
        self.options.list_classes(self._studied.classes(self.options.choice.output))
        hidden = unfit(self._samples.spec) | self._needless
        self.options.show_rows([name for name in STUDIES[self.name].options if name not in hidden])

    @property
    def _needless(self) -> set[str]:
        """The options among which there is nothing to choose."""
        studied, choice = self._studied, self.options.choice
        rows, colours = studied.has_rows(choice.layer), self.name == "embedding"
        single = len(studied.outputs) < 2 or (colours and (studied.same_classes() or (rows and choice.rows)))
        lacking = {"rows": not rows, "output": single, "number": not studied.classes(choice.output)}
        return {name for name, is_needless in lacking.items() if is_needless}

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
        """Offer the outputs, classes and layers that there are."""
        self._studied = self._run or Studied.on_screen(self._document)
        self.options.list_outputs([name for name, _ in self._studied.outputs])
        self.options.list_layers(self._studied.layers(), self._studied.penultimate())
        self._name_classes()
        self._show_rows()

    def _name_classes(self) -> None:
        """Name the classes of the output that was asked about last: what is shown is about it."""
        spec = self._samples.spec
        self.answer.name_classes(self._studied.classes(self._asked_output), spec.inputs if spec is not None else ())

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
            self._asked_output = choice.output
            self.asking.ask(lambda asked: study.ask(choice, asked))
            self.progress.begin()
            live = is_live(self.name, choice)
            self._show_button(works=not live)
            if not live and not self.answer.filled:
                self._vacate(study.title, DRAWN)

    def _press(self) -> None:
        if self.asking.waits and not self.progress.isHidden():
            self.asking.drop()
            self._rest()
            self._show_state()
        else:
            self.ask()

    def _show_work(self) -> None:
        self.progress.show()
        self._show_button(works=True)

    def _rest(self) -> None:
        """Nothing is under way."""
        self.progress.end()
        self._show_button(works=False)

    def _show_button(self, *, works: bool) -> None:
        drawn = "Draw it" if not is_live(self.name, self.options.choice) else "Look again"
        self.button.setText("Cancel" if works else drawn)
        self.button.setEnabled(works or self.can_ask)

    def _on_answer(self, message: Attributed | Plane | Heights | Embedded) -> None:
        self._name_classes()
        self.answer.show_answer(message)
        if isinstance(message, Heights) and not message.done:
            self.progress.tell(self.answer.share)
        else:
            self._rest()
        parts = (f"after epoch {self._runner.state.epoch}", self._output_name, self.answer.told)
        self.stamp.setText(" · ".join(part for part in parts if part))
        self.stamp.setToolTip(self.stamp.text())
        self.stack.setCurrentIndex(1)
        self._enable_exports()

    @property
    def _output_name(self) -> str:
        """The output that was asked about, where there are several to ask about."""
        offered = "output" in STUDIES[self.name].options and "output" not in self._needless
        return self._studied.name(self._asked_output) if offered else ""

    def _on_refused(self, sentence: str) -> None:
        self._rest()
        self._vacate(f"No {STUDIES[self.name].named} here", sentence)

    # -- what happens

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_up()
        self._on_changed()

    def _take_up(self) -> None:
        """Offer what the run has, or what is on screen before there is one."""
        recipe = self._run.recipe if self._run is not None else self._document.recipe
        self._samples.choose(recipe.data, recipe.seed)
        self._list()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._settled.stop()
        self.asking.drop()
        self._rest()

    def _on_started(self, graph: Graph, recipe: Recipe) -> None:
        self._run = Studied.of(graph, recipe, self._document.catalogue)
        if self.isVisible():
            self._take_up()
        self.answer.clear()
        self._rest()
        self._show_state()

    def _on_document(self, changes: Changes, _initiator: object) -> None:
        if changes.network and self.isVisible():
            self._list()

    def _on_reset(self) -> None:
        self._run = None
        if self.isVisible():
            self._take_up()
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
            self._vacate(*(WAKING if self._runner.state.busy else GONE if self._run is not None else NO_RUN))
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
            self.card.show_sample(self._samples, sample, self._studied.target(self._asked_output))
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
