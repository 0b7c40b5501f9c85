"""The lines of the command palette as Qt sees them, and their paint. Knows not where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.canvas.ink import category_icon
from gui.entries import Entry
from gui.theme import LABEL, TEXT, colour, font, icon_pixmap

ENTRY: Final = Qt.ItemDataRole.UserRole
ROW: Final = 32
_ICON, _GAP = 16, 12
Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class Rows(QAbstractListModel):
    """The entries found, as they are ranked."""

    _entries: Sequence[Entry] = ()

    def show(self, found: Sequence[Entry]) -> None:
        """Show these and no others."""
        self.beginResetModel()
        self._entries = found
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        words: dict[int, object] = {
            ENTRY: entry,
            Qt.ItemDataRole.DisplayRole: entry.title,
            Qt.ItemDataRole.AccessibleTextRole: spoken(entry),
        }
        return words.get(role)


def spoken(entry: Entry) -> str:
    """What a screen reader says of an entry."""
    return ", ".join(part for part in (entry.title, entry.group, entry.key, entry.why) if part)


class RowPainter(QStyledItemDelegate):
    """Paints an entry in one line: icon, words, where it stands, its key at the right; dimmed where it cannot be."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, Entry):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _paint(painter, option.rect, entry, bool(option.state & QStyle.StateFlag.State_Selected))
            painter.restore()


def _paint(painter: QPainter, box: QRect, entry: Entry, current: bool) -> None:
    if current:
        shape = QPainterPath()
        shape.addRoundedRect(box, 6, 6)
        painter.fillPath(shape, colour("raised"))
    room = box.adjusted(_GAP, 0, -_GAP, 0)
    picture = _picture(entry, painter.device().devicePixelRatio())
    if picture is not None:
        painter.setOpacity(0.5 if entry.why else 1.0)
        painter.drawPixmap(room.left(), room.center().y() - _ICON // 2 + 1, picture)
        painter.setOpacity(1.0)
    room.setLeft(room.left() + _ICON + _GAP)
    room.setRight(_text(painter, room, entry.key, "second", LABEL, right=True) - _GAP)
    left = _text(painter, room, entry.title, "third" if entry.why else "text", TEXT)
    room.setLeft(left + _GAP)
    _text(painter, room, entry.group.replace(" > ", " › "), "third", LABEL)


def _text(painter: QPainter, room: QRect, words: str, token: str, px: int, *, right: bool = False) -> int:
    """Draw words, elided; return where they end on the side of what follows."""
    painter.setFont(font(px))
    painter.setPen(colour(token))
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, max(room.width(), 0))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
    width = painter.fontMetrics().horizontalAdvance(shown)
    return room.right() - width if right else room.left() + width


def _picture(entry: Entry, ratio: float) -> QPixmap | None:
    if entry.category:
        picture = QPixmap(category_icon(entry.category, round(_ICON * ratio)))
        picture.setDevicePixelRatio(ratio)
        return picture
    return icon_pixmap(entry.icon, "second", _ICON, ratio) if entry.icon else None
