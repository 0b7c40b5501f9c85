"""Imports ahead of its first use what a page takes, one module a turn of the event loop: none then waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

#: What each is for: the learning rate's course, samples and their split, the code page, what runs are asked.
MODULES: Final = (
    "numpy.ma", "numpy.random", "engine.code.own", "engine.code.names", "engine.code.model", "engine.code.script",
    "gui.runs.writer", "gui.marks", "gui.editors.finder",
)  # fmt: skip
#: Between two of them the loop is free for so long, in milliseconds.
REST_MS: Final = 30


def warm(parent: QObject) -> None:
    """Begin; it goes on by itself as long as `parent` is there."""
    _go_on(iter(MODULES), parent)


def _go_on(names: Iterator[str], parent: QObject) -> None:
    name = next(names, None)
    if name is not None:
        import_module(name)
        QTimer.singleShot(REST_MS, parent, lambda: _go_on(names, parent))
