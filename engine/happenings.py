"""What happens in a run beside its steps: a rate that is changed, a pause, a note. Knows no Keras, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: What a happening can be: of the run, of the doctor, or of a person.
KINDS: Final = ("rate", "pause", "resume", "doctor", "note", "best", "stopped")


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happened, to be marked on the curves.

    Attributes:
        step: The last step before it, from 1 through the run; 0 before the first.
        epoch: The epoch that it happened in, from 1.
        seconds: Since the run began.
        kind: One of `KINDS`.
        text: What happened, in words.
    """

    step: int
    epoch: int
    seconds: float
    kind: str
    text: str
