"""Plots of metrics side by side that point, pin and zoom as one. Knows no run."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.monitor.plot import MetricPlot
from gui.monitor.told import Told

#: As narrow as a plot is before another row begins, and as low as one is at least, in pixels.
LEAST_WIDTH, LEAST_HEIGHT = 280, 150
#: So near to the pin a click takes it away, as a part of what is in sight.
NEAR_PIN: Final = 0.012


class Plots(QWidget):
    """Emits `moved` when a person zooms or moves, `fitted` when all shall be shown again, `note_asked` with a plot and
    an x, `menu_asked` with a place on the screen as well."""

    moved = Signal()
    fitted = Signal()
    note_asked = Signal(object, float)
    menu_asked = Signal(object, float, QPoint)

    def __init__(self, tell: Callable[[str, float], Told | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plots: dict[str, MetricPlot] = {}
        self.pin = math.nan
        self._pin_before = math.nan
        self._tell = tell
        self._hovered: tuple[MetricPlot, float] | None = None
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)

    # -- which plots there are

    def have(self, wanted: list[str]) -> None:
        """Have one plot for each of these metrics, in this order."""
        if wanted == list(self.plots):
            return
        for name in [name for name in self.plots if name not in wanted]:
            plot = self.plots.pop(name)
            self._grid.removeWidget(plot)
            if self._hovered is not None and self._hovered[0] is plot:
                self._hovered = None
            plot.hide()
            plot.deleteLater()
        self.plots = {name: self.plots.get(name) or self._make(name) for name in wanted}
        self._arrange()

    def _arrange(self) -> None:
        """Lay the plots out in rows, as many in each as are wide enough and no lower than can be read."""
        count = len(self.plots)
        rows = max(1, self.height() // LEAST_HEIGHT)
        self._columns = columns = self._wanted_columns()
        for place, plot in enumerate(self.plots.values()):
            self._grid.addWidget(plot, place // columns, place % columns)
        for column in range(max(columns, self._grid.columnCount())):
            self._grid.setColumnStretch(column, int(column < columns))
        for row in range(max(rows, self._grid.rowCount())):
            self._grid.setRowStretch(row, int(row * columns < count))

    def _wanted_columns(self) -> int:
        count, rows = max(1, len(self.plots)), max(1, self.height() // LEAST_HEIGHT)
        return min(count, max(1, -(-count // rows), self.width() // LEAST_WIDTH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.plots and self._wanted_columns() != self._columns:
            self._arrange()

    def _make(self, name: str) -> MetricPlot:
        plot = MetricPlot(name)
        plot.hovered.connect(lambda x: self._on_hovered(plot, x))
        plot.moved.connect(lambda: self._follow(plot))
        plot.fitted.connect(self.fitted)
        plot.pinned.connect(self._on_pinned)
        plot.doubled.connect(self._on_doubled)
        plot.note_asked.connect(lambda x: self.note_asked.emit(plot, x))
        plot.menu_asked.connect(lambda x, at: self.menu_asked.emit(plot, x, at))
        return plot

    @property
    def hovered(self) -> MetricPlot | None:
        """The plot that is pointed at."""
        return self._hovered[0] if self._hovered is not None else None

    # -- as one

    def reach_to(self, x0: float, x1: float) -> None:
        for plot in self.plots.values():
            plot.reach_to(x0, x1)

    def limit(self, x0: float, x1: float) -> None:
        for plot in self.plots.values():
            plot.limit(x0, x1)

    def let_go(self) -> None:
        for plot in self.plots.values():
            plot.let_go()

    def _follow(self, moved: MetricPlot) -> None:
        """Show on every plot the stretch to which a person zoomed one."""
        self.reach_to(*moved.reach)
        self.moved.emit()

    def zoom(self, factor: float) -> None:
        for plot in list(self.plots.values())[:1]:
            plot.zoom(factor, plot.pointed)

    # -- what stands at a place

    def _on_hovered(self, plot: MetricPlot, x: float) -> None:
        plot.pointed = x
        self._hovered = (plot, x) if x == x else None
        self._point(plot, x)

    def _point(self, source: MetricPlot, x: float) -> None:
        for name, plot in self.plots.items():
            told = self._tell(name, x) if x == x else None
            notes = plot.notes_at(x) if told is not None else ()
            height = source.height_pointed if plot is source else math.nan
            if told is None:
                plot.point_at(math.nan, Told())
            else:
                plot.pointed = x if plot is source else math.nan
                plot.point_at(x, Told(told.where, told.readings, (*told.notes, *notes)), height)

    def _on_pinned(self, x: float) -> None:
        self._pin_before = self.pin
        plot = next(iter(self.plots.values()))
        x0, x1 = plot.reach
        self.pin_at(math.nan if abs(x - self.pin) < NEAR_PIN * (x1 - x0) else x)

    def _on_doubled(self) -> None:
        """Take back the pin that the first click of a double click set."""
        self.pin_at(self._pin_before)
        self.fitted.emit()

    def pin_at(self, x: float) -> None:
        """Keep the values at x in sight on every plot; nan lets them go."""
        self.pin = x
        self.refresh()

    def toggle_pin(self) -> None:
        """Pin where the cross-hair is; let go what is pinned where there is none."""
        if self._hovered is not None:
            self._on_pinned(self._hovered[1])
        else:
            self.pin_at(math.nan)

    def refresh(self) -> None:
        """Say anew what stands at the pin and under the pointer."""
        for name, plot in self.plots.items():
            told = self._tell(name, self.pin) if self.pin == self.pin else None
            plot.pin_at(math.nan if told is None else self.pin, told or Told())
        if self._hovered is not None:
            self._point(*self._hovered)
