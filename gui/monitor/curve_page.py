"""Where things stand on the page of curves: the bar above the plots, the legend beside them. Knows no run."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.monitor.curve_bar import CurveBar
from gui.monitor.legend import Legend
from gui.monitor.plots import Plots


class CurvePage(QWidget):
    """The page with all that is on it; `picture`, the plots and their legend, is what an export shows."""

    def __init__(self, bar: CurveBar, grid: Plots, legend: Legend) -> None:
        super().__init__()
        self.picture = QWidget()
        row = QHBoxLayout(self.picture)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(grid, 1)
        row.addWidget(legend.within())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(bar)
        layout.addWidget(self.picture, 1)
