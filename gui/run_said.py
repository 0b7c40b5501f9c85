"""What a runner says, as signals that carry messages of the worker or values of the window. Knows no trainer."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Signal

#: The names of all messages that are said about studies.
ANSWERS: Final = ("Working", "Refused", "Judged", "Attributed", "Plane", "Heights", "Embedded")


class Said(QObject):
    """The signals of a runner.

    `started` carries the drawing and the recipe, `answered` all that is said about studies.
    """

    state_changed = Signal(object)
    started = Signal(object, object)
    stepped = Signal(object)
    epoch_ended = Signal(object)
    mapped = Signal(object)
    weighed = Signal(object)
    happened = Signal(object)
    paced = Signal(object)
    evaluated = Signal(object)
    generated = Signal(object)
    answered = Signal(object)
    exported = Signal(object)
    failed = Signal(object)
    logged = Signal(str)
    refused = Signal(str)
    strained = Signal(object)
    devices_found = Signal(tuple)
