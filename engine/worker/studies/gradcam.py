"""Grad-CAM: where a layer sees what speaks for a score (Selvaraju et al. 2017). Knows no picture that shows it."""

from __future__ import annotations

from typing import Any, Final

import keras
import numpy as np

from engine.data.columns import Tensor
from engine.errors import RecipeError
from engine.messages import Array, Attributed, GradCam
from engine.worker.gradients import gradient
from engine.worker.prepare import Prepared
from engine.worker.studies.sample import Chosen, as_list, part_of, real, undisturbed
from engine.worker.studies.subject import Steps, Subject

#: What is received where there is no layer: none is named, or one that is not of this run.
_ABSENT: Final = {False: "a network that has none", True: "a layer that this run has not"}


def grad_cam(subject: Subject, question: GradCam) -> Steps:
    """Yield the map of a layer, as large as the layer's own."""
    run = subject.run
    chosen = Chosen(run, question.sample, question.output)
    node = question.node or last_with_places(run)
    tensor = next((tensor for (id, _), tensor in run.built.tensors.items() if id == node), None)
    if tensor is None or tensor.ndim < 3:
        raise RecipeError(
            "Grad-CAM looks at a layer whose output has places: height and width, or steps",
            received="a layer without" if tensor is not None else _ABSENT[bool(node)],
            hint="Choose a convolution",
        )  # fmt: skip
    seen = part_of(run.model, [*run.model.outputs, tensor])
    fed = chosen.fed(chosen.given)
    told: dict[str, Any] = {}

    def score() -> tuple[Any, list[Any]]:
        put_out = as_list(seen(fed, training=False))
        told["maps"] = put_out[-1]
        value, told["number"], told["raw"] = chosen.score(put_out, question.number)
        return value, [put_out[-1]]

    with undisturbed(run.model):
        value, (slope,) = gradient(score, real(as_list(fed)))
    maps = np.asarray(told["maps"], "float32")[0]
    first = getattr(run.built.layers.get(node), "data_format", None) == "channels_first"
    values = weighed(maps, np.zeros_like(maps) if slope is None else slope[0], first=first)
    column, given = chosen.columns[0], chosen.given[0]
    of = chosen.named(raw=told["raw"])
    about = f"Maps weighed by their mean gradient of {of}; what speaks against it is left out"
    yield Attributed(
        question.asked, column.name, Array.of(given), Array.of(values), told["number"], value, signed=False, about=about
    )  # fmt: skip


def weighed(maps: Tensor, slope: Tensor, *, first: bool = False) -> Tensor:
    """Sum maps of shape (*places, maps), each weighed by the mean of its gradient over the places; nought where less.

    Args:
        first: The maps are the first axis, not the last.
    """
    if first:
        maps, slope = np.moveaxis(maps, 0, -1), np.moveaxis(slope, 0, -1)
    weights = slope.mean(axis=tuple(range(slope.ndim - 1)))
    return np.asarray(np.maximum((maps * weights).sum(axis=-1), 0), "float32")


def last_with_places(run: Prepared) -> str:
    """Return the node of the last convolution whose output has more than one place, else of the last layer with such.

    Empty where there is none.
    """
    with_places = [
        id for (id, _), tensor in run.built.tensors.items()
        if tensor.ndim >= 3 and any(length is None or length > 1 for length in tensor.shape[1:-1])
    ]  # fmt: skip
    acting = [id for id in with_places if not isinstance(run.built.layers.get(id), keras.layers.InputLayer)]
    convolutions = [id for id in acting if "Conv" in type(run.built.layers.get(id)).__name__]
    return ["", *acting, *convolutions][-1]
