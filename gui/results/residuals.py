"""The view of how far numbers are from what they are to be: predicted over true, and the residuals. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine import scores
from gui.results.chart import MOST_DOTS, Chart, Series
from gui.results.long_work import LongWork
from gui.results.shown import Shown
from gui.results.view import View, line

BINS: Final = 40
#: So many numbers are worked through in the window's own thread: a few milliseconds.
AT_ONCE: Final = 50_000
FIGURES: Final = (
    "R²: the share of the variance that is explained. MAE and RMSE: the mean absolute error, and the root of the mean "
    "squared error. Bias: the mean residual."
)
#: So many numbers of a sample can be looked at one by one.
MOST_APART: Final = 64


class ResidualsView(View):
    """Shows predictions of numbers."""

    TITLE = "Residuals"
    TIP = "What was predicted over what is true, and the difference"
    KINDS = frozenset({"numbers", "picture"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._work = LongWork(self)
        self._work.done.connect(self._show)
        self.scatter = Chart("Predicted over true", "true", "predicted")
        self.bars = Chart("Residuals", "predicted less true", "samples")
        self.which, self.words = QComboBox(), QLabel()
        self.which.setAccessibleName("Which number of a sample")
        self.which.currentIndexChanged.connect(lambda _place: self._refresh())
        self.words.setProperty("role", "second")
        self.words.setToolTip(FIGURES)
        self.scatter.pointed.connect(self._on_pointed)
        self._lay_out()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.which)
        row.addWidget(self.words, 1)
        charts = QHBoxLayout()
        charts.setSpacing(16)
        charts.addWidget(self.scatter, 1)
        charts.addWidget(self.bars, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(row)
        layout.addLayout(charts, 1)

    def show_verdict(self, shown: Shown) -> None:
        self._shown = shown
        count = int(np.prod(shown.verdict.targets.shape[1:]))
        names = [f"Number {place + 1}" for place in range(count)] if 1 < count <= MOST_APART else []
        if self.which.count() != len(names) + 1:
            self.which.blockSignals(True)
            self.which.clear()
            self.which.addItems(["All numbers", *names])
            self.which.blockSignals(False)
        self.which.setVisible(bool(names))
        self._refresh()

    def _pair(self) -> tuple[scores.Floats, scores.Floats]:
        """What is true and what was said, of the chosen number: shape (values,) each."""
        assert self._shown is not None  # noqa: S101 - asked where something is shown
        found = self._shown.verdict
        pair = [values.reshape(found.samples, -1).astype(np.float64) for values in (found.targets, found.predictions)]
        place = self.which.currentIndex() - 1
        true, said = (values if place < 0 else values[:, place] for values in pair)
        return true.reshape(-1), said.reshape(-1)

    def _refresh(self) -> None:
        if self._shown is None:
            return
        true, said = self._pair()
        if true.size <= AT_ONCE:
            self._work.forget()
            self._show(figures(true, said))
        else:
            self._work.begin(lambda: figures(true, said))

    def _show(self, found: Figures) -> None:
        self.words.setText(found.words)
        rule = Series(np.array(found.ends), np.array(found.ends), "third", "rule")
        self.scatter.show_series((rule, Series(found.true, found.said, "train", "dots")), found.ends, found.ends)
        top = float(found.counts.max(initial=0)) * 1.05
        nought = Series(np.zeros(2), np.array([0.0, top]), "third", "rule")
        bars = Series(found.edges, found.counts, "validation", "bars")
        self.bars.show_series((bars, nought), (float(found.edges[0]), float(found.edges[-1])), (0.0, top))

    def _on_pointed(self, at: tuple[float, float] | None) -> None:
        words = "" if at is None else f"true {at[0]:.4g} · predicted {at[1]:.4g} · residual {at[1] - at[0]:+.4g}"
        self.said.emit(words)

    def rows(self) -> Iterator[str]:
        if self._shown is None:
            return
        yield line("true", "predicted", "residual")
        for true, said in zip(*(values.tolist() for values in self._pair()), strict=True):
            yield line(f"{true:.7g}", f"{said:.7g}", f"{said - true:.7g}")


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """What is drawn of residuals, and what is said of them; of very many points some."""

    words: str
    true: scores.Floats
    said: scores.Floats
    ends: tuple[float, float]
    counts: scores.Floats
    edges: scores.Floats


def figures(true: scores.Floats, said: scores.Floats) -> Figures:
    """Work out what is drawn of numbers that are true and those that were said."""
    found = scores.residuals(true, said)
    lost = int((~np.isfinite(said)).sum())
    words = [
        f"R² {found.r2:.4f}", f"MAE {found.absolute:.4g}", f"RMSE {found.squared**0.5:.4g}", f"bias {found.mean:+.3g}",
    ]  # fmt: skip
    known = found.each[np.isfinite(found.each)]
    reach = float(np.abs(known).max(initial=0)) or 1.0
    counts, edges = np.histogram(known, BINS, (-reach, reach))
    every = max(1, true.size // MOST_DOTS)
    return Figures(
        "   ·   ".join([*words, *([f"{lost:,} are no number"] if lost else [])]), true[::every], said[::every],
        _ends(true, said), counts.astype(np.float64), edges,
    )  # fmt: skip


def _ends(*values: scores.Floats) -> tuple[float, float]:
    """The least and the greatest, and a little more."""
    known = [each[np.isfinite(each)] for each in values]
    if not any(each.size for each in known):
        return 0.0, 1.0
    low, high = min(float(each.min()) for each in known if each.size), max(float(e.max()) for e in known if e.size)
    more = (high - low) * 0.04
    return low - more, high + more
