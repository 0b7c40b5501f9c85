"""The panel of help: a page to read, the list of all pages to search, the way back. Opens the web only on a click."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from engine.catalogue import Catalogue, LayerSpec
from engine.help import page_of
from gui.editors.fields import IconButton
from gui.help.marked import PAGE
from gui.help.reader import Reader
from gui.palette import SearchField, ShelfView
from gui.shelf import ENTRY, Shelf
from gui.theme import themes

WIDTH: Final = 380
#: Keys that go back, with Alt or without, where nothing is being typed.
_BACK: Final = (Qt.Key.Key_Left, Qt.Key.Key_Back)


class HelpPanel(QWidget):
    """Shows one page at a time; `left` says that the keyboard is wanted elsewhere, `add_asked` carries a layer."""

    left = Signal()
    add_asked = Signal(str)

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._visited: list[str] = []
        #: The layer whose page is shown; empty while the list is.
        self.shown = ""
        self.setProperty("role", "panel")
        self.setMinimumWidth(280)
        self.setAccessibleName("Help")
        self.shelf = Shelf(catalogue, self)
        self.list = ShelfView(self.shelf)
        self.list.setAccessibleName("Pages of help")
        self.search = SearchField()
        self.search.setPlaceholderText("Find a page")
        self.search.setAccessibleName("Find a page of help")
        self.reader = Reader()
        self.back = IconButton("arrow-left", "Back (Alt+Left)", 16, 28)
        self.all = IconButton("list", "All pages", 16, 28)
        self.add = IconButton("plus", "Add this layer to the drawing", 16, 28)
        self.close_ = IconButton("x", "Close the help (Esc)", 16, 28)
        self._lay_out()
        self._wire()
        self.show_list()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 600)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 12, 8, 8)
        row.setSpacing(4)
        for widget in (self.back, self.all, self.search, self.add, self.close_):
            row.addWidget(widget, int(widget is self.search))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.reader)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self._stack, 1)

    def _wire(self) -> None:
        self.back.clicked.connect(self.go_back)
        self.all.clicked.connect(self.show_list)
        self.add.clicked.connect(lambda: self.add_asked.emit(self.shown))
        self.close_.clicked.connect(self.left)
        self.search.textChanged.connect(self._find)
        self.search.left.connect(lambda: self.list.setFocus(Qt.FocusReason.OtherFocusReason))
        self.search.entered.connect(lambda: self._take(self.list.currentIndex()))
        self.list.taken.connect(self.open)
        self.list.clicked.connect(self._take)
        self.list.toggled.connect(self._toggle)
        self.list.typed.connect(self._type)
        self.reader.anchorClicked.connect(self.follow)
        themes().changed.connect(self._spell)

    # -- pages

    def open(self, layer: str) -> None:
        """Show the page of a layer, and remember the one before."""
        if layer != self.shown and self.shown:
            self._visited.append(self.shown)
        self._show(layer)

    def go_back(self) -> None:
        """Show the page seen before; from the first one, the list."""
        if self._visited:
            self._show(self._visited.pop())
        else:
            self.show_list()

    def use(self, catalogue: Catalogue) -> None:
        """Tell of the layers of another catalogue; a page of one that is gone makes room for the list."""
        self._catalogue = catalogue
        self.shelf.use(catalogue)
        self._visited = [layer for layer in self._visited if layer in catalogue.layers]
        if self.shown not in catalogue.layers:
            self.shown = ""
            self.show_list()

    def show_list(self) -> None:
        """Show the list of all pages; back leads to the page that was shown."""
        if self.shown:
            self._visited.append(self.shown)
        self.shown = ""
        self.search.clear()
        self._stack.setCurrentWidget(self.list)
        self._enable()

    def _show(self, layer: str) -> None:
        self.shown = layer
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.shelf.search("")
        self._spell()
        self._stack.setCurrentWidget(self.reader)
        self._enable()

    def _spell(self, _theme: object = None) -> None:
        if self.shown:
            self.reader.show_page(self._catalogue, page_of(self._catalogue.layer(self.shown)))

    def _enable(self) -> None:
        self.back.setEnabled(bool(self._visited) or bool(self.shown))
        self.add.setVisible(bool(self.shown))
        self.all.setEnabled(bool(self.shown))

    def follow(self, address: QUrl) -> None:
        """Go to another page, or to the web; anything else is passed over."""
        from gui.canvas.notetext import web_address  # with the first click: notes are not shown before

        target = address.toString()
        if target.startswith("#"):
            self.reader.scrollToAnchor(target[1:])
            return
        if target.startswith(PAGE) and target.removeprefix(PAGE) in self._catalogue.layers:
            self.open(target.removeprefix(PAGE))
        elif web_address(target):
            QDesktopServices.openUrl(QUrl(web_address(target)))

    def enter(self) -> None:
        """Take the keyboard: the page to be read, else the search."""
        (self.reader if self.shown else self.search).setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- the list

    def _find(self, words: str) -> None:
        self.shelf.search(words)
        if words.strip():
            self._stack.setCurrentWidget(self.list)
            self.list.go(0)
        elif self.shown:
            self._stack.setCurrentWidget(self.reader)

    def _take(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY) if index.isValid() else None
        if isinstance(entry, LayerSpec):
            self.open(entry.name)
            self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def _toggle(self, group: str) -> None:
        self.shelf.toggle(group)
        self.list.go(self.shelf.row_of(group))

    def _type(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(text)

    # -- Qt's own

    def event(self, event: QEvent) -> bool:
        """Keep Alt and Left for this panel while it has the keyboard; the window's action is for the canvas."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _goes_back(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif _goes_back(event) or event.key() == Qt.Key.Key_Backspace:
            self.go_back()
        else:
            super().keyPressEvent(event)


def _goes_back(event: QKeyEvent) -> bool:
    return event.key() in _BACK and bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
