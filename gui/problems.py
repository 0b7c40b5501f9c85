"""The problem list: all that is wrong with drawing and recipe, errors first, each with its mends. Looks for none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QStackedLayout, QVBoxLayout, QWidget

from engine import entering
from engine.report import Fix, Problem
from engine.unfold import spelled
from gui.cards import ProblemCard
from gui.document import Document
from gui.problem_rows import GAP, INSET, PROBLEM, ProblemPainter, ProblemRows
from gui.selection import Selection


class OpenRow(QWidget):
    """A problem in full, in the place of its row: the whole sentence, every mend, what Keras said."""

    resized = Signal()

    def __init__(self, problem: Problem, *, fixable: bool) -> None:
        super().__init__()
        self.card = ProblemCard(problem, fixable=fixable)
        column = QVBoxLayout(self)
        column.setContentsMargins(INSET, GAP, INSET, GAP)
        column.addWidget(self.card)
        column.addStretch(1)

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.Resize):
            self.resized.emit()
        return done


class ProblemView(QListView):
    """The list; `gone_to` carries the row that was clicked, or taken by Enter, `mended` the fix that was chosen."""

    gone_to = Signal(QModelIndex)
    mended = Signal(object)

    def __init__(self, rows: ProblemRows, document: Document) -> None:
        super().__init__()
        self._document = document
        self._opened: OpenRow | None = None
        self._pressed = self._mending = False
        self.painter = ProblemPainter(self)
        self.setModel(rows)
        self.setItemDelegate(self.painter)
        self.setAccessibleName("Problems")
        self.setMouseTracking(True)
        self.setWordWrap(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.painter.pressed.connect(self._press)
        self.clicked.connect(self._go)
        self.selectionModel().currentChanged.connect(lambda *_: None if self._pressed else self.open_current())
        rows.modelReset.connect(self.open_current)

    @property
    def opened(self) -> OpenRow | None:
        """The row that is open."""
        return self._opened

    def open_current(self) -> None:
        """Show the chosen problem in full; the one before as a row again."""
        if self._opened is not None:
            self._opened.hide()
            self._opened.deleteLater()
            self._opened = None
        self.painter.open = 0
        index = self.currentIndex()
        if index.isValid():
            self._opened = OpenRow(index.data(PROBLEM), fixable=self._document.mendable)
            self._opened.card.fixed.connect(self.mended)
            self._opened.resized.connect(self._fit)
            self.setIndexWidget(index, self._opened)
            self._fit()
        self.scheduleDelayedItemsLayout()

    def _press(self, problem: Problem) -> None:
        self._mending = True
        self.mended.emit(problem.fixes[0])

    def _go(self, index: QModelIndex) -> None:
        """Say that a row was clicked, but for its button."""
        if not self._mending:
            self.gone_to.emit(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the rows where they are until the button is let go: what opens moves those below."""
        self._pressed, self._mending = True, False
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._pressed = False
        self.open_current()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.gone_to.emit(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(self.currentIndex().data(PROBLEM).sentence)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self.scheduleDelayedItemsLayout()

    def _fit(self) -> None:
        """Give the open row the height of all that it shows."""
        layout = None if self._opened is None else self._opened.layout()
        if layout is not None:
            height = layout.totalHeightForWidth(self.viewport().width())
            height = height if height > 0 else layout.totalSizeHint().height()  # nothing in it is shown yet
            if height != self.painter.open:
                self.painter.open = height
                self.scheduleDelayedItemsLayout()


class ProblemList(QWidget):
    """Lists the problems of the whole project; going to one leads into the block that it stands in.

    `activated_node` carries the id of a node to go to, `field_asked` a field of the recipe.
    """

    activated_node = Signal(str)
    field_asked = Signal(str)

    def __init__(self, document: Document, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self.rows = ProblemRows(self)
        self.view = ProblemView(self.rows, document)
        self.view.gone_to.connect(self._go)
        self.view.mended.connect(self._mend)
        self.empty = QLabel("No problems")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "second")
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP, 0, GAP)
        column.addLayout(self._stack)
        #: Where nobody looks, what is wrong is told a turn after the edit that brought it.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._show)
        document.changed.connect(lambda _changes, _initiator: self._follow())
        document.report_changed.connect(lambda _report: self._follow())
        for turn in (document.reset, document.turned, document.catalogue_changed):
            turn.connect(self._follow)
        self._show()

    def meant(self) -> Problem | None:
        """The problem to mend: the chosen one, one of the selected layers, else the first that can be."""
        found = [problem for problem in self._document.problems_everywhere() if problem.fixes]
        chosen = self._chosen() if self.view.hasFocus() or self.view.isAncestorOf(self.focusWidget() or self) else None
        here = [
            problem for problem in found if set(map(self._document.seen_as, problem.nodes[:1])) & self._selection.ids
        ]
        return next(iter([*(each for each in found if each == chosen), *here, *found]), None)

    def _chosen(self) -> Problem | None:
        index = self.view.currentIndex()
        problem = index.data(PROBLEM) if index.isValid() else None
        return problem if isinstance(problem, Problem) else None

    def _follow(self) -> None:
        if self.isVisible():
            self._show()
        else:
            self._soon.start(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._soon.isActive():
            self._show()

    def _show(self) -> None:
        self._soon.stop()
        found, chosen = self._document.problems_everywhere(), self._chosen()
        self.rows.show(found, lambda node: spelled(node, self._document.root))
        place = next((place for place, each in enumerate(found) if chosen and _is_same(each, chosen)), None)
        if place is not None:
            self.view.setCurrentIndex(self.rows.index(place, 0))
        self._stack.setCurrentWidget(self.view if found else self.empty)

    def _mend(self, fix: Fix) -> None:
        if self._document.mendable:
            self._document.mend(fix, self)

    def _go(self, index: QModelIndex) -> None:
        problem = index.data(PROBLEM)
        if problem.nodes:
            steps, id = entering.way(self._document.root, problem.nodes[0])
            self._document.see(steps)
            self._selection.set([id], self)
            self.activated_node.emit(id)
        elif problem.parameter:
            self.field_asked.emit(problem.parameter)


def _is_same(problem: Problem, other: Problem) -> bool:
    """Whether two say the same, whether or not their mends are known yet."""
    return (problem.sentence, problem.nodes) == (other.sentence, other.nodes)
