"""The status bar: the drawing's size at the left, the optimizer, the speed and the device at the right."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from engine.kinds import spell
from engine.recipe import Recipe
from engine.resolve import resolved
from engine.values import Part
from gui import costs
from gui.document import Document
from gui.pace_words import brief
from gui.runner import Runner, RunState
from gui.selection import LATER_MS, MANY


class Status(QStatusBar):
    """Says what is true now, in one line; nothing here is pressed."""

    def __init__(self, document: Document, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._runner = document, runner
        self.setSizeGripEnabled(False)
        self.size_text, self.run_text = QLabel(), QLabel()
        self.size_text.setContentsMargins(12, 4, 12, 4)
        self.run_text.setContentsMargins(12, 4, 12, 4)
        self.addWidget(self.size_text, 1)
        self.addPermanentWidget(self.run_text)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(LATER_MS)
        self._later.timeout.connect(self._show_size)
        document.report_changed.connect(lambda _report: self._follow())
        document.reset.connect(self._show_size)
        document.reset.connect(self._show_run)
        document.changed.connect(lambda _changes, _initiator: self._follow())
        document.recipe_changed.connect(lambda _recipe, _initiator: self._show_run())
        document.recipe_changed.connect(lambda _recipe, _initiator: self._show_size())
        runner.state_changed.connect(lambda _state: self._show_run())
        #: How fast the run goes, in words; none before the first reading.
        self._pace: list[str] = []
        runner.paced.connect(lambda pace: self._show_pace(brief(pace.figures)))
        runner.started.connect(lambda _graph, _recipe: self._show_pace([]))
        self._show_size()
        self._show_run()

    def _follow(self) -> None:
        """Show the sums: at once, or of a large drawing once it is shown itself."""
        if len(self._document.graph.nodes) > MANY:
            self._later.start()
        else:
            self._show_size()

    def _show_size(self) -> None:
        self.size_text.setText(size(self._document))

    def _show_run(self) -> None:
        words = [optimizer(self._document.recipe), f"batch {self._document.recipe.batch_size}"]
        pace = self._pace if self._runner.state.phase == "training" else []
        self.run_text.setText(" · ".join([*words, *pace, *running(self._runner.state)]))

    def _show_pace(self, words: list[str]) -> None:
        self._pace = words
        self._show_run()


def size(document: Document) -> str:
    """Spell how large the drawing is: `8 layers · 151,306 parameters · 2.4 M multiply-adds · 41 MB to train ...`."""
    report, count = document.flat, len(resolved(document.root, document.catalogue).nodes)
    layers = f"{count} layer{'' if count == 1 else 's'}"
    if not report.nodes and count:
        return f"{layers} · shapes are being checked"
    cost = document.costs.total
    frozen = cost.parameters - cost.trainable
    words = [layers, f"{cost.parameters:,} parameters", *([f"{frozen:,} of them not trained"] if frozen else [])]
    return " · ".join([*words, *costs.short_words(cost, document.recipe)])


def optimizer(recipe: Recipe) -> str:
    """Spell the optimizer and its learning rate: `Adam 0.001`, `SGD CosineDecay`."""
    rate = recipe.optimizer.values.get("learning_rate")
    if rate is None:
        return recipe.optimizer.class_name
    return f"{recipe.optimizer.class_name} {rate.class_name if isinstance(rate, Part) else spell(rate)}"


def running(state: RunState) -> list[str]:
    words = [state.device] if state.device else []
    if state.phase == "training" and state.steps:
        words.append(f"step {state.step:,} of {state.steps * state.epochs:,}")
    return [*words, state.phase if state.phase != "waking" else "TensorFlow is starting"]
