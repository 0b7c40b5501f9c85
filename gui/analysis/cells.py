"""Paints a cell of the analysis: figures to the right, zeros quiet, the current row marked while it has the focus."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from engine.analysis import COLUMNS
from gui.theme import TEXT, colour, font

INSET = 8
MARK = 2
_STATE = QStyle.StateFlag


class Cells(QStyledItemDelegate):
    """Paints in the theme's colours; knows no layer."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        painter.save()
        box: QRect = option.rect
        if option.state & (_STATE.State_Selected | _STATE.State_MouseOver):
            painter.fillRect(box, colour("raised" if option.state & _STATE.State_Selected else "field"))
        if index.column() == 0 and _current(option, index):
            painter.fillRect(QRect(box.left(), box.top(), MARK, box.height()), colour("accent"))
        words, figure = str(index.data()), COLUMNS[index.column()].figure
        painter.setFont(font(TEXT))
        painter.setPen(colour("third" if words == "0" else "text" if figure or not index.column() else "second"))
        room = box.adjusted(INSET, 0, -INSET, 0)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if figure else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


def _current(option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> bool:
    view = option.widget
    return isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex().row() == index.row()
