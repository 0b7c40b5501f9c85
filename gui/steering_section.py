"""The section of the training page that steers the run under way, or trains the last one on. Knows no document."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from engine.kinds import ParameterSpec
from gui.bar import clock
from gui.cards import Rule, text_label
from gui.editors.base import Context
from gui.editors.row import Row
from gui.run_state import RunState
from gui.steering import MORE, MOST, Steering

GAP: Final = 16
NARROW: Final = 280
RATE: Final = ParameterSpec("learning_rate", "float", 0.001, minimum=0, help="From the next step on.")
MORE_EPOCHS: Final = ParameterSpec(
    "epochs", "int", MORE, minimum=1, maximum=MOST, help="Optimizer, order and seeds go on as if the run never ended."
)  # fmt: skip


class SteeringSection(QWidget):
    """Says where the run stands and offers what can be done to it now; hidden where nothing can."""

    def __init__(self, steering: Steering, context: Context) -> None:
        super().__init__()
        self._steering = steering
        self.words = text_label("")
        self.pause, self.stop = QPushButton("Pause"), QPushButton("Stop after the epoch")
        self.more = QPushButton("Train on")
        self.rate = Row(context.make(RATE, context), "Learning rate")
        self.epochs = Row(context.make(MORE_EPOCHS, context), "More epochs")
        self.pause.clicked.connect(steering.pause)
        self.stop.clicked.connect(steering.stop_after_epoch)
        self.more.clicked.connect(self._go_on)
        self.rate.editor.changed.connect(self._set_rate)
        self.epochs.editor.changed.connect(lambda value: self._keep(value))
        self._epochs = MORE
        self._lay_out()
        self.show_run(RunState())

    def _lay_out(self) -> None:
        self._during, self._after = QWidget(), QWidget()
        parts: tuple[tuple[QWidget, tuple[QWidget, ...]], ...] = (
            (self._during, (self.pause, self.stop, self.rate)),
            (self._after, (self.epochs, self.more)),
        )
        for place, widgets in parts:
            row = QHBoxLayout(place)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
        for form in (self.rate, self.epochs):
            form.setFixedWidth(NARROW)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.words, self._during, self._after, Rule()):
            column.addWidget(widget)

    def show_run(self, state: RunState) -> None:
        """Follow a run."""
        steering = self._steering
        self._during.setVisible(steering.can_pause)
        self._after.setVisible(steering.can_go_on)
        self.setVisible(steering.can_pause or steering.can_go_on)
        self.pause.setText("Go on" if steering.paused else "Pause")
        if state.rate and not self.rate.editor.isAncestorOf(self.rate.editor.focusWidget() or self.rate):
            self.rate.editor.show_value(state.rate)
        text = told(state)
        if text != self.words.text():
            self.words.setText(text)

    def take_focus(self, field: str) -> None:
        """Give the keyboard to the field of the rate, or of the epochs."""
        editor = (self.rate if field == "rate" else self.epochs).editor
        field_of_it = editor.findChild(QLineEdit)
        (field_of_it or editor).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _set_rate(self, value: object) -> None:
        if isinstance(value, float | int):
            self._steering.set_rate(float(value))

    def _keep(self, value: object) -> None:
        if isinstance(value, int):
            self._epochs = value

    def _go_on(self) -> None:
        self._steering.go_on(self._epochs)


def told(state: RunState) -> str:
    """Say where a run stands: `Epoch 3 of 20 · step 1,204 · 0:41 left`."""
    if state.phase in ("training", "paused"):
        words = [f"Epoch {min(state.epoch + 1, state.epochs)} of {state.epochs}", f"step {state.step:,}"]
        words += [] if state.seconds_left is None else [f"{clock(state.seconds_left)} left"]
        return " · ".join(["Paused", *words] if state.phase == "paused" else words)
    done = f"{state.epoch} epoch{'' if state.epoch == 1 else 's'}"
    return f"Trained for {done}: it can go on from there, as if it had never stopped."
