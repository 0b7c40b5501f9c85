"""The list of all actions with their keys as Qt sees it, and its paint. Changes no key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import key_chips
from gui.action import ActionSpec
from gui.actions import BY_ID
from gui.shortcuts import Shortcuts, shown
from gui.theme import LABEL, TEXT, colour, font

ID: Final = Qt.ItemDataRole.UserRole
ROW: Final = 30
_PAD, _GAP = 12, 12
Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class KeyRows(QAbstractListModel):
    """The actions that fit what is searched for, in the order of the menus."""

    def __init__(self, shortcuts: Shortcuts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shortcuts = shortcuts
        self._ids: Sequence[str] = list(BY_ID)

    def search(self, query: str) -> None:
        """Show the actions in whose words, menu or keys every typed word stands."""
        words = query.lower().split()
        self.beginResetModel()
        self._ids = [id for id, spec in BY_ID.items() if all(word in self._text(spec) for word in words)]
        self.endResetModel()

    def _text(self, spec: ActionSpec) -> str:
        keys = map(shown, self.shortcuts.keys(spec.id))
        return " ".join((spec.title, spec.menu, *spec.words, *keys)).lower()

    def row_of(self, id: str) -> int:
        return self._ids.index(id) if id in self._ids else -1

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        spec = BY_ID[self._ids[index.row()]]
        keys = ", ".join(map(shown, self.shortcuts.keys(spec.id))) or "no key"
        words: dict[int, object] = {
            ID: spec.id,
            Qt.ItemDataRole.DisplayRole: spec.title,
            Qt.ItemDataRole.ToolTipRole: spec.tip,
            Qt.ItemDataRole.AccessibleTextRole: f"{spec.title}, {spec.menu}, {keys}",
        }
        return words.get(role)


class KeyRowPainter(QStyledItemDelegate):
    """Paints an action, where it stands and its keys; what the person changed is set in bold."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows, id = index.model(), index.data(ID)
        if isinstance(rows, KeyRows):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint(painter, option, BY_ID[id], rows.shortcuts)
            painter.restore()


def _paint(painter: QPainter, option: QStyleOptionViewItem, spec: ActionSpec, shortcuts: Shortcuts) -> None:
    current = bool(option.state & QStyle.StateFlag.State_Selected)
    if current:
        shape = QPainterPath()
        shape.addRoundedRect(option.rect, 6, 6)
        painter.fillPath(shape, colour("raised"))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colour("accent"))
            painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    room = option.rect.adjusted(_PAD, 0, -_PAD, 0)
    keys = tuple(map(shown, shortcuts.keys(spec.id)))
    key_chips.paint(painter, room.right(), room.center().y() + 1, keys, "panel" if current else "field")
    room.setRight(room.right() - key_chips.width(keys) - _GAP)
    painter.setFont(font(TEXT, bold=shortcuts.is_own(spec.id)))
    painter.setPen(colour("text"))
    words = painter.fontMetrics().elidedText(spec.title, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
    room.setLeft(room.left() + painter.fontMetrics().horizontalAdvance(words) + _GAP)
    painter.setFont(font(LABEL))
    painter.setPen(colour("third"))
    place = spec.menu.replace(" > ", " › ")
    words = painter.fontMetrics().elidedText(place, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
