"""A confusion matrix to look at, point at and walk through: right in one colour, mistakes in another. Knows no run."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from engine.scores import Floats
from engine.verdict import Matrix
from gui.theme import LABEL, colour, font, themes

#: Room at the left for the words of rows, below for those of columns, above for what the axes are.
WIDEST_WORD, FOOT, HEAD, GAP = 84, 18, 18, 6
#: A cell is no larger than this, and holds its figure from this size on.
LARGEST, FLATTEST, READ_WIDE, READ_HIGH = 64, 1.8, 20, 13
#: Words stand at every so many rows that they have this room.
WORD_HIGH: Final = 13
IS: Final = "is ↓"
KEYS: Final = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip


class MatrixPicture(QWidget):
    """Emits `pointed` with a cell, row and column, or None, and `picked` with one that was clicked or entered."""

    pointed = Signal(object)
    picked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell: tuple[int, int] | None = None
        self._hovered: tuple[int, int] | None = None
        self._matrix: Matrix | None = None
        self._names: list[str] = []
        self._widest = 0
        self._per_cent = False
        self._image: QImage | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Confusion matrix")
        self.setMinimumSize(QSize(180, 110))
        themes().changed.connect(self._redraw)

    def show_matrix(self, matrix: Matrix, name: Callable[[int], str], *, per_cent: bool) -> None:
        """Show counts, or per cent of each row."""
        if self._matrix is None or self._matrix.classes != matrix.classes:
            self.cell = self._hovered = None
        self._matrix, self._per_cent = matrix, per_cent
        names = [name(number) for number in matrix.classes]
        if names != self._names:
            self._names, self._widest = names, _widest([*names, IS])
        self._redraw()

    def _redraw(self, *_theme: object) -> None:
        self._image = None if self._matrix is None else picture(self._matrix)
        self.update()

    # -- where things are

    @property
    def _count(self) -> int:
        return len(self._matrix.classes) if self._matrix is not None else 0

    def room(self) -> QRectF:
        """Where the cells are."""
        left, count = self._widest, max(1, self._count)
        high = min(LARGEST, (self.height() - HEAD - FOOT) / count)
        wide = min(LARGEST * 1.5, high * FLATTEST, (self.width() - left - 4) / count)
        if count <= READ_WIDE:
            high, wide = float(int(high)), float(int(wide))
        return QRectF(left, HEAD, max(1.0, wide * count), max(1.0, min(high, wide * 1.5) * count))

    def box(self, row: int, column: int, room: QRectF | None = None) -> QRectF:
        """Where a cell is, `room` being where all are."""
        room, count = room or self.room(), max(1, self._count)
        wide, high = room.width() / count, room.height() / count
        return QRectF(room.left() + column * wide, room.top() + row * high, wide, high)

    def _at(self, event: QMouseEvent) -> tuple[int, int] | None:
        room, at = self.room(), event.position()
        if self._matrix is None or not room.contains(at):
            return None
        column = int((at.x() - room.left()) / room.width() * self._count)
        row = int((at.y() - room.top()) / room.height() * self._count)
        return min(row, self._count - 1), min(column, self._count - 1)

    # -- pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._at(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.cell = self._at(event)
        if self.cell is not None:
            self.picked.emit(*self.cell)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in KEYS and self._count:
            row, column = self.cell or (0, 0)
            down, right = KEYS[key] if self.cell is not None else (0, 0)
            self.cell = (row + down) % self._count, (column + right) % self._count
            self._point(self.cell)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.cell is not None:
            self.picked.emit(*self.cell)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def _point(self, cell: tuple[int, int] | None) -> None:
        self._hovered = cell
        self.pointed.emit(cell)
        self.update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._matrix is None or self._image is None or not self._count:
            return
        painter = QPainter(self)
        room = self.room()
        painter.drawImage(room, self._image)
        cell = self.box(0, 0, room)
        painter.setFont(font(LABEL))
        if cell.width() >= READ_WIDE and cell.height() >= READ_HIGH:
            self._rules(painter, room)
            self._figures(painter, room, self._matrix)
        self._words(painter, room, cell)
        for place, token in ((self._hovered, "third"), (self.cell, "accent" if self.hasFocus() else "text")):
            if place is not None and max(place) < self._count:
                painter.setPen(QPen(colour(token), 2))
                painter.drawRect(self.box(*place, room).adjusted(1, 1, -1, -1))
        painter.end()

    def _rules(self, painter: QPainter, room: QRectF) -> None:
        painter.setPen(QPen(colour("panel"), 1))
        for place in range(1, self._count):
            corner = self.box(place, place, room).topLeft()
            painter.drawLine(round(corner.x()), round(room.top()), round(corner.x()), round(room.bottom()))
            painter.drawLine(round(room.left()), round(corner.y()), round(room.right()), round(corner.y()))

    def _figures(self, painter: QPainter, room: QRectF, matrix: Matrix) -> None:
        shown = np.round(100 * np.nan_to_num(matrix.shares())).astype(np.int64) if self._per_cent else matrix.counts
        dark = _bright(matrix)
        for pen, there in (("#10131A", dark), ("#FFFFFF", ~dark)):
            painter.setPen(QColor(pen))
            for row, column in np.argwhere((matrix.counts > 0) & there).tolist():
                words = _short(int(shown[row, column]))
                painter.drawText(self.box(row, column, room), Qt.AlignmentFlag.AlignCenter, words)

    def _words(self, painter: QPainter, room: QRectF, cell: QRectF) -> None:
        painter.setPen(colour("third"))
        metrics, elide = painter.fontMetrics(), Qt.TextElideMode.ElideRight
        middle = Qt.AlignmentFlag.AlignVCenter
        for place in range(0, self._count, max(1, math.ceil(WORD_HIGH / cell.height()))):
            at = QRectF(0, self.box(place, 0, room).center().y() - 8, room.left() - GAP, 16)
            word = metrics.elidedText(self._names[place], elide, WIDEST_WORD)
            painter.drawText(at, Qt.AlignmentFlag.AlignRight | middle, word)
        every = 1 if cell.width() >= READ_WIDE else max(1, math.ceil(self._widest / cell.width()))
        side = Qt.AlignmentFlag.AlignHCenter if every == 1 else Qt.AlignmentFlag.AlignLeft
        for place in range(0, self._count, every):
            box = QRectF(room.left() + place * cell.width(), room.bottom() + 2, cell.width() * every, FOOT - 2)
            word = metrics.elidedText(self._names[place], elide, int(box.width()) - 2)
            painter.drawText(box, side | Qt.AlignmentFlag.AlignTop, word)
        painter.drawText(QRectF(room.left(), 0, self.width(), HEAD - 2), Qt.AlignmentFlag.AlignLeft, "said →")
        painter.drawText(QRectF(0, 0, room.left() - GAP, HEAD - 2), Qt.AlignmentFlag.AlignRight, IS)


def _short(count: int) -> str:
    """Spell a count by three digits or so, which have room in a cell."""
    return str(count) if count < 1_000 else f"{count / 1_000:.1f}k" if count < 10_000 else f"{count // 1_000}k"


def _widest(names: list[str]) -> int:
    """Room for the longest word of a row, within bounds."""
    metrics = QFontMetrics(font(LABEL))
    return min(WIDEST_WORD, max(metrics.horizontalAdvance(name) for name in names)) + GAP


def strength(matrix: Matrix) -> Floats:
    """Return how strongly each cell is coloured, 0 to 1: the root of its share, so that one mistake is seen."""
    return np.sqrt(np.nan_to_num(matrix.shares()))


def _colours(matrix: Matrix) -> Floats:
    """Return each cell's colour: shape (classes, classes, 3)."""
    strong = strength(matrix)[:, :, np.newaxis]
    ground, right, wrong = (_rgb(colour(token)) for token in ("field", "train", "validation"))
    tint = np.where(np.eye(len(matrix.classes), dtype=bool)[:, :, np.newaxis], right, wrong)
    found: Floats = ground + (tint - ground) * strong
    return found


def picture(matrix: Matrix) -> QImage:
    """Draw a pixel for each cell: right answers in the colour of training, mistakes in that of validation."""
    count = len(matrix.classes)
    data = np.ascontiguousarray(_colours(matrix).round().astype(np.uint8))
    return QImage(data.data, count, count, 3 * count, QImage.Format.Format_RGB888).copy()


def _rgb(tint: QColor) -> Floats:
    return np.array([tint.red(), tint.green(), tint.blue()], np.float64)


def _bright(matrix: Matrix) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Say of each cell whether black is read on it better than white."""
    found: np.ndarray[Any, np.dtype[np.bool_]] = _colours(matrix) @ np.array([0.299, 0.587, 0.114]) > 128
    return found
