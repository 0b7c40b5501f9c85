"""What is known of the layers' insides in the run under way or the last one: figures, histograms. Knows no page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QObject, Signal

from gui.runner import Runner

if TYPE_CHECKING:
    from engine.messages import Figures, Histograms

#: The most looks that are kept; beyond, each second one is let go, and the gaps between them double.
MOST: Final = 300
#: Values of a column, one a look: NaN where a look had none.
Values = np.ndarray[Any, np.dtype[np.float64]]


class History(QObject):
    """Keeps the looks of a run, the oldest first; `added` says that something came, `cleared` that a run began.

    Attributes:
        figures: The looks at all layers.
        times: The seconds that each node takes for a sample, forward; none where that was not asked.
    """

    added = Signal()
    cleared = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.figures: list[Figures] = []
        self.times: Mapping[str, float] = {}
        self._histograms: dict[str, list[Histograms]] = {}
        runner.started.connect(lambda _graph, _recipe: self.clear())
        runner.figured.connect(self._on_figures)
        runner.histogrammed.connect(self._on_histograms)

    def clear(self) -> None:
        """Forget a run."""
        self.figures, self._histograms, self.times = [], {}, {}
        self.cleared.emit()

    # -- what there is

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes of the newest look, in the order in which they compute."""
        return self.figures[-1].nodes if self.figures else ()

    @property
    def steps(self) -> Values:
        """The step of each look."""
        return np.array([look.step for look in self.figures], np.float64)

    def column(self, name: str) -> dict[str, float]:
        """Return one figure of each node as the newest look that has it found it; nodes that have none are left out."""
        columns = zip(self.nodes, self.table(name).T, strict=False)
        return {node: newest for node, values in columns if not np.isnan(newest := last_known(values))}

    def table(self, name: str) -> Values:
        """Return one figure at each look (a row) of each of `nodes` (a column), NaN where it was not measured."""
        nodes = self.nodes
        found = [_placed(look, _column(look, name), nodes) for look in self.figures]
        return np.stack(found) if found else np.empty((0, 0))

    def over_time(self, node: str, name: str) -> Values:
        """Return one figure of a node at each look, NaN where it was not measured."""
        if node not in self.nodes:
            return np.full(len(self.figures), np.nan)
        values: Values = self.table(name)[:, self.nodes.index(node)]
        return values

    def gradient_norms(self) -> Values:
        """Return the norm of all gradients together at each look."""
        return np.array([look.gradient_norm for look in self.figures], np.float64)

    def histograms(self, node: str) -> Sequence[Histograms]:
        """Return the histograms of a node's weights and gradients, the oldest first."""
        return self._histograms.get(node, [])

    # -- what comes

    def take_times(self, times: Mapping[str, float]) -> None:
        """Take how long each node takes."""
        self.times = times
        self.added.emit()

    def _on_figures(self, message: Figures) -> None:
        self.figures = thinned([*_before(self.figures, message), message])
        self.added.emit()

    def _on_histograms(self, message: Histograms) -> None:
        kept = self._histograms.get(message.node, [])
        self._histograms[message.node] = thinned([*_before(kept, message), message])


def last_known(values: Values) -> float:
    """Return the newest value that is a number, nan where none is."""
    known = np.flatnonzero(~np.isnan(values))
    return float(values[known[-1]]) if len(known) else float("nan")


def _before(looks: Sequence[Any], newest: Any) -> Sequence[Any]:
    """The looks without one at the same step, which the newest replaces."""
    return looks[:-1] if looks and looks[-1].step == newest.step else looks


def thinned(looks: list[Any], most: int = MOST) -> list[Any]:
    """Return the looks, or where they are too many each second: always the first and the newest."""
    return looks if len(looks) <= most else [*looks[:-1:2], looks[-1]]


def _column(look: Figures, name: str) -> Values:
    """One figure of all nodes of a look."""
    if name not in look.columns:
        return np.full(len(look.nodes), np.nan)
    values: Values = look.values.numpy()[:, look.columns.index(name)]
    return values


def _placed(look: Figures, row: Values, nodes: tuple[str, ...]) -> Values:
    """A look's figures in the places that the nodes have in the newest."""
    if look.nodes == nodes:
        return row
    held = dict(zip(look.nodes, row, strict=True))
    return np.array([held.get(node, np.nan) for node in nodes], np.float64)
