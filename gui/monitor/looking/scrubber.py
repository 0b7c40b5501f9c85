"""Goes back through the epochs that were kept, and plays them. Knows not what is shown of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QToolButton, QWidget

from gui.editors.labels import ElidedLabel
from gui.theme import icon, themes

#: How long each epoch stands while they are played.
STAND_MS: Final = 300


class Scrubber(QWidget):
    """Emits `moved` with the epoch that is to be seen, None for the newest, which is then followed."""

    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: tuple[int, ...] = ()
        #: The epoch that is to be seen, None for the newest.
        self.epoch: int | None = None
        self.play_button, self.slider, self.now = QToolButton(), QSlider(Qt.Orientation.Horizontal), QToolButton()
        self.stamp = ElidedLabel()
        self._timer = QTimer(self)
        self._timer.setInterval(STAND_MS)
        self._timer.timeout.connect(lambda: self.step(1))
        self._lay_out()
        self.play_button.clicked.connect(self.play)
        self.slider.valueChanged.connect(self._on_slid)
        self.slider.sliderPressed.connect(self._timer.stop)
        self.now.clicked.connect(self.follow)
        themes().changed.connect(self._tint)
        self.show_epochs(())

    def _lay_out(self) -> None:
        self.slider.setAccessibleName("Epoch")
        self.slider.setToolTip("Back through the epochs that were seen; some of many are kept")
        self.slider.setMinimumWidth(80)
        self.now.setText("Now")
        self.now.setCheckable(True)
        self.now.setProperty("role", "choice")
        self.now.setToolTip("Follow the run")
        self.play_button.setAccessibleName("Play the epochs")
        self.play_button.setToolTip("Play the epochs")
        self.stamp.setProperty("role", "second")
        self.stamp.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.stamp.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.play_button)
        layout.addWidget(self.slider, 1)
        layout.addWidget(self.now)
        layout.addWidget(self.stamp, 1)

    def show_epochs(self, epochs: Sequence[int]) -> None:
        """Offer the epochs that there are; one that is gone gives way to the last before it."""
        self._epochs = tuple(epochs)
        several = len(self._epochs) > 1
        for widget in (self.play_button, self.slider, self.now):
            widget.setVisible(several)
        if not several:
            self.epoch = None
            self._timer.stop()
        with QSignalBlocker(self.slider):
            self.slider.setRange(0, max(0, len(self._epochs) - 1))
            self.slider.setValue(self._place)
        self._tint()

    @property
    def _place(self) -> int:
        if self.epoch is None:
            return max(0, len(self._epochs) - 1)
        before = [place for place, epoch in enumerate(self._epochs) if epoch <= self.epoch]
        return before[-1] if before else 0

    @property
    def playing(self) -> bool:
        return self._timer.isActive()

    def play(self) -> None:
        """Play from where it stands, from the first where that is the end; or hold."""
        if self.playing:
            self._timer.stop()
        elif len(self._epochs) > 1:
            if self._place == len(self._epochs) - 1:
                self.go(0)
            self._timer.start()
        self._tint()

    def step(self, by: int) -> None:
        """Go some epochs on or back; at the end, playing is over and the run is followed."""
        place = self._place + by
        if place >= len(self._epochs) - 1:
            self.follow()
        else:
            self.go(max(0, place))

    def go(self, place: int) -> None:
        """See one of the epochs, by its place among those kept."""
        if 0 <= place < len(self._epochs):
            self._see(self._epochs[place])

    def follow(self) -> None:
        """See the newest, and those to come."""
        self._timer.stop()
        self._see(None)

    def _on_slid(self, place: int) -> None:
        self._see(None if place == len(self._epochs) - 1 else self._epochs[place])

    def _see(self, epoch: int | None) -> None:
        self.epoch = epoch
        with QSignalBlocker(self.slider):
            self.slider.setValue(self._place)
        self._tint()
        self.moved.emit(epoch)

    def _tint(self) -> None:
        self.now.setChecked(self.epoch is None)
        self.play_button.setIcon(icon("pause" if self.playing else "play"))
