"""The view over the drawing: how it is painted, scrolled, zoomed and fitted. Knows no document and no gesture."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QInputDevice,
    QNativeGestureEvent,
    QPainter,
    QResizeEvent,
    QShowEvent,
    QTransform,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QFrame, QGestureEvent, QGraphicsView, QPinchGesture, QWidget

from gui.canvas.journey import Journey
from gui.canvas.overpaint import paint_over
from gui.canvas.painter import FAR
from gui.canvas.scene import Scene
from gui.canvas.visited import Place

SMALLEST, LARGEST = 0.02, 4.0
#: One press of a key, one notch of a wheel.
KEY_STEP, NOTCH_STEP = 1.25, 1.15
_NOTCH: Final = 120.0
#: Free space around a drawing that is fitted, on the screen.
AROUND: Final = 48
CLOSE: Final = 12
#: Text is painted anew when zooming has paused for so long.
PAUSE_MS: Final = 120


class Ground(QGraphicsView):
    """A view without scroll bars over a ground without end; `looked` says that it shows another part of it."""

    zoomed = Signal(float)
    looked = Signal()

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self._drawing = scene
        #: The drawing was fitted and not moved since: it stays fitted when the view is resized.
        self._fitted = False
        self.journey = Journey(self._place, self._show_place, self.width, self)
        self.looked.connect(self.journey.moved)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._calm)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.MinimalViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewport(QWidget())  # one that Python has made: the first look at another of Qt's own takes long
        self.viewport().grabGesture(Qt.GestureType.PinchGesture)
        self.viewport().setMouseTracking(True)

    @property
    def drawing(self) -> Scene:
        return self._drawing

    # -- where it stands

    @property
    def zoom(self) -> float:
        return self.transform().m11()

    def to_scene(self, at: QPointF) -> QPointF:
        """Map a place of the viewport, as exactly as it is given."""
        return self.viewportTransform().inverted()[0].map(at)

    def area(self) -> QRectF:
        """Return the part of the scene that is seen."""
        return self.viewportTransform().inverted()[0].mapRect(QRectF(self.viewport().rect()))

    def centre(self) -> QPointF:
        return self.area().center()

    # -- moving

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Zoom to a scale, with what lies at a place of the viewport (its centre) staying there."""
        scale = min(max(scale, SMALLEST), LARGEST)
        place = QPointF(self.viewport().rect().center()) if at is None else at
        held = self.to_scene(place)
        self._part()
        self._scale(scale)
        self._hold(held, place)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom by a factor as one of many steps: text is drawn stale until they pause."""
        self._hurry()
        self.zoom_to(self.zoom * factor, at)

    def zoom_in(self) -> None:
        self.zoom_by(KEY_STEP)

    def zoom_out(self) -> None:
        self.zoom_by(1 / KEY_STEP)

    def pan(self, across: float, down: float) -> None:
        """Move the ground by pixels of the screen."""
        self._part()
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - round(across))
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() - round(down))

    def look_at(self, at: QPointF) -> None:
        """Put a place of the scene in the middle."""
        self._part()
        self._hold(at, QRectF(self.viewport().rect()).center())

    def fit(self, area: QRectF, largest: float = 1.0, *, quiet: bool = False) -> None:
        """Show an area of the scene whole, enlarged to `largest` at most; names are worth more than room around it."""
        scale = min(self._whole(area, AROUND), largest)
        if scale < FAR <= min(self._whole(area, CLOSE), largest):
            scale = FAR
        self.go(area.center(), scale, quiet=quiet)

    def _whole(self, area: QRectF, around: int) -> float:
        """The scale at which an area has so much room around it."""
        room = self.viewport().rect().adjusted(around, around, -around, -around)
        if area.isEmpty() or room.width() <= 0 or room.height() <= 0:
            return 1.0
        return min(room.width() / area.width(), room.height() / area.height())

    def fit_all(self, *, quiet: bool = False) -> None:
        """Show the whole drawing, and go on so while the view is resized, until it is moved by hand."""
        self.fit(self._drawing.bounds(), quiet=quiet)
        self._fitted = True

    def go(self, at: QPointF, scale: float | None = None, *, quiet: bool = False) -> None:
        """Glide to a place of the scene, from where there is a way back; or be there at once, with none."""
        self._fitted = False
        scale = self.journey.goal.scale if scale is None else min(max(scale, SMALLEST), LARGEST)
        self.journey.go(Place(at.x(), at.y(), scale), quiet=quiet)

    def step(self, ways: int) -> None:
        """Go back (-1) or forward (1) through the places visited."""
        self._fitted = False
        self.journey.step(ways)

    def reveal(self, area: QRectF) -> None:
        """Move as little as needed for an area of the scene to be seen; to its middle where it is far away."""
        seen = self.area()
        if not seen.contains(area):
            if not seen.intersects(area):
                self.go(area.center())
                return
            gap = AROUND / self.zoom
            wanted = area.adjusted(-gap, -gap, gap, gap)
            across = min(0.0, seen.right() - wanted.right()) or max(0.0, seen.left() - wanted.left())
            down = min(0.0, seen.bottom() - wanted.bottom()) or max(0.0, seen.top() - wanted.top())
            self.go(seen.center() - QPointF(across, down), self.zoom)

    def _place(self) -> Place:
        at = self.centre()
        return Place(at.x(), at.y(), self.zoom)

    def _show_place(self, place: Place) -> None:
        """Show a place; text is drawn stale where the view only glides through."""
        if place.scale != self.zoom:
            if self.journey.gliding:
                self._hurry()
            self._scale(place.scale)
        self._hold(QPointF(place.x, place.y), QRectF(self.viewport().rect()).center())

    def _part(self) -> None:
        """Leave what the view was fitted to or is gliding to: it is moved by hand."""
        self._fitted = False
        self.journey.stop()

    def _scale(self, scale: float) -> None:
        if scale != self.zoom:
            self.setTransform(QTransform.fromScale(scale, scale))
        self.zoomed.emit(scale)
        self.looked.emit()

    def _hold(self, scene_at: QPointF, view_at: QPointF) -> None:
        self.horizontalScrollBar().setValue(round(scene_at.x() * self.zoom - view_at.x()))
        self.verticalScrollBar().setValue(round(scene_at.y() * self.zoom - view_at.y()))

    def _hurry(self) -> None:
        self._drawing.painter.sprites.hurried = self.isVisible()
        self._pause.start()

    def _calm(self) -> None:
        self._drawing.painter.sprites.hurried = False
        self.viewport().update()

    # -- Qt's own

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        drawing = self._drawing
        drawing.painter.paint(painter, QRectF(rect), drawing.selection.all)
        if drawing.painter.sprites.behind and not drawing.painter.sprites.hurried:
            QTimer.singleShot(0, self.viewport(), self.viewport().update)

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        drawing = self._drawing
        paint_over(painter, QRectF(rect), drawing.overlay, *drawing.shown, drawing.painter.ink)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with a wheel, pan with two fingers; Ctrl always zooms, Shift always pans."""
        pixels, angle = event.pixelDelta(), event.angleDelta()
        fingers = event.device().type() == QInputDevice.DeviceType.TouchPad or (
            not pixels.isNull() and event.phase() != Qt.ScrollPhase.NoScrollPhase
        )
        zooms = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if zooms or not (fingers or shift):
            turned = angle.y() or angle.x()
            self.zoom_by(NOTCH_STEP ** (turned / _NOTCH), event.position())
        elif fingers:
            step = pixels if not pixels.isNull() else angle / 2
            self.pan(step.x(), step.y())
        else:
            self.pan((angle.y() or angle.x()) / 2, 0)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1 + event.value(), event.position())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                middle = self.viewport().mapFromGlobal(pinch.centerPoint().toPoint())
                self.zoom_by(pinch.scaleFactor(), QPointF(middle))
                return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self.fit_all(quiet=True)
        self.looked.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.looked.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._fitted:
            self.fit_all(quiet=True)
