"""How far an answer is: a bar, or, of what does not tell it, a bar that moves and a line that says what goes on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from gui.editors.labels import ElidedLabel

#: How long work goes on before it is shown, and the bar's last place.
PATIENCE_MS: Final = 700
SHARES: Final = 1000


class Work(QWidget):
    """Hidden while nothing goes on; emits `late` where an answer takes long."""

    late = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar, self.words = QProgressBar(), ElidedLabel()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the study is")
        self.words.setProperty("role", "second")
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.bar)
        layout.addWidget(self.words)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self.late)
        self.end()

    def begin(self) -> None:
        """Wait for an answer; what is quick is never shown."""
        self._patience.start()

    def tell(self, done: float, doing: str = "") -> None:
        """Show the share that is done; where `doing` says that it cannot be told, that it goes on."""
        self.bar.setRange(0, 0 if doing else SHARES)
        self.bar.setValue(round(SHARES * done))
        self.words.setText(f"{doing}. Cancel gives it up." if doing else "")
        self.words.setVisible(bool(doing))

    def end(self) -> None:
        """Nothing is under way."""
        self._patience.stop()
        self.hide()
        self.tell(0.0)

    @property
    def moves(self) -> bool:
        """Whether the bar tells no more than that it goes on."""
        return self.bar.maximum() == 0

    def value(self) -> int:
        return self.bar.value()
