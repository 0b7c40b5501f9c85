"""What mouse and touchpad do on the canvas, in words: the table of presses, and what is no press. Does none of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt

from gui.canvas.chords import CHORDS, Chord, Over

_BUTTONS: Final[Mapping[Qt.MouseButton, str]] = {
    Qt.MouseButton.LeftButton: "Drag",
    Qt.MouseButton.MiddleButton: "Middle drag",
    Qt.MouseButton.RightButton: "Right drag",
    Qt.MouseButton.BackButton: "Back button",
    Qt.MouseButton.ForwardButton: "Forward button",
}
_HELD: Final[Mapping[Qt.KeyboardModifier, str]] = {
    Qt.KeyboardModifier.ControlModifier: "Ctrl",
    Qt.KeyboardModifier.ShiftModifier: "Shift",
    Qt.KeyboardModifier.AltModifier: "Alt",
}
_OVER: Final[Mapping[Over, str]] = {
    "ground": "the ground", "wire": "a wire", "node": "a layer", "port": "a port", "title": "a frame's title",
    "note": "a note", "edge": "the edge of a frame or note",
}  # fmt: skip
#: What is no press of a button: what comes of it, and how it is done.
OTHERS: Final = (
    ("Add a layer", "Double click the ground"),
    ("Rename a layer", "Double click a layer"),
    ("Change a title or a note", "Double click it"),
    ("What can be done here", "Right click"),
    ("Zoom", "Wheel, pinch"),
    ("Move the view", "Two fingers, Shift + wheel"),
    ("Add a layer that fits", "Drop a wire on the ground"),
    ("Put a layer into a wire", "Drop a layer on a wire"),
    ("End a gesture unfinished", "Esc, or another button"),
)


def gestures() -> list[tuple[str, str]]:
    """Return what can be done with the mouse, each with how."""
    return [*((chord.words, how(chord)) for chord in CHORDS), *OTHERS]


def how(chord: Chord) -> str:
    """Say how a press is made: `Alt + drag the ground`."""
    held = [*(name for key, name in _HELD.items() if chord.keys & key), *(["Space"] if chord.space else [])]
    press = _BUTTONS[chord.button]
    where = " " + " or ".join(_OVER[over] for over in chord.over) if len(chord.over) < len(_OVER) else ""
    press = press.replace("Drag", "Click") if chord.gesture in ("choose", "link") else press
    return " + ".join([*held, press.lower() if held else press]) + where
