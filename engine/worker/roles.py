"""What each role does with which message: two tables. Imports Keras when a role begins, each its own way."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping
from time import perf_counter
from typing import Any, Final, TypeAlias

import numpy as np

from engine.catalogue import catalogue
from engine.messages import Check, Checked, Evaluate, Export, Message, Ready, Stop, Train, Watch
from engine.proving import Case
from engine.report import Report
from engine.worker.wire import Wire

Handlers: TypeAlias = Mapping[type[Message], Callable[[Any], None]]


def checker(wire: Wire) -> Handlers:
    """Get Keras ready for shapes alone, say so, and return what answers."""
    from engine.worker.backend import use_numpy

    backend = use_numpy()
    from engine.worker.check import Checker

    checker = Checker()
    wire.send(Ready("checker", _versions(keras=_keras(), backend=backend)))

    def check(message: Check) -> None:
        newest = [message, *wire.inbox.take(Check)][-1]
        for report, whole in reports(checker.case(newest.graph, newest.recipe), lambda: wire.inbox.news):
            wire.send(Checked(newest.generation, report, whole))

    return _Refusing("checker", {Check: check})


def reports(case: Case, news: Callable[[], bool]) -> Iterator[tuple[Report, bool]]:
    """Yield what is known of a drawing, and whether that is all: its fixes follow where they take longer.

    Something new to do comes first: the fixes of a drawing that has been edited since are not looked for.
    """
    begun, problems, told = perf_counter(), [], False
    for problem in case.proven():
        problems.append(problem)
        if not told and perf_counter() - begun > PATIENCE:
            told = True
            yield case.told.whole(), False
        if news():
            break
    if len(problems) == len(case.told.problems):
        yield case.told.whole(problems), True
    elif not told:
        yield case.told.whole(), False


def trainer(wire: Wire) -> Handlers:
    """Get TensorFlow ready without computing anything, say so, and return what answers."""
    from engine.worker import devices
    from engine.worker.trainer import Trainer

    names = devices.prepare()
    catalogue()
    versions = _versions(**devices.versions())
    trainer = Trainer(wire, versions)
    wire.send(Ready("trainer", versions, names))
    return _Refusing("trainer", {
        Train: trainer.train,
        Watch: trainer.watch,
        Stop: _nothing,  # it came after the run had ended by itself
        Evaluate: trainer.evaluate,
        Export: trainer.export,
    })  # fmt: skip


#: How long shapes wait for the fixes of problems, in seconds.
PATIENCE: Final = 0.005
ROLES: Final[Mapping[str, Callable[[Wire], Handlers]]] = {"checker": checker, "trainer": trainer}


class _Refusing(dict[type[Message], Callable[[Any], None]]):
    """Handlers; a message that has none is answered with the role's refusal."""

    def __init__(self, role: str, handlers: Handlers) -> None:
        super().__init__(handlers)
        self._role = role

    def __missing__(self, kind: type[Message]) -> Callable[[Any], None]:
        return self._refuse

    def _refuse(self, message: Message) -> None:
        raise TypeError(f"The {self._role} has no answer to {type(message).__name__}")


def _nothing(_: Message) -> None:
    """Leave a message without answer."""


def _keras() -> str:
    import keras

    return str(keras.__version__)


def _versions(**more: str) -> dict[str, str]:
    return {"python": platform.python_version(), "numpy": np.__version__, **more}
