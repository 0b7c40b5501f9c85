"""A small box of colours to choose from, by mouse or by keys. Knows no drawing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QWidget

from engine.graph import COLOURS
from gui.canvas.within import within
from gui.focus_left import focus_left
from gui.theme import icon

_COLUMNS: Final = 5
_SIDE: Final = 28
_STEPS: Final = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS,
    Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1,
}  # fmt: skip
_TAKES: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Swatches(QFrame):
    """Asks for a colour inside of its parent; `chosen` carries its name, empty for none, `left` says that it closed."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setObjectName("swatches")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Colour")
        self.buttons: dict[str, QToolButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(4)
        for place, name in enumerate(COLOURS):
            self.buttons[name] = self._button(name)
            grid.addWidget(self.buttons[name], *divmod(place, _COLUMNS))
        self.hide()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setFixedSize(_SIDE, _SIDE)
        button.setIconSize(QSize(16, 16))
        button.setCheckable(True)
        words = (name or "no colour").capitalize()
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.installEventFilter(self)
        button.clicked.connect(lambda _checked=False: self._take(name))
        return button

    def open(self, at: QPoint, now: str) -> None:
        """Show the colours near a place of the parent, the one that is in use marked."""
        for name, button in self.buttons.items():
            button.setIcon(icon(f"swatch {name or 'none'}"))
            button.setChecked(name == now)
        self.adjustSize()
        self.setGeometry(within(QRect(at, self.size()), self._ground))
        self.show()
        self.raise_()
        self.buttons[now].setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close without a choice."""
        if self.isVisible():
            self.hide()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if focus_left(event, self, self._ground):
            self.leave()
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        names = list(self.buttons)
        return self._key(
            Qt.Key(event.key()), next(at for at, name in enumerate(names) if self.buttons[name] is watched)
        )

    def _key(self, key: Qt.Key, at: int) -> bool:
        """Take every key, so that none of them goes on to the canvas."""
        names = list(self.buttons)
        if key in _STEPS:
            self.buttons[names[(at + _STEPS[key]) % len(names)]].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in _TAKES:
            self._take(names[at])
        elif key == Qt.Key.Key_Escape:
            self.leave()
        return True

    def _take(self, name: str) -> None:
        self.leave()
        self.chosen.emit(name)
