"""What this worker knows of layers: those that ship, and those of files that it was told to run. Runs no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TypeAlias

from engine import catalogue as shipped
from engine.catalogue import Catalogue
from engine.specs import LayerSpec

Watch: TypeAlias = Callable[[str], AbstractContextManager[None]]


@dataclass(slots=True)
class _Known:
    """The one state that a worker has beside a run: the files' layers, as data and as classes."""

    catalogue: Catalogue | None = None
    classes: Mapping[str, type] = field(default_factory=dict)
    watch: Watch = lambda _module: nullcontext()


_KNOWN = _Known()


def catalogue() -> Catalogue:
    """Return the catalogue that holds now."""
    return _KNOWN.catalogue or shipped.catalogue()


def class_of(layer: str) -> type:
    """Return the class of a layer that comes from a file."""
    return _KNOWN.classes[layer]


def watched(spec: LayerSpec) -> AbstractContextManager[None]:
    """Watch over a layer while it is asked, where it comes from a file: it may never come to an end."""
    return _KNOWN.watch(spec.file) if spec.file else nullcontext()


def use(catalogue: Catalogue, classes: Mapping[str, type], watch: Watch) -> None:
    """Know these layers from now on; `watch` looks after those of a file, by its module."""
    _KNOWN.catalogue, _KNOWN.classes, _KNOWN.watch = catalogue, dict(classes), watch
