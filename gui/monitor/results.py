"""The view of the test: a run measured on the samples that were kept apart, by a button, and every look counted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.graph import Graph
from engine.messages import Evaluated
from engine.plotting.figures import figure, in_order
from engine.recipe import Recipe
from gui.monitor.series import Metric
from gui.runner import Runner, RunState
from gui.theme import BESIDE_WORDS, icon, icon_pixmap, themes

WHY: Final = (
    "Test samples were neither trained on nor watched while training: they tell how the network does on what it has "
    "never met. Look once, at the end."
)
#: Why the test cannot be taken now, by the run's phase.
REASONS: Final = {
    "waking": "Train first: there is no trained network to test yet.",
    "ready": "Train first: there is no trained network to test yet.",
    "starting": "The run is under way: test it when it has ended.",
    "compiling": "The run is under way: test it when it has ended.",
    "training": "The run is under way: test it when it has ended.",
    "evaluating": "Measuring …",
    "failed": "The run failed, so there is no trained network to test. Train again.",
}
GONE: Final = "The trainer of this run is gone: train again to test."
ACROSS: Final = 4


class ResultsView(QWidget):
    """Asks for the test figures of the last run, shows them and says how often they were looked at."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.looks = 0
        self.button = QPushButton("Evaluate on the test set")
        self.button.setIconSize(QSize(*BESIDE_WORDS))
        self._why, self._reason, self._count = QLabel(WHY), QLabel(), QLabel()
        self._sign, self._warning = QLabel(), QLabel()
        self._figures, self._grid = QWidget(), QGridLayout()
        self._lay_out()
        self._listen(runner)

    def _lay_out(self) -> None:
        for label, role in ((self._why, "second"), (self._reason, "second"), (self._count, "second")):
            label.setProperty("role", role)
            label.setWordWrap(True)
        self._warning.setProperty("role", "warning")
        self._warning.setWordWrap(True)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(32)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(ACROSS, 1)
        self._figures.setLayout(self._grid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._why)
        layout.addLayout(_row(self.button, self._reason))
        layout.addWidget(self._figures)
        layout.addWidget(self._count)
        layout.addLayout(_row(self._sign, self._warning))
        layout.addStretch()

    def _listen(self, runner: Runner) -> None:
        self.button.clicked.connect(runner.evaluate)
        runner.started.connect(self._on_started)
        runner.evaluated.connect(self._on_evaluated)
        runner.state_changed.connect(self._on_state)
        themes().changed.connect(self._tint)
        self._tint()
        self._forget()
        self._on_state(runner.state)

    # -- what a run says

    def _on_started(self, _graph: Graph, _recipe: Recipe) -> None:
        self._forget()

    def _on_state(self, state: RunState) -> None:
        able = self._runner.can_evaluate
        self.button.setEnabled(able)
        reason = "" if able else REASONS.get(state.phase, GONE)
        self._reason.setText(state.sentence if able else reason)
        self.button.setToolTip(reason)

    def _on_evaluated(self, message: Evaluated) -> None:
        self.looks = message.looks or self.looks + 1
        self._clear()
        for index, name in enumerate(in_order(message.metrics)):
            self._add(index, name, message.metrics[name])
        self._figures.show()
        self._count.setText(f"On {message.samples:,} test samples. {_times(self.looks)}")
        self._count.show()
        self._warn()

    # -- showing

    def _forget(self) -> None:
        """Begin anew with a new run: nobody has looked at its test figures."""
        self.looks = 0
        self._clear()
        self._figures.hide()
        self._count.hide()
        self._warn()

    def _clear(self) -> None:
        for label in self._figures.findChildren(QLabel):
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()

    def _add(self, index: int, name: str, value: float) -> None:
        row, column = divmod(index, ACROSS)
        word, number = QLabel(name), QLabel(figure(value, bounded=Metric(name).bounded))
        word.setProperty("role", "label")
        number.setProperty("role", "title")
        number.setAccessibleName(f"test {name}")
        number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        number.setToolTip(f"{value:.10g}")
        self._grid.addWidget(word, 2 * row, column)
        self._grid.addWidget(number, 2 * row + 1, column)
        word.show()
        number.show()

    def _warn(self) -> None:
        again = self.looks > 1
        self._sign.setVisible(again)
        self._warning.setVisible(again)
        self._warning.setText(
            "What is chosen after a look at the test set fits the test set: for choices, go by the validation figures."
        )

    def _tint(self) -> None:
        self.button.setIcon(icon("flask-conical", "text"))
        self._sign.setPixmap(icon_pixmap("triangle-alert", "warning", 16, self.devicePixelRatioF()))

    @property
    def words(self) -> str:
        """All that the page says now, in one line."""
        labels = (*self._figures.findChildren(QLabel), self._count, self._reason, self._warning)
        return " ".join(label.text() for label in labels if not label.isHidden())


def _times(looks: int) -> str:
    return "Looked at once for this run." if looks == 1 else f"Looked at {looks} times for this run."


def _row(first: QWidget, second: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(first)
    row.addWidget(second, 1)
    return row
