"""The wall: one output of a layer as one picture, to point at and to enlarge. Knows no run and no graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.monitor.bars import BarChart
from gui.monitor.mosaic import colour_table, lay_out, wall
from gui.monitor.tiles import Floats, Grid, Sheet, sheet
from gui.theme import colour, themes

GAP: Final = 3
_STEPS: Final[Mapping[int, Callable[[Grid], int]]] = {
    Qt.Key.Key_Left: lambda grid: -1,
    Qt.Key.Key_Right: lambda grid: 1,
    Qt.Key.Key_Up: lambda grid: -grid.columns,
    Qt.Key.Key_Down: lambda grid: grid.columns,
}


def _nothing(_tile: int) -> str:
    return ""


class Wall(QWidget):
    """Emits `pointed` with words about what is under the pointer or the keyboard's mark; empty for nothing.

    A click or Return enlarges one map, the next one or Escape goes back; arrows go from map to map.
    """

    pointed = Signal(str)
    enlarged_changed = Signal()
    #: A tile that was chosen, where a click chooses and does not enlarge.
    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self.chart: BarChart | None = None
        self.enlarged: int | None = None
        self.tint = colour("train")
        self.stride = 1
        self.noun, self.enlarges = "map", True
        #: What each tile is, where they do not stand in order: its number, and words to say of it.
        self.numbers: Sequence[int] = ()
        self.more: Callable[[int], str] = _nothing
        self._current: int | None = None
        self._pointer: QPointF | None = None
        self._shared, self._colours = False, "magma"
        self._laid: Grid | None = None
        self._image: QImage | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(QSize(160, 80))
        self.setAccessibleName("Feature maps")
        themes().changed.connect(self._redraw)

    # -- what is shown

    def show_values(self, values: Floats | None, stride: int = 1) -> None:
        """Show one sample's output, its batch axis gone; of space each `stride`-th place has come."""
        self.stride = stride
        self.show_sheet(sheet(values) if values is not None else None)

    def show_sheet(self, shown: Sheet | None) -> None:
        """Show tiles that are made already."""
        before, self.sheet, self.chart = self.sheet, shown, None
        if before is None or shown is None or before.maps.shape != shown.maps.shape:
            self.enlarge(None)
            self._current = None
        self._redraw()
        self._say()

    def show_chart(self, chart: BarChart, tint: QColor) -> None:
        """Show a short vector as bars."""
        self.show_values(chart.values)
        self.chart, self.tint = chart, tint
        self._redraw()
        self._say()

    def share_scale(self, shared: bool) -> None:
        """Scale all maps by one range, or each by its own."""
        self._shared = shared
        self._redraw()

    def use_colours(self, name: str) -> None:
        self._colours = name
        self._redraw()

    def enlarge(self, index: int | None) -> None:
        """Show one map alone, or all again."""
        several = self.enlarges and self.sheet is not None and self.sheet.kind == "maps" and self.sheet.count > 1
        before, self.enlarged = self.enlarged, index if several else None
        if before != self.enlarged:
            self.enlarged_changed.emit()
        self._redraw()
        self._say()

    # -- drawing

    @property
    def visible_sheet(self) -> Sheet | None:
        if self.sheet is None or self.enlarged is None:
            return self.sheet
        part = slice(self.enlarged, self.enlarged + 1)
        rgb = None if self.sheet.rgb is None else self.sheet.rgb[:, :, part]
        return replace(self.sheet, maps=self.sheet.maps[:, :, part], rgb=rgb)

    def _redraw(self) -> None:
        self._image = self._laid = None
        self.update()

    @property
    def _room(self) -> tuple[int, int]:
        """Width and height in device pixels."""
        ratio = self.devicePixelRatioF()
        return round(self.width() * ratio), round(self.height() * ratio)

    @property
    def _grid(self) -> Grid | None:
        """Where the maps lie, in device pixels."""
        shown = self.visible_sheet
        if self._laid is None and shown is not None and shown.maps.size:
            self._laid = lay_out(shown, self._room, round(GAP * self.devicePixelRatioF()))
        return self._laid

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.chart is not None:
            self.chart.paint(painter, QRectF(self.rect()), self.tint, self._current)
        elif (shown := self.visible_sheet) is not None and (grid := self._grid) is not None:
            self._image = self._image or self._draw(shown, grid)
            painter.drawImage(0, 0, self._image)
            self._mark(painter, grid)
        painter.end()

    def _draw(self, shown: Sheet, grid: Grid) -> QImage:
        name = "signed" if shown.signed else self._colours
        if themes().current.name == "light":
            name = {"grey": "paper", "signed": "signed paper"}.get(name, name)
        table = colour_table(name, colour("bad"), colour("panel"))
        image = wall(shown, grid, table, shared=self._shared)
        image.setDevicePixelRatio(self.devicePixelRatioF())
        return image

    def _mark(self, painter: QPainter, grid: Grid) -> None:
        """Frame the map to which the keyboard would go."""
        if self._current is None or not self.hasFocus() or self.enlarged is not None:
            return
        ratio = self.devicePixelRatioF()
        x, y = grid.corner(self._current)
        painter.setPen(QPen(colour("accent"), 2))
        painter.drawRect(QRectF(x / ratio, y / ratio, grid.width / ratio, grid.height / ratio))

    # -- pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        self._say()

    def leaveEvent(self, event: QEvent) -> None:
        self._current = None if self.chart is not None else self._current
        self._pointer = None
        self._say()
        self.update()

    def _say(self) -> None:
        """Tell what is under the pointer: again with each new output, for its value changes."""
        words = "" if self._pointer is None else self.words_at(self._pointer)
        if not words and self.enlarged is not None and self.sheet is not None:
            words = f"{self._name(self.enlarged)} of {self.sheet.count} · a click or Escape goes back"
        self.pointed.emit(words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.chart is None:
            found = self._at(event.position())
            if found is not None and not self.enlarges:
                self.picked.emit(found[0])
                return
            self.enlarge(None if self.enlarged is not None or found is None else found[0])

    def words_at(self, at: QPointF) -> str:
        """Say what stands at a point, its value included."""
        if self.chart is not None:
            self._current = self.chart.at(at.x(), self.width())
            self.update()
            return "" if self._current is None else self._bar_words(self._current)
        shown, found = self.visible_sheet, self._at(at)
        if shown is None or found is None:
            return ""
        index, across, down = found
        return self._map_words(shown, index, across, down)

    def _at(self, at: QPointF) -> tuple[int, float, float] | None:
        ratio = self.devicePixelRatioF()
        grid = self._grid
        return grid.at(at.x() * ratio, at.y() * ratio) if grid is not None else None

    def _bar_words(self, index: int) -> str:
        assert self.chart is not None  # noqa: S101 - only called with one
        right = " · the right answer" if index == self.chart.truth else ""
        return f"{self.chart.name(index)}: {float(self.chart.values[index]):.4g}{right}"

    def _map_words(self, shown: Sheet, index: int, across: float, down: float) -> str:
        height, width, _ = shown.maps.shape
        row, column = int(down * height), int(across * width)
        value = f"{float(shown.maps[row, column, index]):.4g}"
        if shown.kind == "band":
            return f"time {column * self.stride} · feature {row}: {value}"
        number = index if self.enlarged is None else self.enlarged
        if shown.kind != "maps":
            return f"number {number}: {value}"
        place = f"row {row * self.stride}, column {column * self.stride}"
        return f"{self._name(number)} · {place}: {value}{self._range(shown, index)}{self.more(number)}"

    def _name(self, tile: int) -> str:
        """What a tile is called, by its place on the wall."""
        return f"{self.noun} {self.numbers[tile] if tile < len(self.numbers) else tile}"

    def _range(self, shown: Sheet, index: int) -> str:
        one = shown.maps[:, :, index]
        finite = one[np.isfinite(one)]
        return f" · from {finite.min():.4g} to {finite.max():.4g}" if finite.size else ""

    # -- the keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.enlarged is not None:
            self.enlarge(None)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if not self.enlarges and self._current is not None:
                self.picked.emit(self._current)
                return
            self.enlarge(self._current if self.enlarged is None else None)
        elif event.key() in _STEPS and (grid := self._grid) is not None:
            self._go(_STEPS[Qt.Key(event.key())](grid))
        else:
            super().keyPressEvent(event)

    def _go(self, step: int) -> None:
        """Go to another map; enlarged, the next one takes its place."""
        assert self.sheet is not None  # noqa: S101 - keyPressEvent has just looked
        at = 0 if self._current is None else self._current + step
        self._current = min(max(at, 0), self.sheet.count - 1)
        if self.enlarged is not None:
            self.enlarge(self._current)
        shown = self.visible_sheet
        if shown is not None:
            self.pointed.emit(self._map_words(shown, 0 if self.enlarged is not None else self._current, 0.0, 0.0))
        self.update()
