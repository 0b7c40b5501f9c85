"""The palette: every layer of the catalogue to drag onto the canvas, found by search or by group. Edits nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QAction, QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from engine.catalogue import LayerSpec
from engine.fittings import GROUP
from engine.graph import BLOCK
from gui.document import Document
from gui.shelf import ENTRY, INSET, Shelf, ShelfPainter, drag_picture
from gui.theme import icon

WIDTH: Final = 216
#: Keys that leave the search for the list.
TO_LIST: Final = frozenset({Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp})
ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Palette(QWidget):
    """Search above, layers below; `chosen` carries a layer that was double clicked or taken by Enter.

    `help_asked` carries a layer whose page is wanted, `folds_changed` the titles of the groups that are folded, for
    whoever remembers them. `kept` carries a block that is wanted in the library, `forgotten` one that is not any more.
    """

    chosen = Signal(str)
    folds_changed = Signal(object)
    help_asked = Signal(str)
    kept = Signal(str)
    forgotten = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.setProperty("role", "panel")
        self.setMinimumWidth(160)
        self.shelf = Shelf(document.catalogue, self)
        self.search = SearchField()
        self.list = ShelfView(self.shelf)
        self.nothing = _nothing_found()
        self._lay_out()
        document.catalogue_changed.connect(lambda: self.shelf.use(document.catalogue))
        self.search.textChanged.connect(self._search)
        self.search.left.connect(self._enter_list)
        self.search.entered.connect(self._take_current)
        self.list.taken.connect(self.chosen)
        self.list.toggled.connect(self._toggle)
        self.list.typed.connect(self._type)
        self.list.customContextMenuRequested.connect(self._offer)

    def focus_search(self) -> None:
        """Put the cursor into the search, what stands there selected."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    @property
    def current(self) -> str:
        """The layer that the keyboard is at; empty where it is at none."""
        entry = self.list.currentIndex().data(ENTRY) if self.list.currentIndex().isValid() else None
        return entry.name if isinstance(entry, LayerSpec) else ""

    def fold(self, groups: Iterable[str]) -> None:
        """Fold these groups and no other."""
        self.shelf.fold(groups)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 600)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(4)
        above = QVBoxLayout()
        above.setContentsMargins(INSET, 0, INSET, 0)
        above.addWidget(self.search)
        column.addLayout(above)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.nothing)
        column.addLayout(self._stack, 1)

    def _search(self, text: str) -> None:
        self.shelf.search(text)
        found = bool(self.shelf.entries)
        self._stack.setCurrentWidget(self.list if found else self.nothing)
        if found and text.strip():
            self.list.go(0)
        self.list.scrollToTop()

    def _enter_list(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.list.currentIndex().isValid():
            self.list.go(0)

    def _take_current(self) -> None:
        """Take the likeliest of what was found; without a search there is nothing to take."""
        if self.search.text().strip():
            self.list.take(self.list.currentIndex())

    def _toggle(self, group: str) -> None:
        self.shelf.toggle(group)
        self.list.go(self.shelf.row_of(group))
        self.folds_changed.emit(self.shelf.folded)

    def _offer(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if index.isValid():
            self.list.go(index.row())
        self.menu().popup(self.list.viewport().mapToGlobal(at))

    def menu(self) -> QMenu:
        """Make the menu of the current row: what can be done with its layer, and with all groups."""
        menu, layer = QMenu(self), self.current
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if layer:
            menu.addAction(icon("plus"), "Add to the drawing", partial(self.chosen.emit, layer))
            for words, signal in self._more(layer):
                menu.addAction(words, partial(signal.emit, layer.removeprefix(BLOCK)))
            menu.addSeparator()
        menu.addAction("Fold all groups", partial(self._fold_all, folded=True))
        menu.addAction("Open all groups", partial(self._fold_all, folded=False))
        return menu

    def _more(self, layer: str) -> Iterator[tuple[str, SignalInstance]]:
        """What else can be done with a layer, in words: a block is kept or removed, of others there is help."""
        spec = self._document.catalogue.known(layer)
        if spec is None or not layer.startswith(BLOCK):
            yield "Help", self.help_asked
            return
        if spec.group == GROUP:
            yield "Keep in my library", self.kept
        if layer.removeprefix(BLOCK) in self._document.library.kept:
            yield "Remove from my library", self.forgotten

    def _fold_all(self, *, folded: bool) -> None:
        self.shelf.fold(self.shelf.groups if folded else ())
        self.folds_changed.emit(self.shelf.folded)

    def _type(self, text: str) -> None:
        self.focus_search()
        self.search.setText(text)


class SearchField(QLineEdit):
    """Where a layer's name is typed; arrow keys `left` for the list, Enter `entered`, Escape clears."""

    left = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Find a layer")
        self.setAccessibleName("Find a layer")
        self.setToolTip("Type a name, another word for it, or its initials: gap2d, mha")
        self._sign = self.addAction(icon("search", "third"), QLineEdit.ActionPosition.LeadingPosition)
        self._clear = QAction(icon("x"), "Clear the search", self)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._offer_clear)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in TO_LIST:
            self.left.emit()
        elif key in ENTER:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._sign.setIcon(icon("search", "third"))
            self._clear.setIcon(icon("x"))
        super().changeEvent(event)

    def _offer_clear(self, text: str) -> None:
        if bool(text) is (self._clear not in self.actions()):
            if text:
                self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
            else:
                self.removeAction(self._clear)


class ShelfView(QListView):
    """The list: `taken` carries a layer, `toggled` a group, `typed` a letter that was meant for the search."""

    taken = Signal(str)
    toggled = Signal(str)
    typed = Signal(str)

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self.setItemDelegate(ShelfPainter(shelf, self))
        self.setAccessibleName("Layers")
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(16)
        self.setModel(shelf)  # last, so that its rows are laid out once
        self.doubleClicked.connect(self.take)
        self.clicked.connect(self._clicked)

    def go(self, row: int) -> None:
        """Make a row current, and seen."""
        index = self.model().index(row, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def take(self, index: QModelIndex) -> None:
        """Say that a layer was chosen; a group folds or opens."""
        entry = index.data(ENTRY) if index.isValid() else None
        if isinstance(entry, LayerSpec):
            self.taken.emit(entry.name)

    def _clicked(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY)
        if isinstance(entry, str):
            self.toggled.emit(entry)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.currentIndex().data(ENTRY) if self.currentIndex().isValid() else None
        if event.key() in ENTER:
            if isinstance(entry, str):
                self.toggled.emit(entry)
            else:
                self.take(self.currentIndex())
        elif isinstance(entry, str) and self._folds(event, entry):
            self.toggled.emit(entry)
        elif event.text().isalnum() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def _folds(self, event: QKeyEvent, group: str) -> bool:
        """Whether a key folds an open group or opens a folded one."""
        shelf = self.model()
        folded = isinstance(shelf, Shelf) and group in shelf.folded
        return event.key() == (Qt.Key.Key_Right if folded else Qt.Key.Key_Left)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click on a group is a click like the first: it folds it back."""
        index = self.indexAt(event.position().toPoint())
        if isinstance(index.data(ENTRY), str):
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)

    def startDrag(self, actions: Qt.DropAction) -> None:
        index = self.currentIndex()
        entry = index.data(ENTRY)
        if not isinstance(entry, LayerSpec):
            return
        drag = QDrag(self)
        drag.setMimeData(self.model().mimeData([index]))
        drag.setPixmap(drag_picture(entry, self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(84, 17))
        drag.exec(Qt.DropAction.CopyAction)


def _nothing_found() -> QLabel:
    label = QLabel("No layer is called so.\n\nTry another word for it, what it does, or its initials: gap2d, mha.")
    label.setWordWrap(True)
    label.setProperty("role", "second")
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    label.setContentsMargins(INSET + 4, 12, INSET, 0)
    return label
