"""A run on stage: the real runner, fed with what the trainer said in a real run on the digits (`digits.wire`)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from engine.catalogue import RESOURCES, catalogue
from engine.codec import Decoder
from engine.messages import Ended, Epoch, Maps, Message
from engine.report import Report
from gui.document import Document
from gui.runner import Runner
from gui.selection import Selection
from tests.gui.fakes import FakeLink, Links

RECORD = Path(__file__).with_name("digits.wire")


@cache
def recording() -> tuple[Message, ...]:
    """Return a run of 12 epochs of 40 steps, batch 32, with maps of two samples after the first epoch and the last."""
    return tuple(Decoder().feed(RECORD.read_bytes()))


def recorded_maps(node: str) -> Maps:
    """The last maps of a node."""
    return next(m for m in reversed(recording()) if isinstance(m, Maps) and m.node == node)


class Stage:
    """Document, selection and runner, and a trainer that says what was recorded."""

    def __init__(self, runs: Path) -> None:
        self.document = Document(catalogue())
        self.document.open(RESOURCES / "templates" / "digits-cnn.loom")
        self.selection = Selection(self.document)
        self.links = Links()
        self.runner = Runner(self.document, runs, self.document, make_link=self.links)  # type: ignore[arg-type]
        self._trainer: FakeLink | None = None

    @property
    def trainer(self) -> FakeLink:
        assert self._trainer is not None, "no run was begun"
        return self._trainer

    def check(self) -> None:
        """Say that the checker found nothing wrong."""
        self.document.take_report(self.document.generation, Report())

    def begin(self) -> None:
        """Press Train with a trainer that is ready, on a drawing that was checked."""
        self.check()
        self.runner.wake()
        self._trainer = self.links.last
        self._trainer.ready()
        self.runner.train()
        assert self.runner.state.phase == "starting", self.runner.state

    def play(self, until: Callable[[Message], bool] = lambda _message: False, *, ended: bool = True) -> None:
        """Say the record, up to and with the first message for which `until` holds; not Ended unless `ended`."""
        for message in recording():
            if isinstance(message, Ended) and not ended:
                return
            if type(message).__name__ == "Evaluated":
                return
            self.trainer.received.emit(message)
            if until(message):
                return

    def measure(self) -> None:
        """Answer a wish for the test figures."""
        self.trainer.received.emit(recording()[-1])


def epoch(number: int) -> Callable[[Message], bool]:
    return lambda message: isinstance(message, Epoch) and message.epoch == number
