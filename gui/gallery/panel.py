"""The gallery: every template as a card, found by words and by topic, opened with one click. Opens nothing itself."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import Shiboken

from engine.cards import cards
from engine.templates import templates
from gui.gallery.cards import CARD, GAP, SIZE, CardPainter, Cards, Shown, size_at
from gui.gallery.nothing import Nothing
from gui.gallery.scrim import Scrim
from gui.monitor.switch import Switch
from gui.theme import icon, themes

ALL: Final = "all"
#: Space left around the gallery, and the most that it takes.
AROUND, LARGEST = 40, QSize(1180, 860)
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
HINT: Final = "A click or Enter opens the small size, which trains in a minute or two; a click on a size, that one."


class CardList(QListView):
    """The cards in rows; `chosen` carries a template's name and the size that was clicked or asked for."""

    chosen = Signal(str, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards, self.painter = Cards(self), CardPainter(self)
        self.setModel(self.cards)
        self.setItemDelegate(self.painter)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setGridSize(SIZE)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(SIZE.height() // 4)
        self.setMouseTracking(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Templates")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_size)

    def go(self, row: int) -> None:
        index = self.cards.index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def take(self) -> None:
        """Open the current card at its first size."""
        shown = self.currentIndex().data(CARD)
        if isinstance(shown, Shown):
            self.chosen.emit(shown.template.name, shown.template.sizes[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        before, at = self.indexAt(self.painter.at), event.position().toPoint()
        now, self.painter.at = self.indexAt(at), at
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if now.isValid() else Qt.CursorShape.ArrowCursor)
        for index in (before, now):  # the others look as they did: all together take longer than a frame
            self.viewport().update(self.visualRect(index))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        shown = index.data(CARD)
        if event.button() is Qt.MouseButton.LeftButton and isinstance(shown, Shown):
            self.chosen.emit(shown.template.name, size_at(self.visualRect(index), shown, at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Menu:
            self._ask_size(self.visualRect(self.currentIndex()).center())
        else:
            super().keyPressEvent(event)

    def _ask_size(self, at: QPoint) -> None:
        shown = self.indexAt(at).data(CARD)
        if isinstance(shown, Shown):
            self.size_menu(shown).popup(self.viewport().mapToGlobal(at))

    def size_menu(self, shown: Shown) -> QMenu:
        """Offer the sizes of a template."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for size, words in shown.sizes().items():
            menu.addAction(f"Open {words}").triggered.connect(partial(self.chosen.emit, shown.template.name, size))
        return menu


class Gallery(QFrame):
    """A panel over the window; `chosen` carries the name of a template and a size, and it closes."""

    chosen = Signal(str, str)

    def __init__(self, window: QWidget, canvas: QWidget) -> None:
        super().__init__(window)
        self._window, self._canvas = window, canvas
        self._before: QWidget | None = None
        self.setObjectName("gallery")
        self.setAccessibleName("Gallery of templates")
        drawn = cards()
        self._all = [Shown(item, drawn[name]) for name, item in templates().items()]
        self.field = QLineEdit()
        self.field.setPlaceholderText("Search names, topics, years")
        self.field.setAccessibleName("Search the templates")
        self.field.setMaximumWidth(320)
        self._sign = self.field.addAction(icon("search", "third"), QLineEdit.ActionPosition.LeadingPosition)
        groups = dict.fromkeys(shown.template.group for shown in self._all)
        self.groups = Switch("Group", {ALL: "All", **{group: group for group in groups}})
        self.list, self.nothing, self.told = CardList(), Nothing(), QLabel(HINT)
        self._room, self._scrim = QStackedWidget(), Scrim(window)
        self._close = QToolButton()
        self._lay_out()
        self._listen()
        self._find()
        self.hide()

    def _lay_out(self) -> None:
        title = QLabel("Templates")
        title.setProperty("role", "title")
        self._close.setProperty("role", "flat")
        self._close.setToolTip("Close (Esc)")
        self._close.setAccessibleName("Close the gallery")
        self.told.setProperty("role", "third")
        self.told.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(title)
        head.addStretch(1)
        head.addWidget(self.field, 2)
        head.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 12, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.groups, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.list, self.nothing):
            self._room.addWidget(widget)
        column.addWidget(self._room, 1)
        column.addWidget(self.told)

    def _listen(self) -> None:
        self.field.textChanged.connect(self._find)
        self.groups.chosen.connect(lambda _group: self._find())
        self.list.chosen.connect(self._take)
        self.list.left.connect(self.leave)
        self.nothing.all_asked.connect(self._show_all)
        self._scrim.pressed.connect(self.leave)
        self._close.clicked.connect(self.leave)
        self.field.installEventFilter(self)
        self._window.installEventFilter(self)
        themes().changed.connect(self._tint)
        self._tint()

    def open(self, word: str = "") -> None:
        """Show the templates, those that a word finds, the cursor in the field."""
        if not self.isVisible():
            self._before = self._window.focusWidget()
        self.field.setText(word)
        self._scrim.cover()
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        self.field.selectAll()

    def leave(self) -> None:
        """Close, and give the focus back to where it was."""
        self.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._scrim.hide()
        before = self._before
        there = before is not None and Shiboken.isValid(before) and before.isVisible()
        (before if before is not None and there else self._canvas).setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def found(self) -> list[Shown]:
        """The templates that are shown."""
        words, group = self.field.text().casefold().split(), self.groups.choice
        return [
            shown for shown in self._all
            if group in (ALL, shown.template.group) and all(word in _text(shown) for word in words)
        ]  # fmt: skip

    def _find(self) -> None:
        found = self.found
        self.list.cards.show(found)
        self._room.setCurrentWidget(self.list if found else self.nothing)
        self.told.setVisible(bool(found))
        if found:
            self.list.go(0)
        else:
            self.nothing.say(self.field.text().strip(), "" if self.groups.choice == ALL else self.groups.choice)

    def _show_all(self) -> None:
        self.groups.choose(ALL)
        self.field.clear()
        self._find()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take(self, name: str, size: str) -> None:
        self.hide()
        self.chosen.emit(name, size)

    def _place(self) -> None:
        room = self._window.size()
        size = QSize(room.width() - 2 * AROUND, room.height() - 2 * AROUND).boundedTo(LARGEST)
        columns = max((size.width() - 50) // SIZE.width(), 1)
        size.setWidth(min(columns * SIZE.width() + 2 * GAP + 50, size.width()))
        self.resize(size)
        self.move((room.width() - size.width()) // 2, (room.height() - size.height()) // 2)

    def _tint(self) -> None:
        self._sign.setIcon(icon("search", "third"))
        self._close.setIcon(icon("x"))

    # -- Qt's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self.isVisible():
            self._scrim.cover()
            self._place()
            self.raise_()
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event.key())
        return False

    def focusNextPrevChild(self, ahead: bool) -> bool:
        """Keep the Tab key among what is in the gallery, in the order in which it is seen."""
        groups = [button for button in self.groups.findChildren(QToolButton) if button.isChecked()]
        stops: list[QWidget] = [self.field, *groups, self.list, self.nothing.button, self._close]
        stops = [stop for stop in stops if stop.isVisible()]
        here = self._window.focusWidget()
        at = stops.index(here) if here in stops else 0
        stops[(at + (1 if ahead else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        else:
            super().keyPressEvent(event)

    def _key(self, key: int) -> bool:
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key in _ENTER:
            self.list.take()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown):
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            return False
        return True


def _text(shown: Shown) -> str:
    """All words by which a template is found."""
    item = shown.template
    return " ".join((item.name, item.title, item.group, item.line, str(item.year), *item.tags, *item.sizes)).casefold()
