"""A small window of colours to choose from, by mouse or by keys. Knows no drawing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QWidget

from engine.graph import COLOURS
from gui.theme import icon

_COLUMNS: Final = 5
_SIDE: Final = 28
_STEPS: Final = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_COLUMNS, Qt.Key.Key_Down: _COLUMNS,
}  # fmt: skip
_TAKES: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Swatches(QFrame):
    """Asks for a colour; `chosen` carries its name, empty for none. Esc, or a press elsewhere, chooses nothing."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("swatches")
        self.setAccessibleName("Colour")
        self.buttons: dict[str, QToolButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(4)
        for place, name in enumerate(COLOURS):
            self.buttons[name] = self._button(name)
            grid.addWidget(self.buttons[name], *divmod(place, _COLUMNS))

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setFixedSize(_SIDE, _SIDE)
        button.setIconSize(QSize(16, 16))
        button.setCheckable(True)
        button.setAutoRaise(True)
        words = (name or "no colour").capitalize()
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.installEventFilter(self)
        button.clicked.connect(lambda _checked=False: self._take(name))
        return button

    def open(self, at: QPoint, now: str) -> None:
        """Show the colours at a place of the screen, the one that is in use marked."""
        for name, button in self.buttons.items():
            button.setIcon(icon(f"swatch {name or 'none'}"))
            button.setChecked(name == now)
        self.adjustSize()
        room = self.screen().availableGeometry()
        x, y = min(at.x(), room.right() - self.width()), min(at.y(), room.bottom() - self.height())
        self.move(max(x, room.left()), max(y, room.top()))
        self.show()
        self.buttons[now].setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key, names = Qt.Key(event.key()), list(self.buttons)
        at = next((place for place, name in enumerate(names) if self.buttons[name] is watched), 0)
        if key in _STEPS:
            self.buttons[names[(at + _STEPS[key]) % len(names)]].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in _TAKES:
            self._take(names[at])
        return key in _STEPS or key in _TAKES

    def _take(self, name: str) -> None:
        self.hide()
        self.chosen.emit(name)
