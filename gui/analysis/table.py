"""The table of the analysis: keys, columns, what is copied. Knows no document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from engine.analysis import COLUMNS, FORMATS
from gui.analysis.cells import INSET, Cells
from gui.analysis.rows import Rows
from gui.theme import TEXT, font

ROW: Final = 26
#: How wide columns begin, in letters, by their titles.
LETTERS: Final = {
    "Name": 18, "Layer": 24, "Output": 15, "Parameters": 13, "Trainable": 12, "Multiply-adds": 16, "Memory": 12,
    "Connected to": 16,
}  # fmt: skip
#: Columns of words, and the share of their widths that they keep at least.
WORDED: Final = ("Name", "Layer", "Output")
NARROWEST: Final = 0.7


class Table(QTableView):
    """Rows, sorted by a press on a title; `gone_to` carries the row that is to be shown in the drawing.

    `copied` says that the copy keys were pressed.
    """

    gone_to = Signal(QModelIndex)
    copied = Signal()

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self._sharing = self._widened = False
        self.setModel(rows)
        self.setItemDelegate(Cells(self))
        self.setAccessibleName("Analysis")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._lay_out_header()
        self.doubleClicked.connect(self.gone_to)

    def _lay_out_header(self) -> None:
        beside, above = self.verticalHeader(), self.horizontalHeader()
        beside.hide()
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        beside.setDefaultSectionSize(ROW)
        above.setHighlightSections(False)
        above.setStretchLastSection(True)
        above.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        above.setSortIndicatorClearable(True)
        letter = QFontMetrics(font(TEXT)).averageCharWidth()
        for place, column in enumerate(COLUMNS):
            self.setColumnWidth(place, LETTERS[column.title] * letter)
        above.sectionResized.connect(lambda place, _old, _new: self._resized(place))
        self.setSortingEnabled(True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_way()

    def _give_way(self) -> None:
        """Let words give way to figures where the table is narrow; words end in an ellipsis, figures in nothing."""
        if self._widened:
            return
        letter = QFontMetrics(font(TEXT)).averageCharWidth()
        figures = sum(self.columnWidth(place) for place, column in enumerate(COLUMNS) if column.figure)
        wanted = letter * sum(LETTERS[title] for title in WORDED)
        share = min(1.0, max(NARROWEST, (self.viewport().width() - figures) / wanted))
        self._sharing = True
        for place, column in enumerate(COLUMNS):
            if column.title in WORDED:
                self.setColumnWidth(place, round(LETTERS[column.title] * letter * share))
        self._sharing = False

    def _resized(self, place: int) -> None:
        """Leave the columns alone from now on where a person has set the width of one of them."""
        self._widened |= not self._sharing and COLUMNS[place].title in WORDED

    def make_room(self, sums: Sequence[str]) -> None:
        """Widen the columns whose sums have no room: a figure that is cut at its left is another figure."""
        metrics = QFontMetrics(font(TEXT, bold=True))
        for place, words in enumerate(sums):
            wanted = metrics.horizontalAdvance(words) + 2 * INSET
            if words and wanted > self.columnWidth(place):
                self.setColumnWidth(place, wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.gone_to.emit(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copied.emit()
        else:
            super().keyPressEvent(event)


#: What each way to copy is called.
WORDS: Final = {"markdown": "Markdown", "csv": "CSV"}
assert WORDS.keys() == FORMATS.keys()  # noqa: S101 - each has its word
