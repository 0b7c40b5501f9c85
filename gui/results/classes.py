"""The view of each class's precision, recall and F1, as a table that sorts. Knows no run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from engine import scores, verdict
from engine.verdict import OTHERS
from gui.results.shown import Shown
from gui.results.view import View, line
from gui.theme import TEXT, colour, font

HEADS: Final = ("Class", "Precision", "Recall", "F1", "Samples")
TIPS: Final = (
    "", "Of the samples taken for the class, the share that is of it", "Of the samples of the class, the share found",
    "The harmonic mean of precision and recall", "How many samples are of the class",
)  # fmt: skip
MEANS: Final = "Means of precision, recall and F1: each class as one, or each as often as it comes"
ROW: Final = 22
_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """A class: its name, its scores, how many samples it has."""

    name: str
    number: int
    figures: tuple[float, float, float, int]


class Rows(QAbstractTableModel):
    """The rows of the table, in an order that stays when the figures change."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._column, self._falling = 0, False

    def show_rows(self, rows: list[Row]) -> None:
        """Have other figures; as many rows as before stay where they are looked at."""
        same = len(rows) == len(self.rows)
        if not same:
            self.beginResetModel()
        self.rows = rows
        self._order()
        if not same:
            self.endResetModel()
        elif rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(HEADS) - 1))

    def _order(self) -> None:
        self.rows.sort(key=self._key, reverse=self._falling)

    def _key(self, row: Row) -> float:
        if not self._column:
            return row.number
        value = row.figures[self._column - 1]
        return value if math.isfinite(value) else (-math.inf if self._falling else math.inf)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._column, self._falling = max(0, column), order is Qt.SortOrder.DescendingOrder
        self._order()
        if self.rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(HEADS) - 1))

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return len(HEADS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            row = self.rows[index.row()]
            return row.name if not index.column() else spelled(row.figures[index.column() - 1])
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return HEADS[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return TIPS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class Cells(QStyledItemDelegate):
    """Paints a share as a figure with a faint bar of its length behind."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model, box = index.model(), QRect(option.rect)
        if not isinstance(model, Rows):
            return
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(box, colour("raised" if option.state & QStyle.StateFlag.State_Selected else "field"))
        row, column = model.rows[index.row()], index.column()
        if 1 <= column <= 3 and math.isfinite(share := row.figures[column - 1]):
            tint = QColor(colour("train"))
            tint.setAlphaF(0.25)
            inner = box.adjusted(8, 3, -8, -3)
            painter.fillRect(QRect(inner.left(), inner.top(), round(inner.width() * share), inner.height()), tint)
        painter.setFont(font(TEXT))
        painter.setPen(colour("text"))
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        painter.drawText(box.adjusted(8, 0, -12, 0), side | Qt.AlignmentFlag.AlignVCenter, str(index.data()))
        painter.restore()


class ClassesView(View):
    """Shows the scores of each class, and their means."""

    TITLE = "By class"
    TIP = "Precision, recall and F1 of each class"
    KINDS = frozenset({"classes", "binary"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model, self.table, self._means = Rows(), QTableView(), QLabel()
        self._means.setProperty("role", "second")
        self._means.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._means.setToolTip(MEANS)
        self._dress()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._means)

    def _dress(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setItemDelegate(Cells(table))
        table.setAccessibleName("Scores by class")
        table.setSortingEnabled(True)
        table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(ROW)
        table.verticalHeader().setMinimumSectionSize(ROW)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        table.horizontalHeader().setHighlightSections(False)

    def show_verdict(self, shown: Shown) -> None:
        found = scores.class_scores(shown.matrix.counts)
        columns = (found.precision.tolist(), found.recall.tolist(), found.f1.tolist(), found.support.tolist())
        rows = [
            Row(shown.name(number), number if number != OTHERS else len(shown.matrix.classes), (p, r, f, support))
            for number, p, r, f, support in zip(shown.matrix.classes, *columns, strict=True)
        ]
        self.model.show_rows(rows)
        self._means.setText(self._told(shown, verdict.means(found)))

    def _told(self, shown: Shown, means: verdict.Means) -> str:
        macro, weighted = (" · ".join(spelled(value) for value in each) for each in (means.macro, means.weighted))
        accuracy = spelled(scores.accuracy(shown.matrix.counts))
        return f"Accuracy {accuracy}     Macro mean {macro}     Weighted {weighted}"

    def rows(self) -> Iterator[str]:
        yield line(*(head.lower() for head in HEADS))
        for row in self.model.rows:
            yield line(row.name, *row.figures)


def spelled(value: float) -> str:
    """Spell a share by three digits, a count in whole, a dash for what is none."""
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:.3f}" if math.isfinite(value) else "–"
