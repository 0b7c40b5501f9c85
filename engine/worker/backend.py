"""Which backend Keras runs on: numpy for the checker, without TensorFlow, or TensorFlow. Imports no Keras until asked.

Keras 3.15 imports `jax` on its numpy backend whatever it is asked for, though shapes never need it, and other libraries
wherever it finds them. A finder before all others serves a hollow `jax` and hides the rest: Keras is ready in one
second instead of ten.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any, Final, NoReturn

#: Served without content: Keras's numpy backend imports them and, for shapes, uses nothing of them.
HOLLOW: Final = ("jax", "keras.src.backend.jax")
#: Said to be absent: Keras does without them, and each costs seconds and tens of megabytes.
HIDDEN: Final = ("tensorflow", "torch", "sklearn", "PIL")


class Hollow:
    """A name of a hollow module: it can be passed around and looked into, and raises when it is used."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Hollow:
        if name.startswith("__"):
            raise AttributeError(name)
        return Hollow(f"{self._name}.{name}")

    def __call__(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError(
            f"{self._name} is not there on Keras's numpy backend: only TensorFlow can answer this"
        )


class HollowModule(ModuleType):
    """A module that has every name, each hollow."""

    def __getattr__(self, name: str) -> Hollow:
        if name.startswith("__"):
            raise AttributeError(name)
        return Hollow(f"{self.__name__}.{name}")


class Finder(MetaPathFinder, Loader):
    """Serve hollow modules and hide others, ahead of what is installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if _within(fullname, HIDDEN):
            raise ModuleNotFoundError(f"{fullname} is hidden from Keras's numpy backend", name=fullname)
        return ModuleSpec(fullname, self, is_package=True) if _within(fullname, HOLLOW) else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return HollowModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module hollow."""


def use_numpy() -> str:
    """Import Keras on its numpy backend, or, where that fails, on TensorFlow, and return the backend's name.

    Call it before anything imports Keras; where Keras is there already, its backend stays.
    """
    if "keras" in sys.modules:
        return _name()
    finder = Finder()
    sys.meta_path.insert(0, finder)
    try:
        with _backend("numpy"):
            _answer()
            _widen()
    except Exception:  # noqa: BLE001 - whatever a later Keras raises here, TensorFlow can answer
        sys.meta_path.remove(finder)
        _forget()
        with _backend("tensorflow"):
            _answer()
    return _name()


def use_tensorflow() -> str:
    """Import Keras on TensorFlow, for shapes that nothing else can tell, and return the backend's name."""
    with _backend("tensorflow"):
        _answer()
    return _name()


def _answer() -> None:
    """Ask Keras for a shape, which imports all that any shape needs."""
    keras: Any = importlib.import_module("keras")
    with keras.StatelessScope(initialize_variables=False):
        shape = keras.layers.Dense(2)(keras.KerasTensor((None, 3))).shape
    keras.src.backend.common.global_state.set_global_attribute("uninitialized_variables", [])
    if tuple(shape) != (None, 2):
        raise RuntimeError(f"Keras gave the shape {shape} for a Dense of 2 units")


def _widen() -> None:
    """Let types of 64 bits meet as they do on TensorFlow; elsewhere Keras makes 32 bits of them, as JAX does."""
    types: Any = importlib.import_module("keras.src.backend.common.dtypes")
    types.BIT64_TO_BIT32_DTYPE.update(int64="int64", float64="float64")


def _name() -> str:
    return str(sys.modules["keras"].backend.backend())


def _within(name: str, packages: Sequence[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


def _forget() -> None:
    """Take a half-imported Keras, and what was served to it, out of the imported modules."""
    for name in [name for name in sys.modules if _within(name, ("keras", *HOLLOW))]:
        del sys.modules[name]


@contextmanager
def _backend(name: str) -> Iterator[None]:
    """Set the backend for Keras's import alone: a program that this one starts chooses for itself."""
    before = os.environ.get("KERAS_BACKEND")
    os.environ["KERAS_BACKEND"] = name
    try:
        yield
    finally:
        if before is None:
            del os.environ["KERAS_BACKEND"]
        else:
            os.environ["KERAS_BACKEND"] = before
