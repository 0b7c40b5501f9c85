"""The rows of the problem list: what is told of each, and how a row is painted that is not open. Mends nothing."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from engine.report import Problem
from gui.cards import SIGNS
from gui.theme import TEXT, colour, font, icon_pixmap

PROBLEM: Final = Qt.ItemDataRole.UserRole
NODE: Final = PROBLEM + 1
INSET, GAP, PICTURE, NAME_WIDTH, MOST_LINES = 16, 8, 16, 120, 2
#: The button of a row: its height, the most of its width, and the least width of the list that has room for it.
BUTTON, BUTTON_WIDTH, ROOMY = 24, 400, 640
WORDS: Final = {"error": "Error", "warning": "Warning"}
Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


class ProblemRows(QAbstractListModel):
    """The problems as Qt sees them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problems: Sequence[Problem] = ()
        self._names: Sequence[str] = ()

    def show(self, problems: Sequence[Problem], name: Callable[[str], str]) -> None:
        """Show problems, each with what the node is called where it shows."""
        names = [name(problem.nodes[0]) if problem.nodes else "" for problem in problems]
        if (problems, names) == (self.problems, self._names):
            return
        self.beginResetModel()
        self.problems, self._names = problems, names
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.problems)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        problem = self.problems[index.row()]
        if role == PROBLEM:
            return problem
        if role == NODE:
            return self._names[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return problem.sentence
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{WORDS[problem.severity]}: {problem.sentence}"
        return _tip(problem) if role == Qt.ItemDataRole.ToolTipRole else None


def _tip(problem: Problem) -> str:
    said = f"<p>Keras said: {html.escape(problem.detail, quote=False)}</p>" if problem.detail else ""
    mends = "".join(f"<p>Mend: {html.escape(fix.title, quote=False)}</p>" for fix in problem.fixes[:1])
    return f"<p>{html.escape(problem.sentence, quote=False)}</p>{said}{mends}"


class ProblemPainter(QStyledItemDelegate):
    """Paints a sign, the sentence in two lines, the first mend as a button, and the node.

    `pressed` carries the problem whose button was clicked. The row that is open shows a widget, as high as `open`.
    """

    pressed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.open = 0

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if self.open and _is_current(option, index):
            return QSize(0, self.open)
        width = _width(option, index.data(PROBLEM))
        lines = wrapped(index.data(PROBLEM).sentence, TEXT, width, MOST_LINES)
        return QSize(0, max(len(lines) * QFontMetrics(font(TEXT)).lineSpacing(), BUTTON) + 2 * GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, problem = option.rect, index.data(PROBLEM)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if option.state & QStyle.StateFlag.State_Selected or over:
            painter.fillRect(box, colour("field"))
        if self.open and _is_current(option, index):
            return
        painter.save()
        lines = wrapped(problem.sentence, TEXT, _width(option, problem), MOST_LINES)
        high = len(lines) * QFontMetrics(font(TEXT)).lineSpacing()
        top = box.top() + (box.height() - high) // 2
        picture = icon_pixmap(*SIGNS[problem.severity], PICTURE, painter.device().devicePixelRatio())
        painter.drawPixmap(box.left() + INSET, top, picture)
        _paint_lines(painter, lines, box.left() + INSET + PICTURE + GAP, top)
        if button := _button(option, problem):
            _paint_button(painter, button, problem.fixes[0].title, over=over)
        _paint_node(painter, box, str(index.data(NODE)))
        painter.restore()

    def editorEvent(
        self, event: QEvent, _model: object, option: QStyleOptionViewItem, index: Index
    ) -> bool:  # fmt: skip
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            button = _button(option, index.data(PROBLEM))
            if button is not None and button.contains(event.position().toPoint()):
                self.pressed.emit(index.data(PROBLEM))
                return True
        return False


def _is_current(option: QStyleOptionViewItem, index: Index) -> bool:
    view = option.widget
    return isinstance(view, QAbstractItemView) and view.currentIndex() == index


def _room(option: QStyleOptionViewItem) -> int:
    view = option.widget
    return view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()


def _button_width(option: QStyleOptionViewItem, problem: Problem) -> int:
    """How wide the button of a row is; 0 where it has none, or no room for it."""
    if not problem.fixes or _room(option) < ROOMY:
        return 0
    return min(
        _room(option) * 3 // 8, BUTTON_WIDTH, QFontMetrics(font(TEXT)).horizontalAdvance(problem.fixes[0].title) + 24
    )


def _width(option: QStyleOptionViewItem, problem: Problem) -> int:
    button = _button_width(option, problem)
    return max(120, _room(option) - 2 * INSET - PICTURE - 2 * GAP - NAME_WIDTH - (button + 2 * GAP if button else 0))


def _button(option: QStyleOptionViewItem, problem: Problem) -> QRect | None:
    width = _button_width(option, problem)
    if not width:
        return None
    box = option.rect
    left = box.left() + _room(option) - INSET - NAME_WIDTH - GAP - width
    return QRect(left, box.top() + (box.height() - BUTTON) // 2, width, BUTTON)


_WRAP: Final = QTextOption()
_WRAP.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def wrapped(words: str, px: int, width: int, most: int | None) -> list[str]:
    """Break a text into lines; where more than `most` are needed, the last ends in an ellipsis."""
    lines: list[str] = []
    for paragraph in words.splitlines():
        layout = QTextLayout(paragraph, font(px))
        layout.setTextOption(_WRAP)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(paragraph[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
    if most is None or len(lines) <= most:
        return lines
    rest = " ".join(lines[most - 1 :])
    return [*lines[: most - 1], QFontMetrics(font(px)).elidedText(rest, Qt.TextElideMode.ElideRight, width)]


def _paint_lines(painter: QPainter, lines: list[str], left: int, top: int) -> None:
    painter.setFont(font(TEXT))
    painter.setPen(colour("text"))
    metrics = painter.fontMetrics()
    for line in lines:
        painter.drawText(left, top + metrics.ascent(), line)
        top += metrics.lineSpacing()


def _paint_button(painter: QPainter, box: QRect, title: str, *, over: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(colour("line"))
    painter.setBrush(colour("raised" if over else "field"))
    painter.drawRoundedRect(box.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    painter.setFont(font(TEXT))
    painter.setPen(colour("text"))
    words = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, box.width() - 20)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)


def _paint_node(painter: QPainter, box: QRect, name: str) -> None:
    painter.setFont(font(TEXT))
    painter.setPen(colour("second"))
    words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, NAME_WIDTH)
    place = QRect(box.right() - INSET - NAME_WIDTH, box.top(), NAME_WIDTH, box.height())
    painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
