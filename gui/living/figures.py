"""What a run tells of its layers, as the nodes that are seen show it: those in a block together. Knows no wire."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from math import hypot, isfinite
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from gui.canvas.heat import FIGURES, LIVE, Figure, Reading
from gui.document import Document
from gui.monitor.figures import History

if TYPE_CHECKING:
    from engine.messages import Figures

#: The column of what is asked apart.
TIME: Final = "time"
#: Between two readings: at most two a second.
GAP_MS: Final = 500


class Readings(QObject):
    """Reads what came last, twice a second at most and while `open` says that somebody looks; `read` carries it."""

    read = Signal(object, object)

    def __init__(self, document: Document, history: History, parent: QObject, is_open: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._document, self._history, self._open = document, history, is_open
        self._waits = False
        self._gap = QTimer(self)
        self._gap.setSingleShot(True)
        self._gap.setInterval(GAP_MS)
        self._gap.timeout.connect(self.look)
        history.added.connect(self._on_added)

    def _on_added(self) -> None:
        self._waits = True
        self.look()

    def look(self) -> None:
        """Read what came since, unless that was a moment ago."""
        if self._waits and not self._gap.isActive() and self._open():
            self.anew()
            self._gap.start()

    def anew(self) -> None:
        """Read now: other nodes are seen."""
        self._waits = False
        look, times = self._history.figures[-1] if self._history.figures else None, self._history.times
        if look is not None or times:
            told = magnitudes(look, self._document.gives) if look is not None else {}
            self.read.emit(reading(look, self._document.seen_as, times), told)


def reading(
    look: Figures | None, seen_as: Callable[[str], str | None], times: Mapping[str, float] | None = None
) -> Reading:
    """Tell of the nodes that are seen: of those in an instance of a block together, as each figure joins them."""
    told: dict[str, Mapping[str, float]] = {TIME: times or {}}
    if look is not None:
        columns = zip(look.columns, look.values.numpy().T.tolist(), strict=True)
        told |= {name: dict(zip(look.nodes, values, strict=True)) for name, values in columns}
    figures = [FIGURES[name] for name in LIVE if FIGURES[name].column in told]
    return Reading(
        look.step if look is not None else 0,
        {figure.column: _joined(figure, seen_as, told[figure.column]) for figure in figures},
    )


def _joined(figure: Figure, seen_as: Callable[[str], str | None], told: Mapping[str, float]) -> Mapping[str, float]:
    found: dict[str, list[float]] = defaultdict(list)
    for node, value in told.items():
        id = seen_as(node)
        if id is not None and isfinite(value):
            found[id].append(value)
    return {id: figure.joined(amounts) for id, amounts in found.items()}


def magnitudes(look: Figures, gives: Mapping[str, str]) -> Mapping[str, float]:
    """Return the root of the mean square of what each node that is seen gives, where it was measured."""
    if not {"mean", "deviation"} <= {*look.columns}:
        return {}
    values = np.nan_to_num(look.values.numpy(), nan=-1.0)
    mean, deviation = (values[:, look.columns.index(name)].tolist() for name in ("mean", "deviation"))
    made = {node: hypot(m, d) for node, m, d in zip(look.nodes, mean, deviation, strict=True) if d >= 0}
    return {id: made[node] for id, node in gives.items() if node in made}
