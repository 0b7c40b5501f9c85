"""Small pieces that panels are made of: a fact, a problem with its fixes, a line between."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from engine.report import Fix, Problem
from engine.structure import LAYER_FILES
from gui.theme import colour, icon_pixmap

#: Icon and colour of a problem, by severity; the icon's form tells it without the colour.
SIGNS: Final = {"error": ("octagon-alert", "bad"), "warning": ("triangle-alert", "warning")}
#: What a button's frame and padding take of its width.
BUTTON_EDGES: Final = 26
#: Words that may be longer than a line, and where these may be broken, by a space of no width.
_LONG: Final = re.compile(r"\S{24,}")
_BREAK: Final = "\u200b"
#: Actions that help where no edit of the drawing does, as their buttons say.
WAYS: Final = {LAYER_FILES: "Look at the file…"}


class Rule(QFrame):
    """A line of one pixel."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), colour("line"))


class Fact(QWidget):
    """A quiet title and what is so, selectable for copying."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.title, self.words = title, words
        above = QLabel(title)
        above.setProperty("role", "third")
        self._below = below = text_label(words)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(above)
        column.addWidget(below)

    def show_words(self, words: str) -> None:
        if words != self.words:
            self.words = words
            self._below.setText(words)


class FixButton(QPushButton):
    """A button whose words end in an ellipsis where there is no room: names may be long."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        # What is wider than its panel is given the height that it needs at its own width.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def seen(self) -> str:
        """The words as they are painted."""
        room = self.width() - BUTTON_EDGES
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.seen()
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)


class ProblemCard(QWidget):
    """A problem's sentence, its fixes as buttons, and what Keras said in a fold.

    Args:
        fixable: Whether the fixes still fit the drawing; they are drawings too, made from the one that was checked.
    """

    fixed = Signal(object)
    asked = Signal(str)

    def __init__(self, problem: Problem, *, fixable: bool = True) -> None:
        super().__init__()
        self.problem = problem
        self._sign = QLabel()
        self._tint()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(text_label(_LONG.sub(_broken, problem.sentence)))
        self.buttons = [self._button(fix, fixable=fixable) for fix in problem.fixes]
        if problem.action:
            self.buttons.append(self._way(problem.action))
        for button in self.buttons:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if problem.detail:
            from gui.editors.fold import Fold

            column.addWidget(Fold("What Keras said", lambda: _quoted(problem.detail)))
        row.addLayout(column, 1)

    def _button(self, fix: Fix, *, fixable: bool) -> QPushButton:
        button = FixButton(fix.title)
        button.setEnabled(fixable)
        button.setToolTip(fix.title)
        button.clicked.connect(lambda: self.fixed.emit(fix))
        return button

    def _way(self, action: str) -> QPushButton:
        """A button to what of the window's own helps; `asked` carries the action."""
        button = QPushButton(WAYS[action])
        button.clicked.connect(lambda: self.asked.emit(action))
        return button

    def _tint(self) -> None:
        self._sign.setPixmap(icon_pixmap(*SIGNS[self.problem.severity], 16, self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        super().changeEvent(event)


def _broken(word: re.Match[str]) -> str:
    """Let a long word go on in a second line after any of its letters."""
    return _BREAK.join(word.group())


class Page(QWidget):
    """What a scroll area shows: as tall as its wrapped texts need at the width that it has, and no taller."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def text_label(words: str) -> QLabel:
    """Make a label of several lines whose text can be copied."""
    label = QLabel(words)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label


def _quoted(words: str) -> QLabel:
    label = text_label(words)
    label.setProperty("role", "second")
    return label


class Stack(QWidget):
    """A column whose content is put in anew when it changes."""

    def __init__(self, spacing: int) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(spacing)
        self.items: list[QWidget] = []

    def fill(self, items: Iterable[QWidget]) -> None:
        for item in self.items:
            self._column.removeWidget(item)
            item.hide()
            item.deleteLater()
        self.items = list(items)
        for item in self.items:
            self._column.addWidget(item)
        self.setVisible(bool(self.items))
