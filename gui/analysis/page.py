"""The analysis page: the drawing as a table that is searched, sorted, copied, and selects with the canvas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QStackedLayout, QVBoxLayout, QWidget

from engine.analysis import COLUMNS, FORMATS, Analysis
from gui.analysis.foot import Foot
from gui.analysis.rows import Rows
from gui.analysis.table import WORDS, Table
from gui.document import Document
from gui.editors.fields import IconButton
from gui.facts import plural
from gui.selection import Selection
from gui.theme import icon

_FLAG = QItemSelectionModel.SelectionFlag
SEARCH_WIDTH: Final = 260


class AnalysisPage(QWidget):
    """Follows the document while it is seen; `activated_node` carries the id of a layer to go to.

    `format_chosen` carries how the table is copied from now on.
    """

    activated_node = Signal(str)
    format_chosen = Signal(str)

    def __init__(self, document: Document, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._stale = True
        self._following = False
        self.format = "markdown"
        self.rows = Rows(self)
        self.table = Table(self.rows)
        self.foot = Foot(self.table)
        self.search = Search()
        self.empty = QLabel()
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        self.menu_button = IconButton("copy", "Copy the rows that are selected, or all; and sort")
        self.menu_button.clicked.connect(lambda: self.open_menu(self.menu_button.mapToGlobal(QPoint(0, 30))))
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 12, 4)
        self.search.setMaximumWidth(SEARCH_WIDTH)
        row.addWidget(self.search, 1)
        row.addStretch(1)
        row.addWidget(self.menu_button)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("role", "second")
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        below = QVBoxLayout()
        below.setContentsMargins(8, 0, 8, 0)
        below.setSpacing(0)
        below.addLayout(self._stack, 1)
        below.addWidget(self.foot)
        column.addLayout(row)
        column.addLayout(below, 1)

    def _wire(self) -> None:
        document = self._document
        document.changed.connect(lambda changes, _initiator: self._expire() if changes.network else None)
        document.report_changed.connect(lambda _report: self._expire())
        document.recipe_changed.connect(lambda _recipe, _initiator: self._expire())
        document.reset.connect(self._expire)
        document.catalogue_changed.connect(self._expire)
        self._selection.changed.connect(self._follow_selection)
        self.rows.modelReset.connect(self._show_selection)
        self.rows.modelReset.connect(self._show_sums)
        self.rows.dataChanged.connect(lambda *_: self._show_sums())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._select())
        self.table.gone_to.connect(self._go)
        self.table.copied.connect(self.copy)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(
            lambda at: self.open_menu(self.table.viewport().mapToGlobal(at))
        )  # fmt: skip
        self.search.textChanged.connect(self.rows.filter)
        self.search.left.connect(self._enter_table)

    # -- following

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _expire(self) -> None:
        """Hear that something is new; nothing is done about it while nobody looks."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Show the document as it is now."""
        if self._stale:
            self._stale = False
            document = self._document
            costs = document.costs.costs
            self.rows.show(Analysis(document.graph, document.report, costs, document.recipe))
            self._show_sums()

    def _show_sums(self) -> None:
        rows = self.rows
        shown, all_ = len(rows.ids), len(rows.analysis.ids)
        words = plural(all_, "layer") if shown == all_ else f"{shown:,} of {plural(all_, 'layer')}"
        sums = rows.sum
        cells = [column.sum(rows.analysis, sums) if column.sum is not None else "" for column in COLUMNS]
        self.table.make_room(cells)
        self.foot.show_sums(words, cells)
        self.empty.setText("No layer matches" if all_ else "No layers yet")
        self._stack.setCurrentWidget(self.table if shown else self.empty)

    # -- selecting

    def _follow_selection(self, _ids: object, initiator: object) -> None:
        if initiator is not self and self.isVisible():
            self._show_selection()

    def _show_selection(self) -> None:
        """Show what the canvas has selected; the first of it comes into view."""
        self._following = True
        found = self.rows.selection_of(self._selection.ids)
        self.table.selectionModel().select(found, _FLAG.ClearAndSelect | _FLAG.Rows)
        if not found.isEmpty():
            first = self.rows.index(min(part.top() for part in found.toList()), 0)
            self.table.selectionModel().setCurrentIndex(first, _FLAG.NoUpdate)
            self.table.scrollTo(first)
        self._following = False

    def _select(self) -> None:
        if not self._following:
            self._selection.set(self.rows.ids_of(self.table.selectionModel().selection()), self)

    def _go(self, index: QModelIndex) -> None:
        self.activated_node.emit(self.rows.ids[index.row()])

    def _enter_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.table.currentIndex().isValid() and self.rows.ids:
            self.table.setCurrentIndex(self.rows.index(0, 0))

    # -- copying and sorting

    def copy(self, format: str = "") -> None:
        """Put the rows that are selected, or all, on the clipboard, in the order in which they stand."""
        self.refresh()
        chosen = self.rows.ids_of(self.table.selectionModel().selection())
        ids = [id for id in self.rows.ids if not chosen or id in chosen]
        QGuiApplication.clipboard().setText(FORMATS[format or self.format](self.rows.analysis, ids))

    def choose_format(self, format: str) -> None:
        """Copy in this format from now on."""
        if format in FORMATS and format != self.format:
            self.format = format
            self.format_chosen.emit(format)

    def open_menu(self, at: QPoint) -> None:
        """Show the menu at a place of the screen."""
        self.make_menu().popup(at)

    def make_menu(self) -> QMenu:
        """Offer to copy, and to sort for those who have no mouse."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = len(self.rows.ids_of(self.table.selectionModel().selection()))
        what = f"Copy {plural(chosen, 'row')}" if chosen else "Copy all rows"
        for format, word in WORDS.items():
            menu.addAction(icon("copy"), f"{what} as {word}", partial(self.copy, format))
        _choices(menu.addMenu("Ctrl+C copies"), list(WORDS.values()), list(WORDS).index(self.format), self._use)
        titles = ["Drawing order", *(column.title for column in COLUMNS)]
        _choices(menu.addMenu("Sort by"), titles, 0 if self.rows.column is None else self.rows.column + 1, self._sort)
        return menu

    def _use(self, place: int) -> None:
        self.choose_format(list(WORDS)[place])

    def _sort(self, place: int) -> None:
        falling = place > 0 and COLUMNS[place - 1].figure
        self.table.sortByColumn(place - 1, Qt.SortOrder.DescendingOrder if falling else Qt.SortOrder.AscendingOrder)


def _choices(menu: QMenu, titles: Sequence[str], chosen: int, choose: Callable[[int], object]) -> None:
    """Fill a menu with titles of which one is chosen."""
    group = QActionGroup(menu)
    for place, title in enumerate(titles):
        action = QAction(title, group)
        action.setCheckable(True)
        action.setChecked(place == chosen)
        action.triggered.connect(partial(_call, choose, place))
        menu.addAction(action)


def _call(choose: Callable[[int], object], place: int, _checked: bool = False) -> None:
    choose(place)


class Search(QLineEdit):
    """Where rows are searched; Down and Enter have `left` for the table, Escape clears."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Filter by name, layer or shape")
        self.setAccessibleName("Filter the layers")
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
