"""What each role does with which message: two tables. Imports Keras when a role begins, each its own way."""

from __future__ import annotations

import gc
import os
import platform
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final, TypeAlias

import numpy as np

from engine.catalogue import catalogue
from engine.messages import (
    Check,
    Continue,
    Drop,
    Evaluate,
    Export,
    Generate,
    Layers,
    LayersFound,
    Mend,
    Message,
    Pause,
    Ready,
    Recheck,
    Resume,
    SetRate,
    Stop,
    Train,
    Watch,
)
from engine.worker.wire import Wire

Handlers: TypeAlias = Mapping[type[Message], Callable[[Any], None]]


def checker(wire: Wire, *, full: bool = False) -> Handlers:
    """Get Keras ready for shapes alone, say so, and return what answers.

    Args:
        full: On TensorFlow, which takes ten times as long, for layers of a person's own that need it.
    """
    from engine.worker.backend import use_numpy, use_tensorflow

    backend = use_tensorflow() if full else use_numpy()
    from engine.worker.answering import Answering
    from engine.worker.check import Checker
    from engine.worker.foreign import Foreign

    foreign = Foreign(partial(_leave, wire))
    answering = [Answering(Checker())]
    gc.freeze()  # what Keras brought stays to the end: nobody need look through it for garbage while an edit waits
    wire.send(Ready("checker", _versions(keras=_keras(), backend=backend)))

    def check(message: Check | Recheck) -> None:
        waiting: list[Check | Recheck] = wire.inbox.take(Check, Recheck)
        for answer in answering[0].answers([message, *waiting], lambda: wire.inbox.news):
            wire.send(answer)

    def mend(message: Mend) -> None:
        answer = answering[0].mended(message)
        if answer is not None:
            wire.send(answer)

    def layers(message: Layers) -> None:
        wire.send(foreign.take(message))
        answering[0] = Answering(Checker())  # what was answered before may be otherwise now

    return _Refusing("checker", {Check: check, Recheck: check, Mend: mend, Layers: layers})


def trainer(wire: Wire) -> Handlers:
    """Get TensorFlow ready without computing anything, say so, and return what answers."""
    from engine.worker import devices
    from engine.worker.foreign import Foreign
    from engine.worker.studies import STUDIES
    from engine.worker.trainer import Trainer

    names = devices.prepare()
    catalogue()
    versions = _versions(**devices.versions())
    trainer = Trainer(wire, versions)
    foreign = Foreign(partial(_leave, wire))
    wire.send(Ready("trainer", versions, names, memory=devices.memory()))
    return _Refusing("trainer", {
        Train: trainer.train,
        Continue: trainer.go_on,
        Watch: trainer.watch,
        **dict.fromkeys((Stop, Pause, Resume, SetRate, Drop), _nothing),  # they came after the run had ended by itself
        **dict.fromkeys(STUDIES, trainer.study),
        Evaluate: trainer.evaluate,
        Export: trainer.export,
        Generate: trainer.generate,
        Layers: lambda message: wire.send(foreign.take(message)),
    })  # fmt: skip


ROLES: Final[Mapping[str, Callable[[Wire], Handlers]]] = {
    "checker": checker, "full-checker": partial(checker, full=True), "trainer": trainer
}  # fmt: skip
#: How long what is said last may take to be written, in seconds.
PATIENCE: Final = 5.0


class _Refusing(dict[type[Message], Callable[[Any], None]]):
    """Handlers; a message that has none is answered with the role's refusal."""

    def __init__(self, role: str, handlers: Handlers) -> None:
        super().__init__(handlers)
        self._role = role

    def __missing__(self, kind: type[Message]) -> Callable[[Any], None]:
        return self._refuse

    def _refuse(self, message: Message) -> None:
        raise TypeError(f"The {self._role} has no answer to {type(message).__name__}")


def _leave(wire: Wire, found: LayersFound) -> None:
    """Say which file of layers does not come to an end, and end with it: a thread cannot be ended alone."""
    wire.send(found)
    wire.outbox.flush(PATIENCE)
    os._exit(0)


def _nothing(_: Message) -> None:
    """Leave a message without answer."""


def _keras() -> str:
    import keras

    return str(keras.__version__)


def _versions(**more: str) -> dict[str, str]:
    return {"python": platform.python_version(), "numpy": np.__version__, **more}
