"""A fold: a title that opens and closes what stands below it, and tells what is news in there. Knows no parameter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from gui.editors.fields import restyle
from gui.theme import icon


class Fold(QWidget):
    """A title that opens and closes what stands below it; the content is made when it is first opened."""

    toggled = Signal(bool)

    def __init__(self, title: str, make: Callable[[], QWidget], *, opened: bool = False) -> None:
        super().__init__()
        self._make, self._title = make, title
        self.content: QWidget | None = None
        self.button = QToolButton()
        self.button.setText(title)
        self.button.setCheckable(True)
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(12, 12))
        self.button.setProperty("role", "fold")
        self.button.toggled.connect(self._toggle)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self._tint()
        self.button.setChecked(opened)

    def show_news(self, changed: int, faulty: int) -> None:
        """Tell beside the title how many values in it have a problem; without one, how many are not as by default."""
        news = f" · {faulty} wrong" if faulty else f" · {changed} set" if changed else ""
        text, state = self._title + news, "bad" if faulty else "changed" if changed else ""
        if (text, state) != (self.button.text(), self.button.property("state") or ""):
            self.button.setText(text)
            self.button.setProperty("state", state)
            restyle(self.button)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)

    def _toggle(self, opened: bool) -> None:
        if opened and self.content is None:
            self.content = self._make()
            self._column.addWidget(self.content)
        if self.content is not None:
            self.content.setVisible(opened)
        self._tint()
        self.toggled.emit(opened)

    def _tint(self) -> None:
        self.button.setIcon(icon("chevron-down" if self.button.isChecked() else "chevron-right"))
