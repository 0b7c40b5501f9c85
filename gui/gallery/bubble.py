"""The words of a tour's step, beside what it points at, with the ways back and on. Knows no tour and no drawing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from gui.theme import icon, themes

WIDTH: Final = 340
#: Its words are exactly as wide, so that their lines are known before it is shown.
WORDS: Final = 264
#: How far it stands from what it points at, and from the window's edge.
AWAY, EDGE = 16, 12


class Bubble(QFrame):
    """Emits `stepped` with 1 or -1, and `closed`."""

    stepped = Signal(int)
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("bubble")
        self.setAccessibleName("Tour")
        self.words, self.place = QLabel(), QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setFixedWidth(WORDS)
        self.place.setProperty("role", "third")
        self.back, self.on, self._close = QPushButton("Back"), QPushButton("Next"), QToolButton()
        self.on.setProperty("role", "primary")
        self._close.setProperty("role", "flat")
        self._close.setToolTip("End the tour (Esc)")
        self._close.setAccessibleName("End the tour")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.place)
        foot.addStretch(1)
        for button in (self.back, self.on):
            button.setAutoDefault(True)  # Enter presses it, as the space bar does
            foot.addWidget(button)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.words)
        head.addStretch(1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addLayout(foot)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self._close.clicked.connect(self.closed)
        themes().changed.connect(self._tint)
        self._tint()
        self.hide()

    def say(self, words: str, number: int, count: int) -> None:
        """Show the words of a step, the first being number 1."""
        self.words.setText(words)
        self.place.setText(f"{number} of {count}")
        self.back.setEnabled(number > 1)
        self.on.setText("Done" if number == count else "Next")
        self.setFixedWidth(WIDTH)
        self.show()
        self.words.setFixedHeight(self.words.heightForWidth(WORDS))
        self._column.activate()
        self.resize(WIDTH, self.sizeHint().height())
        self.raise_()
        self.on.setFocus(Qt.FocusReason.PopupFocusReason)

    def stand_by(self, area: QRect) -> None:
        """Stand beside an area of the window: below it, above, at its right or left; where there is room."""
        self.move(beside(self.size(), area, self._window.rect()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def _tint(self) -> None:
        theme = themes().current
        self._close.setIcon(icon("x"))
        self.setStyleSheet(
            f"#bubble {{ background: {theme.panel}; border: 1px solid {theme.accent}; border-radius: 8px; }}"
        )


def beside(size: QSize, area: QRect, window: QRect) -> QPoint:
    """Return where something stands beside an area and covers none of it, where a window has the room."""
    room = window.adjusted(EDGE, EDGE, -EDGE, -EDGE)
    across = area.center().x() - size.width() // 2
    down = area.center().y() - size.height() // 2
    places = (
        QPoint(across, area.bottom() + AWAY),
        QPoint(across, area.top() - AWAY - size.height()),
        QPoint(area.right() + AWAY, down),
        QPoint(area.left() - AWAY - size.width(), down),
    )
    inside = (_inside(QRect(place, size), room) for place in places)
    return next((box for box in inside if not box.intersects(area)), _inside(QRect(places[0], size), room)).topLeft()


def _inside(box: QRect, room: QRect) -> QRect:
    """Move a box into a room, as far as it has the size for it."""
    left = max(min(box.left(), room.right() - box.width()), room.left())
    top = max(min(box.top(), room.bottom() - box.height()), room.top())
    return QRect(QPoint(left, top), box.size())
