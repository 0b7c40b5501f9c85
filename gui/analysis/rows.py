"""The rows of the analysis as Qt sees them, sorted and filtered. Knows no view and no document."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QItemSelection, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.analysis import COLUMNS, Analysis, matching, ordered
from engine.graph import Graph
from engine.recipe import Recipe
from engine.report import Report
from engine.totals import Cost

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Rows(QAbstractTableModel):
    """Holds which layers are shown in which order; their cells are made when they are painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.analysis = Analysis(Graph(), Report(), {}, Recipe())
        self.ids: list[str] = []
        self.query = ""
        self.column: int | None = None
        self.falling = False
        self._row: dict[str, int] | None = None

    # -- what is shown

    def show(self, analysis: Analysis) -> None:
        """Show a drawing; where the same layers stand in the same order, only their cells are new."""
        self.analysis = analysis
        self._arrange()

    def filter(self, query: str) -> None:
        self.query = query
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by a negative one, in drawing order."""
        self.column = column if column >= 0 else None
        self.falling = order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> None:
        analysis = self.analysis
        ids = ordered(analysis, matching(analysis, analysis.ids, self.query), self.column, falling=self.falling)
        if ids == self.ids:
            if ids:
                self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(COLUMNS) - 1))
            return
        self.beginResetModel()
        self.ids, self._row = ids, None
        self.endResetModel()

    @property
    def sum(self) -> Cost:
        """What the layers that are shown cost together."""
        return self.analysis.summed(self.ids)

    # -- rows and ids

    def row(self, id: str) -> int | None:
        if self._row is None:
            self._row = {each: row for row, each in enumerate(self.ids)}
        return self._row.get(id)

    def ids_of(self, selection: QItemSelection) -> frozenset[str]:
        return frozenset(id for part in selection.toList() for id in self.ids[part.top() : part.bottom() + 1])

    def selection_of(self, ids: Iterable[str]) -> QItemSelection:
        """Return the rows of some layers, those beside each other as one range."""
        rows = sorted(row for row in map(self.row, ids) if row is not None)
        found, last = QItemSelection(), len(COLUMNS) - 1
        start = 0
        for place, row in enumerate(rows):
            if place + 1 == len(rows) or rows[place + 1] != row + 1:
                found.select(self.index(rows[start], 0), self.index(row, last))
                start = place + 1
        return found

    # -- for Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = COLUMNS[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return column.text(self.analysis, self.ids[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.figure else _LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        told = {
            Qt.ItemDataRole.DisplayRole: column.title,
            Qt.ItemDataRole.ToolTipRole: column.tip,
            Qt.ItemDataRole.TextAlignmentRole: _RIGHT if column.figure else _LEFT,
        }
        return told.get(Qt.ItemDataRole(role))
