"""A program for a display server: drags a layer from the palette onto the canvas with the server's own mouse.

It prints as JSON what it saw. Qt's synthetic events do not reach a drag under way; the server's do.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from ctypes import CDLL, c_char_p, c_void_p
from itertools import count
from time import monotonic

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest

from engine.catalogue import LayerSpec
from gui.app import application, make_window
from gui.window import Window

#: Between two moves of the mouse, in ms, and how long all of it may take, in seconds.
_PAUSE, _WITHIN = 60, 40.0


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


def stations(window: Window, mouse: Mouse, layer: str) -> Iterator[bool]:
    """Drag step by step, each when what it waits for is there; give whether one is done."""
    start, end = ends(window, layer)
    mouse.move(start)
    while QCursor.pos() != start:
        yield False
    mouse.press(True)
    for at in (start + QPoint(6, 2), start + QPoint(30, 10), end - QPoint(60, 20), end):
        yield True
        mouse.move(at)
    for step in count():  # the canvas hears of a drag only as it moves
        if window.canvas.drawing.overlay.ghost is not None:
            break
        mouse.move(end + QPoint(step % 2, 0))
        yield False
    yield True
    mouse.press(False)
    while not window.document.undo.index():
        yield False


def main() -> int:
    app = application()
    window = make_window()
    window.resize(1280, 800)
    window.show()
    QTest.qWaitForWindowExposed(window)
    QTest.qWait(300)
    seen, way = {"ghost": False, "there": False}, stations(window, Mouse(), "Dense")
    tick = QTimer(interval=_PAUSE)

    def step() -> None:
        seen["ghost"] |= window.canvas.drawing.overlay.ghost is not None
        seen["there"] = next(way, None) is None
        if seen["there"]:
            tick.stop()

    tick.timeout.connect(step)
    tick.start()
    until = monotonic() + _WITHIN
    while not seen["there"] and monotonic() < until:
        QTest.qWait(_PAUSE)
    graph, chosen = window.document.graph, window.selection.ids
    told = {"platform": app.platformName(), "steps": window.document.undo.index(), "ghost": seen["ghost"]}
    print(json.dumps({**told, "chosen": [graph.node(id).layer for id in chosen]}))
    window.document.undo.setClean()
    window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
