"""A graphics view of any make at 1600×1000, worked with real mouse events, frame by frame. Knows no rival."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import cycle
from time import sleep
from typing import Final, cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QGraphicsView, QWidget

from tests.bench.harness import cpu_seconds

SIZE: Final = QSize(1600, 1000)
NONE, LEFT, MIDDLE = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
#: A small round, so that what is seen at first is seen all the while.
ROUND: Final = tuple(QPointF(*step) for step in ((7, 3), (7, 3), (7, -6), (-7, -6), (-7, 3), (-7, 3)))

#: Turns after the last one of work, in which it is painted; and the time, in seconds, until what it left is swept up.
_AFTER: Final = 2
_SWEPT: Final = 0.03


def application() -> QApplication:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return cast("QApplication", QApplication.instance() or QApplication([]))


class Screen:
    """Shows a view in a window of its own; a figure is the processor time from an event until it is painted, in ms."""

    def __init__(self, view: QGraphicsView, window: QWidget | None = None) -> None:
        self._app, self.view, self._window = application(), view, window or view
        self._window.show()
        for _ in range(2):
            self._window.resize(self._window.size() + SIZE - view.viewport().size())
            self._app.processEvents()
        assert view.viewport().size() == SIZE, view.viewport().size()
        self._at, self._button = QPointF(800, 500), NONE

    def close(self) -> None:
        self._window.close()
        self._window.deleteLater()
        self._app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    # -- one figure each

    def time(self, run: Callable[[], object], *, whole: bool = False) -> float:
        """Run and paint what is due after it; the whole view, where asked."""

        def frame() -> None:
            run()
            if whole:
                self.view.viewport().update()
            self._app.processEvents()

        return cpu_seconds(frame) * 1e3

    def turns_of(self, run: Callable[[], object], behind: Callable[[], bool]) -> list[float]:
        """Run, and go on until nothing is behind and all is painted; return what each turn of the event loop took."""
        taken = [self.time(run)]
        while behind():
            taken.append(self.time(lambda: None))
        for _ in range(_AFTER):
            taken.append(self.time(lambda: None))
        sleep(_SWEPT)
        return [*taken, self.time(lambda: None)]

    def moves(self, *, whole: bool) -> Callable[[], float]:
        """Return what moves the mouse one step on a small round, and times it."""
        steps = cycle(ROUND)
        return lambda: self.time(lambda: self.move(self._at + next(steps)), whole=whole)

    def turns(self, notches: int) -> Callable[[], float]:
        """Return what turns the wheel by one notch, so many in and as many out again, and times it."""
        ways: Iterator[int] = cycle((*(1,) * notches, *(-1,) * notches))
        return lambda: self.time(lambda: self.wheel(next(ways)), whole=True)

    # -- the mouse

    def press(self, at: QPointF, button: Qt.MouseButton = LEFT) -> None:
        self._at, self._button = at, button
        self._send(QEvent.Type.MouseButtonPress, button)

    def move(self, at: QPointF) -> None:
        self._at = at
        self._send(QEvent.Type.MouseMove, NONE)

    def release(self) -> None:
        self.let_go()
        self._app.processEvents()

    def let_go(self) -> None:
        """Release the button, and leave to others what comes of it."""
        button, self._button = self._button, NONE
        self._send(QEvent.Type.MouseButtonRelease, button)

    def wheel(self, notches: int) -> None:
        at, buttons, keys = self._at, NONE, Qt.KeyboardModifier.NoModifier
        phase = Qt.ScrollPhase.NoScrollPhase
        event = QWheelEvent(at, self._global(at), QPoint(), QPoint(0, 120 * notches), buttons, keys, phase, False)
        self._app.sendEvent(self.view.viewport(), event)

    def _send(self, kind: QEvent.Type, button: Qt.MouseButton) -> None:
        keys = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, self._at, self._global(self._at), button, self._button, keys)
        self._app.sendEvent(self.view.viewport(), event)

    def _global(self, at: QPointF) -> QPointF:
        return QPointF(self.view.viewport().mapToGlobal(at.toPoint()))
