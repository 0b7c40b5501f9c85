"""Places rows of numbers in space by t-SNE or UMAP, beside whatever else its process does. Knows no network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ctypes import c_ulong, py_object, pythonapi
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from threading import Thread
from typing import Final

import numpy as np

from engine.data.columns import Tensor
from engine.errors import RecipeError

AXES: Final = 3


def _t_sne(values: Tensor, seed: int) -> Tensor:
    perplexity = min(30.0, max(2.0, (len(values) - 1) / 3))
    made = import_module("sklearn.manifold").TSNE(AXES, init="pca", perplexity=perplexity, random_state=seed)
    return np.asarray(made.fit_transform(values))


def _umap(values: Tensor, seed: int) -> Tensor:
    neighbours = min(15, len(values) - 1)
    made = import_module("umap").UMAP(n_components=AXES, n_neighbors=neighbours, random_state=seed)
    return np.asarray(made.fit_transform(values))


@dataclass(frozen=True, slots=True)
class Method:
    """How rows are placed; `module` and `package` are what that needs beside the program."""

    title: str
    module: str
    package: str
    place: Callable[[Tensor, int], Tensor]


METHODS: Final[Mapping[str, Method]] = {
    "t-sne": Method("t-SNE", "sklearn", "scikit-learn", _t_sne),
    "umap": Method("UMAP", "umap", "umap-learn", _umap),
}


def needed(name: str) -> Method | None:
    """Return a method, None for what needs none of these; raise RecipeError where its package is not installed."""
    method = METHODS.get(name)
    if method is not None and find_spec(method.module) is None:
        raise RecipeError(f"{method.title} needs {method.package}", received="an installation without it",
                          hint=f"pip install {method.package}, or choose PCA")  # fmt: skip
    return method


class Placing(Thread):
    """A method at work: its points once it is done, or why there are none."""

    def __init__(self, method: Method, values: Tensor, seed: int) -> None:
        super().__init__(daemon=True, name=method.title)
        self._method, self._values, self._seed = method, values, seed
        self._points: Tensor | None = None
        self._error: BaseException | None = None

    @property
    def doing(self) -> str:
        """Say what is under way: neither method tells how far it is."""
        return f"{self._method.title} is placing {len(self._values)} points; it does not tell how far it is"

    def run(self) -> None:
        try:
            self._points = self._method.place(self._values, self._seed)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - it is told where the points are asked for
            self._error = error

    def points(self) -> Tensor:
        """Return the points, or raise RecipeError where the method found none."""
        if self._points is None:
            raise RecipeError(f"{self._method.title} found no places for these samples",
                              received=str(self._error)[:200], hint="Choose PCA") from self._error  # fmt: skip
        return self._points

    def give_up(self) -> None:
        """End the work where Python stands next: both methods come back to it with each of their rounds.

        A thread cannot be killed; left alone, this one would go on and take its share of the processor from the run.
        """
        if self.ident is not None and self.is_alive():
            pythonapi.PyThreadState_SetAsyncExc(c_ulong(self.ident), py_object(SystemExit))
