"""The page of runs: a table that is searched, sorted and written in, and beside it what the chosen ones did."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from time import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QMenu, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from engine.runs import jobs
from engine.runs.values import RunRow
from gui.editors.fields import IconButton
from gui.facts import plural
from gui.monitor.empty import Empty
from gui.runs.keeper import Keeper
from gui.runs.pane import WIDE, Pane
from gui.runs.rows import SCOPES, Rows
from gui.runs.table import Table, tint
from gui.theme import icon, themes

if TYPE_CHECKING:
    from engine.runs.store import Store

#: What the table's buttons and menu do: the action's id, its icon, its words, and whether it needs a run.
DONE: Final = (
    ("run_restore", "rotate-ccw", "Restore the drawing and recipe (Enter)"),
    ("run_compare", "scan-eye", "Compare its drawing with the one on the canvas"),
    ("run_overlay", "layers", "Lay over the curves (O)"),
    ("run_export", "download", "Export its model…"),
    ("run_evaluate", "flask-conical", "Evaluate its weights on the test set"),
    ("run_report", "file", "Write a report (HTML)"),
    ("run_events", "chart-line", "Write files for TensorBoard"),
    ("run_folder", "folder-open", "Open the run's folder"),
    ("run_archive", "box", "Archive, or take out of the archive"),
    ("run_delete", "trash-2", "Delete, or put back (Del)"),
)
_BUTTONS: Final = ("run_overlay", "run_restore", "run_compare", "run_report", "run_archive", "run_delete")
#: Rows change at most this often while a run goes.
REFRESH_MS: Final = 250
NO_RUNS: Final = ("No run yet", "Every run is kept here: what was trained, on what, how it went. Press Train.")
READING: Final = ("Reading the runs", "")
NO_MATCH: Final = ("No run matches", "Search words in title, tags, note, recipe; or compare: val_loss<0.3")
NOTHING_HERE: Final = {"archived": "No run is archived", "deleted": "No run was deleted within 30 days"}


class RunsPage(QWidget):
    """Follows the store while it is seen; `asked` carries the id of an action for the chosen runs."""

    asked = Signal(str)
    refused = Signal(str)
    said = Signal(str)

    def __init__(self, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keeper = keeper
        self._stale: set[str] | None = None
        self._since: set[str] = set()
        self._awake = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(REFRESH_MS)
        self._pause.timeout.connect(self.refresh)
        self.rows = Rows(self)
        self.table = Table(self.rows)
        self.pane = Pane(self.rows, lambda: keeper.store)
        self.search, self.scope = Search(), QComboBox()
        self.empty = Empty("history")
        self.buttons: dict[str, IconButton] = {}
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        for scope, title in SCOPES.items():
            self.scope.addItem(title, scope)
        self.scope.setAccessibleName("Which runs")
        bar = QHBoxLayout()
        bar.setContentsMargins(16, 8, 12, 4)
        bar.setSpacing(4)
        bar.addWidget(self.search, 1)
        bar.addWidget(self.scope)
        for id, picture, words in DONE:
            if id in _BUTTONS:
                self.buttons[id] = IconButton(picture, words)
                self.buttons[id].clicked.connect(partial(self._ask, id))
                bar.addWidget(self.buttons[id])
        self.columns_button = IconButton("table", "Choose the columns")
        self.columns_button.clicked.connect(
            lambda: self.table.columns_menu().popup(self.columns_button.mapToGlobal(QPoint(0, 28)))
        )
        bar.addWidget(self.columns_button)
        left = QWidget()
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addLayout(self._stack, 1)
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.pane)
        split.setStretchFactor(0, 1)
        split.setSizes([2 * WIDE, WIDE])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(split)

    def _wire(self) -> None:
        self._keeper.woken.connect(self._read_all)
        self._keeper.kept.connect(self._expire)
        self.search.textChanged.connect(self.rows.filter)
        self.search.left.connect(self.enter_table)
        self.scope.currentIndexChanged.connect(lambda _at: self.rows.choose_scope(self.scope.currentData()))
        self.rows.modelReset.connect(self._show_state)
        self.rows.written.connect(self._write)
        self.table.chosen.connect(self._choose)
        self.table.menu_asked.connect(lambda at: self.make_menu().popup(at))
        self.table.removed.connect(partial(self._ask, "run_delete"))
        self.table.restored.connect(partial(self._ask, "run_restore"))
        self.table.laid.connect(partial(self._ask, "run_overlay"))
        self.pane.show_apart.clicked.connect(partial(self._ask, "run_apart"))
        self.pane.details.asked.connect(self._ask)
        self.pane.parallel.pressed.connect(lambda run: self.table.select([run]))
        themes().changed.connect(self._choose)
        self._show_state()

    # -- following the store

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._keeper.wake()
        if self._keeper.awake:
            self._read_all()  # another window may have trained meanwhile

    def _read_all(self) -> None:
        self._stale, self._since = None, set()
        self._keeper.aside(_all_rows, self._take_all)

    def _take_all(self, rows: list[RunRow]) -> None:
        self._awake = True
        known = {row.id for row in rows}
        self.rows.take(rows, gone=[row.id for row in self.rows.all if row.id not in known])
        self._show_state()
        self._stale = (self._stale or set()) | self._since  # what was read may be from before that
        self.refresh()

    def _expire(self, ids: frozenset[str]) -> None:
        """Hear that something is new; nothing is done about it while nobody looks."""
        self._stale = (self._stale or set()) | ids
        self._since |= ids
        if self.isVisible() and not self._pause.isActive():
            self._pause.start()

    def refresh(self) -> None:
        """Show what is new."""
        if self._stale and self._awake and self.isVisible():
            ids, self._stale = self._stale, None
            found = self._keeper.store.rows(ids)
            self.rows.take(found, gone=ids - {row.id for row in found})
            if ids & {row.id for row in self.chosen}:
                self._choose()

    def _show_state(self) -> None:
        shown, some = bool(self.rows.shown), bool(self.rows.all)
        title, hint = NO_RUNS
        if not self._awake:
            title, hint = READING
        elif self.rows.query and some:
            title, hint = NO_MATCH
        elif self.rows.scope in NOTHING_HERE:
            title, hint = NOTHING_HERE[self.rows.scope], ""
        self.empty.say(title, hint)
        self._stack.setCurrentWidget(self.table if shown else self.empty)
        self._choose()

    # -- what is chosen

    @property
    def chosen(self) -> list[RunRow]:
        return self.table.selected

    def _choose(self) -> None:
        chosen = self.chosen
        tints = {row.id: tint(place) for place, row in enumerate(chosen)}
        self.table.show_tints(tints)
        for button in self.buttons.values():
            button.setEnabled(bool(chosen))
        if self._awake:
            self.pane.show_runs(chosen, tints)

    def enter_table(self) -> None:
        """Give the keyboard to the table, the first run chosen where none is."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.chosen and self.rows.shown:
            self.table.selectRow(0)

    def _ask(self, id: str) -> None:
        self.asked.emit(id)

    def make_menu(self) -> QMenu:
        """Offer what can be done to the chosen runs."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id, picture, words in DONE:
            action = menu.addAction(icon(picture), words, partial(self._ask, id))
            action.setEnabled(bool(self.chosen))
        return menu

    # -- what is written

    def _write(self, run: str, column: str, words: str) -> None:
        tags = [tag.strip() for tag in words.split(",")]
        self._keeper.do(jobs.tag(run, tags) if column == "tags" else jobs.tell(run, {column: words}))

    def archive(self) -> None:
        """Archive the chosen runs; those of the archive come back."""
        chosen = self.chosen
        self._set(chosen, archived=not chosen[0].archived)
        self.said.emit(f"{plural(len(chosen), 'run')} {'out of the archive' if chosen[0].archived else 'archived'}.")

    def delete(self) -> list[RunRow]:
        """Delete the chosen runs, or put deleted ones back; return those that were deleted."""
        chosen = self.chosen
        back = bool(chosen[0].deleted)
        self._set(chosen, deleted=0.0 if back else time())
        return [] if back else chosen

    def put_back(self, rows: Sequence[RunRow]) -> None:
        self._set(rows, deleted=0.0)

    def _set(self, rows: Sequence[RunRow], **told: float | bool) -> None:
        for row in rows:
            self._keeper.do(jobs.tell(row.id, {name: float(value) for name, value in told.items()}))

    def open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self.chosen[0].folder))


def _all_rows(store: Store) -> list[RunRow]:
    """Read all runs, recipes too: a thousand take a tenth of a second, in which a window would stand still."""
    rows = store.rows()
    for row in rows:
        _ = row.recipe
    return rows


class Search(QLineEdit):
    """Where runs are searched; Down and Enter have `left` for the table, Escape clears."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Filter: words, or val_loss<0.3")
        self.setAccessibleName("Filter the runs")
        self.setMaximumWidth(260)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
