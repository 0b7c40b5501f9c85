"""Which studies there are, what is chosen for each, and the question that it makes. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from engine.study_messages import (
    LIKELIEST,
    Boundary,
    Embed,
    GradCam,
    Landscape,
    Occlusion,
    Saliency,
    Spreading,
)  # fmt: skip

if TYPE_CHECKING:
    from engine.messages import Message


@dataclass(frozen=True, slots=True)
class Choice:
    """All that a person chooses; each study takes what it needs of it."""

    sample: int = 0
    output: int = 0
    number: int = LIKELIEST
    copies: int = 0
    cam: str = ""
    patch: int = 0
    layer: str = ""
    rows: bool = False
    method: Spreading = "pca"
    side: int = 25
    reach: float = 1.0
    samples: int = 256
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Study:
    """A study as the page offers it.

    Attributes:
        options: The names of the options that it has, in the order in which they stand.
        live: It is asked as soon as something is chosen, and again after each epoch; else by its button.
        still: It needs weights that stand still.
    """

    title: str
    hint: str
    options: tuple[str, ...]
    ask: Callable[[Choice, int], Message]
    live: bool = True
    still: bool = False

    @property
    def named(self) -> str:
        """Its title within a sentence: what is a name keeps its capitals."""
        return self.title.lower() if self.title[1:].islower() else self.title


STUDIES: Final[Mapping[str, Study]] = {
    "saliency": Study(
        "Saliency", "How the score of a class changes with each number of a sample",
        ("sample", "output", "number", "look", "copies", "opacity"),
        lambda now, asked: Saliency(
            asked, now.sample, now.output, now.number, now.copies, seed=now.seed, each_epoch=True
        ),
    ),
    "grad_cam": Study(
        "Grad-CAM", "Where a convolution sees what speaks for a class",
        ("sample", "output", "number", "cam", "opacity"),
        lambda now, asked: GradCam(asked, now.sample, now.output, now.number, now.cam, each_epoch=True),
    ),
    "occlusion": Study(
        "Occlusion", "What the score of a class loses where a part of the sample is covered",
        ("sample", "output", "number", "patch", "opacity"),
        lambda now, asked: Occlusion(asked, now.sample, now.output, now.number, now.patch),
    ),
    "boundary": Study(
        "Decision boundary", "What the network says all over the plane, for data of two numbers", ("output",),
        lambda now, asked: Boundary(asked, output=now.output, each_epoch=True),
    ),
    "landscape": Study(
        "Loss landscape", "The loss around the weights, along two directions drawn by lot",
        ("view", "side", "reach", "samples", "seed"),
        lambda now, asked: Landscape(asked, now.side, now.reach, now.samples, now.seed), live=False, still=True,
    ),
    "embedding": Study(
        "Embedding", "Where samples lie in what a layer puts out", ("layer", "rows", "output", "method", "view"),
        lambda now, asked: Embed(
            asked, now.layer, now.method, rows=now.rows, seed=now.seed, output=now.output,
            each_epoch=now.method == "pca",
        ),
    ),
}  # fmt: skip
#: How samples are placed, and what that needs beside the program.
METHODS: Final[Mapping[Spreading, tuple[str, str, str]]] = {
    "pca": ("PCA", "", ""), "t-sne": ("t-SNE", "sklearn", "scikit-learn"), "umap": ("UMAP", "umap", "umap-learn"),
}  # fmt: skip


def is_live(study: str, now: Choice) -> bool:
    """Whether a study is asked without its button."""
    return STUDIES[study].live and (study != "embedding" or now.method == "pca")


def lacks(method: Spreading) -> str:
    """Say what has to be installed for a method; nothing where it is there."""
    _, module, package = METHODS[method]
    return "" if not module or find_spec(module) is not None else f"Needs {package}: pip install {package}"
