"""Imports and reads ahead of its first use what a page takes, little in each turn of the loop: none waits for it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

from gui.aside import aside

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
    if name is None:
        aside(parent, _read, lambda _nothing: None)
    else:
        import_module(name)
        QTimer.singleShot(REST_MS, parent, lambda: _go_on(names, parent))


def _read() -> None:
    """Read the sources of our own layers, which scripts carry: twice as long as spelling a script."""
    from engine.code.own import classes

    classes()
