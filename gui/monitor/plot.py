"""The plot of one metric: train and validation, the best epoch, a cross-hair. Draws what it is given; knows no run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.monitor.series import Floats, limits
from gui.monitor.ticks import ticks
from gui.theme import LABEL, colour, font, themes

#: Up to this many points a curve is drawn thick, smooth and with marks; above it in the quickest way.
FEW: Final = 400
MARKED: Final = 60
LEFT, RIGHT, BOTTOM = 44, 12, 24
NOTHING: Final[tuple[Floats, Floats]] = (np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True)
class Curves:
    """What one plot shows, in its own x: pairs of x and y, decimated already."""

    steps: tuple[Floats, Floats] = NOTHING
    train: tuple[Floats, Floats] = NOTHING
    validation: tuple[Floats, Floats] = NOTHING
    before: tuple[tuple[Floats, Floats], ...] = ()
    best: float | None = None
    bounded: bool = False

    @property
    def heights(self) -> list[Floats]:
        return [self.steps[1], self.train[1], self.validation[1]]


@dataclass(frozen=True, slots=True)
class Look:
    """How a curve is drawn: its colour's token, strength 0 to 1, width where its points are few, and its mark."""

    token: str
    strength: float = 1.0
    width: float = 2.0
    mark: str = ""


LOOKS: Final = {
    "before_train": Look("third", 0.45, 1.0),
    "before_validation": Look("third", 0.45, 1.0),
    "steps": Look("train", 0.55, 1.0),
    "train": Look("train", mark="o"),
    "validation": Look("validation", mark="s"),
}


