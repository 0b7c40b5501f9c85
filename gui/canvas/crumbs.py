"""The way to the drawing that is seen, above it: the project, then each block that was entered. Edits nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from engine import entering
from engine.kinds import spell
from gui.document import Document
from gui.editors.fields import IconButton
from gui.editors.labels import ElidedLabel

#: How far it stands from the canvas's corner.
MARGIN: Final = 12
#: Between two steps of the way.
BETWEEN: Final = "›"
#: So many letters of a name at most, and so many values of the instance.
LETTERS, VALUES = 24, 6


class Crumbs(QWidget):
    """A row of buttons, one a step, each of which leads back; hidden where no block was entered.

    Behind them stands what the block's parameters are where it is seen, and of a row, which unit that is.
    """

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        #: What is shown, so that it is made anew only where it is another.
        self._told: object = None
        #: What stands at the other corner takes so many pixels.
        self._beside = 0
        self.setObjectName("crumbs")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Where this drawing stands")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(4, 4, 12, 4)
        self._row.setSpacing(0)
        self.move(MARGIN, MARGIN)
        self.hide()
        for signal in (document.turned, document.reset, document.titled, document.catalogue_changed):
            signal.connect(self._follow)
        document.changed.connect(lambda changes, _by: self._follow() if changes.network else None)

    def names(self) -> list[str]:
        """The name of the project and those of the instances that were entered; none where none was."""
        steps, root = self._document.steps, self._document.root
        names = [self._document.name] if steps else []
        for place, step in enumerate(steps):
            node = entering.shown(root, steps[:place]).nodes.get(step.instance)
            names.append(step.block if node is None else node.name)
        return names

    def values(self) -> str:
        """What the block's parameters are where it is seen."""
        known = entering.known(self._document.root, self._document.steps)
        told = [f"{name.replace('_', ' ')} {spell(value)}" for name, value in known.items()]
        more = [f"{len(told) - VALUES} more"] if len(told) > VALUES else []
        return " · ".join([*told[:VALUES], *more])

    def go(self, by: int) -> None:
        """See another unit of the row, past its end the other end."""
        steps, count = self._document.steps, entering.row(self._document.root, self._document.steps)
        if count > 1:
            unit = (steps[-1].unit - 1 + by) % count + 1
            self._document.see((*steps[:-1], replace(steps[-1], unit=unit)))

    def _follow(self) -> None:
        names = self.names()
        steps, root = self._document.steps, self._document.root
        told = (steps, names, self.values(), entering.row(root, steps)) if names else None
        if told != self._told:
            self._told = told
            self._show(names)

    def _show(self, names: list[str]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, name in enumerate(names):
            if place:
                self._add(_quiet(BETWEEN))
            self._add(self._crumb(name, place, last=place == len(names) - 1))
        if names:
            self._tell()
        self.setVisible(bool(names))
        self._fit()
        self.raise_()

    def leave(self, pixels: int) -> None:
        """Leave so many pixels at the canvas's other corner free: what the block's parameters are gives way."""
        self._beside = pixels
        self._fit()

    def _fit(self) -> None:
        wished, least = self.sizeHint(), self.minimumSizeHint().width()
        self.resize(max(least, min(wished.width(), self._room)), wished.height())

    @property
    def _room(self) -> int:
        parent = self.parentWidget()
        return max(parent.width() - 2 * MARGIN - self._beside if parent is not None else 0, 120)

    def _add(self, widget: QWidget) -> None:
        self._row.addWidget(widget)
        widget.show()  # what is hidden takes no room

    def _crumb(self, name: str, place: int, *, last: bool) -> QWidget:
        words = name if len(name) <= LETTERS else name[: LETTERS - 1] + "…"
        if last:
            label = QLabel(words)
            label.setObjectName("here")
            label.setToolTip(name)
            return label
        button = QPushButton(words)
        button.setProperty("role", "flat")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setToolTip(f"Back to {name}")
        button.clicked.connect(partial(self._choose, place))
        return button

    def _tell(self) -> None:
        """Say which unit is seen, with a way to the others, and what the parameters are in it."""
        steps, root = self._document.steps, self._document.root
        count = entering.row(root, steps)
        if count > 1:
            self._row.addSpacing(8)
            self._add(self._turn("chevron-left", "The unit before", -1))
            self._add(_quiet(f"unit {min(steps[-1].unit, count)} of {count}"))
            self._add(self._turn("chevron-right", "The next unit", 1))
        if told := self.values():
            self._row.addSpacing(12)
            label = ElidedLabel(told)
            label.setProperty("role", "third")
            label.setToolTip(told)
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            self._add(label)

    def _turn(self, icon: str, words: str, by: int) -> QWidget:
        button = IconButton(icon, words, px=12, side=20)
        button.clicked.connect(lambda: self.go(by))
        return button

    def _choose(self, place: int, _checked: bool = False) -> None:
        self._document.see(self._document.steps[:place])


def _quiet(words: str) -> QLabel:
    label = QLabel(words)
    label.setProperty("role", "third")
    label.setMargin(2)
    return label
