"""The list of named steps: shows what was done, and goes back or forward to any of it. Knows no action, no bar."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QListView, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from gui.document import DEEPEST, Document
from gui.focus_left import focus_left
from gui.steps import ROW, StepPainter, Steps
from gui.theme import colour

WIDTH, MOST_ROWS, EDGE = 304, 14, 8
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEYS: Final = QKeySequence.StandardKey


class History(QFrame):
    """A panel over the window: a click goes to a state and stays, Enter goes there and closes.

    Escape and a click elsewhere close it. While it is open it has the keys; what had them before gets them back.
    """

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self._document, self._ground = document, parent
        self._button: QWidget | None = None
        self._before: QWidget | None = None
        self.setFixedWidth(WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Undo history")
        self.hide()
        self._steps = Steps(document.undo, self)
        self.list = QListView()
        self._count = QLabel()
        self._dress()
        self._lay_out()
        self.list.clicked.connect(self._go)
        document.undo.indexChanged.connect(self._follow)
        document.undo.cleanChanged.connect(self._follow)

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

    # -- opening and closing

    def open_below(self, button: QWidget) -> None:
        """Show the steps under a button, the state that is shown now chosen; close where it is open already."""
        if self.isVisible():
            self.leave()
            return
        self._button, self._before = button, QApplication.focusWidget()
        self._refresh()
        self._stand_below(button)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    def leave(self) -> None:
        """Close, and give the keys back."""
        self.hide()
        if self._before is not None and Shiboken.isValid(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Close with a press elsewhere, which goes where it was meant to."""
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            inside = watched is self or self.isAncestorOf(watched) or watched is self._button
            if not inside:
                self.hide()
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if focus_left(event, self, self._ground):
            self.hide()

    def _stand_below(self, button: QWidget) -> None:
        """Stand with the right edge under the button's, within the window."""
        ground = self._ground
        foot = button.mapTo(ground, QPoint(button.width(), button.height() + EDGE + 4))
        rows = min(self._steps.rowCount(), MOST_ROWS, max(3, (ground.height() - foot.y()) // ROW - 3))
        self.list.setFixedHeight(rows * ROW)
        self.adjustSize()
        self.move(max(foot.x() - WIDTH, EDGE), foot.y())

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
            self.leave()
        elif event.matches(_KEYS.Undo):
            undo.undo()
        elif event.matches(_KEYS.Redo):
            undo.redo()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
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
