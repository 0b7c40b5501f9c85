"""A text that ships, cut into pieces of letters, each with the letters that follow. Knows no split."""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from engine.catalogue import RESOURCES
from engine.data.columns import Column, Family, Layout, Samples, Tensor, Values, whole

FILE: Final = "shakespeare.txt"


@cache
def _letters() -> tuple[tuple[str, ...], Tensor]:
    """Return the letters that the text is written with, and the text as their numbers."""
    text = (RESOURCES / "data" / FILE).read_text(encoding="utf-8")
    vocabulary = tuple(sorted(set(text)))
    numbers = {letter: number for number, letter in enumerate(vocabulary)}
    return vocabulary, whole([numbers[letter] for letter in text])


def _starts(values: Values) -> Tensor:
    """Where pieces begin: each `step` letters; where they continue each other, each piece at the end of the last."""
    step = values["length"] if values["ordered"] else values["step"]
    return np.arange(0, len(_letters()[1]) - values["length"], step)


def _layout(values: Values) -> Layout:
    vocabulary, _ = _letters()
    letters, following = (
        Column(name, (values["length"],), "classes", vocabulary, between="", room=values["vocabulary"])
        for name in ("letters", "next")
    )
    return Layout((letters,), (following,), len(_starts(values)), stretches=True, ordered=values["ordered"])


def _make(values: Values) -> Samples:
    places = _starts(values)[:, np.newaxis] + np.arange(values["length"])
    _, text = _letters()
    return Samples({"letters": text[places]}, {"next": text[places + 1]})


FAMILIES: Final = {"text": Family(_layout, _make)}
