"""The drawing in small in a corner of the canvas, with what is seen of it. Knows no document and edits nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from gui.canvas.ground import NOTCH_STEP, Ground
from gui.canvas.ink import pen
from gui.canvas.mapprint import print_map
from gui.canvas.scene import Scene
from gui.theme import colour

#: The map at most and at least, and its inner space, on the screen.
LARGEST, SMALLEST = QSizeF(184, 112), QSizeF(88, 40)
PAD: Final = 8
#: A small drawing is not enlarged beyond this scale.
CLOSEST: Final = 0.1
#: The print is made anew at most so often.
PRINT_MS: Final = 90
_NOTCH: Final = 120.0
#: The seen area is never painted smaller than this.
_LEAST_FRAME: Final = 6.0


class Minimap(QWidget):
    """A print of the drawing, made anew when it changes; a press or drag moves the view there, the wheel zooms."""

    sized = Signal()

    def __init__(self, ground: Ground, scene: Scene) -> None:
        super().__init__(ground)
        self._ground, self._scene = ground, scene
        self._print = QPixmap()
        self._stale = True
        self._bounds = QRectF()
        self._scale = 1.0
        #: Where the seen area is held, from its middle, while it is dragged.
        self._held: QPointF | None = None
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(PRINT_MS)
        self._again.timeout.connect(lambda: scene.when_settled(self._refresh))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("Minimap")
        self.setAccessibleDescription("The whole drawing in small, with what is seen of it.")
        self.hide()

    # -- what it shows

    def expire(self) -> None:
        """Hear that the drawing is shown anew: print it again, soon and not too often."""
        self._stale = True
        if self.isVisible() and not self._again.isActive():
            self._again.start()

    def follow(self) -> None:
        """Hear that the view shows another part."""
        if self.isVisible():
            self.update()

    def _refresh(self) -> None:
        if self._stale and self.isVisible():
            self.fit()
            self.update()

    def fit(self) -> None:
        """Take the size that the drawing asks for."""
        self._bounds = self._scene.bounds()
        wide, high = max(self._bounds.width(), 1.0), max(self._bounds.height(), 1.0)
        self._scale = min(LARGEST.width() / wide, LARGEST.height() / high, CLOSEST)
        inner = QSizeF(wide * self._scale, high * self._scale).expandedTo(SMALLEST)
        size = QSize(round(inner.width()) + 2 * PAD, round(inner.height()) + 2 * PAD)
        if size != self.size():
            self.resize(size)
            self.sized.emit()

    def seen(self) -> QRectF:
        """Return the seen area on the map; what lies outside of it stands at its edge."""
        area, room = self._ground.area(), QRectF(self.rect()).adjusted(1, 1, -1, -1)
        shown = QRectF(self.to_map(area.topLeft()), self.to_map(area.bottomRight())).intersected(room)
        if not shown.isEmpty() and min(shown.width(), shown.height()) >= _LEAST_FRAME:
            return shown
        middle = self.to_map(area.center())
        frame = QRectF(0, 0, max(shown.width(), _LEAST_FRAME), max(shown.height(), _LEAST_FRAME))
        frame.moveCenter(middle)
        frame.moveTo(
            min(max(frame.left(), room.left()), room.right() - frame.width()),
            min(max(frame.top(), room.top()), room.bottom() - frame.height()),
        )
        return frame

    def to_map(self, at: QPointF) -> QPointF:
        return (at - self._bounds.center()) * self._scale + QRectF(self.rect()).center()

    def to_scene(self, at: QPointF) -> QPointF:
        return (at - QRectF(self.rect()).center()) / self._scale + self._bounds.center()

    # -- the hand on it

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            frame = self.seen()
            inside = frame.contains(event.position())
            self._held = event.position() - frame.center() if inside else QPointF()
            if not inside:
                self._ground.go(self.to_scene(event.position()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._ground.look_at(self.to_scene(event.position() - self._held))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._ground.zoom_by(NOTCH_STEP ** ((event.angleDelta().y() or event.angleDelta().x()) / _NOTCH))
        event.accept()

    # -- paint

    def showEvent(self, _event: QEvent) -> None:
        self.fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._stale or self._print.size() != self.size() * ratio:
            self._stale = False
            self._print = print_map(self._scene, self.size(), ratio, self._scale, self._bounds.center())
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._print)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wash = QColor(colour("accent"))
        wash.setAlphaF(0.08)
        painter.setBrush(wash)
        painter.setPen(pen(colour("accent"), 1.5))
        painter.drawRoundedRect(self.seen().adjusted(1, 1, -1, -1), 3, 3)
