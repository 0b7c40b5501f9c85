"""All that is known of one run: the weights that it kept, each to be used, and its facts. Knows no store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from html import escape
from pathlib import Path
from time import time
from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from engine.amounts import spelled_bytes
from engine.runs.columns import columns_of
from engine.runs.kept import Kept
from engine.runs.values import RunRow
from gui.theme import colour, icon, themes

ROW: Final = 24
#: More weights than these are scrolled through.
MOST_ROWS: Final = 8
#: What can be done with weights: the action's id, its icon, its words, what it does.
USES: Final = (
    ("run_export", "download", "Export…", "Write the network with these weights as a Keras model"),
    ("run_evaluate", "flask-conical", "Evaluate", "Measure these weights on the test set, which is counted"),
    ("run_restore", "rotate-ccw", "Restore", "Put the drawing and the recipe of the run on the canvas"),
)
NO_WEIGHTS: Final = "This run kept no weights, or they are gone."
GOING: Final = "The weights of the last epoch are kept when the run ends."
#: The columns that hold figures; where there is less room than so many pixels, the last one is left to the tooltip.
FIGURES, WIDE = (0, 2, 3), 360
_FIRST: Final = ("val_loss", "loss")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_PATH = Qt.ItemDataRole.UserRole


class Details(QScrollArea):
    """Emits `asked` with the id of an action for the weights that are chosen."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[RunRow, tuple[Kept, ...]] | None = None
        self.title, self.none, self.facts = QLabel(), QLabel(), QLabel()
        self.list = KeptList()
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self.list.menu_asked.connect(lambda at: self.make_menu().popup(at))
        self.list.itemSelectionChanged.connect(self._enable)
        themes().changed.connect(self._spell)

    def _lay_out(self) -> None:
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Details of the run")
        for label in (self.title, self.facts):
            label.setTextFormat(Qt.TextFormat.RichText)
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.facts.setAccessibleName("Facts of the run")
        for label in (self.title, self.none, self.facts):
            label.setWordWrap(True)
            label.setMinimumWidth(1)  # else a long word would make all of it wider than there is room
        self.none.setProperty("role", "second")
        row = QHBoxLayout()
        row.setSpacing(4)
        for id, _picture, words, tip in USES:
            button = self.buttons[id] = QPushButton(words)  # words alone: with icons they have no room side by side
            button.setToolTip(tip)
            button.clicked.connect(partial(self._ask, id))
            row.addWidget(button)
        row.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 4, 12, 12)
        column.setSpacing(8)
        for part in (self.title, self.none, self.list):
            column.addWidget(part)
        column.addLayout(row)
        column.addWidget(self.facts)
        column.addStretch(1)
        self.setWidget(inside)

    # -- what is shown

    def show_run(self, row: RunRow, kept: tuple[Kept, ...]) -> None:
        """Show a run and the weights that it kept; weights that stay chosen are those that were."""
        if self._shown == (row, kept):
            return
        same = self._shown is not None and self._shown[0].id == row.id
        if not same or self._shown is None or self._shown[1] != kept:
            self.list.show_kept(kept, anew=not same)
        self._shown = (row, kept)
        self.none.setText(GOING if row.state(time()) == "running" else NO_WEIGHTS)
        self.none.setVisible(not kept)
        self.list.setVisible(bool(kept))
        self._enable()
        self._spell()

    @property
    def chosen(self) -> Kept | None:
        """The weights that are chosen."""
        place = self.list.currentRow()
        kept = self._shown[1] if self._shown is not None else ()
        return kept[place] if 0 <= place < len(kept) else None

    def enter(self) -> None:
        """Give the keyboard to the weights; without any, to the first thing that can be done."""
        ways: list[QWidget] = [self.list, *self.buttons.values()]
        there = next((each for each in ways if not each.isHidden() and each.isEnabled()), self)
        there.setFocus(Qt.FocusReason.OtherFocusReason)

    def _enable(self) -> None:
        for id in ("run_export", "run_evaluate"):
            self.buttons[id].setEnabled(self.chosen is not None)

    def _spell(self) -> None:
        if self._shown is None:
            return
        row, now = self._shown[0], time()
        columns = columns_of([row])[1:]
        facts = [(column.title, column.text(row, now)) for column in columns]
        self.title.setText(f"<b>{escape(row.called)}</b>")
        self.facts.setText(_table([*facts, ("Folder", Path(row.folder).name)]))

    # -- what is done

    def _ask(self, id: str) -> None:
        self.asked.emit(id)

    def make_menu(self) -> QMenu:
        """Offer what can be done with the chosen weights."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for id, picture, words, tip in USES:
            action = menu.addAction(icon(picture), words, partial(self._ask, id))
            action.setToolTip(tip)
            action.setEnabled(self.buttons[id].isEnabled())
        return menu


class KeptList(QTableWidget):
    """Weights, a row each; `menu_asked` says where a menu is wanted: by the mouse, the menu's key or Enter."""

    menu_asked = Signal(QPoint)

    def __init__(self) -> None:
        super().__init__(0, 5)
        self.setAccessibleName("Weights that were kept")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        beside, above = self.verticalHeader(), self.horizontalHeader()
        beside.hide()
        beside.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        beside.setDefaultSectionSize(ROW)
        above.setHighlightSections(False)
        above.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        above.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_asked.emit(self.viewport().mapToGlobal(at)))

    def show_kept(self, kept: Sequence[Kept], *, anew: bool) -> None:
        """Show weights; the ones that were chosen stay so, of another run the first are."""
        item = self.item(self.currentRow(), 0)
        before = item.data(_PATH) if item is not None and not anew else None
        name = next((name for name in _FIRST if any(name in each.metrics for each in kept)), "")
        self.setRowCount(len(kept))
        self.setColumnHidden(2, not name)
        heads = ("Epoch", "Kept as", name, "Size", "Written")
        for column, words in enumerate(heads):
            head = QTableWidgetItem(words)
            head.setTextAlignment(_RIGHT if column in FIGURES else _LEFT)
            self.setHorizontalHeaderItem(column, head)
        for place, each in enumerate(kept):
            for column, words in enumerate(_cells(each, name)):
                self.setItem(place, column, _item(words, each, figure=column in FIGURES))
        paths = [str(each.path) for each in kept]
        self.setCurrentCell(paths.index(before) if before in paths else 0, 0)
        rows = min(MOST_ROWS, len(kept))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + ROW * rows + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.setColumnHidden(4, event.size().width() < WIDE)
        super().resizeEvent(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentRow() >= 0:
            corner = self.visualRect(self.model().index(self.currentRow(), 0)).bottomLeft()
            self.menu_asked.emit(self.viewport().mapToGlobal(corner))
        else:
            super().keyPressEvent(event)


def _cells(each: Kept, name: str) -> tuple[str, ...]:
    value = f"{each.metrics[name]:.4g}" if name in each.metrics else ""
    return str(each.epoch or "–"), each.kind, value, spelled_bytes(each.size), _written(each)


def _written(each: Kept) -> str:
    return datetime.fromtimestamp(min(max(each.written, 0.0), 4e9)).astimezone().strftime("%d %b %H:%M:%S")


def _item(words: str, each: Kept, *, figure: bool) -> QTableWidgetItem:
    item = QTableWidgetItem(words)
    item.setData(_PATH, str(each.path))
    item.setToolTip(f"{each.path.name}, written {_written(each)}")
    item.setTextAlignment(_RIGHT if figure else _LEFT)
    return item


def _table(facts: Iterable[tuple[str, str]]) -> str:
    second = colour("second").name()
    body = "".join(
        f'<tr><td style="color:{second}">{escape(name)}&nbsp;&nbsp;&nbsp;</td><td>{escape(_breakable(words))}</td></tr>'
        for name, words in facts
        if words
    )
    return f'<table cellspacing="0" cellpadding="1">{body}</table>'


def _breakable(words: str) -> str:
    """Let a line end within a long name of several words."""
    return words.replace("_", "_\u200b").replace("-", "-\u200b")
