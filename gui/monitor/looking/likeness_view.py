"""How alike the maps of a layer are: their correlation, their noughts, and two of them side by side. Knows no run."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.aside import Newest
from gui.monitor.looking.heat import Heat, Matrix
from gui.monitor.looking.likeness import Likeness, likeness, summary
from gui.monitor.looking.moment import Moment
from gui.monitor.looking.view import View
from gui.monitor.switch import Switch
from gui.monitor.tiles import Floats, sheet
from gui.monitor.wall import Wall
from gui.theme import LABEL, colour, font

ORDERS: Final = {"index": "In order", "likeness": "By likeness"}
ORDER_ICONS: Final = {"index": "list", "likeness": "shuffle"}
WIDEST: Final = 260


def vectors(values: Floats) -> tuple[Floats, str]:
    """Return what is compared, one a row, and what it is called: maps by their places, features by their steps."""
    shown = sheet(values)
    if shown.kind == "maps":
        return shown.maps.reshape(-1, shown.count).T, "map"
    return shown.maps[:, :, 0], "feature"


class LikenessView(View):
    """Emits `pointed` with words; what takes long is computed beside the window's loop."""

    rest = "Orange: alike, blue: each other's opposite. A click on two shows them side by side"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.controls = self.order = Switch("Order", ORDERS, "The order of the maps")
        self.heat, self.bars, self.pair = Heat("Correlation between maps"), NoughtBars(), Wall()
        self.words = QLabel()
        self.found: Likeness | None = None
        self._chosen: tuple[int, int] | None = None
        self._moment: Moment | None = None
        self._noun = "map"
        self._newest = Newest[Likeness](self, self._on_found)
        self._lay_out()
        self.order.chosen.connect(lambda _word: self._show())
        self.heat.pointed.connect(self.pointed)
        self.heat.pressed.connect(self._on_pressed)
        self.bars.pointed.connect(self.pointed)
        self.pair.pointed.connect(self.pointed)

    def _lay_out(self) -> None:
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.pair.setAccessibleName("The two maps that were chosen")
        self.pair.hide()
        side = QVBoxLayout()
        side.setSpacing(8)
        side.addWidget(self.words, 0, Qt.AlignmentFlag.AlignTop)
        side.addWidget(self.pair, 2)
        side.addWidget(self.bars, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.heat)
        row.addLayout(side, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the matrix, which is square, no more room than it takes."""
        super().resizeEvent(event)
        self.heat.setFixedWidth(max(80, min(self.height(), self.width() // 2)))

    @property
    def room(self) -> int:
        return self.order.room

    def show_narrow(self, narrow: bool) -> None:
        self.order.show_icons(ORDER_ICONS if narrow else {})

    def show_moment(self, moment: Moment) -> None:
        if moment.values is None:
            return
        if self._moment is None or self._moment.node.id != moment.node.id:
            self._chosen = None
            self.pair.hide()
        self._moment = moment
        rows, self._noun = vectors(moment.values)
        self._newest.ask(partial(likeness, rows))  # a thousand maps take longer than a frame

    def _on_found(self, found: Likeness) -> None:
        self.found = found
        self._show()

    # -- showing

    def _show(self) -> None:
        if self.found is None:
            return
        found, noun = self.found, self._noun
        order = found.chain if self.order.choice == "likeness" else np.arange(len(found.chain))

        def tell(row: int, column: int) -> str:
            one, other = int(order[row]), int(order[column])
            value = float(found.correlation[one, other])
            known = f"{value:.3f}" if np.isfinite(value) else "cannot be compared, one is the same everywhere"
            return f"{noun}s {one} and {other}: {known}"

        shown = found.correlation[np.ix_(order, order)]
        self.heat.show_matrix(Matrix(shown, tell, bounds=(-1.0, 1.0), signed=True, square=True))
        self.bars.show_shares(found.sparsity[order], [f"{noun} {place}" for place in order])
        self.words.setText(summary(found, noun) + ".")
        self._show_pair()

    def _on_pressed(self, row: int, column: int) -> None:
        if self.found is None:
            return
        order = self.found.chain if self.order.choice == "likeness" else np.arange(len(self.found.chain))
        chosen = (int(order[row]), int(order[column]))
        self._chosen = None if chosen == self._chosen else chosen
        self._show_pair()

    def _show_pair(self) -> None:
        moment = self._moment
        self.pair.setVisible(self._chosen is not None)
        if self._chosen is None or moment is None or moment.values is None:
            return
        shown = sheet(moment.values)
        one, other = self._chosen
        self.pair.noun, self.pair.numbers = self._noun, self._chosen
        self.pair.use_colours(moment.colours)
        if shown.kind == "maps" and max(one, other) < shown.count:
            self.pair.stride = moment.stride
            self.pair.show_values(shown.maps[:, :, [one, other]], moment.stride)
        elif max(one, other) < len(shown.maps):
            self.pair.show_values(shown.maps[[one, other], :, 0].T, moment.stride)


class NoughtBars(QWidget):
    """The share of noughts of each map as a bar."""

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: Floats = np.empty(0)
        self._names: list[str] = []
        self.setMouseTracking(True)
        self.setMinimumSize(QSize(80, 40))
        self.setAccessibleName("Share of noughts by map")

    def show_shares(self, shares: Floats, names: list[str]) -> None:
        self._shares, self._names = shares, names
        self.setVisible(bool((shares > 0).any()))  # where no number is nought there is nothing to see
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(font(LABEL))
        painter.setPen(colour("third"))
        head = LABEL + 6
        painter.drawText(QRectF(0, 0, self.width(), head), Qt.AlignmentFlag.AlignLeft, self._title())
        if not self._shares.any():
            painter.end()
            return
        count, room = len(self._shares), QRectF(0, head, self.width(), self.height() - head - 1)
        step = min(24.0, room.width() / max(1, count))
        painter.fillRect(QRectF(0, room.bottom(), step * count, 1), colour("line"))
        for place, share in enumerate(self._shares):
            silent = share == 1
            bar = QRectF(place * step, room.bottom() - room.height() * share, max(1.0, step - 1), room.height() * share)
            painter.fillRect(bar, colour("warning") if silent else QColor(colour("train")))
        painter.end()

    def _title(self) -> str:
        most = float(self._shares.max(initial=0.0))
        return f"Share of noughts, up to {most:.0%}" if most else "No noughts"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.words_at(event.position()))

    def words_at(self, at: QPointF) -> str:
        """Say what stands at a point."""
        step = min(24.0, self.width() / max(1, len(self._shares)))
        place = int(at.x() // step)
        if not 0 <= place < len(self._shares):
            return ""
        share = float(self._shares[place])
        return f"{self._names[place]}: {'silent' if share == 1 else f'{share:.0%} noughts'}"
