"""The maps of a layer for one sample, one of them large beside its filter. Knows no run."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.monitor.bars import BarChart
from gui.monitor.looking.beside import Beside
from gui.monitor.looking.moment import Moment
from gui.monitor.looking.view import View
from gui.monitor.tiles import MOST_BARS
from gui.monitor.wall import Wall
from gui.theme import category_colour


class MapView(View):
    """Emits `pointed` with words about a place of a map, its value among them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wall = Wall()
        self.beside: Beside | None = None
        self._moment: Moment | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(self.wall, 1)
        self.wall.pointed.connect(self.pointed)
        self.wall.enlarged_changed.connect(self._show_beside)

    def show_moment(self, moment: Moment) -> None:
        self._moment = moment
        values = moment.values
        if values is None:
            return
        if values.ndim > 1 or values.size > MOST_BARS:
            self.wall.show_values(values, moment.stride)
        else:
            answer = moment.samples.answer(moment.sample) if moment.words else None
            chart = BarChart(values.reshape(-1), moment.words, answer)
            self.wall.show_chart(chart, category_colour(moment.tint))
        self._show_beside()

    def _show_beside(self) -> None:
        shown, index = self.wall.visible_sheet, self.wall.enlarged
        if self._moment is None or shown is None or index is None:
            if self.beside is not None:
                self.beside.hide()
            return
        if self.beside is None:
            self.beside = Beside()
            self.beside.filter.pointed.connect(self.pointed)
            self._row.addWidget(self.beside)
        self.beside.show_map(self._moment, index, shown.maps)
        self.beside.show()
