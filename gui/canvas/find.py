"""The bar that finds nodes by a few words and steps through them. Knows not how words are met."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget

from gui.canvas.spoken import announce
from gui.theme import icon, themes

WIDTH: Final = 400
MARGIN: Final = 12
ASKS: Final = "Find by name, kind, value or problem"
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QFrame):
    """A slim bar at the top of its parent.

    `typed` carries the words, `stepped` 1 or -1, `all_asked` and `left` say that all are wanted, or none any more.
    """

    typed = Signal(str)
    stepped = Signal(int)
    all_asked = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setObjectName("find")
        self.setAccessibleName("Find in the drawing")
        self.field = QLineEdit()
        self.field.setPlaceholderText(ASKS)
        self.field.setAccessibleName(ASKS)
        self.field.setFrame(False)
        self.field.textChanged.connect(self.typed)
        self.field.installEventFilter(self)
        self.count = QLabel()
        self.count.setProperty("role", "third")
        self.count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.count.setFixedWidth(88)
        self.buttons: Mapping[str, QToolButton] = {
            "chevron-up": self._button("Previous (Shift+Enter)", lambda: self.stepped.emit(-1)),
            "chevron-down": self._button("Next (Enter)", lambda: self.stepped.emit(1)),
            "list-checks": self._button("Select all found (Alt+Enter)", self.all_asked.emit),
            "x": self._button("Close (Esc)", self.leave),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 3, 3, 3)
        row.setSpacing(2)
        self._sign = QLabel()
        for part in (self._sign, self.field, self.count, *self.buttons.values()):
            row.addWidget(part, int(part is self.field))
        row.insertSpacing(1, 4)
        row.insertSpacing(4, 6)
        parent.installEventFilter(self)
        themes().changed.connect(self._tint)
        self._tint()
        self.hide()

    def open(self) -> None:
        """Show the bar with its last words selected, and the cursor in it."""
        self._place()
        self.show()
        self.raise_()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Close the bar."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def tell(self, words: str, *, nothing: bool = False) -> None:
        """Say how many are found, and which of them is shown."""
        if words != self.count.text():
            self.count.setText(words)
            announce(self.field, words)
        self.count.setProperty("role", "bad" if nothing else "third")
        self.count.style().polish(self.count)
        for name in ("chevron-up", "chevron-down", "list-checks"):
            self.buttons[name].setEnabled(bool(words) and not nothing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._ground and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        if watched is self.field and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._edge(event.type() == QEvent.Type.FocusIn)
        if watched is self.field and isinstance(event, QKeyEvent) and (act := self._act(event)) is not None:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()  # else a shortcut of the window takes the key
                return True
            if event.type() == QEvent.Type.KeyPress:
                act()
                return True
        return False

    def _act(self, event: QKeyEvent) -> Callable[[], object] | None:
        """What a key does in the field, where it is no letter."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _ENTER and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            return self.all_asked.emit
        if event.key() in (*_ENTER, Qt.Key.Key_F3):
            return lambda: self.stepped.emit(-1 if back else 1)
        plain: Mapping[int, Callable[[], object]] = {
            Qt.Key.Key_Down: lambda: self.stepped.emit(1),
            Qt.Key.Key_Up: lambda: self.stepped.emit(-1),
            Qt.Key.Key_Escape: self.leave,
        }
        return plain.get(event.key())

    def _button(self, tip: str, act: Callable[[], object]) -> QToolButton:
        made = QToolButton()
        made.setProperty("role", "flat")
        made.setToolTip(tip)
        made.setAccessibleName(tip.split(" (")[0])
        made.setIconSize(QSize(16, 16))
        made.setFixedSize(28, 28)
        made.clicked.connect(lambda _checked=False: act())
        return made

    def _place(self) -> None:
        room = self._ground.width()
        self.resize(min(WIDTH, room - 2 * MARGIN), self.sizeHint().height())
        self.move(room - self.width() - MARGIN, MARGIN)

    def _tint(self) -> None:
        self._edge(self.field.hasFocus())
        self._sign.setPixmap(icon("search").pixmap(16, 16))
        for name, button in self.buttons.items():
            button.setIcon(icon(name))

    def _edge(self, focused: bool) -> None:
        """Show on the bar's own edge that what is typed goes into it."""
        theme = themes().current
        edge = theme.accent if focused else theme.line
        self.setStyleSheet(
            f"#find {{ background: {theme.panel}; border: 1px solid {edge}; border-radius: 8px; }}"
            "#find QLabel { font-size: 11px; }"
            "#find QLineEdit { background: transparent; border: none; padding: 0; }"
        )


def count_words(place: int | None, found: Sequence[str], query: str) -> str:
    """Say how many are found: `12 found`, `3 of 12`; nothing while nothing is typed."""
    if not query.strip():
        return ""
    if not found:
        return "Not found"
    return f"{len(found)} found" if place is None else f"{place + 1} of {len(found)}"
