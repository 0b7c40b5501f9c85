"""A real window for tests of what lies over it: shown, active, with no worker."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.app import make_window
from gui.window import Window


def shown_window(qtbot: QtBot) -> Window:
    """Return the window with the digits network, the canvas in focus."""
    window = make_window()
    qtbot.addWidget(window, before_close_func=lambda made: made.document.undo.setClean())
    window.resize(1280, 800)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.canvas.setFocus()
    return window


def comes_to_front(window: QWidget) -> bool:
    """Wait until a window over another one has the keyboard; say whether it has."""
    for _ in range(100):
        if QApplication.activeWindow() is window:
            return True
        QTest.qWait(20)
    return False
