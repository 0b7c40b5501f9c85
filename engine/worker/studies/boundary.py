"""What a network says all over the plane that data of two numbers lie in. Knows no picture that shows it."""

from __future__ import annotations

from typing import Final

import numpy as np

from engine.data.columns import Column, Tensor
from engine.errors import RecipeError
from engine.messages import Array, Boundary, Plane, Working
from engine.worker.prepare import Prepared
from engine.worker.studies.sample import of_output, part_of, tells_distances, undisturbed
from engine.worker.studies.subject import Steps, Subject

#: Places that go through the network at once, and samples that are shown over it.
TOGETHER: Final = 1024
POINTS: Final = 1000
#: The plane reaches so much beyond the samples, as a share of what they span.
MARGIN: Final = 0.12
MOST_SIDE: Final = 256


def boundary(subject: Subject, question: Boundary) -> Steps:
    """Yield the share done, then the plane."""
    run = subject.run
    column, (name, target) = _only(run), of_output(run, question.output)
    if target.shape not in ((), (1,)):
        raise RecipeError(f"{name} says one thing about a sample", received="an output of more")
    points = np.concatenate([part.inputs[column.name] for part in (run.watched, run.data.train)])[:POINTS]
    targets = np.concatenate([part.targets[target.name] for part in (run.watched, run.data.train)])[:POINTS]
    bounds = around(points)
    side = min(question.side, MOST_SIDE)
    places = grid(bounds, side)
    together = int(run.model.inputs[0].shape[0] or TOGETHER)
    seen = part_of(run.model, [run.model.outputs[question.output]])
    found: list[Tensor] = []
    for start in range(0, len(places), together):
        some = places[start : start + together]
        filled = np.concatenate([some, np.repeat(some[-1:], together - len(some), axis=0)])
        with undisturbed(run.model):
            found.append(np.asarray(seen.predict_on_batch(filled), "float32")[: len(some)])
        yield Working(question.asked, (start + len(some)) / len(places))
    values = np.concatenate(found).reshape(side, side, -1)
    values = as_chances(-values if tells_distances(run, question.output) else values, target)
    yield Plane(
        question.asked, Array.of(bounds), Array.of(values), Array.of(points.astype("float32")),
        Array.of(targets.reshape(-1).astype("float32")), target.task != "numbers",
    )  # fmt: skip


def _only(run: Prepared) -> Column:
    columns = [column for _, column in run.feeding.inputs]
    if len(columns) != 1 or columns[0].shape != (2,) or columns[0].task != "numbers":
        shapes = " and ".join("×".join(map(str, column.shape)) or "1" for column in columns)
        raise RecipeError(
            "A decision boundary is drawn for data of two numbers a sample, as the two spirals are",
            received=shapes, hint="Open the template with the activations, or choose the spirals as data",
        )  # fmt: skip
    return columns[0]


def around(points: Tensor) -> Tensor:
    """Return least and greatest of what is shown, along and up: float64 of shape (2, 2)."""
    low, high = points.min(axis=0).astype("float64"), points.max(axis=0).astype("float64")
    margin = MARGIN * np.maximum(high - low, 1e-6)
    return np.stack([low - margin, high + margin], axis=1)


def grid(bounds: Tensor, side: int) -> Tensor:
    """Return side × side places, row by row from the lowest: float32 of shape (side², 2)."""
    along, up = (np.linspace(low, high, side) for low, high in bounds)
    across, upward = np.meshgrid(along, up)
    return np.stack([across, upward], axis=-1).reshape(-1, 2).astype("float32")


def as_chances(values: Tensor, target: Column) -> Tensor:
    """Return the chances of classes, shape (side, side, classes), where the network tells of classes; else as it is.

    What sums to 1 are chances; scores before an activation become such by it.
    """
    if target.task == "numbers":
        return values
    if values.shape[-1] == 1:
        inside = values.min() >= 0 and values.max() <= 1
        positive = values if inside else 1 / (1 + np.exp(-np.clip(values, -60, 60)))
        return np.concatenate([1 - positive, positive], axis=-1).astype("float32")
    if values.min() >= 0 and np.allclose(values.sum(axis=-1), 1, atol=1e-3):
        return values
    powers = np.exp(values - values.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True), "float32")
