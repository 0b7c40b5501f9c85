"""The list of named steps: shows what was done, and goes back or forward to any of it. Knows no action, no bar."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget

from gui.document import DEEPEST, Document
from gui.steps import ROW, StepPainter, Steps
from gui.theme import colour

WIDTH, MOST_ROWS, EDGE = 304, 14, 8
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS: Final = QKeySequence.StandardKey


class History(QFrame):
    """A panel over the window: a click goes to a state and stays, Enter goes there and closes, Escape closes."""

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._document = document
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName("Undo history")
        self._steps = Steps(document.undo, self)
        self.list = QListView()
        self._count = QLabel()
        self._dress()
        self._lay_out()
        self.list.clicked.connect(self._go)
        document.undo.indexChanged.connect(lambda _index: self._follow())
        document.undo.cleanChanged.connect(lambda _clean: self._follow())

    def _dress(self) -> None:
        self.list.setModel(self._steps)
        self.list.setItemDelegate(StepPainter(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setAccessibleName("Steps, the newest last")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the panel hears the keys, and gives the list those it needs

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(EDGE + 4, 4, EDGE + 4, 4)
        title = QLabel("HISTORY")
        title.setProperty("role", "label")
        self._count.setProperty("role", "third")
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.list)

    def open_below(self, button: QWidget) -> None:
        """Show the steps under a button, at its right edge, the state that is shown now chosen."""
        rows = min(self._steps.rowCount(), MOST_ROWS)
        self.list.setFixedHeight(rows * ROW)
        self.setFixedWidth(WIDTH)
        self.adjustSize()
        self._refresh()
        foot = button.mapToGlobal(QPoint(button.width(), button.height() + EDGE))
        left = max(foot.x() - WIDTH, button.window().mapToGlobal(QPoint(EDGE, 0)).x())
        self.move(left, foot.y())
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    # -- what is shown

    def _follow(self) -> None:
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        undo = self._document.undo
        self._steps.refresh()
        self._count.setText(words(undo.index(), undo.count()))
        self.list.setCurrentIndex(self._steps.index(undo.index(), 0))
        self.list.scrollTo(self.list.currentIndex())

    # -- going there

    def _go(self, index: QModelIndex) -> None:
        self._document.go_to(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        undo = self._document.undo
        if event.key() in _ENTER:
            self._go(self.list.currentIndex())
            self.hide()
        elif event.matches(_KEYS.Undo):
            undo.undo()
        elif event.matches(_KEYS.Redo):
            undo.redo()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            self.list.keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour("line"), 1))
        painter.setBrush(colour("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), EDGE, EDGE)


def words(done: int, count: int) -> str:
    """Tell how many steps are done and undone."""
    if not count:
        return "Nothing done yet"
    kept = f"the last {count:,} steps" if count == DEEPEST else f"{count:,} step{'s' if count != 1 else ''}"
    return kept if done == count else f"{kept}, {count - done:,} undone"
