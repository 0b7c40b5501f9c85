"""What Keras has been asked, and what was found of nodes, whoever they were: remembered, the oldest forgotten."""

from __future__ import annotations

from typing import Final, TypeAlias, TypeVar

from engine.catalogue import Catalogue
from engine.worker.findings import Finding
from engine.worker.symbolic import Answer, Call, Question, Signal, ask

K = TypeVar("K")
V = TypeVar("V")
#: Answers that are kept; a drawing of a thousand nodes can be edited many times before one is forgotten.
KEPT: Final = 20_000
#: What decides a node's answer, cheap to make: its layer, its values as they are spelled (True is not 1), the calls of
#: its layer before it, and what arrives.
Key: TypeAlias = tuple[str, str, str, tuple[Call, ...], tuple[tuple[str, Signal], ...]]


class Answers:
    """Asks Keras what it was not asked before.

    Attributes:
        asked: How many questions Keras was asked.
        found: What was found of nodes.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.asked = 0
        self.found: dict[Key, Finding] = {}
        self._answers: dict[Question, Answer] = {}

    def of(self, question: Question) -> Answer:
        """Return Keras's answer, remembered where the same was asked before."""
        answer = self._answers.get(question)
        if answer is None:
            self.asked += 1
            answer = ask(question, self.catalogue.layer(question.layer))
            _put(self._answers, question, answer)
        return answer

    def note(self, key: Key, found: Finding) -> None:
        """Remember what was found of a node."""
        _put(self.found, key, found)


def _put(kept: dict[K, V], key: K, value: V) -> None:
    if len(kept) >= KEPT:
        del kept[next(iter(kept))]
    kept[key] = value
