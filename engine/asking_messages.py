"""What is said about any study of a network: how far it is, that it is to end, why it cannot be. Knows no study.

A study is asked for by a message with a number, `asked`; all that is said about it carries the same number.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drop:
    """End a study, whether it is under way or is to be done after each epoch."""

    asked: int


@dataclass(frozen=True, slots=True)
class Working:
    """How far a study is: `done` from 0 to 1; with `doing`, what is under way that does not tell how far it is."""

    asked: int
    done: float
    doing: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A study that is over without an answer, and why."""

    asked: int
    sentence: str
