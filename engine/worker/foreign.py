"""Runs the person's own files of layers, in this process alone, and tells what is in them. Reads no file.

What is run is the text that came by the wire, after its hash was compared with the one that the person trusted. It
runs with the person's rights, as a module of its own; the folder it stands in is searched for nothing.
"""

from __future__ import annotations

import linecache
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from importlib.abc import ExecutionLoader
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from types import ModuleType
from typing import Final

import keras

from engine import catalogue as shipped
from engine.errors import EngineError
from engine.foreign import with_files
from engine.layerfiles import Described, Source, check_name, digest
from engine.messages import Layers, LayersFound
from engine.values import FrozenMap, Json
from engine.worker import known
from engine.worker.backend import HIDDEN
from engine.worker.describe import described

#: How long a file may take to be run, and a layer of it to be called, in seconds.
PATIENCE: Final = 15.0
#: Called with what is to be said of a file that does not come to an end; then the process is to end.
Stuck = Callable[[LayersFound], None]


class _Text(ExecutionLoader):
    """Runs a text as a module: Python's own way of doing so, given the text in the place of a file."""

    def __init__(self, source: Source) -> None:
        self._source = source

    def get_filename(self, fullname: str) -> str:
        return self._source.path

    def get_source(self, fullname: str) -> str:
        return self._source.text.removeprefix("\ufeff")


@dataclass(slots=True)
class _Run:
    """What was found in one file."""

    layers: dict[str, Json] = field(default_factory=dict)
    classes: dict[str, type] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


class Foreign:
    """Takes the files of a message into this process, in the place of those before.

    `stuck` says something and ends the process; `last` is what was told last.
    """

    def __init__(self, stuck: Stuck, patience: float = PATIENCE) -> None:
        self._stuck, self._patience = stuck, patience
        self._sources: tuple[Source, ...] = ()

    def take(self, message: Layers) -> LayersFound:
        """Run files and know their layers from now on; what is wrong with one is said in its place."""
        found: list[Described] = []
        classes: dict[str, type] = {}
        for source in message.sources:
            told, its = self._one(source, taken={*shipped.catalogue().layers, *classes})
            found.append(told)
            classes |= its
        self._sources = message.sources
        known.use(with_files(shipped.catalogue(), message, found), classes, self._watching)
        return LayersFound(tuple(found))

    def _one(self, source: Source, taken: set[str]) -> tuple[Described, Mapping[str, type]]:
        empty = Described(source.path, FrozenMap())
        try:
            with self.watched(source):
                run = _run(source, taken)
        except EngineError as error:
            return replace(empty, fault=error.sentence), {}
        except BaseException as error:  # noqa: BLE001 - a stranger's file may raise anything, SystemExit included
            traceback.print_exception(error)
            return replace(empty, fault=told(source, error), lacks=_lacks(error)), {}
        if not run.layers:
            return replace(empty, fault=_nothing(run.notes), notes=FrozenMap(run.notes)), {}
        return replace(empty, layers=FrozenMap(run.layers), notes=FrozenMap(run.notes)), run.classes

    def _watching(self, module: str) -> AbstractContextManager[None]:
        source = next((source for source in self._sources if source.module == module), None)
        return nullcontext() if source is None else self.watched(source)

    @contextmanager
    def watched(self, source: Source) -> Iterator[None]:
        """End the process where what is done with a file takes too long, and say at which line it was."""
        timer = threading.Timer(self._patience, self._expire, (source, threading.get_ident()))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _expire(self, source: Source, thread: int) -> None:
        frame, line = sys._current_frames().get(thread), 0
        while frame is not None and not line:
            line = frame.f_lineno if frame.f_code.co_filename == source.path else 0
            frame = frame.f_back
        where = f" and was at line {line}" if line else ""
        sentence = f"it did not come to an end within {self._patience:.0f} seconds{where}."
        self._stuck(LayersFound((Described(source.path, FrozenMap(), sentence, stuck=True),)))


# -- one file


def _run(source: Source, taken: set[str]) -> _Run:
    """Run a file and describe its layers, or raise whatever it raises."""
    if digest(source.text) != source.sha256:
        raise EngineError(f"{source.name} is not what was trusted: its hash is another", hint="Trust it again")
    check_name(source.name)
    module, run = _module(source), _Run()
    for name, item in _layers(module).items():
        if name in taken:
            run.notes[name] = "Another layer has this name. Rename the class."
            continue
        try:
            body = described(name, item, source.module)
        except EngineError as error:
            run.notes[name] = error.sentence
            continue
        run.layers[name], run.classes[name] = body, item
    return run


def _module(source: Source) -> ModuleType:
    """Run a text as a fresh module; tracebacks and Keras read its lines from here, never from the file again."""
    lines = source.text.splitlines(keepends=True)
    linecache.cache[source.path] = (len(source.text), None, lines, source.path)
    loader = _Text(source)
    module = module_from_spec(ModuleSpec(source.module, loader, origin=source.path))
    module.__file__ = source.path
    sys.modules[source.module] = module
    try:
        loader.exec_module(module)
    except BaseException:
        del sys.modules[source.module]
        raise
    return module


def _layers(module: ModuleType) -> dict[str, type]:
    """The layers that a module defines itself and that are meant to be used: `_Base` is not."""
    return {
        name: item
        for name, item in vars(module).items()
        if isinstance(item, type)
        and issubclass(item, keras.layers.Layer)
        and item.__module__ == module.__name__
        and name == item.__name__
        and not name.startswith("_")
    }


# -- what is said of one that does not work


def _nothing(notes: Mapping[str, str]) -> str:
    """Why a file gives no layer: the first of those that are left out, or that there is none."""
    return next((f"{name}: {why}" for name, why in notes.items()), "no class in it extends keras.layers.Layer.")


def told(source: Source, error: BaseException) -> str:
    """Say what went wrong and at which line of the file."""
    line, words = _line(source, error), " ".join(str(error).split())
    if isinstance(error, SyntaxError) and error.filename == source.path:
        return f"line {error.lineno}: {error.msg}."
    if isinstance(error, SystemExit):
        return f"{line}it ends the program."
    if _lacks(error):
        return f"{line}it needs {_lacks(error)}, which is not there while shapes are checked. Use keras.ops instead."
    if isinstance(error, ModuleNotFoundError):
        return f"{line}it imports {error.name}, which is not installed. Install it, or put what it gives into the file."
    return f"{line}{type(error).__name__}{': ' if words else ''}{words[:200].rstrip('.')}."


def _line(source: Source, error: BaseException) -> str:
    """The innermost line of the file that an error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == source.path]
    return f"line {lines[-1]}: " if lines else ""


def _lacks(error: BaseException) -> str:
    """The library that an import found hidden, as it is on the numpy backend; empty where that is not the reason."""
    if not isinstance(error, ModuleNotFoundError) or "hidden from" not in str(error):
        return ""
    package = (error.name or "").split(".")[0]
    return package if package in HIDDEN else ""
