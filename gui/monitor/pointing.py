"""Mouse and keys on a plot: zoom, move, point, pin. Knows no curve."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final, Protocol, cast

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

#: A press that moves by no more pixels is a click.
CLICK: Final = 4
CLICKED: Final = (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton)
#: The part of what is in sight by which an arrow key moves the cross-hair, and with Shift the picture.
STEP, SHIFT = 1 / 50, 1 / 8
ZOOM: Final = 1.4
#: The part of what is in sight that one notch of a wheel moves with Shift.
NOTCH: Final = 0.1


class Picture(Protocol):
    """What a plot can be asked."""

    @property
    def pointed(self) -> float: ...
    @property
    def reach(self) -> tuple[float, float]: ...
    def point(self, x: float, height: float) -> None: ...
    def zoom(self, factor: float, around: float) -> None: ...
    def shift(self, part: float) -> None: ...
    def x_at(self, at: QPointF) -> float: ...


class Pointing(QObject):
    """Does what a person wants of a plot; the wheel's zoom and the rectangle are the plot's own.

    Emits `pressed` as a button goes down, `pinned` with the x of a click, `doubled`, and `fitted`: show all again;
    `noted` with the x where a note is wanted, `asked` with that of a right click and its place on the screen.
    """

    pressed = Signal()
    pinned = Signal(float)
    doubled = Signal()
    fitted = Signal()
    noted = Signal(float)
    asked = Signal(float, QPoint)

    def __init__(self, plot: Picture, parent: QObject) -> None:
        super().__init__(parent)
        self._plot = plot
        self._pressed: QPointF | None = None
        self._events: Mapping[QEvent.Type, Callable[[QEvent], bool]] = {
            QEvent.Type.Leave: self._leave,
            QEvent.Type.MouseButtonPress: self._press,
            QEvent.Type.MouseButtonRelease: self._release,
            QEvent.Type.MouseButtonDblClick: self._double,
            QEvent.Type.Wheel: self._wheel,
            QEvent.Type.NativeGesture: self._pinch,
        }
        keys = Qt.Key
        self._keys: Mapping[int, Callable[[bool], None]] = {
            keys.Key_Left: lambda shift: self._step(-1, shift),
            keys.Key_Right: lambda shift: self._step(1, shift),
            keys.Key_Home: lambda _shift: self.fitted.emit(),
            keys.Key_Plus: lambda _shift: self._zoom(1 / ZOOM),
            keys.Key_Equal: lambda _shift: self._zoom(1 / ZOOM),
            keys.Key_Minus: lambda _shift: self._zoom(ZOOM),
            keys.Key_P: lambda _shift: self._pin(),
            keys.Key_Return: lambda _shift: self._pin(),
            keys.Key_N: lambda _shift: self.noted.emit(self._plot.pointed),
        }

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        handler = self._events.get(event.type())
        return handler(event) if handler is not None else False

    def means(self, event: QKeyEvent) -> bool:
        """Whether a key is one of the plot's."""
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        return plain and event.key() in self._keys

    def press_key(self, event: QKeyEvent) -> None:
        self._keys[event.key()](bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    # -- the mouse

    def _leave(self, _event: QEvent) -> bool:
        self._plot.point(math.nan, math.nan)
        return False

    def _press(self, event: QEvent) -> bool:
        mouse = cast("QMouseEvent", event)
        self._pressed = mouse.position() if mouse.button() in CLICKED else None
        self.pressed.emit()
        return False

    def _release(self, event: QEvent) -> bool:
        at, self._pressed = self._pressed, None
        mouse = cast("QMouseEvent", event)
        if at is not None and (mouse.position() - at).manhattanLength() <= CLICK:
            x = self._plot.x_at(mouse.position())
            if not math.isnan(x) and mouse.button() is Qt.MouseButton.LeftButton:
                self.pinned.emit(x)
            elif not math.isnan(x):
                self.asked.emit(x, mouse.globalPosition().toPoint())
        return False

    def _double(self, _event: QEvent) -> bool:
        self._pressed = None
        self.doubled.emit()
        return False

    def _wheel(self, event: QEvent) -> bool:
        wheel = cast("QWheelEvent", event)
        across = wheel.angleDelta().x()
        if wheel.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            across = across or wheel.angleDelta().y()
        if abs(across) <= abs(wheel.angleDelta().y()) and not wheel.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        self._plot.shift(-across / 120 * NOTCH)
        return True

    def _pinch(self, event: QEvent) -> bool:
        gesture = cast("QNativeGestureEvent", event)
        if gesture.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._plot.zoom(1 / (1 + max(-0.9, gesture.value())), self._plot.x_at(gesture.position()))
        return True

    # -- the keys

    def _step(self, way: int, shift: bool) -> None:
        if shift:
            self._plot.shift(way * SHIFT)
            return
        (x0, x1), at = self._plot.reach, self._plot.pointed
        at = (x0 + x1) / 2 if math.isnan(at) else at + way * STEP * (x1 - x0)
        self._plot.point(min(max(at, x0), x1), math.nan)

    def _zoom(self, factor: float) -> None:
        self._plot.zoom(factor, self._plot.pointed)

    def _pin(self) -> None:
        if not math.isnan(self._plot.pointed):
            self.pinned.emit(self._plot.pointed)
