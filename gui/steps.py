"""The steps of the undo stack as rows of a list, and how a row is painted. Knows no document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QUndoStack
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui.theme import LABEL, TEXT, colour, font, icon_pixmap

#: Whether a step is past (-1), the state that is shown (0), or undone (1); whether it is the state in the file.
TENSE: Final = Qt.ItemDataRole.UserRole
SAVED: Final = TENSE + 1
START: Final = "Start"
ROW: Final = 28
_DOT, _PICTURE, _INSET, _GAP = 6, 14, 12, 8
#: Icons by the first word of a step.
ICONS: Final[Mapping[str, str]] = {
    START: "file", "Add": "plus", "Insert": "between-vertical-start", "Replace": "replace", "Duplicate": "square-stack",
    "Set": "sliders-horizontal", "Use": "sliders-horizontal", "Reset": "rotate-ccw", "Rename": "text-cursor-input",
    "Delete": "trash-2", "Remove": "trash-2", "Dissolve": "trash-2", "Cut": "scissors", "Paste": "clipboard-paste",
    "Wire": "link", "Unwire": "unlink", "Detach": "unplug", "Tidy": "workflow", "Align": "align-start-vertical",
    "Distribute": "align-horizontal-space-between", "Snap": "magnet", "Move": "move", "Resize": "scaling",
    "Turn": "power", "Bypass": "redo-dot", "Disable": "power-off", "Colour": "palette", "Uncolour": "palette",
    "Take": "palette", "Frame": "group", "Fit": "group", "Title": "text-cursor-input", "Write": "sticky-note",
}  # fmt: skip
OTHER: Final = "pencil"
Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


def icon_name(title: str) -> str:
    """Return the icon of a step by its title."""
    return ICONS.get(title.partition(" ")[0], OTHER)


class Steps(QAbstractListModel):
    """The states that can be gone to, the oldest first: the start, then the state after each step."""

    def __init__(self, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack

    def refresh(self) -> None:
        """Read the stack anew: steps were merged, dropped or added."""
        self.beginResetModel()
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self._stack.count() + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = index.row()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._stack.text(row - 1) if row else START
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words(row)
        if role == TENSE:
            now = self._stack.index()
            return (row > now) - (row < now)
        return row == self._stack.cleanIndex() if role == SAVED else None

    def _words(self, row: int) -> str:
        tense = {-1: "", 0: ", the state shown", 1: ", undone"}[self.data(self.index(row), TENSE)]  # type: ignore[index]
        saved = ", saved" if self.data(self.index(row), SAVED) else ""
        return f"{self._stack.text(row - 1) if row else START}{tense}{saved}"


class StepPainter(QStyledItemDelegate):
    """Paints an icon and the step's title: a dot before the state that is shown, what is undone in a quieter colour."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, tense, words = option.rect, index.data(TENSE), str(index.data())
        _paint_ground(painter, option)
        if tense == 0:
            _paint_dot(painter, box)
        left = box.left() + _INSET + _DOT + _GAP
        ratio = painter.device().devicePixelRatio()
        picture = icon_pixmap(icon_name(words), "third" if tense > 0 else "second", _PICTURE, ratio)
        painter.drawPixmap(left, box.center().y() - _PICTURE // 2 + 1, picture)
        left += _PICTURE + _GAP
        right = _paint_saved(painter, box) if index.data(SAVED) else box.right() - _INSET
        painter.setFont(font(TEXT, bold=tense == 0))
        painter.setPen(colour("third" if tense > 0 else "text"))
        _paint_words(painter, QRect(left, box.top(), right - left, box.height()), words)
        painter.restore()


def _paint_dot(painter: QPainter, box: QRect) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("accent"))
    painter.drawEllipse(QRectF(box.left() + _INSET, box.center().y() - _DOT / 2 + 0.5, _DOT, _DOT))


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """Paint the row under the mouse, and the one that the keys have come to."""
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    if chosen or option.state & QStyle.StateFlag.State_MouseOver:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("raised" if chosen else "field"))
        painter.drawRoundedRect(QRectF(option.rect).adjusted(4, 1, -4, -1), 4, 4)


def _paint_saved(painter: QPainter, box: QRect) -> int:
    """Say at the right that this is the state in the file; return what is left of the row."""
    painter.setFont(font(LABEL))
    painter.setPen(colour("second"))
    width = painter.fontMetrics().horizontalAdvance("saved")
    place = box.adjusted(0, 0, -_INSET, 0)
    painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), "saved")
    return place.right() - width - _GAP


def _paint_words(painter: QPainter, box: QRect, words: str) -> None:
    elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), elided)
