"""What stands in a plot: lines with marks, shaded areas, flags; each takes the theme's colours. Knows no run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from engine.plotting.pyramid import Floats
from gui.monitor.drawing import NOTHING, Flag, LaidCurve
from gui.theme import colour, swatch

#: Up to this many points a curve is drawn thick, smooth and with marks; above it in the quickest way.
FEW: Final = 400
MARKED: Final = 60
#: The colours of runs that are laid over, in turn.
RUNS: Final = ("purple", "teal", "pink", "yellow", "green", "red", "blue", "grey")
FLAGS: Final[Mapping[str, str]] = {
    "rate": "text", "pause": "third", "resume": "second", "doctor": "warning", "note": "text", "best": "good",
    "stopped": "bad",
}  # fmt: skip
FLAG_SIZE: Final = 11
#: For how long lines are made and drawn in one frame of a plot, in seconds.
LINES_S: Final = 0.002


@dataclass(frozen=True, slots=True)
class Look:
    """How a curve is drawn: its colour's token, strength 0 to 1, width where its points are few, and its mark."""

    token: str
    strength: float = 1.0
    width: float = 2.0
    mark: str = ""
    dashed: bool = False


LOOKS: Final = {
    "limit": Look("warning", 0.8, 1.0, dashed=True),
    "before_train": Look("third", 0.45, 1.0),
    "before_validation": Look("third", 0.45, 1.0),
    "steps": Look("train", 0.55, 1.0),
    "raw": Look("train", 0.3, 1.0),
    "raw_validation": Look("validation", 0.3, 1.0),
    "smooth": Look("train"),
    "train": Look("train", mark="o"),
    "validation": Look("validation", mark="s"),
}
AREAS: Final = {"gap": ("validation", 0.14), "band": ("train", 0.18)}


def tint_of(token: str) -> QColor:
    """Return a colour by the theme's token, or that of a run that is laid over, by its number."""
    return swatch(RUNS[int(token) % len(RUNS)]) if token.isdigit() else colour(token)


class Stroke(pg.PlotCurveItem):  # type: ignore[misc]  # pyqtgraph is untyped
    """A curve that is told where it lies: pyqtgraph's own reads all its points for that, twice a frame."""

    bounds = QRectF()

    def boundingRect(self) -> QRectF:
        return self.bounds


@dataclass(slots=True)
class Line:
    """One curve and its marks."""

    item: Any
    look: Look
    curve: Any = field(init=False)
    marks: Any = field(init=False)
    few: bool = True
    empty: bool = True
    marked: bool = False

    def __post_init__(self) -> None:
        self.curve = Stroke(skipFiniteCheck=True)
        self.marks = pg.ScatterPlotItem(symbol=self.look.mark or "o", size=6, pen=None, pxMode=True, useCache=False)
        for part in (self.curve, self.marks):
            part.setVisible(False)
            self.item.addItem(part)
        self.retint()

    def retint(self) -> None:
        tint = tint_of(self.look.token)
        self.marks.setBrush(pg.mkBrush(tint))
        tint.setAlphaF(self.look.strength)
        pen = QPen(tint, self.look.width if self.few else 1.0)
        if self.look.dashed:
            pen.setDashPattern([4.0, 3.0])
        pen.setCosmetic(True)
        self.curve.setPen(pen)

    def draw(self, x: Floats, y: Floats) -> None:
        """Show these points; what shows none already is left alone, which costs nothing."""
        if self.empty and not len(x):
            return
        self._show(self.curve, len(x) > 0)
        self.empty = not len(x)
        self.curve.prepareGeometryChange()  # of where it was
        self.curve.bounds = _around(x, y)
        finite = np.isfinite(y)
        if (len(x) <= FEW) is not self.few:
            self.few = not self.few
            self.retint()
        self.curve.setData(x, y, antialias=self.few, connect="all" if finite.all() else "finite")
        marked = bool(self.look.mark) and len(x) <= MARKED
        if marked or self.marked:
            self.marks.setData(x[finite] if marked else [], y[finite] if marked else [])
            self._show(self.marks, marked)
        self.marked = marked

    def _show(self, part: Any, shown: bool) -> None:
        """Hide what has no points: pyqtgraph would reckon its place anew for every frame."""
        if part.isVisible() is not shown:
            part.setVisible(shown)


