"""The view of how far numbers are from what they are to be: predicted over true, and the residuals. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine import scores
from gui.results.chart import Chart, Series
from gui.results.shown import Shown
from gui.results.view import View, line

BINS: Final = 40
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
        self.scatter = Chart("Predicted over true", "true", "predicted")
        self.bars = Chart("Residuals", "predicted less true", "samples")
        self.which, self.words = QComboBox(), QLabel()
        self.which.setAccessibleName("Which number of a sample")
        self.which.currentIndexChanged.connect(lambda _place: self._refresh())
        self.words.setProperty("role", "second")
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
        found = scores.residuals(true, said)
        lost = int((~np.isfinite(said)).sum())
        self.words.setText(
            f"R² {found.r2:.4f}   ·   mean absolute error {found.absolute:.4g}   ·   root mean squared error "
            f"{found.squared**0.5:.4g}   ·   bias {found.mean:+.3g}"
            + (f"   ·   {lost:,} are no number" if lost else "")
        )
        ends = _ends(np.concatenate([true, said]))
        rule = Series(np.array(ends), np.array(ends), "third", "rule")
        self.scatter.show_series((rule, Series(true, said, "train", "dots")), ends, ends)
        self._show_bars(found.each[np.isfinite(found.each)])

    def _show_bars(self, each: scores.Floats) -> None:
        if not each.size:
            self.bars.show_series((), (0, 1), (0, 1))
            return
        reach = float(np.abs(each).max()) or 1.0
        counts, edges = np.histogram(each, BINS, (-reach, reach))
        nought = Series(np.zeros(2), np.array([0.0, counts.max() * 1.05]), "third", "rule")
        bars = Series(edges, counts.astype(np.float64), "validation", "bars")
        self.bars.show_series((bars, nought), (-reach, reach), (0.0, counts.max() * 1.05))

    def _on_pointed(self, at: tuple[float, float] | None) -> None:
        words = "" if at is None else f"true {at[0]:.4g} · predicted {at[1]:.4g} · residual {at[1] - at[0]:+.4g}"
        self.said.emit(words)

    def rows(self) -> Iterator[str]:
        if self._shown is None:
            return
        yield line("true", "predicted", "residual")
        for true, said in zip(*(values.tolist() for values in self._pair()), strict=True):
            yield line(f"{true:.7g}", f"{said:.7g}", f"{said - true:.7g}")


def _ends(values: scores.Floats) -> tuple[float, float]:
    """The least and the greatest, and a little more."""
    known = values[np.isfinite(values)]
    if not known.size:
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    more = (high - low) * 0.04
    return low - more, high + more
