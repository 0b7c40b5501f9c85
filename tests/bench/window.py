"""First paint: from the start of the process to the end of the first paint, warm, as `main.py` opens the window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.harness import Measure

ROOT = Path(__file__).resolve().parents[2]
RUNS = 7
#: Says when the first paint is over: at the first event after it that is none itself. Imports Qt no sooner than the
#: program does.
WATCH = """
import os, sys, time

def watch(app):
    from PySide6.QtCore import QEvent, QObject

    class FirstPaint(QObject):
        painted = False

        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Paint:
                self.painted = True
            elif self.painted:
                heavy = {"keras", "tensorflow", "pyqtgraph"} & sys.modules.keys()
                os.write(1, f"{time.monotonic()} {' '.join(sorted(heavy))}".encode())
                os._exit(0)
            return False

    app.first_paint = FirstPaint()
    app.installEventFilter(app.first_paint)
    return app

"""
OURS = """
import main

def imported(name):
    module = import_module(name)
    if name == main.BEFORE_QT[-1]:
        import gui.app
        made = gui.app.application
        gui.app.application = lambda: watch(made())
    return module

import_module, main.import_module = main.import_module, imported
main.main([])
"""
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = watch(QApplication([]))
window = QMainWindow()
window.resize(1600, 1000)
window.show()
app.exec()
"""


def measure() -> Iterator[Measure]:
    with tempfile.TemporaryDirectory() as home:
        first_paint(OURS, home)
        turns = [(first_paint(OURS, home), first_paint(BARE, home)) for _ in range(RUNS)]
    ours, bare = (statistics.median(column) for column in zip(*turns, strict=True))
    yield Measure("first paint", ours, "s", target=0.6)
    yield Measure("first paint of a bare Qt window", bare, "s")


def first_paint(code: str, home: str) -> float:
    """Start a window, wait for its first paint, return the seconds that it took; refuse one with Keras in it."""
    folders = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"), home)
    environment = os.environ | folders | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    environment["PYTHONPYCACHEPREFIX"] = home  # compiled once, as on a person's machine, whatever this one's setting
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", WATCH + code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    painted, *heavy = done.stdout.split()
    if heavy:
        raise AssertionError(f"The window's process had imported {', '.join(heavy)} before its first paint")
    return float(painted) - start