@dataclass(slots=True)
class LaidLines:
    """The lines of runs that are laid over; those that are wanted no more are hidden and used again."""

    item: Any
    lines: list[Line] = field(default_factory=list)
    drawn: list[LaidCurve] = field(default_factory=list)

    def draw(self, curves: Sequence[LaidCurve]) -> bool:
        """Draw curves, some at a time, since each line takes a while to make; say whether all are drawn."""
        until = perf_counter() + LINES_S
        for place, each in enumerate(curves):
            if place < len(self.drawn) and self.drawn[place] is each:
                continue
            if perf_counter() > until:
                return False
            self._draw(place, each)
        for line in self.lines[len(curves) :]:
            line.draw(*NOTHING)
        del self.drawn[len(curves) :]
        return True

    def _draw(self, place: int, each: LaidCurve) -> None:
        look = Look(str(each.run % len(RUNS)), width=1.5, dashed=not each.validation)
        if place == len(self.lines):
            self.lines.append(Line(self.item, look))
        line = self.lines[place]
        if line.look != look:
            line.look = look
            line.retint()
        line.draw(*each.points)
        self.drawn[place : place + 1] = [each]

    @property
    def shown(self) -> list[Line]:
        return [line for line in self.lines if not line.empty]

    def retint(self) -> None:
        for line in self.lines:
            line.retint()


@dataclass(slots=True)
class Area:
    """The shading between two curves."""

    item: Any
    token: str
    strength: float
    shape: QGraphicsPathItem = field(default_factory=QGraphicsPathItem)
    empty: bool = True

    def __post_init__(self) -> None:
        self.shape.setPen(QPen(Qt.PenStyle.NoPen))
        self.shape.setZValue(-0.5)
        self.item.addItem(self.shape, ignoreBounds=True)
        self.retint()

    def retint(self) -> None:
        tint = colour(self.token)
        tint.setAlphaF(self.strength)
        self.shape.setBrush(QBrush(tint))

    def draw(self, x: Floats, low: Floats, high: Floats) -> None:
        if self.empty and not len(x):
            return
        told = np.isfinite(low) & np.isfinite(high)
        x, low, high = x[told], low[told], high[told]
        self.empty = len(x) < 2
        around = (np.append(x, x[::-1]), np.append(low, high[::-1]))
        self.shape.setPath(pg.arrayToQPath(*around) if len(x) > 1 else QPainterPath())


@dataclass(slots=True)
class Flags:
    """Small flags on the axis, one for each thing that happened."""

    item: Any
    scatter: Any = field(init=False)
    flags: tuple[Flag, ...] = ()
    y: float = 0.0

    def __post_init__(self) -> None:
        self.scatter = pg.ScatterPlotItem(symbol=_flag(), size=FLAG_SIZE, pxMode=True, useCache=False)
        self.item.addItem(self.scatter, ignoreBounds=True)
        self.scatter.setVisible(False)

    def retint(self) -> None:
        tints = [
            colour(FLAGS.get(flag.kind, "second")) if flag.run is None else tint_of(str(flag.run))
            for flag in self.flags
        ]
        self.scatter.setBrush([pg.mkBrush(tint) for tint in tints])
        self.scatter.setPen([pg.mkPen(tint) for tint in tints])

    def draw(self, flags: tuple[Flag, ...], y: float) -> None:
        if (not flags and not self.flags) or (flags, y) == (self.flags, self.y):
            return
        self.flags, self.y = flags, y
        self.scatter.setVisible(bool(flags))
        self.scatter.setData([flag.x for flag in flags], [y] * len(flags))
        self.retint()

    def near(self, x: float, within: float) -> Sequence[Flag]:
        """Return the flags that stand at most so far from a place."""
        return [flag for flag in self.flags if abs(flag.x - x) <= within]


def _around(x: Floats, y: Floats) -> QRectF:
    """The box of points whose x rise; of none, no box."""
    if not len(x):
        return QRectF()
    low, high = float(np.fmin.reduce(y)), float(np.fmax.reduce(y))
    return QRectF(float(x[0]), low, float(x[-1] - x[0]), high - low) if high >= low else QRectF()


def _flag() -> QPainterPath:
    """A pole with a pennant, one unit high."""
    path = QPainterPath()
    path.moveTo(-0.3, 0.5)
    for x, y in ((-0.3, -0.5), (0.5, -0.22), (-0.3, 0.08)):
        path.lineTo(x, y)
    return path
