"""What window and trainer say of studies: what is asked of a network on demand, and what was found. Knows no Keras.

A question bears a number in `asked`, and so do its answers. `sample` is an index among the watched samples; `output`
counts the network's outputs; `number` is the class, or the number of the output, that is asked about: -1 for the one
that the network takes to be likeliest. With `each_epoch` a question is answered again after every epoch.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.run_messages import Array

Spreading = Literal["pca", "t-sne", "umap"]
#: A question's number that stands for what the network takes to be likeliest.
LIKELIEST = -1


# -- from the window to the trainer


@dataclass(frozen=True, slots=True)
class Saliency:
    """Ask how a score changes with each number of a sample; of `copies` with noise, a share of its range, the mean."""

    asked: int
    sample: int = 0
    output: int = 0
    number: int = LIKELIEST
    copies: int = 0
    noise: float = 0.15
    seed: int = 0
    each_epoch: bool = False


@dataclass(frozen=True, slots=True)
class GradCam:
    """Ask where a layer, by its node, sees what speaks for a score; empty for the last with places."""

    asked: int
    sample: int = 0
    output: int = 0
    number: int = LIKELIEST
    node: str = ""
    each_epoch: bool = False


@dataclass(frozen=True, slots=True)
class Occlusion:
    """Ask what a score loses where a part of a sample is covered: a patch so wide, 0 for an eighth of the sample."""

    asked: int
    sample: int = 0
    output: int = 0
    number: int = LIKELIEST
    patch: int = 0
    each_epoch: bool = False


@dataclass(frozen=True, slots=True)
class Boundary:
    """Ask what the network says all over the plane that the data of two numbers lie in, at side × side places."""

    asked: int
    side: int = 96
    output: int = 0
    each_epoch: bool = False


@dataclass(frozen=True, slots=True)
class Landscape:
    """Ask for the loss around the weights, along two filter-normalised directions, at side × side places."""

    asked: int
    side: int = 25
    reach: float = 1.0
    samples: int = 256
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Embed:
    """Ask where samples lie in what a node puts out, or, with `rows`, where the rows of an Embedding lie.

    The samples' classes are those that `output` learns.
    """

    asked: int
    node: str = ""
    method: Spreading = "pca"
    samples: int = 2000
    rows: bool = False
    seed: int = 0
    output: int = 0
    each_epoch: bool = False


# -- from the trainer to the window


@dataclass(frozen=True, slots=True)
class Attributed:
    """What of a sample a score hangs on.

    `given` is the sample as the input of this name takes it, `values` one number for each of its numbers (a gradient),
    its places (an occlusion) or the places of a layer's map (Grad-CAM). `signed` where less than nought has a meaning;
    `about` says what was done.
    """

    asked: int
    input: str
    given: Array
    values: Array
    number: int
    score: float
    signed: bool = True
    about: str = ""


@dataclass(frozen=True, slots=True)
class Plane:
    """What the network says over a plane: `values` float32 of shape (side, side, numbers), from the lowest row up.

    `bounds` are least and greatest along and up; `points` (n, 2) and `targets` (n,) are samples. `chances` where the
    numbers of a place are chances that sum to 1.
    """

    asked: int
    bounds: Array
    values: Array
    points: Array
    targets: Array
    chances: bool = True


@dataclass(frozen=True, slots=True)
class Heights:
    """The loss at the places that are known, nan at others: float64 of shape (side, side), the weights in the middle.

    Rows run along the second direction. `samples` were measured.
    """

    asked: int
    reach: float
    values: Array
    samples: int = 0
    done: bool = False


@dataclass(frozen=True, slots=True)
class Embedded:
    """Where samples lie: `points` float32 (n, 3), their `samples` and `targets` int64 (n,), -1 where there is none.

    `explained` are the shares of the variance along each axis, where the method tells; `words` name rows, if rows.
    """

    asked: int
    points: Array
    samples: Array
    targets: Array
    explained: Array
    words: tuple[str, ...] = ()
    about: str = ""
