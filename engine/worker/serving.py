"""Answers what is asked of a network beside its training, a short step at a time. Knows no study's meaning.

A question is a message with a number, `asked`, which all its answers carry; one with `each_epoch` set is answered
again after every epoch, until it is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import inf
from time import perf_counter
from typing import Any, Final

from engine.errors import EngineError
from engine.messages import Logged, Message, Refused
from engine.worker import states
from engine.worker.faults import failed
from engine.worker.studies.subject import Steps, Study, Subject

#: Of the time of a run that trains, studies may take this share, and those after each epoch this.
SHARE: Final = 0.2
EPOCH_SHARE: Final = 0.1


class Serving:
    """Holds the studies that are under way, and those that are due after each epoch.

    Args:
        studies: What answers which question.

    Attributes:
        next: When a run that trains should call `step`: inf where nothing is under way.
    """

    def __init__(
        self, subject: Subject, send: Callable[[Message], None], studies: Mapping[type[Message], Study]
    ) -> None:
        self.next = inf
        self._subject, self._send, self._studies = subject, send, studies
        self._under_way: dict[int, Steps] = {}
        self._standing: dict[int, Any] = {}
        #: By the number of a standing question: when it was answered last, and what that took, in seconds.
        self._took: dict[int, tuple[float, float]] = {}

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    def begin(self, question: Any) -> None:
        """Take a question; one of the same number is given up for it."""
        self.drop(question.asked)
        if getattr(question, "each_epoch", False):
            self._standing[question.asked] = question
        self._begin(question)

    def _begin(self, question: Any) -> None:
        self._under_way[question.asked] = self._studies[type(question)](self._subject, question)
        self.next = min(self.next, perf_counter())

    def drop(self, asked: int) -> None:
        """Give a question up, and say nothing more about it."""
        self._standing.pop(asked, None)
        self._took.pop(asked, None)
        self._end(asked)

    def refuse_all(self, sentence: str) -> None:
        """Give all up that is under way, and say why."""
        for asked in list(self._under_way):
            self._end(asked)
            self._send(Refused(asked, sentence))

    def step(self, epoch: int, step: int) -> None:
        """Do one step of the study that has waited longest, and put the next off for as long as it took."""
        if not self._under_way:
            self.next = inf
            return
        began = perf_counter()
        self._subject.epoch, self._subject.step = epoch, step
        asked = next(iter(self._under_way))
        if self._step(asked):
            self._under_way[asked] = self._under_way.pop(asked)  # the others are due before it is again
        now = perf_counter()
        self.next = now + (now - began) * (1 / SHARE - 1) if self._under_way else inf

    def epoch_ended(self, epoch: int, step: int) -> None:
        """Answer the standing questions by the weights of now; one that takes long passes epochs over."""
        now = perf_counter()
        self._subject.epoch, self._subject.step = epoch, step
        for asked, question in list(self._standing.items()):
            last, took = self._took.get(asked, (-inf, 0.0))
            if took <= EPOCH_SHARE * (now - last):
                self._whole(asked, question)

    def _whole(self, asked: int, question: Any) -> None:
        began = perf_counter()
        self._end(asked)
        self._begin(question)
        while self._step(asked):
            pass
        self._took[asked] = (began, perf_counter() - began)

    def _step(self, asked: int) -> bool:
        """Do a step of a study; return whether more are to come."""
        study = self._under_way[asked]
        try:
            with states.kept(self._subject.run.model):
                said = next(study)
        except StopIteration:
            self._end(asked)
            return False
        except Exception as error:  # noqa: BLE001 - what is only asked about a run must not cost it
            self._give_up(asked, error)
            return False
        if said is not None:
            self._send(said)
        return True

    def _give_up(self, asked: int, error: Exception) -> None:
        told = failed(error)
        self.drop(asked)
        if not isinstance(error, EngineError):
            self._send(Logged(told.traceback))
        self._send(Refused(asked, told.sentence))

    def _end(self, asked: int) -> None:
        study = self._under_way.pop(asked, None)
        if study is not None:
            study.close()
        if not self._under_way:
            self.next = inf
