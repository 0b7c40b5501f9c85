"""The table of runs: keys, widths, which columns are shown, each chosen run's colour. Knows no store."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from engine.runs.values import RunRow
from gui.runs.rows import Rows
from gui.theme import TEXT, colour, font, swatch

ROW, INSET, DOT = 26, 8, 8
#: Colours of chosen runs, in turn.
TINTS: Final = ("blue", "orange", "green", "purple", "red", "teal", "yellow", "pink")
_STATE = QStyle.StateFlag


def tint(place: int) -> QColor:
    """Return the colour of the chosen run at a place."""
    return swatch(TINTS[place % len(TINTS)])


class Cells(QStyledItemDelegate):
    """Paints in the theme's colours; the first cell of a chosen run has its colour as a dot."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        table, box = option.widget, QRect(option.rect)
        if not isinstance(table, Table):
            return
        painter.save()
        column = table.rows.columns[index.column()]
        if option.state & (_STATE.State_Selected | _STATE.State_MouseOver):
            painter.fillRect(box, colour("raised" if option.state & _STATE.State_Selected else "field"))
        if table.hasFocus() and table.currentIndex() == index:
            painter.fillRect(QRect(box.left(), box.bottom() - 1, box.width(), 2), colour("accent"))
        room = box.adjusted(INSET, 0, -INSET, 0)
        if index.column() == 0:
            self._dot(painter, table, table.rows.shown[index.row()].id, room)
            room.setLeft(room.left() + DOT + 6)
        painter.setFont(font(TEXT))
        painter.setPen(colour("text" if column.figure or not index.column() else "second"))
        words = painter.fontMetrics().elidedText(str(index.data()), Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if column.figure else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()

    def _dot(self, painter: QPainter, table: Table, id: str, room: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(table.tints.get(id, QColor(0, 0, 0, 0)))
        painter.drawEllipse(QRectF(room.left(), room.center().y() - DOT / 2 + 0.5, DOT, DOT))


class Table(QTableView):
    """`chosen` says that other runs are selected, `menu_asked` where a menu is wanted, `removed` that Delete was
    pressed, `restored` that Enter was, `laid` that O was."""

    chosen = Signal()
    menu_asked = Signal(QPoint)
    removed = Signal()
    restored = Signal()
    laid = Signal()

    def __init__(self, rows: Rows) -> None:
        super().__init__()
        self.rows = rows
        self.tints: dict[str, QColor] = {}
        self._picked: dict[str, bool] = {}
        self._kept: tuple[str, ...] = ()
        self.setModel(rows)
        self.setItemDelegate(Cells(self))
        self.setAccessibleName("Runs")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._lay_out_header()
        rows.modelAboutToBeReset.connect(self._keep)
        rows.modelReset.connect(self._arrange)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen.emit())
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at)))
        self._arrange()

    def _lay_out_header(self) -> None:
        beside, above = self.verticalHeader(), self.horizontalHeader()
        beside.hide()
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        beside.setDefaultSectionSize(ROW)
        above.setHighlightSections(False)
        above.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        above.setSortIndicatorClearable(True)
        above.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        above.customContextMenuRequested.connect(lambda at: self.columns_menu().popup(above.mapToGlobal(at)))
        self.setSortingEnabled(True)

    # -- what is selected

    @property
    def selected(self) -> list[RunRow]:
        """The chosen runs, as they stand."""
        # Asking Qt for the selected rows looks at each cell of each.
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        places = sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})
        return [self.rows.shown[place] for place in places if place < len(self.rows.shown)]

    def select(self, ids: Collection[str]) -> None:
        """Choose runs by their ids, as far as they are shown."""
        flags, wanted = self.selectionModel().SelectionFlag, QItemSelection()
        for place in (self.rows.place(id) for id in ids):
            if place is not None:
                index = self.rows.index(place, 0)
                wanted.select(index, index)
        self.selectionModel().select(wanted, flags.ClearAndSelect | flags.Rows)

    def show_tints(self, tints: dict[str, QColor]) -> None:
        self.tints = tints
        self.viewport().update()

    def _keep(self) -> None:
        self._kept = tuple(row.id for row in self.selected)

    def _arrange(self) -> None:
        """Give columns their widths, and choose again what was chosen."""
        letter = QFontMetrics(font(TEXT)).averageCharWidth()
        for place, column in enumerate(self.rows.columns):
            self.setColumnWidth(place, max(6, column.letters) * letter + 2 * INSET)
            self.setColumnHidden(place, not self._picked.get(column.name, column.shown))
        self.select(self._kept)

    # -- columns

    def columns_menu(self) -> QMenu:
        """Offer each column, to be shown or not."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(self.rows.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.setEnabled(place > 0)
            action.toggled.connect(lambda on, name=column.name: self.show_column(name, on))
        return menu

    def show_column(self, name: str, on: bool) -> None:
        self._picked[name] = on
        for place, column in enumerate(self.rows.columns):
            if column.name == name:
                self.setColumnHidden(place, not on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Delete: self.removed, Qt.Key.Key_Return: self.restored, Qt.Key.Key_Enter: self.restored,
            Qt.Key.Key_O: self.laid,
        }  # fmt: skip
        if event.key() in keys and self.state() != QAbstractItemView.State.EditingState:
            keys[Qt.Key(event.key())].emit()
        else:
            super().keyPressEvent(event)
