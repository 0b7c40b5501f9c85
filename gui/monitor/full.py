"""A page on the whole screen, and back in its place. Knows nothing of the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget


class FullScreen(QObject):
    """Takes a widget out of its layout onto a window of its own that fills the screen; Escape and F11 bring it back."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self._home: QWidget | None = None
        self._screen: QWidget | None = None

    @property
    def on(self) -> bool:
        return self._screen is not None

    def toggle(self) -> None:
        """Fill the screen, or go back."""
        if self._screen is None:
            self._leave_home()
        else:
            self._go_home()

    def _leave_home(self) -> None:
        self._home = self._page.parentWidget()
        if self._home is None:
            return
        self._screen = screen = QWidget(self._home.window(), Qt.WindowType.Window)
        screen.setWindowTitle(f"{self._page.accessibleName() or 'Curves'} – Layerloom")
        screen.setProperty("role", "panel")
        screen.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QVBoxLayout(screen)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._page)
        screen.installEventFilter(self)
        screen.showFullScreen()
        self._page.show()
        self._page.setFocus()

    def _go_home(self) -> None:
        screen, self._screen = self._screen, None
        layout = self._home.layout() if self._home is not None else None
        if layout is not None:
            layout.addWidget(self._page)
            self._page.show()
        if screen is not None:
            screen.removeEventFilter(self)
            screen.close()
            screen.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        leaves = event.type() == QEvent.Type.Close
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            leaves = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11)
        if leaves and watched is self._screen:
            self._go_home()
            return True
        return False
