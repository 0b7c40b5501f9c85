"""The way to the drawing that is seen, above it: the project, then each block that was entered. Edits nothing."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from engine import entering
from gui.document import Document

#: How far it stands from the canvas's corner.
MARGIN = 12
#: Between two steps of the way.
BETWEEN = "›"


class Crumbs(QWidget):
    """A row of buttons, one a step, each of which leads back; hidden where no block was entered."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self.setObjectName("crumbs")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Where this drawing stands")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._row.setSpacing(4)
        self.move(MARGIN, MARGIN)
        self.hide()
        for signal in (document.turned, document.reset, document.titled):
            signal.connect(self._follow)

    def names(self) -> list[str]:
        """The name of the project and those of the instances that were entered; none where none was."""
        steps, root = self._document.steps, self._document.root
        names = [self._document.name] if steps else []
        for place, step in enumerate(steps):
            node = entering.shown(root, steps[:place]).nodes.get(step.instance)
            names.append(step.block if node is None else node.name)
        return names

    def _follow(self) -> None:
        names = self.names()
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for place, name in enumerate(names):
            if place:
                self._add(QLabel(BETWEEN))
            self._add(self._crumb(name, place, last=place == len(names) - 1))
        self.setVisible(bool(names))
        self.resize(self.sizeHint())
        self.raise_()

    def _add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)
        widget.show()  # what is hidden takes no room

    def _crumb(self, name: str, place: int, *, last: bool) -> QWidget:
        if last:
            label = QLabel(name)
            label.setProperty("role", "title")
            return label
        button = QPushButton(name)
        button.setFlat(True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolTip(f"Back to {name}")
        button.clicked.connect(partial(self._choose, place))
        return button

    def _choose(self, place: int, _checked: bool = False) -> None:
        self._document.see(self._document.steps[:place])
