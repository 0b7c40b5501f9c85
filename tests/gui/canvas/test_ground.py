"""Zooming, fitting, scrolling: what is seen of the scene."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QPointingDeviceUniqueId, QWheelEvent
from PySide6.QtWidgets import QApplication

from gui.canvas.ground import LARGEST, SMALLEST
from tests.gui.canvas.conftest import NONE, Hand

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
PHASE = Qt.ScrollPhase.NoScrollPhase


def touchpad() -> QPointingDevice:
    return QPointingDevice(
        "pad", 77, QInputDevice.DeviceType.TouchPad, QPointingDevice.PointerType.Finger,
        QInputDevice.Capability.Scroll, 2, 0, "", QPointingDeviceUniqueId(),
    )  # fmt: skip


def wheel(
    hand: Hand, at: QPoint, angle: QPoint, keys: Qt.KeyboardModifier = NONE, device: QPointingDevice | None = None
) -> None:
    place = QPointF(at)
    event = QWheelEvent(
        place, QPointF(hand.canvas.viewport().mapToGlobal(at)), QPoint(), angle, Qt.MouseButton.NoButton, keys, PHASE,
        False, Qt.MouseEventSource.MouseEventNotSynthesized, device or QPointingDevice.primaryPointingDevice(),
    )  # fmt: skip
    QApplication.sendEvent(hand.canvas.viewport(), event)


def test_the_wheel_zooms_and_what_is_under_the_mouse_stays(hand: Hand) -> None:
    at = QPoint(300, 200)
    below = hand.canvas.to_scene(QPointF(at))
    for _ in range(5):
        wheel(hand, at, QPoint(0, 120))
    assert hand.canvas.zoom == pytest.approx(1.15**5)
    moved = hand.canvas.to_scene(QPointF(at)) - below
    assert moved.manhattanLength() < 2
    for _ in range(5):
        wheel(hand, at, QPoint(0, -120))
    assert hand.canvas.zoom == pytest.approx(1.0)
    assert (hand.canvas.to_scene(QPointF(at)) - below).manhattanLength() < 3


def test_two_fingers_pan_and_with_ctrl_zoom(hand: Hand) -> None:
    pad = touchpad()
    before = hand.view(QPointF(0, 0))
    wheel(hand, QPoint(300, 200), QPoint(-20, 60), device=pad)
    moved = hand.view(QPointF(0, 0)) - before
    assert (moved.x(), moved.y()) == (-10, 30)
    assert hand.canvas.zoom == 1.0
    wheel(hand, QPoint(300, 200), QPoint(0, 120), CTRL, pad)
    assert hand.canvas.zoom > 1.0


def test_shift_and_the_wheel_go_sideways(hand: Hand) -> None:
    before = hand.view(QPointF(0, 0))
    wheel(hand, QPoint(300, 200), QPoint(0, 120), SHIFT)
    moved = hand.view(QPointF(0, 0)) - before
    assert (moved.x(), moved.y()) == (60, 0)


def test_zoom_has_ends(hand: Hand) -> None:
    for _ in range(60):
        hand.canvas.zoom_in()
    assert hand.canvas.zoom == LARGEST
    for _ in range(60):
        hand.canvas.zoom_out()
    assert hand.canvas.zoom == SMALLEST
    hand.canvas.zoom_to(1.0)
    assert hand.canvas.zoom == 1.0


def test_zoom_is_told(hand: Hand) -> None:
    told: list[float] = []
    hand.canvas.zoomed.connect(told.append)
    hand.canvas.zoom_to(0.5)
    assert told == [0.5]


def test_fit_all_shows_everything_and_never_enlarges(hand: Hand) -> None:
    hand.canvas.zoom_to(0.1)
    hand.canvas.fit_all()
    assert hand.canvas.zoom == 1.0
    hand.canvas.resize(600, 400)
    assert hand.canvas.zoom < 1.0, "it stays fitted while the canvas is resized"
    assert hand.canvas.area().contains(hand.canvas.drawing.nodes.bounds())
    hand.canvas.pan(10, 0)
    before = hand.canvas.zoom
    hand.canvas.resize(1200, 700)
    assert hand.canvas.zoom == before, "until it is moved by hand"
    hand.canvas.fit_all()
    hand.canvas.zoom_to(0.5)
    hand.canvas.resize(1000, 600)
    assert hand.canvas.zoom == 0.5, "or zoomed"


def test_keys_fit_and_zoom(hand: Hand) -> None:
    hand.canvas.look_at(QPointF(9000, 9000))
    hand.key(Qt.Key.Key_Home)
    assert hand.canvas.area().contains(hand.canvas.drawing.nodes.bounds())
    hand.selection.set(["n7"])
    hand.key(Qt.Key.Key_F)
    assert (hand.canvas.centre() - hand.canvas.drawing.nodes.frame("n7").center()).manhattanLength() < 2
    hand.key(Qt.Key.Key_Plus)
    assert hand.canvas.zoom == pytest.approx(1.25)
    hand.key(Qt.Key.Key_Minus)
    assert hand.canvas.zoom == pytest.approx(1.0)
    hand.key(Qt.Key.Key_1)
    assert hand.canvas.zoom == 1.0


def test_reveal_moves_no_more_than_it_must(hand: Hand) -> None:
    before = hand.canvas.area()
    hand.canvas.reveal(hand.canvas.drawing.nodes.frame("n1"))
    assert hand.canvas.area() == before
