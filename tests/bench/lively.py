"""The window while a network trains and a person looks around: how long the turns of its event loop take. No rival."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import cycle
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, perf_counter, sleep, thread_time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from tests.bench.screen import application

if TYPE_CHECKING:
    from gui.window import Window

#: What a turn may take, in milliseconds.
STALL: Final = 50.0
#: Between an answer and the next knock, in seconds.
BETWEEN: Final = 0.004
#: Between two things that the person does, in milliseconds.
PACE: Final = 700
#: How long a trainer may take to be ready, and a run to begin, in seconds.
PATIENCE: Final = 180.0
#: More epochs than can be trained meanwhile.
EPOCHS: Final = 100_000


class Turns(QObject):
    """Knocks at the event loop every few milliseconds, and keeps how long it took to answer, in milliseconds.

    Attributes:
        longest, longest_own: The longest wait, and the most that this thread computed during one.
        stalls: Of each wait that was too long: its length, what of it this thread computed, and after what deed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.count, self.longest, self.longest_own = 0, 0.0, 0.0
        self.stalls: list[tuple[float, float, str]] = []
        self.doing = ""
        self._knocked, self._answered, self._over = 0.0, Event(), Event()
        self._own = thread_time()
        Thread(target=self._knock, daemon=True).start()

    def end(self) -> None:
        """Knock no more."""
        self._over.set()
        self._answered.set()

    def _knock(self) -> None:
        while not self._over.wait(BETWEEN):
            self._answered.clear()
            self._knocked = perf_counter()
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))
            self._answered.wait()

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.User:
            return super().event(event)
        now = thread_time()
        took, own, self._own = (perf_counter() - self._knocked) * 1e3, (now - self._own) * 1e3, now
        self.count += 1
        self.longest, self.longest_own = max(self.longest, took), max(self.longest_own, min(took, own))
        if took > STALL:
            self.stalls.append((took, min(took, own), self.doing))
        self._answered.set()
        return True


def turns(seconds: float) -> Turns:
    """Train the digits network in the real window for so long, with all on; return the turns of its loop."""
    with _window() as window:
        _start(window)
        found = Turns()
        person = QTimer(window)
        person.timeout.connect(_looking_around(window, found))
        person.start(PACE)
        QTimer.singleShot(round(seconds * 1000), window, _app().exit)  # `quit` would ask the window first
        _app().exec()
        person.stop()
        assert window.runner.state.phase == "training", window.runner.state
        found.end()
    return found


def _looking_around(window: Window, found: Turns) -> Callable[[], None]:
    """Return what does the next of what a person does: open each page, zoom, choose layers, colour by figures."""
    nodes = cycle(window.document.graph.nodes)
    deeds: dict[str, Callable[[], object]] = {
        **{f"page {name}": partial(window.pages.open, name) for name in window.pages.names},
        "zoom in": window.actions_by_id["zoom_in"].trigger,
        "choose": lambda: window.selection.set((next(nodes),)),
        "zoom out": window.actions_by_id["zoom_out"].trigger,
        "colour": window.actions_by_id["heat_next"].trigger,
    }
    turn = cycle(deeds.items())

    def act() -> None:
        found.doing, deed = next(turn)
        deed()

    return act


def _app() -> QApplication:
    return application()


@contextmanager
def _window() -> Iterator[Window]:
    """Yield the window as the program shows it, awake, its settings and runs in a folder of its own."""
    with TemporaryDirectory() as home:
        os.environ.update(dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), home))
        _app()
        from gui.app import make_window, wake
        from gui.rubbish import Rubbish

        window = make_window()
        window.resize(1600, 1000)
        window.show()
        Rubbish(window.document, window)
        wake(window)
        try:
            _until(lambda: bool(window.runner.gate.devices) and len(window.pages.pages) == len(window.pages.names))
            yield window
        finally:
            window.document.undo.setClean()
            window.close()


def _start(window: Window) -> None:
    window.document.edit_recipe("Set epochs", replace(window.document.recipe, epochs=EPOCHS))
    window.actions_by_id["train"].trigger()
    _until(lambda: window.runner.state.phase == "training" and window.runner.state.epoch > 1)


def _until(holds: Callable[[], bool]) -> None:
    end = monotonic() + PATIENCE
    while not holds():
        assert monotonic() < end, "it did not come to that"
        _app().processEvents()
        sleep(0.005)
