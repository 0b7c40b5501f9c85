"""Places visited, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.canvas.journey import between
from gui.canvas.visited import MOST, Place, Visited
from tests.gui.canvas.conftest import Hand

A, B, C = Place(0, 0, 1), Place(5000, 0, 1), Place(5000, 0, 0.2)
ALT = Qt.KeyboardModifier.AltModifier


def test_places_are_walked_back_and_forward() -> None:
    visited = Visited()
    for place in (A, B, C):
        visited.rest(place)
    assert visited.step(1, C) is None
    assert visited.step(-1, C) == B
    assert visited.step(-1, B) == A
    assert visited.step(-1, A) is None
    assert visited.ways == (False, True)
    assert visited.step(1, A) == B


def test_a_place_left_is_kept_as_it_was_left() -> None:
    visited = Visited()
    visited.rest(A)
    moved = Place(40, 10, 1.1)
    visited.leave(moved)
    visited.rest(B)
    assert visited.places == (moved, B)


def test_a_new_place_replaces_those_ahead() -> None:
    visited = Visited()
    visited.rest(A)
    visited.rest(B)
    visited.step(-1, B)
    visited.rest(C)
    assert visited.places == (A, C)
    assert visited.step(1, C) is None


def test_near_places_are_one_and_old_ones_are_forgotten() -> None:
    visited = Visited()
    visited.rest(A)
    visited.rest(Place(100, 50, 1.2))
    assert visited.step(-1, A) is None, "a second place was noted"
    for number in range(MOST + 20):
        visited.rest(Place(number * 1000.0, 0, 1))
    places = visited.places
    assert len(places) == MOST
    assert visited.step(-1, places[-1]) == places[-2]


def test_halfway_lies_between_and_the_end_is_the_end() -> None:
    middle = between(A, C, 0.5)
    assert (middle.x, middle.y) == (2500, 0)
    assert C.scale < middle.scale < A.scale
    assert between(A, C, 1.0) == C
    assert between(A, C, 0.0) == A


def near(hand: Hand, at: QPointF) -> bool:
    return (hand.canvas.centre() - at).manhattanLength() < 3


def test_keys_and_buttons_lead_back_and_forward(hand: Hand) -> None:
    start = hand.canvas.centre()
    hand.canvas.go(QPointF(5000, 0))
    hand.canvas.go(QPointF(9000, 0), 0.2)
    hand.canvas.commands["back"]()
    assert near(hand, QPointF(5000, 0))
    assert hand.canvas.zoom == 1.0
    QTest.mouseClick(hand.canvas.viewport(), Qt.MouseButton.BackButton)
    assert near(hand, start)
    QTest.mouseClick(hand.canvas.viewport(), Qt.MouseButton.ForwardButton)
    hand.canvas.commands["forward"]()
    assert near(hand, QPointF(9000, 0))
    assert hand.canvas.zoom == pytest.approx(0.2)
    hand.canvas.commands["forward"]()
    assert near(hand, QPointF(9000, 0)), "there the way ends"


def test_what_was_panned_to_and_rested_at_is_a_place(hand: Hand) -> None:
    hand.canvas.go(QPointF(5000, 0))
    hand.canvas.pan(-2000, 0)
    hand.canvas.journey._resting.timeout.emit()
    hand.canvas.go(QPointF(-4000, 0))
    hand.canvas.commands["back"]()
    assert near(hand, QPointF(7000, 0))
    hand.canvas.commands["back"]()
    assert near(hand, QPointF(5000, 0))


def test_jumps_are_places(hand: Hand) -> None:
    hand.canvas.go(QPointF(8000, 8000))
    hand.canvas.focus_node("n3")
    hand.canvas.commands["back"]()
    assert near(hand, QPointF(8000, 8000))
    hand.canvas.commands["fit_all"]()
    hand.canvas.commands["back"]()
    assert near(hand, QPointF(8000, 8000))


def test_a_fit_on_resize_is_no_place_and_another_drawing_has_none(hand: Hand) -> None:
    hand.canvas.fit_all(quiet=True)
    hand.canvas.resize(500, 300)
    hand.canvas.resize(1200, 700)
    assert hand.canvas.journey.visited.places == ()
    hand.canvas.go(QPointF(8000, 8000))
    hand.document.start(hand.document.project)
    assert hand.canvas.journey.visited.places == ()


def test_the_view_glides_and_arrives(hand: Hand, qtbot: QtBot) -> None:
    journey = hand.canvas.journey
    journey.lasts = 60
    start, end = hand.canvas.centre(), QPointF(1400, 300)
    hand.canvas.go(end, 0.5)
    assert journey.gliding
    assert near(hand, start), "it has not jumped"
    seen: list[float] = []
    hand.canvas.looked.connect(lambda: seen.append(hand.canvas.centre().x()))
    qtbot.waitUntil(lambda: not journey.gliding)
    assert near(hand, end)
    assert hand.canvas.zoom == 0.5
    assert any(start.x() + 20 < x < end.x() - 20 for x in seen), "nothing was seen on the way"


def test_a_far_way_is_a_jump(hand: Hand) -> None:
    hand.canvas.journey.lasts = 5000
    hand.canvas.go(QPointF(100_000, 0))
    assert not hand.canvas.journey.gliding
    assert near(hand, QPointF(100_000, 0))


def test_a_hand_on_the_view_ends_the_glide(hand: Hand) -> None:
    journey = hand.canvas.journey
    journey.lasts = 5000
    touches: tuple[Callable[[], object], ...] = (
        lambda: hand.canvas.pan(10, 0),
        hand.canvas.zoom_in,
        lambda: hand.click(hand.head("n1")),
    )
    for touch in touches:
        hand.canvas.go(hand.canvas.centre() + QPointF(900, 0))
        assert journey.gliding
        touch()
        assert not journey.gliding


def test_a_step_back_in_the_middle_of_a_glide_leads_to_the_start(hand: Hand) -> None:
    start = hand.canvas.centre()
    hand.canvas.journey.lasts = 5000
    hand.canvas.go(start + QPointF(1500, 0))
    hand.canvas.journey.lasts = 0
    hand.canvas.commands["back"]()
    assert near(hand, start)
    hand.canvas.commands["forward"]()
    assert near(hand, start + QPointF(1500, 0))
