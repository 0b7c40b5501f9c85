"""Selecting with a line drawn by hand, and the table that says which press begins which gesture."""

from __future__ import annotations

import itertools

import pytest
from PySide6.QtCore import QPointF, Qt

from gui.canvas import chords
from tests.gui.canvas.conftest import LEFT, NONE, Hand

ALT, SHIFT, CTRL = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
#: Around the second and the third node of the upper row, and back below the second.
AROUND = [(220, -60), (700, -60), (700, 90), (220, 90)]


def draw(hand: Hand, places: list[tuple[int, int]], keys: Qt.KeyboardModifier = ALT) -> None:
    corners = [QPointF(*place) for place in places]
    hand.press(corners[0], LEFT, keys)
    for start, end in itertools.pairwise(corners):
        for part in range(1, 5):
            hand.move(start + (end - start) * part / 4)
    hand.release(corners[-1], LEFT, keys)


def test_a_lasso_selects_what_it_encloses(hand: Hand) -> None:
    hand.selection.set(["n7"])
    draw(hand, AROUND)
    assert hand.selection.ids == {"n2", "n3"}
    assert hand.canvas.drawing.overlay.lasso is None
    assert hand.steps == 0


def test_what_lies_in_a_bay_of_the_line_is_not_enclosed(hand: Hand) -> None:
    draw(hand, [(-60, -60), (700, -60), (700, 90), (450, 90), (450, -40), (230, -40), (230, 90), (-60, 90)])
    assert hand.selection.ids == {"n1", "n3"}


def test_shift_adds_and_ctrl_swaps(hand: Hand) -> None:
    hand.selection.set(["n2", "n7"])
    draw(hand, AROUND, ALT | SHIFT)
    assert hand.selection.ids == {"n2", "n3", "n7"}
    draw(hand, AROUND, ALT | CTRL)
    assert hand.selection.ids == {"n7"}


def test_escape_gives_the_old_selection_back(hand: Hand) -> None:
    hand.selection.set(["n7"])
    hand.press(QPointF(220, -60), LEFT, ALT)
    for place in AROUND[1:]:
        hand.move(QPointF(*place))
    assert hand.canvas.drawing.overlay.lasso is not None
    assert hand.selection.ids == {"n2", "n3"}
    hand.key(Qt.Key.Key_Escape)
    assert hand.selection.ids == {"n7"}
    assert hand.canvas.drawing.overlay.lasso is None


def test_a_press_alone_selects_nothing(hand: Hand) -> None:
    hand.selection.set(["n7"])
    hand.press(QPointF(220, -60), LEFT, ALT)
    hand.release(QPointF(220, -60), LEFT, ALT)
    assert hand.selection.ids == frozenset()


@pytest.mark.parametrize(
    ("over", "keys", "space", "name"),
    [
        ("ground", NONE, False, "band"), ("ground", SHIFT, False, "band"), ("ground", ALT, False, "lasso"),
        ("ground", ALT | SHIFT, False, "lasso"), ("node", NONE, False, "move"), ("wire", SHIFT, False, "choose"),
        ("port", NONE, False, "wire"), ("port", NONE, True, "pan"), ("node", ALT, True, "pan"),
    ],
)  # fmt: skip
def test_a_press_of_the_left_button_begins(
    over: chords.Over, keys: Qt.KeyboardModifier, space: bool, name: str
) -> None:
    assert chords.gesture(LEFT, over, keys, space=space) == name


def test_the_right_button_begins_nothing() -> None:
    assert chords.gesture(Qt.MouseButton.RightButton, "ground", NONE, space=False) == ""


def test_no_chord_hides_another() -> None:
    """The first that fits counts: one with the same button and place must not stand before one that needs more."""
    for before, after in itertools.combinations(chords.CHORDS, 2):
        hides = (
            before.button is after.button
            and set(after.over) <= set(before.over)
            and (after.keys & before.keys) == before.keys
            and before.space <= after.space
        )
        assert not hides, f"{before.words!r} hides {after.words!r}"
