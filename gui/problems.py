"""The problem list: all that is wrong with the drawing, errors first, each a way to its node. Mends nothing."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from engine.graph import Graph
from engine.report import Problem
from gui.cards import SIGNS
from gui.document import Document
from gui.selection import Selection
from gui.theme import LABEL, TEXT, colour, font, icon_pixmap

PROBLEM: Final = Qt.ItemDataRole.UserRole
NODE: Final = PROBLEM + 1
INSET, GAP, PICTURE, NAME_WIDTH, MOST_LINES = 16, 8, 16, 160, 2
WORDS: Final = {"error": "Error", "warning": "Warning"}
Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


def all_problems(document: Document) -> tuple[Problem, ...]:
    """Join what can be said at once and what the checker said: each once, errors first, as they were told."""
    found: dict[tuple[str, tuple[str, ...]], Problem] = {}
    for problem in (*document.problems_now(), *document.report.problems):
        if all(id in document.graph.nodes for id in problem.nodes):
            key = (problem.sentence, problem.nodes)
            found[key] = problem if key not in found or problem.fixes or problem.detail else found[key]
    return tuple(sorted(found.values(), key=lambda problem: problem.severity != "error"))


class ProblemRows(QAbstractListModel):
    """The problems as Qt sees them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problems: Sequence[Problem] = ()
        self._names: Sequence[str] = ()

    def show(self, problems: Sequence[Problem], graph: Graph) -> None:
        """Show problems, each with the name of the node where it shows."""
        names = [graph.nodes[problem.nodes[0]].name if problem.nodes else "" for problem in problems]
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
    return f"<p>{html.escape(problem.sentence, quote=False)}</p>{said}"


class ProblemPainter(QStyledItemDelegate):
    """Paints a sign, the sentence in two lines (all of them, and what Keras said, where it is chosen), and the node."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = sum(_height(lines, px) for lines, px, _ in _texts(index, _is_current(option, index), _width(option)))
        return QSize(0, max(height, PICTURE) + 2 * GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        box, problem = option.rect, index.data(PROBLEM)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.fillRect(box, colour("field"))
        if option.state & QStyle.StateFlag.State_Selected and option.state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(QRect(box.left(), box.top(), 2, box.height()), colour("accent"))
        picture = icon_pixmap(*SIGNS[problem.severity], PICTURE, painter.device().devicePixelRatio())
        painter.drawPixmap(box.left() + INSET, box.top() + GAP + 1, picture)
        left, top = box.left() + INSET + PICTURE + GAP, box.top() + GAP
        for lines, px, token in _texts(index, _is_current(option, index), _width(option)):
            top = _paint_lines(painter, lines, px, token, left, top)
        _paint_node(painter, box, str(index.data(NODE)))
        painter.restore()


def _is_current(option: QStyleOptionViewItem, index: Index) -> bool:
    view = option.widget
    return isinstance(view, QAbstractItemView) and view.currentIndex() == index


def _width(option: QStyleOptionViewItem) -> int:
    view = option.widget
    room = view.viewport().width() if isinstance(view, QAbstractItemView) else option.rect.width()
    return max(120, room - 2 * INSET - PICTURE - 2 * GAP - NAME_WIDTH)


def _texts(index: Index, whole: bool, width: int) -> Iterable[tuple[list[str], int, str]]:
    """The paragraphs of a row: lines, size and colour."""
    problem = index.data(PROBLEM)
    yield wrapped(problem.sentence, TEXT, width, None if whole else MOST_LINES), TEXT, "text"
    if whole and problem.detail:
        yield wrapped(f"Keras said: {problem.detail}", LABEL, width, None), LABEL, "second"


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


_WRAP: Final = QTextOption()
_WRAP.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)


def _height(lines: list[str], px: int) -> int:
    return len(lines) * QFontMetrics(font(px)).lineSpacing()


def _paint_lines(painter: QPainter, lines: list[str], px: int, token: str, left: int, top: int) -> int:
    painter.setFont(font(px))
    painter.setPen(colour(token))
    metrics = painter.fontMetrics()
    for line in lines:
        painter.drawText(left, top + metrics.ascent(), line)
        top += metrics.lineSpacing()
    return top


def _paint_node(painter: QPainter, box: QRect, name: str) -> None:
    painter.setFont(font(TEXT))
    painter.setPen(colour("second"))
    words = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, NAME_WIDTH)
    place = QRect(box.right() - INSET - NAME_WIDTH, box.top() + GAP, NAME_WIDTH, painter.fontMetrics().height())
    painter.drawText(place, Qt.AlignmentFlag.AlignRight, words)


class ProblemView(QListView):
    """The list; `gone_to` carries the row that was clicked, or taken by Enter."""

    gone_to = Signal(QModelIndex)

    def __init__(self, rows: ProblemRows) -> None:
        super().__init__()
        self.setModel(rows)
        self.setItemDelegate(ProblemPainter(self))
        self.setAccessibleName("Problems")
        self.setMouseTracking(True)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self.gone_to)
        self.selectionModel().currentChanged.connect(self._fit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.gone_to.emit(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(self.currentIndex().data(PROBLEM).sentence)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _fit(self) -> None:
        """Give the row that is chosen the height of its whole text."""
        self.scheduleDelayedItemsLayout()


class ProblemList(QWidget):
    """Lists the problems; `activated_node` carries the id of a node to go to."""

    activated_node = Signal(str)

    def __init__(self, document: Document, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self.rows = ProblemRows(self)
        self.view = ProblemView(self.rows)
        self.view.gone_to.connect(self._go)
        self.empty = QLabel("No problems")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "second")
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, GAP)
        column.addLayout(self._stack)
        document.changed.connect(lambda _changes, _initiator: self._show())
        document.report_changed.connect(lambda _report: self._show())
        document.reset.connect(self._show)
        document.catalogue_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        found = all_problems(self._document)
        chosen = self.view.currentIndex().data(PROBLEM) if self.view.currentIndex().isValid() else None
        self.rows.show(found, self._document.graph)
        if chosen in found:
            self.view.setCurrentIndex(self.rows.index(found.index(chosen), 0))
        self._stack.setCurrentWidget(self.view if found else self.empty)

    def _go(self, index: QModelIndex) -> None:
        problem = index.data(PROBLEM)
        if problem.nodes:
            self._selection.set(problem.nodes[:1], self)
            self.activated_node.emit(problem.nodes[0])
