"""How the numbers of an output are read beside what is right, and which samples are judged. numpy alone, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from engine.data.columns import PAD, Column
from engine.values import Part

Tensor: TypeAlias = np.ndarray[Any, Any]
Shape: TypeAlias = tuple[int, ...]
#: One of several classes, yes or no, numbers to come near to, an image to come near to; empty for what is none.
Kind = Literal["classes", "binary", "numbers", "picture", ""]
#: At most so many samples of a part are judged, and so many bytes of predictions of an output are sent.
MOST: Final = 2_000
LARGEST: Final = 4 * 2**20
#: A part of so many samples at least is judged whatever its bytes.
LEAST: Final = 16
#: Losses whose numbers are scores: the right class's is to be the highest.
SCORES: Final = frozenset({"MultiClassHinge", "CategoricalHinge", "PlaceCodeError"})
#: Losses whose numbers are distances: the right class's is to be the least.
DISTANCES: Final = frozenset({"LeNetMAP"})
#: Losses that take one score for yes or no.
MARGINS: Final = frozenset({"Hinge", "SquaredHinge"})
#: Losses that compare shares of classes with shares of classes.
SHARES: Final = frozenset({
    "CategoricalCrossentropy", "CategoricalFocalCrossentropy", "CategoricalGeneralizedCrossEntropy", "KLDivergence",
    "CategoricalHinge",
})  # fmt: skip
#: Losses that take a class by its number, yes and no as any other.
NUMBERED: Final = SCORES | DISTANCES | {"SparseCategoricalCrossentropy"}
COLOURS: Final = (1, 3)


def chosen(count: int, each: int, *, ordered: bool = False) -> Tensor:
    """Return the places of the samples of a part that are judged: each k-th, k as small as the bounds let it be.

    Args:
        count: How many samples the part has.
        each: The bytes of one sample's predictions.
        ordered: Each sample continues another, so that the first ones are taken.
    """
    most = min(count, MOST, max(LEAST, LARGEST // max(1, each)))
    stride = -(-count // most) if count else 1
    return np.arange(most) if ordered else np.arange(0, count, stride)


def kind_of(column: Column, loss: Part, shape: Shape) -> Kind:
    """Say how an output is read that puts out `shape` for a sample and learns a column by a loss."""
    if column.task == "classes":
        return "classes" if shape[:-1] == column.shape and shape[-1:] > (1,) else ""
    if column.task == "binary" and loss.class_name in NUMBERED:
        return "classes" if shape == (*column.shape, 2) else ""
    if column.task == "binary":
        return "binary" if shape in (column.shape, (*column.shape, 1)) else ""
    if loss.class_name in SHARES and shape == column.shape and len(shape) == 1 and shape[0] > 1:
        return "classes"
    if _size(shape) != _size(column.shape):
        return ""
    return "picture" if column.is_share and shape == column.shape and _is_image(shape) else "numbers"


def _is_image(shape: Shape) -> bool:
    return len(shape) == 2 or (len(shape) == 3 and shape[-1] in COLOURS)


def _size(shape: Shape) -> int:
    return int(np.prod(shape, dtype=np.int64))


def no_kind(output: str, column: Column, shape: Shape) -> str:
    """Say in words why an output cannot be read beside what it learns."""
    return (
        f"No view fits {output}: it puts out {spelled(shape)} for a sample, and {column.name} is "
        f"{spelled(column.shape)} of {_TASKS[column.task]}."
    )


def spelled(shape: Shape) -> str:
    return "×".join(str(length) for length in shape) or "one number"


_TASKS: Final[Mapping[str, str]] = {"classes": "classes", "binary": "yes or no", "numbers": "numbers"}


def read(kind: Kind, column: Column, loss: Part, raw: Tensor) -> Tensor:
    """Return predictions as they are read: chances from 0 to 1 of classes and of yes, numbers as they are."""
    raw = raw.astype(np.float32, copy=False)
    if kind == "classes":
        return _of_classes(loss, raw)
    if kind == "binary":
        flat = raw.reshape(raw.shape[:1] + column.shape)
        is_score = bool(loss.values.get("from_logits")) or loss.class_name in MARGINS
        return sigmoid(flat) if is_score or flat.min(initial=0) < 0 or flat.max(initial=0) > 1 else flat
    return raw.reshape(raw.shape[:1] + column.shape) if kind in ("numbers", "picture") else raw


def is_scored(kind: Kind, loss: Part) -> bool:
    """Whether chances are made of what is none: of scores or of distances that the loss compares."""
    return kind in ("classes", "binary") and loss.class_name in SCORES | DISTANCES | MARGINS


def _of_classes(loss: Part, raw: Tensor) -> Tensor:
    if loss.class_name in DISTANCES:
        return softmax(-raw)
    if loss.values.get("from_logits") or loss.class_name in SCORES or raw.min(initial=0) < 0:
        return softmax(raw)
    whole = raw.sum(axis=-1, keepdims=True)  # as Keras does with what does not sum to 1
    shares: Tensor = raw / np.where(whole > 0, whole, 1)
    return shares


def softmax(scores: Tensor) -> Tensor:
    """Return shares that sum to 1 along the last axis."""
    raised: Tensor = np.exp(scores - scores.max(axis=-1, keepdims=True))
    raised /= raised.sum(axis=-1, keepdims=True)
    return raised


def sigmoid(scores: Tensor) -> Tensor:
    """Return chances of yes; a score of any size is taken."""
    chances: Tensor = (0.5 * (1 + np.tanh(0.5 * scores.astype(np.float64)))).astype(np.float32)
    return chances


def asked(kind: Kind, column: Column, targets: Tensor) -> Tensor:
    """Return what is right as it is read: classes by number, -1 where nothing is asked and where a sequence is filled.

    Targets that are shares of classes become the class of the largest.
    """
    if kind not in ("classes", "binary"):
        return targets.astype(np.float32, copy=False)
    if kind == "classes" and column.task == "numbers":
        targets = targets.argmax(axis=-1)
    elif column.ignored is not None:
        targets = np.where(targets == column.ignored, -1, targets)
    if column.shape and column.task == "classes" and column.words[:1] == (PAD,):
        targets = np.where(targets == 0, -1, targets)
    return targets.astype(np.int32)
