"""The command that trains: follows a run from its start to its end. Knows no Keras and no Qt."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from time import monotonic
from types import FrameType, TracebackType
from typing import Final

from engine import machine, messages
from engine.commands import UsageError, complain, read
from engine.commands_check import checked
from engine.commands_layers import Known, known
from engine.errors import EngineError
from engine.forecast import shortage
from engine.launch import Worker
from engine.project import Project
from engine.report import Problem, Report
from engine.review import review, worst
from engine.structure import problems
from engine.tellers import JsonTeller, LineTeller, Teller
from engine.totals import summed

CODES: Final[Mapping[str, int]] = {"finished": 0, "failed": 1, "stopped": 130}
#: How long a run may take to stop by itself, in seconds, before its process is ended.
STOP_WITHIN: Final = 10.0
#: Interrupts nearer than this, in seconds, are one: a program that ends ours may tell us and our group as well.
ONE_PRESS: Final = 1.0


def train(path: Path, *, epochs: int | None, folder: Path | None, as_json: bool) -> int:
    """Train a project and tell how it goes; 1 where it failed or was refused, 130 where it was interrupted."""
    project = read(path)
    if epochs is not None:
        project = replace(project, recipe=replace(project.recipe, epochs=epochs))
    if folder is not None and folder.exists() and not folder.is_dir():
        raise UsageError("--run names a folder", received=str(folder))
    teller: Teller = JsonTeller(sys.stdout) if as_json else LineTeller(sys.stdout, project.recipe.epochs, folder)
    seen = known(project)
    problem = worst(problems(seen.project.graph, seen.catalogue))
    if problem is not None:
        return _refuse(teller, problem)
    teller.state("starting")
    began = monotonic()
    try:
        # The trainer wakes while the checker looks; it is sent nothing before that went well.
        with Worker.start("trainer") as trainer:
            report = checked(seen)
            problem = worst(review(seen.project, report, seen.catalogue)) or _short(seen.project, report)
            return _follow(trainer, seen, folder, teller) if problem is None else _refuse(teller, problem)
    except KeyboardInterrupt:
        teller.end("stopped", monotonic() - began)
        return CODES["stopped"]


def _short(project: Project, report: Report) -> Problem | None:
    """Say that training cannot fit into the memory of the device that the recipe takes."""
    cards = machine.gpus()
    devices = [*(f"GPU:{place}" for place in range(len(cards))), "CPU:0"]
    found = shortage(summed(report.nodes.values()), project.recipe, devices, [*cards, machine.memory()])
    return Problem("error", found.sentence) if found is not None and found.impossible else None


def _refuse(teller: Teller, problem: Problem) -> int:
    return _fail(teller, f"This cannot be trained: {problem.sentence}", monotonic())


def _fail(teller: Teller, sentence: str, began: float) -> int:
    teller.error(sentence)
    teller.end("failed", monotonic() - began)
    return complain(sentence, CODES["failed"])


def _follow(trainer: Worker, seen: Known, folder: Path | None, teller: Teller) -> int:
    """Start the run and tell all that the trainer says, until it ends."""
    began, said = monotonic(), ""
    with _Interrupt(trainer) as interrupt:
        try:
            project = seen.project
            seen.tell(trainer)
            trainer.send(messages.Train(project.graph, project.recipe, str(folder.absolute()) if folder else ""))
            for message in trainer.messages():
                if isinstance(message, messages.Ended):
                    teller.end(message.status, message.seconds)
                    return complain(said, CODES["failed"]) if message.status == "failed" else CODES[message.status]
                said = message.sentence if isinstance(message, messages.Failed) else said
                teller.tell(message)
        except EngineError as error:
            if not interrupt.asked:
                return _fail(teller, error.sentence, began)
    teller.end("stopped", monotonic() - began)
    return CODES["stopped"]


class _Interrupt:
    """While a run goes on: the first Ctrl+C stops it, so that its record is kept; the second ends the program."""

    def __init__(self, trainer: Worker) -> None:
        self.asked, self._pressed = False, 0.0
        self._trainer = trainer
        self._before = signal.getsignal(signal.SIGINT)
        self._impatience = threading.Timer(STOP_WITHIN, trainer.process.kill)
        self._impatience.daemon = True

    def __enter__(self) -> _Interrupt:
        signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._impatience.cancel()
        signal.signal(signal.SIGINT, self._before)

    def _interrupted(self, _number: int, _frame: FrameType | None) -> None:
        if self.asked:
            if monotonic() - self._pressed > ONE_PRESS:
                raise KeyboardInterrupt
            return
        self.asked, self._pressed = True, monotonic()
        self._impatience.start()
        self._trainer.send(messages.Stop())
