"""The command line and a person's own layers: `trust`, and what the other commands tell a worker. Runs no file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from engine import layersources
from engine.catalogue import Catalogue, catalogue
from engine.commands import UsageError, say
from engine.errors import EngineError
from engine.foreign import described_files, message, standing, with_files, without
from engine.launch import Role, Worker
from engine.messages import Failed, Layers, LayersFound
from engine.project import Project
from engine.trust import Trust

QUESTION: Final = "Trust this file? It runs with your rights, and can do whatever you can. [y/N] "


@dataclass(frozen=True, slots=True)
class Known:
    """A project, the layers that there are for it, and what a worker is told to have them too."""

    project: Project
    catalogue: Catalogue
    layers: Layers | None = None
    role: Role = "checker"

    @contextmanager
    def worker(self, role: Role | None = None) -> Iterator[Worker]:
        """Start a worker that knows the layers."""
        with Worker.start(role or self.role) as worker:
            self.tell(worker)
            yield worker

    def tell(self, worker: Worker) -> None:
        if self.layers is not None:
            _found(worker, self.layers)


def known(project: Project) -> Known:
    """Have the files of a project's layers described, those that are trusted; the others' are said to be off."""
    role: Role = "full-checker" if catalogue().needs_tensorflow(project.graph) else "checker"
    if not project.layers:
        return Known(project, catalogue(), role=role)
    trust = Trust()
    layers = message([standing(file, trust) for file in project.layers], how)
    found = _described(layers, role)
    if role == "checker" and any(file.lacks for file in found.files):
        role = "full-checker"
        found = _described(layers, role)
    stuck = [file for file in found.files if file.stuck]
    if stuck:
        layers = without(layers, stuck)
        found = _described(layers, role)
    noted = described_files(project.layers, layers, found.files)
    return Known(replace(project, layers=noted), with_files(catalogue(), layers, found.files), layers, role)


def how(path: str) -> str:
    return f"To see it and trust it, run: layerloom trust {path}"


def _described(layers: Layers, role: Role) -> LayersFound:
    if not layers.sources:
        return LayersFound()
    with Worker.start(role) as worker:
        return _found(worker, layers)


def _found(worker: Worker, layers: Layers) -> LayersFound:
    """Tell a worker files of layers and wait for what it found, or raise EngineError."""
    worker.send(layers)
    for received in worker.messages():
        if isinstance(received, LayersFound):
            return received
        if isinstance(received, Failed):
            raise EngineError(received.sentence)
    raise EngineError(f"The {worker.role} ended without an answer")


# -- trust


def trust(path: Path, *, yes: bool, forget: bool) -> int:
    """Show a file of layers and trust it where the person says so, or trust it no longer; 1 where it is not trusted."""
    if forget:
        gone = Trust().forget(os.path.realpath(path))
        say(f"{path} is trusted no longer." if gone else f"{path} was not trusted.")
        return 0
    try:
        source = layersources.read(path)
    except EngineError as error:
        raise UsageError.of(error) from error
    _show(source)
    if Trust().trusts(source):
        say("You trust it already.")
        return 0
    if not yes and not _agreed():
        say("It is not trusted, and stays off.")
        return 1
    Trust().trust(source)
    say("It is trusted. Any change of the file turns it off again.")
    return 0


def _show(source: layersources.Source) -> None:
    kept = Trust().kept(source.path)
    say(f"file     {source.path}")
    say(f"sha256   {source.sha256}")
    say(f"classes  {', '.join(source.layers) or 'none'}")
    if kept is not None and kept.sha256 != source.sha256:
        say("It has changed since you trusted it:")
        say(layersources.difference(kept.text, source.text))


def _agreed() -> bool:
    sys.stdout.write(QUESTION)
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
