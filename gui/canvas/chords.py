"""Which press of the mouse begins which gesture, as one table. Knows not how any of them works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import Qt

#: `title` is that of a frame, `edge` one of a frame or a note.
Over = Literal["ground", "wire", "node", "port", "title", "note", "edge"]
_LEFT, _MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
_RIGHT = Qt.MouseButton.RightButton
_NONE, _ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
_EVERYWHERE: Final[tuple[Over, ...]] = ("ground", "wire", "node", "port", "title", "note", "edge")


@dataclass(frozen=True, slots=True)
class Chord:
    """A button, what it is pressed over and the keys that must be held; further keys mean what the gesture says."""

    gesture: str
    words: str
    button: Qt.MouseButton
    over: tuple[Over, ...]
    keys: Qt.KeyboardModifier = _NONE
    space: bool = False


#: The first that fits counts, so that those with keys stand before those without.
CHORDS: Final[tuple[Chord, ...]] = (
    Chord("pan", "Move the view", _MIDDLE, _EVERYWHERE),
    Chord("pan", "Move the view, with Space held", _LEFT, _EVERYWHERE, space=True),
    Chord("knife", "Cut the wires that a line crosses", _RIGHT, _EVERYWHERE, _CTRL),
    Chord("rewire", "Move all wires of an output to another", _LEFT, ("port",), _SHIFT),
    Chord("wire", "Draw a wire, or pick one up by its end", _LEFT, ("port",)),
    Chord("detach", "Take layers off their wires", _LEFT, ("node",), _ALT),
    Chord("move", "Select and move layers; Ctrl keeps them out of line, Alt off wires", _LEFT, ("node",)),
    Chord("move", "Move a frame alone", _LEFT, ("title",), _ALT),
    Chord("link", "Open a link of a note, after asking", _LEFT, ("note",), _CTRL),
    Chord("move", "Move a frame with its inside, or a note", _LEFT, ("title", "note")),
    Chord("resize", "Resize a frame or a note; Ctrl keeps it out of line", _LEFT, ("edge",)),
    Chord("choose", "Choose a wire; Shift adds it", _LEFT, ("wire",)),
    Chord("lasso", "Select what a line encloses, with Alt held; Shift adds, Ctrl swaps", _LEFT, ("ground",), _ALT),
    Chord("band", "Select what a band meets; Shift adds, Ctrl swaps", _LEFT, ("ground",)),
    Chord("back", "Go back to the place seen before", Qt.MouseButton.BackButton, _EVERYWHERE),
    Chord("forward", "Go forward again", Qt.MouseButton.ForwardButton, _EVERYWHERE),
)


def gesture(button: Qt.MouseButton, over: Over, keys: Qt.KeyboardModifier, *, space: bool) -> str:
    """Return the gesture that a press begins, empty where it begins none."""
    fit = (
        chord.gesture
        for chord in CHORDS
        if chord.button is button and over in chord.over and (keys & chord.keys) == chord.keys and chord.space <= space
    )
    return next(fit, "")
