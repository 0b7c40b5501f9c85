"""The ground moves on while a drag is held at its edge."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt

from gui.canvas.drift import EDGE
from tests.gui.canvas.conftest import LEFT, Hand

CTRL, RIGHT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.RightButton


def at_edge(hand: Hand) -> QPointF:
    """A place of the scene two pixels inside of the right edge."""
    width = hand.canvas.viewport().width()
    return hand.canvas.to_scene(QPointF(width - 2, hand.view(QPointF(0, 60)).y()))


@pytest.mark.parametrize("what", ["band", "node", "wire", "knife"])
def test_the_ground_moves_while_a_drag_is_held_at_the_edge(hand: Hand, what: str) -> None:
    start = {
        "band": QPointF(300, 150), "node": hand.head("n3"), "wire": hand.port("n3", "output", output=True),
        "knife": QPointF(300, 150),
    }[what]  # fmt: skip
    button, keys = (RIGHT, CTRL) if what == "knife" else (LEFT, Qt.KeyboardModifier.NoModifier)
    drift = hand.canvas._drift
    hand.press(start, button, keys)
    hand.move(start + QPointF(20, 20))
    assert not drift.going
    seen, end = hand.canvas.area(), at_edge(hand)
    hand.move(end)
    assert drift.going
    drift.stop()  # the test moves the ground itself, whatever the time
    for _ in range(10):
        drift.step(0.02)
    moved = hand.canvas.area().left() - seen.left()
    assert 100 < moved < 250
    over = hand.canvas.drawing.overlay
    if what == "node":
        assert hand.canvas.drawing.nodes.at("n3")[0] == pytest.approx(504 + (end - start).x() + moved, abs=6)
    elif what == "band":
        assert over.band is not None
        assert over.band.width() == pytest.approx((end - start).x() + moved, abs=3)
    elif what == "wire":
        assert over.preview is not None
        assert over.preview.end[0] == pytest.approx(end.x() + moved, abs=3)
    else:
        assert over.knife[-1][0] == pytest.approx(end.x() + moved, abs=3)
    hand.key(Qt.Key.Key_Escape)
    assert not drift.going
    hand.release(end, button, keys)
    assert hand.steps == 0


def test_the_ground_stands_still_for_a_drag_that_begins_at_the_edge_until_it_goes_on(hand: Hand) -> None:
    hand.press(at_edge(hand) - QPointF(10, 0))
    hand.move(at_edge(hand) - QPointF(EDGE - 10, 0))
    assert not hand.canvas._drift.going
    hand.move(at_edge(hand))
    assert hand.canvas._drift.going
    hand.release(at_edge(hand))
    assert not hand.canvas._drift.going


def test_panning_does_not_set_the_ground_moving(hand: Hand) -> None:
    hand.press(QPointF(300, 150), Qt.MouseButton.MiddleButton)
    hand.move(at_edge(hand))
    assert not hand.canvas._drift.going
    hand.release(at_edge(hand), Qt.MouseButton.MiddleButton)
