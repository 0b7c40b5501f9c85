"""Goes back and forth through epochs: a slider, a button that plays them. Knows no verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QSlider, QToolButton, QWidget

from gui.theme import icon, themes

#: How long an epoch stays while they are played: all of them take some seconds.
FASTEST_MS, SLOWEST_MS, WHOLE_MS = 40, 400, 6_000
NARROWEST: Final = 64


class Scrubber(QWidget):
    """Emits `moved` where another epoch is to be seen; at the newest it stays with the newest."""

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.epochs: tuple[int, ...] = ()
        self.slider, self.play, self._label = QSlider(Qt.Orientation.Horizontal), QToolButton(), QLabel()
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._step)
        self._lay_out()
        self.slider.valueChanged.connect(self._on_moved)
        self.play.toggled.connect(self._on_play)
        themes().changed.connect(self._tint)
        self._tint()
        self.setEnabled(False)

    def _lay_out(self) -> None:
        self.slider.setAccessibleName("Epoch")
        self.slider.setToolTip("The epoch that is shown: arrow keys, Home, End")
        self.slider.setMinimumWidth(NARROWEST)
        self.play.setCheckable(True)
        self.play.setProperty("role", "flat")
        self.play.setIconSize(QSize(16, 16))
        self.play.setAccessibleName("Play the epochs")
        self.play.setToolTip("Play the epochs from the first to the newest")
        self._label.setProperty("role", "second")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.play)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self._label, 0, Qt.AlignmentFlag.AlignRight)

    def show_epochs(self, epochs: Sequence[int]) -> None:
        """Have these epochs to choose from; who saw the newest sees the newest, who saw another stays there."""
        newest, now = self.at_newest, self.epoch
        self.epochs = tuple(epochs)
        several = len(self.epochs) > 1
        self.setEnabled(several)
        for part in (self.play, self.slider):  # through one epoch nobody goes
            part.setVisible(several)
        wide = QSizePolicy.Policy.Preferred if several else QSizePolicy.Policy.Maximum
        self.setSizePolicy(wide, QSizePolicy.Policy.Preferred)
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(0, len(self.epochs) - 1))
        self.slider.setValue(len(self.epochs) - 1 if newest else self._nearest(now))
        self.slider.blockSignals(False)
        self._say()

    def _nearest(self, epoch: int) -> int:
        return min(range(len(self.epochs)), key=lambda place: abs(self.epochs[place] - epoch), default=0)

    @property
    def at_newest(self) -> bool:
        return not self.epochs or (self.slider.value() == len(self.epochs) - 1 and not self.play.isChecked())

    @property
    def place(self) -> int:
        return min(self.slider.value(), len(self.epochs) - 1)

    @property
    def epoch(self) -> int:
        return self.epochs[self.place] if self.epochs else 0

    def _on_moved(self) -> None:
        self._say()
        self.moved.emit()

    def _say(self) -> None:
        of = f" of {self.epochs[-1]}" if len(self.epochs) > 1 else ""
        self._label.setText(f"epoch {self.epoch}{of}" if self.epochs else "")

    def _on_play(self, on: bool) -> None:
        if on and self.slider.value() == self.slider.maximum():
            self.slider.setValue(0)
        self._clock.start(max(FASTEST_MS, min(SLOWEST_MS, WHOLE_MS // max(1, len(self.epochs))))) if on else None
        if not on:
            self._clock.stop()
        self._tint()

    def _step(self) -> None:
        if self.slider.value() >= self.slider.maximum() or not self.isVisible():
            self.play.setChecked(False)
        else:
            self.slider.setValue(self.slider.value() + 1)

    def _tint(self) -> None:
        self.play.setIcon(icon("pause" if self.play.isChecked() else "play"))
