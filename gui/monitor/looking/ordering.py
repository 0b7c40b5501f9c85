"""In what order vectors are shown, many of them compared beside the window's loop. Knows no view and no layer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QObject

from gui.aside import Newest
from gui.monitor.looking.likeness import Order, chain, correlation
from gui.monitor.tiles import Floats

#: So many vectors, and numbers times vectors, are compared at once: it takes less than a millisecond.
FEW: Final = 64
LIGHT: Final = 2**20


class Ordering:
    """Finds orders for an owner, and calls `found` where one was waited for."""

    def __init__(self, owner: QObject, found: Callable[[], object]) -> None:
        self._found = found
        self._newest = Newest[tuple[object, Order]](owner, self._keep)
        self._known: tuple[object, Order] | None = None
        #: Whose vectors are being compared, or are to be next.
        self._asked: object = None

    def of(self, subject: object, vectors: Floats, by: str) -> Order | None:
        """Return the order of vectors, one a row: "index", "norm" or "likeness"; None while it is being found.

        `subject` is what the vectors are read from: of the same subject they are compared once.
        """
        if by == "norm":
            return np.argsort(-np.linalg.norm(vectors.astype(np.float64), axis=1), kind="stable")
        if by != "likeness":
            return np.arange(len(vectors))
        if self._known is not None and self._known[0] is subject:
            return self._known[1]
        if len(vectors) <= FEW and vectors.size * len(vectors) <= LIGHT:
            return alike(vectors)
        if self._asked is not subject:
            self._asked = subject
            self._newest.ask(partial(_compared, subject, vectors))
        return None

    def _keep(self, known: tuple[object, Order]) -> None:
        self._known = known
        if self._asked is known[0]:
            self._asked = None
        self._found()


def alike(vectors: Floats) -> Order:
    """Return the order in which neighbours are alike."""
    return chain(correlation(vectors))


def _compared(subject: object, vectors: Floats) -> tuple[object, Order]:
    return subject, alike(vectors)
