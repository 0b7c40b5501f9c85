"""The runs as Qt sees them: sorted, filtered, two of their columns written in. Knows no view and no store."""

from __future__ import annotations

from collections.abc import Iterable
from time import time
from typing import Final, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from engine.runs.columns import Column, columns_of, matching, ordered
from engine.runs.values import RunRow

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
#: Which runs are listed.
SCOPES: Final = {"kept": "Runs", "archived": "Archived", "deleted": "Deleted"}


class Rows(QAbstractTableModel):
    """`written` carries a run's id, the column's name and what a person wrote there."""

    written = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: dict[str, RunRow] = {}
        self.shown: list[RunRow] = []
        self.columns: tuple[Column, ...] = columns_of(())
        self.query, self.scope = "", "kept"
        self.column, self.falling = "", False

    # -- what is shown

    @property
    def all(self) -> list[RunRow]:
        return list(self._all.values())

    def take(self, rows: Iterable[RunRow], *, gone: Iterable[str] = ()) -> None:
        """Know runs anew, and some no more."""
        for id in gone:
            self._all.pop(id, None)
        self._all |= {row.id: row for row in rows}
        self.arrange()

    def run(self, id: str) -> RunRow | None:
        return self._all.get(id)

    def filter(self, query: str) -> None:
        self.query = query
        self.arrange()

    def choose_scope(self, scope: str) -> None:
        self.scope = scope
        self.arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by a negative one, the newest first."""
        self.column = self.columns[column].name if 0 <= column < len(self.columns) else ""
        self.falling = order == Qt.SortOrder.DescendingOrder
        self.arrange()

    def arrange(self) -> None:
        """Show what is to be shown; where the same runs stand in the same order, only their cells are new."""
        now, columns = time(), columns_of(self._all.values())
        scoped = [row for row in self._all.values() if _scope(row) == self.scope]
        by = next((column for column in columns if column.name == self.column), None)
        rows = ordered(matching(scoped, self.query, now), by, now, falling=self.falling)
        names = [column.name for column in columns]
        same = [row.id for row in rows] == [row.id for row in self.shown]
        if same and names == [column.name for column in self.columns]:
            self.shown = rows
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns) - 1))
            return
        self.beginResetModel()
        self.shown, self.columns = rows, columns
        self.endResetModel()

    def place(self, id: str) -> int | None:
        return next((place for place, row in enumerate(self.shown) if row.id == id), None)

    # -- for Qt

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        column = self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.EditRole):
            return column.text(self.shown[index.row()], time())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.figure else _LEFT
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        column, run = self.columns[index.column()], self.shown[index.row()]
        words = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or not column.edited or words == column.text(run, time()):
            return False
        self.written.emit(run.id, column.name, words)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.columns[index.column()].edited else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        told = {
            Qt.ItemDataRole.DisplayRole: column.title,
            Qt.ItemDataRole.ToolTipRole: f"{column.title}: press to sort"
            + ", double-click a cell to write" * column.edited,
            Qt.ItemDataRole.TextAlignmentRole: _RIGHT if column.figure else _LEFT,
        }
        return told.get(Qt.ItemDataRole(role))


def _scope(row: RunRow) -> str:
    return "deleted" if row.deleted else "archived" if row.archived else "kept"
