"""A matrix as a picture with words along its sides, to point at and to press. Knows not what its numbers mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.monitor.mosaic import colour_table, image
from gui.monitor.tiles import LARGEST_CELL, Floats, Grid, levels, paint
from gui.theme import LABEL, colour, font, themes

Places: TypeAlias = np.ndarray[Any, np.dtype[np.intp]]
#: Room for the words along the sides: beside the rows at most, and above the columns.
WIDEST, HIGHEST = 92, 64
GAP: Final = 6
LINE: Final = LABEL + 4
_STEPS: Final[Mapping[int, tuple[int, int]]] = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matrix:
    """Numbers of shape (rows, columns), with words for some or all of them.

    Attributes:
        bounds: Between which the colours run; None for the least and the greatest.
        signed: Nought is in the middle of the colours.
        square: A cell is as wide as it is high.
        tell: Says what stands in a row and a column.
    """

    values: Floats
    tell: Callable[[int, int], str]
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    bounds: tuple[float, float] | None = None
    signed: bool = False
    square: bool = False


class Heat(QWidget):
    """Emits `pointed` with words, `entered` with the row and column under the pointer (-1 for none), and `pressed`."""

    pointed = Signal(str)
    entered = Signal(int, int)
    pressed = Signal(int, int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix: Matrix | None = None
        self.colours = "magma"
        self.current: tuple[int, int] | None = None
        self._image: QImage | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(80, 60))
        self.setAccessibleName(name)
        themes().changed.connect(self.redraw)

    def show_matrix(self, matrix: Matrix | None) -> None:
        """Show other numbers; what is pointed at stays pointed at."""
        self.matrix = matrix
        if matrix is None or (self.current is not None and not self._has(*self.current)):
            self.current = None
        self.redraw()
        if self.current is not None:
            self._say()

    def _has(self, row: int, column: int) -> bool:
        rows, columns = self.matrix.values.shape if self.matrix is not None else (0, 0)
        return 0 <= row < rows and 0 <= column < columns

    def redraw(self) -> None:
        self._image = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.redraw()

    # -- where things are

    @property
    def left(self) -> int:
        """Room for the words beside the rows."""
        if self.matrix is None or not self.matrix.rows:
            return 0
        metrics = QFontMetrics(font(LABEL))
        return min(WIDEST, max(metrics.horizontalAdvance(word) for word in self.matrix.rows)) + GAP

    @property
    def top(self) -> int:
        """Room for the words above the columns."""
        if self.matrix is None or not self.matrix.columns:
            return 0
        return LINE + GAP if self._level else self._longest + GAP

    @property
    def _longest(self) -> int:
        metrics = QFontMetrics(font(LABEL))
        words = self.matrix.columns if self.matrix is not None else ()
        return min(HIGHEST, max((metrics.horizontalAdvance(word) for word in words), default=0))

    @property
    def _level(self) -> bool:
        """Whether the words above the columns can be read as they stand: none is wider than its column."""
        if self.matrix is None:
            return True
        each = (self.width() - self.left) / max(1, int(self.matrix.values.shape[1]))
        return self._longest + 2 <= each

    @property
    def area(self) -> QRectF:
        """Where the cells are."""
        if self.matrix is None:
            return QRectF()
        rows, columns = self.matrix.values.shape
        across = min((self.width() - self.left) / max(1, columns), 4 * LARGEST_CELL)
        down = min((self.height() - self.top) / max(1, rows), LARGEST_CELL)
        if self.matrix.square:
            across = down = min(across, down)
        return QRectF(self.left, self.top, max(1.0, across * columns), max(1.0, down * rows))

    def at(self, point: QPointF) -> tuple[int, int] | None:
        """Return the row and the column at a point."""
        area = self.area
        if self.matrix is None or not area.contains(point):
            return None
        rows, columns = self.matrix.values.shape
        row = int((point.y() - area.top()) * rows / area.height())
        column = int((point.x() - area.left()) * columns / area.width())
        return min(row, rows - 1), min(column, columns - 1)

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.matrix is None or not self.matrix.values.size:
            return
        painter = QPainter(self)
        if self._image is None:
            self._image = self._draw(self.matrix)
        painter.drawImage(self.area, self._image)
        painter.setFont(font(LABEL))
        self._write_rows(painter, self.matrix)
        self._write_columns(painter, self.matrix)
        self._mark(painter)
        painter.end()

    def _draw(self, matrix: Matrix) -> QImage:
        low, high = matrix.bounds or (float(np.nanmin(matrix.values)), float(np.nanmax(matrix.values)))
        if matrix.signed and matrix.bounds is None:
            high = max(abs(low), abs(high))
            low = -high
        ratio, area = self.devicePixelRatioF(), self.area
        across, down = max(1, round(area.width() * ratio)), max(1, round(area.height() * ratio))
        rows, columns = matrix.values.shape
        # Of more numbers than pixels, those that are seen: to scale the others would cost more than to draw.
        seen = np.ix_(_nearest(rows, down), _nearest(columns, across))
        strength = levels(
            matrix.values[seen][:, :, None], np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)
        )
        return image(paint(strength, Grid(1, 1, across, down, 0)), self._table(matrix))

    def _table(self, matrix: Matrix) -> list[int]:
        light = themes().current.name == "light"
        name = "signed" if matrix.signed else self.colours
        name = {"grey": "paper", "signed": "signed paper"}.get(name, name) if light else name
        return colour_table(name, colour("line"), colour("panel"))

    def _write_rows(self, painter: QPainter, matrix: Matrix) -> None:
        area = self.area
        step = area.height() / len(matrix.values)
        for row in _some(matrix.rows, step, self.current[0] if self.current is not None else None):
            place = QRectF(0, area.top() + (row + 0.5) * step - LINE / 2, self.left - GAP, LINE)
            self._word(painter, place, matrix.rows[row], self.current is not None and row == self.current[0])

    def _write_columns(self, painter: QPainter, matrix: Matrix) -> None:
        area = self.area
        step = area.width() / matrix.values.shape[1]
        current = self.current[1] if self.current is not None else None
        places = range(len(matrix.columns)) if self._level else _some(matrix.columns, step, current)
        for column in places:
            strong = self.current is not None and column == self.current[1]
            middle = area.left() + (column + 0.5) * step
            if self._level:
                self._word(
                    painter, QRectF(middle - step / 2, 0, step, LINE), matrix.columns[column], strong, level=True
                )
                continue
            painter.save()
            painter.translate(middle, self.top - GAP)
            painter.rotate(-90)
            self._word(painter, QRectF(0, -LINE / 2, self.top - GAP, LINE), matrix.columns[column], strong, up=True)
            painter.restore()

    def _word(
        self, painter: QPainter, place: QRectF, word: str, strong: bool, *, level: bool = False, up: bool = False
    ) -> None:
        painter.setPen(colour("text" if strong else "second"))
        across = (
            Qt.AlignmentFlag.AlignHCenter
            if level
            else Qt.AlignmentFlag.AlignLeft
            if up
            else Qt.AlignmentFlag.AlignRight
        )
        elided = painter.fontMetrics().elidedText(word, Qt.TextElideMode.ElideRight, int(place.width()) + 1)
        painter.drawText(place, across | Qt.AlignmentFlag.AlignVCenter, elided)

    def _mark(self, painter: QPainter) -> None:
        """Frame the cell that is pointed at, by hand or by the keyboard."""
        if self.current is None or self.matrix is None:
            return
        area, (row, column), (rows, columns) = self.area, self.current, self.matrix.values.shape
        across, down = area.width() / columns, area.height() / rows
        painter.setPen(QPen(colour("accent"), 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        cell = QRectF(area.left() + column * across, area.top() + row * down, across, down)
        painter.drawRect(cell if min(across, down) >= 4 else cell.adjusted(-2, -2, 2, 2))

    # -- pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.go(self.at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.go(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and found is not None:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.pressed.emit(*found)

    def go(self, place: tuple[int, int] | None) -> None:
        """Point at a cell, or at none."""
        if place == self.current:
            return
        self.current = place
        self.entered.emit(*(place or (-1, -1)))
        self._say()
        self.update()

    def _say(self) -> None:
        told = self.matrix is not None and self.current is not None
        self.pointed.emit(self.matrix.tell(*self.current) if told and self.matrix and self.current else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS and self.matrix is not None:
            down, across = _STEPS[Qt.Key(event.key())]
            row, column = self.current or (0, 0)
            place = (row + down, column + across) if self.current is not None else (0, 0)
            self.go(place if self._has(*place) else (row, column))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current is not None:
            self.pressed.emit(*self.current)
        else:
            super().keyPressEvent(event)


def _nearest(count: int, pixels: int) -> Places:
    """Return which of `count` numbers stand in a row of pixels, each once where there are fewer of them."""
    shown = min(count, pixels)
    return np.arange(shown) * count // shown


def _some(words: Sequence[str], step: float, current: int | None) -> list[int]:
    """Return the places of the words that have room; beside the one that is pointed at, others give way."""
    every = max(1, -(-LINE // max(1, int(step)))) if step < LINE else 1
    chosen = range(0, len(words), every)
    if current is None or current >= len(words):
        return list(chosen)
    return [*(place for place in chosen if abs(place - current) >= every), current]
