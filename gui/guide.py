"""What the inspector tells of a drawing that came from a template: its title, its line, its tour. Knows no tour."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gui.document import Document
from gui.selection import Selection
from gui.theme import icon, themes


@dataclass(frozen=True, slots=True)
class Guided:
    """A template as it is told of, and what the way through it is called."""

    title: str
    line: str
    way: str


class Guide(QWidget):
    """The button that begins the tour, while nothing is selected and no block is open.

    `changed` says that another template stands here, or none; `asked` carries the action of the button.
    """

    changed = Signal()
    asked = Signal(str)

    def __init__(self, document: Document, selection: Selection) -> None:
        super().__init__()
        self._document, self._selection = document, selection
        self._guided: Guided | None = None
        self.button: QPushButton | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        selection.changed.connect(lambda _ids, _initiator: self._follow())
        document.turned.connect(self._follow)
        self.hide()

    def show_template(self, guided: Guided | None) -> None:
        """Tell of a template, or of none."""
        self._guided = guided
        if guided is not None:
            self._made().setText(guided.way)
        self._follow()
        self.changed.emit()

    def words(self, name: str, hint: str) -> tuple[str, str]:
        """The title and the line of the template; where there is none, what else is told."""
        return (self._guided.title, self._guided.line) if self._guided is not None else (name, hint)

    def _made(self) -> QPushButton:
        """The button; made with the first template, since the first paint has none."""
        if self.button is None:
            self.button = QPushButton(icon("route"), "")
            self.button.setAutoDefault(True)  # Enter presses it, as the space bar does
            self.button.clicked.connect(lambda: self.asked.emit("tour"))
            self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
            themes().changed.connect(self._tint)
        return self.button

    def _tint(self) -> None:
        self._made().setIcon(icon("route"))

    def _follow(self) -> None:
        self.setVisible(self._guided is not None and not self._document.steps and not self._selection.all)
