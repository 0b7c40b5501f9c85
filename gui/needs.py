"""What must be selected or drawn for an action, and the sentence where it is not. Knows neither Qt nor the canvas."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Standing:
    """How many layers, wires, frames and notes are selected; how many layers there are, and frames and notes.

    `blocks` are those of the selected layers that are instances of one.
    """

    layers: int = 0
    wires: int = 0
    drawn: int = 0
    frames: int = 0
    notes: int = 0
    annotated: int = 0
    blocks: int = 0

    @property
    def things(self) -> int:
        """How many have a place of their own."""
        return self.layers + self.frames + self.notes


#: By the word in the table of actions: whether it is met, and what is said where it is not.
NEEDS: Final[Mapping[str, tuple[Callable[[Standing], bool], str]]] = {
    "": (lambda _now: True, ""),
    "drawing": (lambda now: now.drawn + now.annotated > 0, "Nothing is drawn yet. Add a layer first."),
    "selection": (
        lambda now: now.things + now.wires > 0,
        "Nothing is selected. Select layers or a wire first.",
    ),
    "things": (lambda now: now.things > 0, "Nothing is selected. Select layers, frames or notes first."),
    "thing": (lambda now: now.things == 1, "One layer, frame or note is needed, {things} are selected. Select one."),
    "frames": (lambda now: now.frames > 0, "No frame is selected. Click the title of one first."),
    "note": (lambda now: now.notes == 1 == now.things, "One note is needed, {notes} are selected. Select exactly one."),
    "annotation": (lambda now: now.frames + now.notes > 0, "No frame or note is selected. Select one first."),
    "annotated": (lambda now: now.annotated > 0, "There is no frame and no note. Add one first."),
    "layers": (lambda now: now.layers > 0, "Nothing is selected. Select one layer or more first."),
    "layer": (lambda now: now.layers == 1, "One layer is needed, {layers} are selected. Select exactly one."),
    "block": (lambda now: now.blocks == 1 == now.layers, "One block is needed. Select exactly one."),
    "blocks": (lambda now: now.blocks > 0, "No block is selected. Select one first."),
    "two": (lambda now: now.layers == 2, "Two layers are needed, {layers} are selected. Select exactly two."),
    "several": (lambda now: now.layers > 1, "At least two layers are needed, {layers} selected. Select more first."),
    "three": (
        lambda now: now.layers > 2,
        "At least three layers are needed, {layers} selected. Select more first.",
    ),
}


def unmet(need: str, now: Standing) -> str:
    """Return why an action cannot be done now, empty where it can."""
    met, sentence = NEEDS[need]
    return "" if met(now) else sentence.format(
        layers=now.layers or "none", things=now.things or "none", notes=now.notes or "none"
    )  # fmt: skip
