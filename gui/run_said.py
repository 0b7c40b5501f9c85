"""What a runner says, as signals that carry messages of the worker or values of the window. Knows no trainer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

#: The names of all messages that are said about studies.
ANSWERS: Final = ("Working", "Refused", "Judged", "Attributed", "Plane", "Heights", "Embedded", "LayersTimed")


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
    figured = Signal(object)
    histogrammed = Signal(object)
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

    def passed_on(self) -> dict[str, Callable[[Any], None]]:
        """Return what is done with the messages that change nothing here, by their kinds."""
        return {
            "Maps": self.mapped.emit,
            "Weighed": self.weighed.emit,
            "Figures": self.figured.emit,
            "Histograms": self.histogrammed.emit,
            "Happened": lambda message: self.happened.emit(message.happening),
            "Pace": self.paced.emit,
            "Logged": lambda message: self.logged.emit(message.text),
            "Generated": self.generated.emit,
            "Exported": self.exported.emit,
            **dict.fromkeys(ANSWERS, self.answered.emit),
        }
