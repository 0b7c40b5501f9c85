"""Pictures drawn with a seed: figures to tell apart, figures with a caption. Knows no split."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.data.columns import END, PAD, START, Column, Family, Layout, Samples, Tensor, Values, real, whole
from engine.data.figures import FIGURES, covered

SEED: Final = 2
NAMES: Final = tuple(FIGURES)
NOISE: Final = 0.03
#: As many pixels are painted at once: what they need stays near to the processor.
TOGETHER: Final = 1 << 16

# -- figures


def _shapes_layout(values: Values) -> Layout:
    size = values["size"]
    image = Column("image", (size, size, values["channels"]))
    if values["targets"] == "mask":
        return Layout((image,), (Column("mask", (size, size), "binary", ("ground", "figure")),), values["samples"])
    return Layout((image,), (Column("shape", (), "classes", NAMES, room=values["classes"]),), values["samples"])


def _shapes(values: Values) -> Samples:
    """One figure a picture, of any colour, size, place and turn, on a ground that is darker or brighter."""
    random = np.random.default_rng(SEED)
    count: int = values["samples"]
    size: int = values["size"]
    kinds = np.arange(count) % len(NAMES)
    radii = random.uniform(0.22, 0.4, count)
    centres = random.uniform(0.08 + radii, 0.92 - radii, (2, count)).T
    cover = covered(kinds, centres, radii, random.uniform(0, 2 * np.pi, count), size)
    colours, grounds = _colours(random, count, values["channels"])
    image = _painted(random, grounds, ((cover, colours),))
    target = {"mask": whole(cover > 0.5)} if values["targets"] == "mask" else {"shape": whole(kinds)}
    return Samples({"image": image}, target)


def _colours(random: np.random.Generator, count: int, channels: int) -> tuple[Tensor, Tensor]:
    """A colour for each figure and one for its ground, well apart in brightness."""
    ground = random.uniform(0.0, 0.3, (count, channels))
    figure = ground + random.uniform(0.35, 0.7, (count, channels))
    dark = random.random((count, 1)) < 0.5
    return np.where(dark, figure, 1 - figure), np.where(dark, ground, 1 - ground)


def _painted(random: np.random.Generator, grounds: Tensor, layers: tuple[tuple[Tensor, Tensor], ...]) -> Tensor:
    """Lay figures over their grounds, in order, and add a little noise; a few pictures at a time, for speed."""
    size = layers[0][0].shape[1]
    images = np.empty((len(grounds), size, size, grounds.shape[1]), "float32")
    few = max(1, TOGETHER // size**2)
    for part in (slice(first, first + few) for first in range(0, len(images), few)):
        image = images[part]
        image[:] = grounds[part, np.newaxis, np.newaxis, :]
        for cover, colours in layers:
            image += cover[part, ..., np.newaxis] * (real(colours)[part, np.newaxis, np.newaxis, :] - image)
        image += random.standard_normal(image.shape, dtype="float32") * np.float32(NOISE)
        np.clip(image, 0, 1, out=image)
    return images


# -- captions

INKS: Final = {
    "red": (0.85, 0.15, 0.15), "green": (0.15, 0.65, 0.2), "blue": (0.2, 0.3, 0.9), "yellow": (0.9, 0.8, 0.1),
}  # fmt: skip
COLOURS: Final = tuple(INKS)
VOCABULARY: Final = (PAD, START, END, "a", "above", "left", "of", *COLOURS, *NAMES)
#: start, and a red circle left of a blue square
LONGEST: Final = 9
#: How the second figure stands to the first: not there, below it, to its right; where both then are.
ALONE, ABOVE, LEFT = range(3)
PLACES: Final = np.array([[[0.5, 0.5], [2, 2]], [[0.5, 0.27], [0.5, 0.73]], [[0.27, 0.5], [0.73, 0.5]]])


def _captions_layout(values: Values) -> Layout:
    size = values["size"]
    words = Column("words", (LONGEST,), "classes", VOCABULARY)
    following = Column("next", (LONGEST,), "classes", VOCABULARY, ignored=VOCABULARY.index(PAD))
    return Layout((Column("image", (size, size, 3)), words), (following,), values["samples"])


def _captions(values: Values) -> Samples:
    """One figure or two on a grey ground; a caption names the upper or the left one first."""
    random = np.random.default_rng(SEED)
    count: int = values["samples"]
    relations = np.array([ALONE, ABOVE, ABOVE, LEFT, LEFT])[np.arange(count) % 5]
    kinds, inks = random.integers(0, len(NAMES), (count, 2)), random.integers(0, len(COLOURS), (count, 2))
    centres = PLACES[relations] + random.uniform(-0.05, 0.05, (count, 2, 2))
    layers = tuple(_drawn(random, kinds[:, at], inks[:, at], centres[:, at], values["size"]) for at in (0, 1))
    grounds = np.repeat(random.uniform(0.85, 1.0, (count, 1)), 3, axis=1)
    image = _painted(random, grounds, layers)
    captions = [_caption(*told) for told in zip(relations.tolist(), kinds.tolist(), inks.tolist(), strict=True)]
    words, following = tokens(captions)
    return Samples({"image": image, "words": words}, {"next": following})


def _drawn(
    random: np.random.Generator, kinds: Tensor, inks: Tensor, centres: Tensor, size: int
) -> tuple[Tensor, Tensor]:
    radii, turns = random.uniform(0.17, 0.22, len(kinds)), random.uniform(-0.15, 0.15, len(kinds))
    colours = np.array(list(INKS.values()))[inks] + random.uniform(-0.08, 0.08, (len(kinds), 3))
    return covered(kinds, centres, radii, turns, size), np.clip(colours, 0, 1)


def _caption(relation: int, kinds: list[int], inks: list[int]) -> list[str]:
    first, second = (["a", COLOURS[ink], NAMES[kind]] for kind, ink in zip(kinds, inks, strict=True))
    return {ALONE: first, ABOVE: [*first, "above", *second], LEFT: [*first, "left", "of", *second]}[relation]


def tokens(captions: list[list[str]]) -> tuple[Tensor, Tensor]:
    """Return captions after a start, as they are fed, and the word that follows each; 0 fills up."""
    numbers = {word: number for number, word in enumerate(VOCABULARY)}
    fed, following = np.zeros((2, len(captions), LONGEST), "int64")
    for row, caption in enumerate(captions):
        told = [numbers[word] for word in caption]
        fed[row, : len(told) + 1] = [numbers[START], *told]
        following[row, : len(told) + 1] = [*told, numbers[END]]
    return fed, following


FAMILIES: Final = {
    "shapes": Family(_shapes_layout, _shapes, quick=False),
    "captions": Family(_captions_layout, _captions, quick=False),
}