class MetricPlot(QWidget):
    """Emits `hovered` with the pointer's x (nan when it leaves), `moved` when a person zooms, `fitted` on a double
    click: show all again."""

    hovered = Signal(float)
    moved = Signal()
    fitted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.whole_x = False
        self._ticks: dict[str, list[tuple[float, str]]] = {}
        self.setAccessibleName(f"Plot of {name}")
        self._head, self._values = QLabel(name), QLabel()
        self._plot = pg.PlotWidget(enableMenu=False)
        self._item = self._plot.getPlotItem()
        self._lines = {key: _Line(self._item, look) for key, look in LOOKS.items()}
        self._rules = pg.PlotCurveItem(connect="pairs", skipFiniteCheck=True)
        self._best = pg.InfiniteLine(angle=90, movable=False)
        self._best_word = pg.TextItem("best", anchor=(0, 0))
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._prepare()
        self._lay_out()
        themes().changed.connect(self.retint)
        self.retint()

    # -- making

    def _lay_out(self) -> None:
        self._head.setProperty("role", "label")
        self._head.setFont(font(LABEL, bold=True))
        self._values.setTextFormat(Qt.TextFormat.RichText)
        self._values.setFont(font(LABEL))
        self._values.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.setContentsMargins(LEFT, 0, RIGHT, 0)
        head.addWidget(self._head)
        head.addWidget(self._values, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._plot, 1)

    def _prepare(self) -> None:
        box = self._item.getViewBox()
        box.setMouseEnabled(x=True, y=False)
        box.setDefaultPadding(0)
        box.disableAutoRange()
        box.sigRangeChangedManually.connect(self._on_moved)
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        self._axis("left").setWidth(LEFT)
        self._axis("bottom").setHeight(BOTTOM)
        # An axis that draws the grid itself drops the labels at its ends.
        self._rules.setZValue(-1)
        self._item.addItem(self._rules, ignoreBounds=True)
        self._item.layout.setContentsMargins(0, 4, RIGHT, 0)
        for line in (self._best, self._best_word, self._cross):
            self._item.addItem(line, ignoreBounds=True)
            line.setVisible(False)
        self._plot.scene().sigMouseMoved.connect(self._on_pointer)
        self._plot.viewport().installEventFilter(self)

    def _axis(self, side: str) -> Any:
        axis = self._item.getAxis(side)
        axis.setStyle(
            tickLength=0, tickFont=font(LABEL), tickTextOffset=8, autoExpandTextSpace=False, hideOverlappingLabels=12
        )
        return axis

    def retint(self) -> None:
        """Take the theme's colours."""
        self._plot.setBackground(colour("panel"))
        for side in ("left", "bottom"):
            axis = self._item.getAxis(side)
            axis.setPen(pg.mkPen(colour("line") if side == "bottom" else QColor(0, 0, 0, 0)))
            axis.setTickPen(pg.mkPen(colour("line")))
            axis.setTextPen(pg.mkPen(colour("third")))
            axis.setTickFont(font(LABEL))
        self._rules.setPen(pg.mkPen(colour("line")))
        self._best.setPen(pg.mkPen(colour("good"), width=1, style=Qt.PenStyle.DashLine))
        self._best_word.setColor(colour("good"))
        self._best_word.setFont(font(LABEL))
        self._cross.setPen(pg.mkPen(colour("third"), width=1))
        for line in self._lines.values():
            line.retint()

    # -- showing

    @property
    def columns(self) -> int:
        """How many pixel columns there are to draw in."""
        return max(16, round(float(self._item.getViewBox().width()) * self.devicePixelRatioF()))

    @property
    def reach(self) -> tuple[float, float]:
        """From where to where the x axis shows."""
        (x0, x1), _ = self._item.getViewBox().viewRange()
        return float(x0), float(x1)

    def reach_to(self, x0: float, x1: float) -> None:
        if x1 > x0 and (x0, x1) != self.reach:
            self._item.getViewBox().setXRange(x0, x1, padding=0)

    def limit(self, x1: float) -> None:
        """Let nobody zoom or pan beyond what there is."""
        self._item.getViewBox().setLimits(xMin=0, xMax=max(x1, 1e-9), minXRange=max(x1, 1e-9) / 1e6)

    def show_curves(self, curves: Curves) -> None:
        """Draw these curves and fit the height to what of them is in sight."""
        before = (*curves.before, NOTHING, NOTHING)
        self._lines["before_train"].draw(*before[0])
        self._lines["before_validation"].draw(*before[1])
        for key in ("steps", "train", "validation"):
            self._lines[key].draw(*getattr(curves, key))
        low, high = limits(curves.heights, bounded=curves.bounded)
        room = 0.04 * (high - low)
        self._item.getViewBox().setYRange(low, high + room, padding=0)
        self._mark(low, high, 4 if curves.bounded else 5)
        self._show_best(curves.best, high + room, low if curves.bounded else None)

    def _mark(self, low: float, high: float, most: int) -> None:
        box = self._item.getViewBox()
        rows, columns = max(2, int(box.height() // 32)), max(2, int(box.width() // 72))
        marks = {
            "left": ticks(low, high, min(rows, most)),
            "bottom": ticks(*self.reach, min(columns, 8), whole=self.whole_x),
        }
        for side, now in marks.items():
            if self._ticks.get(side) != now:  # an axis draws its texts anew for every setTicks
                self._item.getAxis(side).setTicks([now])
        self._ticks = marks
        heights = [y for y, _ in marks["left"]]
        self._rules.setData(np.tile(self.reach, len(heights)), np.repeat(heights, 2))

    def _show_best(self, x: float | None, top: float, bottom: float | None) -> None:
        self._best.setVisible(x is not None)
        self._best_word.setVisible(x is not None)
        if x is not None:
            x0, x1 = self.reach
            self._best.setValue(x)
            # Where curves rise the word stands at the foot, where they fall at the head: out of their way.
            self._best_word.setAnchor((1 if x > x0 + 0.9 * (x1 - x0) else 0, 0 if bottom is None else 1))
            self._best_word.setPos(x, top if bottom is None else bottom)

    def point_at(self, x: float, values: str) -> None:
        """Put the cross-hair at x and say the values there; nan takes it away."""
        self._cross.setVisible(x == x)
        if x == x:
            self._cross.setValue(x)
        self._values.setText(values)

    # -- what a person does

    def _on_pointer(self, at: QPointF) -> None:
        box = self._item.getViewBox()
        inside = box.sceneBoundingRect().contains(at)
        self.hovered.emit(float(box.mapSceneToView(at).x()) if inside else float("nan"))

    def _on_moved(self) -> None:
        self.moved.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.hovered.emit(float("nan"))
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.fitted.emit()
        return False


@dataclass(slots=True)
class _Line:
    """One curve and its marks."""

    item: Any
    look: Look
    curve: Any = field(init=False)
    marks: Any = field(init=False)
    few: bool = True

    def __post_init__(self) -> None:
        self.curve = pg.PlotCurveItem(skipFiniteCheck=True)
        self.marks = pg.ScatterPlotItem(symbol=self.look.mark or "o", size=6, pen=None, pxMode=True)
        self.item.addItem(self.curve)
        self.item.addItem(self.marks)

    def retint(self) -> None:
        tint = colour(self.look.token)
        self.marks.setBrush(pg.mkBrush(tint))
        tint.setAlphaF(self.look.strength)
        pen = QPen(tint, self.look.width if self.few else 1.0)
        pen.setCosmetic(True)
        self.curve.setPen(pen)

    def draw(self, x: Floats, y: Floats) -> None:
        finite = np.isfinite(y)
        if (len(x) <= FEW) is not self.few:
            self.few = not self.few
            self.retint()
        self.curve.setData(x, y, antialias=self.few, connect="all" if finite.all() else "finite")
        marked = self.look.mark and len(x) <= MARKED
        self.marks.setData(x[finite] if marked else [], y[finite] if marked else [])
