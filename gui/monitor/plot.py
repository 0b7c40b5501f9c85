"""The plot of one metric: curves, shadings, the best epoch, flags, cross-hair and pin. Draws what it is given; knows
no run."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from engine.plotting.figures import limits
from gui.monitor.drawing import NO_AREA, NOTHING, Best, Curves
from gui.monitor.ground import LEFT, RIGHT, Ground
from gui.monitor.lines import AREAS, LOOKS, Area, Flags, LaidLines, Line
from gui.monitor.pointing import Pointing
from gui.monitor.readout import Post, Readout, line_of
from gui.monitor.scale import Scale
from gui.monitor.told import Told
from gui.theme import LABEL, colour, font, themes

#: How far a flag is above the axis, and how near to it the pointer is on it, in pixels.
FLAG_ABOVE, FLAG_NEAR, FLAGS_HIGH = 8, 7, 16
KEYS: Final = "Arrow keys point, Shift and arrow keys move, plus and minus zoom, Home shows all, P pins, N notes"


class MetricPlot(QWidget):
    """Emits `hovered` with the pointer's x (nan when it leaves), `moved` when a person zooms or moves, `fitted` to show
    all again, `pinned` with the x of a click, `doubled` with a double click, whose first click was told as well,
    `note_asked` and `menu_asked` with the x where a note or a menu is wanted, and the menu's place on the screen."""

    hovered = Signal(float)
    moved = Signal()
    fitted = Signal()
    pinned = Signal(float)
    doubled = Signal()
    note_asked = Signal(float)
    menu_asked = Signal(float, QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.pointed = self.height_pointed = math.nan
        self._held = False
        self._heights, self._log_y = (0.0, 1.0), False
        self._head = QLabel(name)
        self._plot = pg.PlotWidget(enableMenu=False, axisItems={side: Scale(side) for side in ("left", "bottom")})
        self._item = self._plot.getPlotItem()
        self.ground = Ground(self._item)
        self._areas = {key: Area(self._item, *look) for key, look in AREAS.items()}
        self._lines = {key: Line(self._item, look) for key, look in LOOKS.items()}
        self._laid = LaidLines(self._item)
        self._best, self._cross, self._pinned = (pg.InfiniteLine(angle=90, movable=False) for _ in range(3))
        self._best_word = pg.TextItem("best", anchor=(0, 0))
        self._flags = Flags(self._item)
        self._values = QLabel()
        self._pin_told = Told()
        self.card = Readout(self)
        self._pointer = Post(self._cross, self.card)
        self.pointing = Pointing(self, self)
        self._prepare()
        self._lay_out()
        themes().changed.connect(self.retint)
        self.retint()

    # -- making

    def _lay_out(self) -> None:
        self.setAccessibleName(f"Plot of {self.name}")
        self.setAccessibleDescription(KEYS)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._head.setProperty("role", "label")
        self._head.setFont(font(LABEL, bold=True))
        self._values.setTextFormat(Qt.TextFormat.RichText)
        self._values.setFont(font(LABEL))
        self._values.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._values.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        head = QHBoxLayout()
        head.setContentsMargins(LEFT, 0, RIGHT, 0)
        head.addWidget(self._head)
        head.addWidget(self._values, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self._plot, 1)

    def _prepare(self) -> None:
        box = self._item.getViewBox()
        box.setMouseMode(box.RectMode)
        box.setMouseEnabled(x=True, y=False)
        box.setDefaultPadding(0)
        box.disableAutoRange()
        box.sigRangeChangedManually.connect(self._on_moved)
        self._item.setMenuEnabled(False)
        self._item.hideButtons()
        for line in (self._best, self._best_word, self._cross, self._pinned):
            self._item.addItem(line, ignoreBounds=True)
            line.setVisible(False)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.scene().sigMouseMoved.connect(self._on_pointer)
        self._plot.viewport().installEventFilter(self.pointing)
        self.pointing.pressed.connect(lambda: self.setFocus(Qt.FocusReason.MouseFocusReason))
        self.pointing.pinned.connect(self.pinned)
        self.pointing.doubled.connect(self.doubled)
        self.pointing.fitted.connect(self.fitted)
        self.pointing.noted.connect(self.note_asked)
        self.pointing.asked.connect(self.menu_asked)

    def retint(self) -> None:
        """Take the theme's colours."""
        self._plot.setBackground(colour("panel"))
        self.ground.retint()
        self._best.setPen(pg.mkPen(colour("good"), width=1, style=Qt.PenStyle.DashLine))
        self._best_word.setColor(colour("good"))
        self._best_word.setFont(font(LABEL))
        self._cross.setPen(pg.mkPen(colour("third"), width=1))
        self._pinned.setPen(pg.mkPen(colour("second"), width=1, style=Qt.PenStyle.DotLine))
        box = self._item.getViewBox().rbScaleBox
        tint = colour("second")
        box.setPen(pg.mkPen(tint))
        tint.setAlpha(40)
        box.setBrush(pg.mkBrush(tint))
        parts: list[Line | LaidLines | Area | Flags] = [*self._lines.values(), *self._areas.values(), self._flags]
        for part in (*parts, self._laid):
            part.retint()

    # -- what is in sight

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

    def limit(self, x0: float, x1: float) -> None:
        """Let nobody zoom or move beyond what there is."""
        wide = max(x1 - x0, 1e-9)
        self._item.getViewBox().setLimits(xMin=x0, xMax=x0 + wide, minXRange=wide / 1e6)

    def let_go(self) -> None:
        """Fit the height again, where a rectangle had chosen it."""
        self._held = False

    def zoom(self, factor: float, around: float) -> None:
        """Show so many times as much of x around a place, the middle where it is nan."""
        x0, x1 = self.reach
        at = (x0 + x1) / 2 if math.isnan(around) else around
        self.reach_to(at - (at - x0) * factor, at + (x1 - at) * factor)
        self.moved.emit()

    def shift(self, part: float) -> None:
        """Move by a part of what is in sight, as far as there is anything."""
        (x0, x1), (least, most) = self.reach, self._item.getViewBox().state["limits"]["xLimits"]
        way = min(max(part * (x1 - x0), least - x0), most - x1)
        self.reach_to(x0 + way, x1 + way)
        self.moved.emit()

    # -- showing

    def show_curves(self, curves: Curves, along: list[tuple[float, str]]) -> bool:
        """Draw these curves, the bottom axis marked so, and fit the height to what of them is in sight.

        Return whether all are drawn: of many, the rest is for the next frame.
        """
        for key, line in self._lines.items():
            line.draw(*curves.lines.get(key, NOTHING))
        for key, area in self._areas.items():
            area.draw(*curves.areas.get(key, NO_AREA))
        whole = self._laid.draw(curves.laid)
        self._fit_height(curves)
        low, high = self._heights
        self.ground.mark(self._heights, along, bounded=curves.bounded, log=self._log_y)
        pixel = (high - low) / max(1.0, float(self._item.getViewBox().height()))
        self._show_best(curves.best, low + FLAGS_HIGH * pixel * bool(curves.flags) if curves.bounded else None)
        self._flags.draw(curves.flags, low + FLAG_ABOVE * pixel)
        return whole

    def _fit_height(self, curves: Curves) -> None:
        if curves.log_y is not self._log_y:
            self._held, self._log_y = False, curves.log_y
        if not self._held:
            low, high = limits(curves.heights, bounded=curves.bounded, log=curves.log_y)
            self._heights = (low, high + 0.04 * (high - low))
            self._item.getViewBox().setYRange(*self._heights, padding=0)

    def _show_best(self, best: Best | None, foot: float | None) -> None:
        self._best.setVisible(best is not None)
        self._best_word.setVisible(best is not None)
        if best is not None:
            x0, x1 = self.reach
            self._best.setValue(best.x)
            if best.words != self._best_word.toPlainText():  # it lays itself out anew for every setText
                self._best_word.setText(best.words)
            # Where curves rise the word stands at the foot, where they fall at the head: out of their way.
            wide = float(self._best_word.boundingRect().width()) / max(1.0, float(self._item.getViewBox().width()))
            right, left = (x1 - best.x) / (x1 - x0), (best.x - x0) / (x1 - x0)
            over = 0.0 if wide <= right else 1.0 if wide <= left else 1 - right / wide
            self._best_word.setAnchor((over, 0 if foot is None else 1))
            self._best_word.setPos(best.x, self._heights[1] if foot is None else foot)

    def point_at(self, x: float, told: Told, height: float = math.nan) -> None:
        """Put the cross-hair at x and say the values there on a card, those nearest to a height first; without a height
        in the line above, where nothing is pinned. nan takes both away."""
        over = x == self.pointed
        self._pointer.stand(x, told.by_nearness(height), self.reach, self._room)
        self.card.setVisible(self.card.isVisible() and over)
        self._values.setText(line_of(told if told.where and not over and not self._pin_told.where else self._pin_told))
        self.setAccessibleDescription(self.card.told.words if x == x else KEYS)

    def pin_at(self, x: float, told: Told) -> None:
        """Keep the values at x in the line above; nan takes them away."""
        self._pinned.setVisible(x == x)
        if x == x:
            self._pinned.setValue(x)
        self._pin_told = told
        self._values.setText(line_of(told))

    @property
    def _room(self) -> QRect:
        """Where the curves are, in the widget's pixels."""
        return QRectF(self._item.getViewBox().sceneBoundingRect()).translated(self._plot.x(), self._plot.y()).toRect()

    def place_of(self, x: float) -> QPoint:
        """The head of the column at x, in the widget's pixels."""
        (x0, x1), room = self.reach, self._room
        return QPoint(room.left() + round((min(max(x, x0), x1) - x0) / (x1 - x0) * room.width()), room.top())

    def notes_at(self, x: float) -> tuple[str, ...]:
        """The words of the flags under a place."""
        (x0, x1), wide = self.reach, max(1.0, float(self._item.getViewBox().width()))
        return tuple(flag.text for flag in self._flags.near(x, FLAG_NEAR * (x1 - x0) / wide))

    # -- what a person does

    def x_at(self, at: QPointF) -> float:
        """The x under a point of the plot; nan beside the curves."""
        return self._under(QPointF(self._plot.mapToScene(at.toPoint())))[0]

    def _under(self, at: QPointF) -> tuple[float, float]:
        box = self._item.getViewBox()
        if not box.sceneBoundingRect().contains(at):
            return math.nan, math.nan
        place = box.mapSceneToView(at)
        return float(place.x()), float(place.y())

    def _on_pointer(self, at: QPointF) -> None:
        self.point(*self._under(at))

    def point(self, x: float, height: float) -> None:
        """Point at a place; nan for none."""
        self.pointed, self.height_pointed = x, height
        self.hovered.emit(x)

    def _on_moved(self) -> None:
        _, (low, high) = self._item.getViewBox().viewRange()
        if not np.allclose((low, high), self._heights, rtol=1e-9, atol=1e-12):
            self._held, self._heights = True, (float(low), float(high))
        self.moved.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.pointing.means(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.pointing.means(event):
            self.pointing.press_key(event)
        elif event.key() == Qt.Key.Key_Escape and self.pointed == self.pointed:
            self.point(math.nan, math.nan)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if not self.underMouse():
            self.point(math.nan, math.nan)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(colour("accent"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
            painter.end()
