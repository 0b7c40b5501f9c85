"""The actions on what layers carry while they train: pictures, colours, pulses. Data alone; knows not what one does."""

from __future__ import annotations

from typing import Final

from gui.action import ActionSpec
from gui.action import separator as _separator

MENU: Final = "View > Layers carry"
_HEAT: Final = ("overlay", "heat map", "colour by", "color")


def _figure(name: str, words: str, *more: str, told: bool = True) -> ActionSpec:
    tip = "While it trains" if told else ""
    return ActionSpec(f"heat_{name}", MENU, words, (), "", tip, True, canvas=True, words=(*_HEAT, *more))


CARRIED: Final = (
    ActionSpec(
        "carry_pictures", MENU, "Pictures of what they give", ("Shift+O",), "", "Of the watched sample",
        True, canvas=True, words=("thumbnails", "outputs", "activations", "live", "feature maps"),
    ),
    ActionSpec(
        "carry_nothing", MENU, "Nothing", (), "", "", True, canvas=True, words=("thumbnails", "hide", "plain", *_HEAT)
    ),
    _separator(MENU),
    _figure("parameters", "Colour by parameters", "cost", "weights", told=False),
    _figure("multiply_adds", "Colour by multiply-adds", "cost", "flops", "macs", told=False),
    _figure("memory", "Colour by memory in training", "cost", "bytes", told=False),
    _separator(MENU),
    _figure("gradient_norm", "Colour by gradient norm", "vanishing", "exploding"),
    _figure("update_ratio", "Colour by update-to-weight ratio", "learning rate"),
    _figure("dead", "Colour by dead units", "relu", "zero", "sparsity"),
    _figure("saturated", "Colour by saturated values", "sigmoid", "tanh"),
    _figure("deviation", "Colour by deviation of outputs", "activations", "spread"),
    _figure("time", "Colour by time", "slow", "seconds", "speed", "profile"),
    _separator(MENU),
    ActionSpec(
        "heat_next", MENU, "Colour by the next figure", ("O",), "", "Those of a run once it has told them",
        canvas=True, words=_HEAT,
    ),
    ActionSpec(
        "pulse", MENU, "Wires pulse", (), "", "With the magnitude of what they carry, while it trains", True,
        canvas=True, words=("wires", "breathe", "signal", "flow", "animation", "rms"),
    ),
)  # fmt: skip
PIN: Final = (
    ActionSpec(
        "pin_picture", "Layer", "Pin or hide its picture", ("V",), "pin", "Whatever others carry; again: as they do",
        canvas=True, needs="layers", words=("thumbnail", "output", "exception"),
    ),
)  # fmt: skip
SAMPLES: Final = (
    ActionSpec(
        "sample_next", "Run", "Watch the next sample", ("J",), "", "Of the first in the validation set", canvas=True,
        words=("pinned sample", "probe", "image"),
    ),
    ActionSpec(
        "sample_previous", "Run", "Watch the sample before", ("Shift+J",), "", canvas=True,
        words=("pinned sample", "probe", "image"),
    ),
)  # fmt: skip
