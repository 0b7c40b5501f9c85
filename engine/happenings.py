"""What happened in a run beside its steps, as a mark on its curves. Knows no Qt, no Keras, no run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: What a mark may be about: the learning rate was changed, the run paused and went on, the doctor found something,
#: a person noted something, an epoch was the best so far, the run was stopped.
KINDS: Final = ("rate", "pause", "resume", "doctor", "note", "best", "stopped")


@dataclass(frozen=True, slots=True)
class Happening:
    """A mark: after which step and epoch, so many seconds since the run began, of which of KINDS, in words."""

    step: int
    epoch: int
    seconds: float
    kind: str
    text: str
