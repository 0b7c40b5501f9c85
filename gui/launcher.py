"""The command palette: a few letters, what they may mean, Enter does it. Knows not what an entry does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import Shiboken

from gui.entries import Entry
from gui.focus_left import focus_left
from gui.fuzzy import rank
from gui.launcher_rows import ENTRY, ROW, RowPainter, Rows
from gui.theme import icon, themes

WIDTH, ROWS, TOP = 620, 11, 56
#: Keys that move in the list while the cursor stays in the field.
_MOVES: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
#: What the use of an entry that is passing counts for: less than that of one never used.
_BEHIND: Final = -0.2
_HINT: Final = "↑ ↓ to choose, Enter to do it, Esc to leave"


def _nothing(_text: str) -> Sequence[Entry]:
    return ()


class Launcher(QFrame):
    """A panel over the window; `chosen` carries the id of an entry when it is done, unless it is passing."""

    chosen = Signal(str)

    def __init__(self, window: QWidget, canvas: QWidget) -> None:
        super().__init__(window)
        self._window, self._canvas = window, canvas
        self._before: QWidget | None = None
        self._all: Sequence[Entry] = ()
        self._uses: Mapping[str, float] = {}
        self._more: Callable[[str], Sequence[Entry]] = _nothing
        self.setObjectName("launcher")
        self.setAccessibleName("Command palette")
        self.field = QLineEdit()
        self.field.setPlaceholderText("Search actions, layers, files, names in the drawing")
        self.field.setAccessibleName("Search actions, layers, files and names in the drawing")
        self._sign = self.field.addAction(icon("search", "third"), QLineEdit.ActionPosition.LeadingPosition)
        self.rows = Rows(self)
        self.list = QListView()
        self.told = QLabel()
        self._lay_out()
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self.take(index.data(ENTRY)))
        self.list.selectionModel().currentChanged.connect(lambda index, _old: self._tell(index.data(ENTRY)))
        self.hide()

    def _lay_out(self) -> None:
        self.list.setModel(self.rows)
        self.list.setItemDelegate(RowPainter(self.list))
        self.list.setAccessibleName("Found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.told.setProperty("role", "third")
        self.told.setMinimumWidth(1)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setContentsMargins(4, 0, 4, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for part in (self.field, self.list, self.told):
            column.addWidget(part)

    def open(
        self,
        entries: Sequence[Entry],
        uses: Mapping[str, float],
        more: Callable[[str], Sequence[Entry]] = _nothing,
    ) -> None:
        """Show these entries, those used most first, the cursor in the empty field.

        `more` has others, by what is typed.
        """
        if not self.isVisible():
            self._before = self._window.focusWidget()
        self._all, self._uses, self._more = entries, uses, more
        self._sign.setIcon(icon("search", "third"))
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._find("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _place(self) -> None:
        room = self._window.width()
        width = min(WIDTH, room - 32)
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.setGeometry((room - width) // 2, TOP, width, self.sizeHint().height())

    def leave(self) -> None:
        """Close, and give the focus back to where it was."""
        if self.isVisible():
            self.hide()
            self._focus(self._before)

    def take(self, entry: object) -> None:
        """Do an entry, the canvas in focus where it is done there; one that cannot be done stays and says why."""
        if not isinstance(entry, Entry):
            return
        if entry.why:
            self._tell(entry)
            return
        self.hide()
        self._focus(self._canvas if entry.canvas else self._before)
        if not entry.passing:
            self.chosen.emit(entry.id)
        entry.run()

    def _focus(self, widget: QWidget | None) -> None:
        """Focus a widget that may be gone or hidden by now; the canvas then."""
        there = widget is not None and Shiboken.isValid(widget) and widget.isVisible()
        (widget if widget is not None and there else self._canvas).setFocus(Qt.FocusReason.PopupFocusReason)

    # -- finding

    def _find(self, text: str) -> None:
        found = rank(text, [*self._all, *self._more(text)], self._use)
        self.rows.show(found if text.strip() else sorted(found, key=lambda entry: bool(entry.category)))
        self.list.setFixedHeight(min(len(found), ROWS) * ROW)
        self.list.setVisible(bool(found))
        self._place()
        self._go(0)
        if not found:
            self.told.setText("Nothing is called that. Try another word, or fewer letters.")

    def _use(self, entry: Entry) -> float:
        return _BEHIND if entry.passing else self._uses.get(entry.id, 0)

    def _go(self, row: int) -> None:
        index = self.rows.index(min(max(row, 0), self.rows.rowCount() - 1), 0)
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _step(self, by: int) -> None:
        self._go(self.list.currentIndex().row() + by)

    def _tell(self, entry: object) -> None:
        words = (entry.why or entry.summary or _HINT) if isinstance(entry, Entry) else _HINT
        tint = f"color: {themes().current.warning};" if isinstance(entry, Entry) and entry.why else ""
        if tint != self.told.styleSheet():
            self.told.setStyleSheet(tint)
        self.told.setText(self.told.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, WIDTH - 40))

    # -- Qt's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if focus_left(event, self, self._window):
            self.hide()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        acts: Mapping[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Escape: self.leave,
            **dict.fromkeys(_ENTER, lambda: self.take(self.list.currentIndex().data(ENTRY))),
            **{move: partial(self._step, by) for move, by in _MOVES.items()},
        }
        if key in acts:
            acts[key]()
        return key in acts or key == Qt.Key.Key_Tab
