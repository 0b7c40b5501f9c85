"""The maps of a layer for one sample: tiles, one of them large beside its filter, or steps with their words above.

Knows no run.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.monitor.bars import BarChart
from gui.monitor.looking.beside import Beside
from gui.monitor.looking.heat import Heat, Matrix
from gui.monitor.looking.moment import Moment
from gui.monitor.looking.sources import steps
from gui.monitor.looking.view import View
from gui.monitor.tiles import MOST_BARS, Floats, bounds, sheet
from gui.monitor.wall import Wall
from gui.theme import category_colour

BAND: Final = "Steps go to the right, features down, {} from least to greatest"
EACH, ALL = "each", "all"


class MapView(View):
    """Emits `pointed` with words about a place of a map, its value among them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wall, self.band = Wall(), Heat("Maps over time")
        self.beside: Beside | None = None
        self._moment: Moment | None = None
        self._shared = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addWidget(self.wall, 1)
        self._row.addWidget(self.band, 1)
        self.band.hide()
        self.wall.pointed.connect(self.pointed)
        self.band.pointed.connect(self.pointed)
        self.wall.enlarged_changed.connect(self._show_beside)

    def share_scale(self, shared: bool) -> None:
        """Scale all maps by one range, or each by its own."""
        self._shared = shared
        self.wall.share_scale(shared)
        if self._moment is not None:
            self.show_moment(self._moment)

    def show_moment(self, moment: Moment) -> None:
        self._moment = moment
        values = moment.values
        if values is None:
            return
        words = _words(moment, values)
        self.rest = BAND.format(ALL if self._shared else EACH) if values.ndim == 2 else ""
        self.band.setVisible(bool(words))
        self.wall.setVisible(not words)
        if words:
            self.wall.show_sheet(None)
            self._show_band(moment, values, words)
        elif values.ndim > 1 or values.size > MOST_BARS:
            self.wall.show_values(values, moment.stride)
        else:
            self.wall.show_chart(_chart(moment, values), category_colour(moment.tint))
        self._show_beside()

    def _show_band(self, moment: Moment, values: Floats, words: tuple[str, ...]) -> None:
        """Show a sequence whose steps have words: each feature in its own range, or all in one."""
        features = values.T
        low, high = (end[:, :, 0] for end in bounds(sheet(values), shared=self._shared))
        span = high - low

        def tell(row: int, column: int) -> str:
            return f"step {column} “{words[column]}” · feature {row}: {float(features[row, column]):.4g}"

        shown = (features - low) / (span + (span == 0))
        self.band.colours = moment.colours
        self.band.show_matrix(Matrix(shown, tell, columns=words, bounds=(0.0, 1.0)))

    def _show_beside(self) -> None:
        shown, index = self.wall.visible_sheet, self.wall.enlarged
        if self._moment is None or shown is None or index is None or not self.band.isHidden():
            if self.beside is not None:
                self.beside.hide()
            return
        if self.beside is None:
            self.beside = Beside()
            self.beside.filter.pointed.connect(self.pointed)
            self._row.addWidget(self.beside)
        self.beside.show_map(self._moment, index, shown.maps)
        self.beside.show()


def _words(moment: Moment, values: Floats) -> tuple[str, ...]:
    """What the steps of a sequence are called; none where each is not there, or has no words."""
    if values.ndim != 2 or moment.stride != 1:
        return ()
    return steps(moment.samples, moment.sample, moment.sources, len(values))


def _chart(moment: Moment, values: Floats) -> BarChart:
    """A short vector: the network's answer with the right one, tokens with their words, or just numbers."""
    numbers = values.reshape(-1)
    if moment.words:
        return BarChart(numbers, moment.words, moment.samples.answer(moment.sample))
    tokens = steps(moment.samples, moment.sample, moment.sources, len(numbers))
    return BarChart(numbers, tokens, plain=bool(tokens))
