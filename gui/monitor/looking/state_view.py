"""A recurrent state over time: steps to the right, units down, what comes in along the top. Knows no run."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from gui.monitor.looking.heat import Heat, Matrix
from gui.monitor.looking.moment import Moment
from gui.monitor.looking.ordering import Ordering
from gui.monitor.looking.sources import series, steps
from gui.monitor.looking.view import View
from gui.monitor.switch import Switch
from gui.monitor.tiles import Floats
from gui.theme import colour

ORDERS: Final = {"index": "In order", "likeness": "By likeness"}
ORDER_ICONS: Final = {"index": "list", "likeness": "shuffle"}
HIGH: Final = 48
#: As many of a series' features are drawn at most.
LINES: Final = 4


class StateView(View):
    """Emits `pointed` with words: a step, a unit, its state."""

    rest = "Steps go to the right, units down; orange is more than nought, blue less"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controls = self.order = Switch("Order", ORDERS, "The order of the units")
        self.heat, self.series = Heat("State over time"), Series()
        self._moment: Moment | None = None
        self._ordering = Ordering(self, self._show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.series)
        layout.addWidget(self.heat, 1)
        self.heat.pointed.connect(self.pointed)
        self.heat.entered.connect(lambda _unit, step: self.series.mark(step))
        self.order.chosen.connect(lambda _word: self._show())

    @property
    def room(self) -> int:
        return self.order.room

    def show_narrow(self, narrow: bool) -> None:
        self.order.show_icons(ORDER_ICONS if narrow else {})

    def show_moment(self, moment: Moment) -> None:
        self._moment = moment
        self._show()

    def _show(self) -> None:
        moment = self._moment
        if moment is None or moment.values is None:
            return
        units = moment.values.T
        order = self._ordering.of(moment, units, self.order.choice)
        if order is None:
            return
        count = units.shape[1]
        whole = moment.whole[0] if moment.whole else count
        words = steps(moment.samples, moment.sample, moment.sources, count) if moment.stride == 1 else ()
        came = series(moment.samples, moment.sample, moment.sources, whole)

        def tell(row: int, column: int) -> str:
            at = f"step {column * moment.stride}" + (f" “{words[column]}”" if words else "")
            return f"{at} · unit {order[row]}: {float(units[order[row], column]):.4g}{_side(moment, order[row], units)}"

        self.heat.show_matrix(Matrix(units[order], tell, columns=words, signed=True))
        self.series.setVisible(came is not None)
        if came is not None:
            self.series.show_series(came, self.heat)


def _side(moment: Moment, unit: int, units: Floats) -> str:
    """Say which way a unit of two directions goes through time."""
    merged = moment.node.values.get("merge_mode", "concat")
    if moment.node.layer != "Bidirectional" or merged != "concat":
        return ""
    return " · forwards" if unit < len(units) // 2 else " · backwards"


class Series(QWidget):
    """The series that comes in, drawn over the very steps of the states below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: Floats | None = None
        self._below: Heat | None = None
        self._step = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("The series that comes in")

    def sizeHint(self) -> QSize:
        return QSize(160, HIGH)

    def show_series(self, values: Floats, below: Heat) -> None:
        """Draw (steps, features) above a picture of as many columns."""
        self._values, self._below = values, below
        self.update()

    def mark(self, step: int) -> None:
        self._step = step
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._values is None or self._below is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, count = self._below.area, len(self._values)
        across = area.left() + (np.arange(count) + 0.5) * area.width() / count
        shown = self._values[:, :LINES]
        low, high = float(np.nanmin(shown)), float(np.nanmax(shown))
        down = 4 + (self.height() - 8) * (1 - (shown - low) / ((high - low) or 1.0))
        for feature in range(shown.shape[1]):
            painter.setPen(QPen(colour("train" if feature == 0 else "second"), 1.5 if feature == 0 else 1))
            points = zip(across.tolist(), down[:, feature].tolist(), strict=True)
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))
        if 0 <= self._step < count:
            painter.setPen(QPen(colour("accent"), 1))
            painter.drawLine(QPointF(across[self._step], 0), QPointF(across[self._step], self.height()))
        painter.end()
