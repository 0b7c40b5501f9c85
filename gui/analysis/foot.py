"""The last row of the analysis, which never scrolls away: how many layers, and their sums. Knows no document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QTableView, QWidget

from gui.theme import TEXT, colour, font

HEIGHT, INSET = 28, 8
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NO_CELLS: Final[tuple[str, ...]] = ()


class Foot(QWidget):
    """Paints sums under the columns of a table, wherever these stand; the words at the left have what room is free."""

    def __init__(self, table: QTableView) -> None:
        super().__init__()
        self._table = table
        self.words, self.cells = "", _NO_CELLS
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = table.horizontalHeader()
        header.sectionResized.connect(lambda *_: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.update())

    def show_sums(self, words: str, cells: Sequence[str]) -> None:
        """Show a count at the left and sums by column, empty where a column has none."""
        self.words, self.cells = words, tuple(cells)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, HEIGHT)

    def place(self, column: int) -> QRect:
        """Return where a column's sum stands."""
        header, viewport = self._table.horizontalHeader(), self._table.viewport()
        left = viewport.mapTo(self._table, viewport.rect().topLeft()).x() + header.sectionViewportPosition(column)
        return QRect(left, 0, header.sectionSize(column), self.height()).adjusted(INSET, 0, -INSET, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), 1, colour("line"))
        painter.setClipRect(0, 0, self._table.viewport().width(), self.height())
        painter.setFont(font(TEXT, bold=True))
        painter.setPen(colour("text"))
        first = next((column for column, cell in enumerate(self.cells) if cell), 0)
        left, right = self.place(0).left(), self.place(first).left()
        painter.drawText(QRect(left, 0, max(0, right - left), self.height()), _LEFT, self.words)
        for column, cell in enumerate(self.cells):
            if cell:
                painter.drawText(self.place(column), _RIGHT, cell)
