"""What each role does with which message: two tables. Imports Keras when a role begins, each its own way."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import numpy as np

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.messages import Check, Checked, Evaluate, Export, Mend, Mended, Message, Ready, Stop, Train, Watch
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

    last: dict[int, Graph] = {}

    def check(message: Check) -> None:
        newest = [message, *wire.inbox.take(Check)][-1]
        last.clear()
        last[newest.generation] = newest.graph
        wire.send(Checked(newest.generation, checker.check(newest.graph)))

    def mend(message: Mend) -> None:
        if message.generation in last:  # else it has been edited since, and nobody waits any more
            problems = checker.mended(last[message.generation], message.node)
            wire.send(Mended(message.generation, Report(problems=problems)))

    return _Refusing("checker", {Check: check, Mend: mend})


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
