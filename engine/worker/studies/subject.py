"""What a study is about: a network as its run has it now. Knows no study and no wire."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from engine.messages import Message
from engine.worker.prepare import Prepared
from engine.worker.uses import Uses


@dataclass(slots=True)
class Subject:
    """A run's network, and where the run stands.

    Attributes:
        epoch: The epoch under way, from 1; 0 before the first.
        step: The last step's number through the run.
        training: Whether its weights change between two steps of a study.
        uses: How often the test samples were used.
    """

    run: Prepared
    epoch: int = 0
    step: int = 0
    training: bool = False
    uses: Uses = field(default_factory=Uses)


#: What a study says, step by step.
Steps: TypeAlias = Generator[Message | None, None, None]
#: Takes the subject and its question; raises EngineError where that has no answer.
Study: TypeAlias = Callable[[Subject, Any], Steps]
