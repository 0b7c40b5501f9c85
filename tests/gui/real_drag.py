"""A program for a display server: drags a layer from the palette onto the canvas with the server's own mouse.

It prints as JSON what it saw. Qt's synthetic events do not reach a drag under way; the server's do.
"""

from __future__ import annotations

import json
import sys
from ctypes import CDLL, c_char_p, c_void_p
from functools import partial

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtTest import QTest

from engine.catalogue import LayerSpec
from gui.app import application, make_window
from gui.window import Window

#: Between two moves of the mouse, in ms.
_PAUSE = 60


class Mouse:
    """The display server's pointer, by its test extension."""

    def __init__(self) -> None:
        self._x, self._test = CDLL("libX11.so.6"), CDLL("libXtst.so.6")
        self._x.XOpenDisplay.restype, self._x.XOpenDisplay.argtypes = c_void_p, [c_char_p]
        self._display = c_void_p(self._x.XOpenDisplay(None))

    def move(self, at: QPoint) -> None:
        self._test.XTestFakeMotionEvent(self._display, -1, at.x(), at.y(), 0)
        self._x.XFlush(self._display)

    def press(self, down: bool) -> None:
        self._test.XTestFakeButtonEvent(self._display, 1, int(down), 0)
        self._x.XFlush(self._display)


def ends(window: Window, layer: str) -> tuple[QPoint, QPoint]:
    """Return where a layer lies in the palette and where it is to go, on the screen."""
    view, shelf = window.palette_panel.list, window.palette_panel.shelf
    named = (isinstance(entry, LayerSpec) and entry.name == layer for entry in shelf.entries)
    start = view.visualRect(shelf.index(list(named).index(True), 0)).center()
    return view.viewport().mapToGlobal(start), window.canvas.viewport().mapToGlobal(QPoint(400, 380))


def main() -> int:
    app = application()
    window = make_window()
    window.resize(1280, 800)
    window.show()
    QTest.qWaitForWindowExposed(window)
    QTest.qWait(300)
    mouse, seen = Mouse(), {"ghost": False}
    start, end = ends(window, "Dense")
    way = [start, start + QPoint(6, 2), start + QPoint(30, 10), end - QPoint(60, 20), end - QPoint(6, 2), end, end]

    def look() -> None:
        seen["ghost"] = window.canvas.drawing.overlay.ghost is not None
        mouse.press(False)

    for step, at in enumerate(way):
        QTimer.singleShot(step * _PAUSE, partial(mouse.move, at))
    QTimer.singleShot(_PAUSE // 2, lambda: mouse.press(True))
    QTimer.singleShot((len(way) + 4) * _PAUSE, look)
    QTest.qWait((len(way) + 12) * _PAUSE)
    graph, chosen = window.document.graph, window.selection.ids
    told = {"platform": app.platformName(), "steps": window.document.undo.index(), **seen}
    print(json.dumps({**told, "chosen": [graph.node(id).layer for id in chosen]}))
    window.document.undo.setClean()
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
