"""One look at what layers do inside, forward and back, as one traced function. Knows no clock and no messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import nan, prod
from typing import Any

import keras
import numpy as np
from keras import ops

from engine.worker import figuring
from engine.worker.gradients import gradients
from engine.worker.prepare import Prepared, feed
from engine.worker.saturation import activation_of
from engine.worker.states import remembering, states_of
from engine.worker.tracing import traced


@dataclass(frozen=True, slots=True)
class Held:
    """The weights of a layer: their names, and their places among all that are looked at."""

    names: tuple[str, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look found, as numpy arrays.

    By weight: some of its values, the sum of the squares of all, and the same of its gradient; where the loss does not
    depend on it, no value, and NaN. By measured node: what `figuring.ACTIVITY` names. `total` is the sum of the
    squares of all gradients of the network, NaN where nothing is trained.
    """

    weights: list[Any]
    squares: Any
    gradients: list[Any]
    gradient_squares: Any
    activity: Any
    total: float


class Insides:
    """Looks at nodes of a network on a fixed batch of training samples.

    It goes as a training step does: dropout drops, a normalization takes the batch's own figures. What that would
    leave behind (moving figures, what layers remember, the lots drawn, what metrics have counted) stays in a scope of
    its own and is let go, so that a run is the same with it as without, and a look at the same weights and lots the
    same again.

    Attributes:
        held: The weights of each node; of nodes that share a layer, the same.
        sizes: As many values as each weight has.
        measured: The nodes whose outputs are figures.
    """

    def __init__(self, run: Prepared, nodes: Collection[str], samples: int) -> None:
        self._model = run.model
        tensors: dict[str, Any] = {}
        for (node, _), tensor in run.built.tensors.items():
            tensors.setdefault(node, tensor)
        self.nodes = tuple(node for node in tensors if node in set(nodes))
        self._layers = {node: run.built.layers[node] for node in self.nodes}
        weights: dict[int, Any] = {}
        self.held = {node: _held(layer, weights) for node, layer in self._layers.items()}
        self._weights = [*weights.values()]
        self.sizes = [prod(weight.shape) for weight in self._weights]
        self.measured = tuple(node for node in self.nodes if figuring.is_measured(tensors[node]))
        self._ends = len(run.model.outputs)
        self._seen = keras.Model(run.model.inputs, [*run.model.outputs, *(tensors[node] for node in self.measured)])
        looked_at = run.data.train.taken(slice(int(run.model.inputs[0].shape[0] or samples)))
        fed = feed(run.feeding, looked_at)
        self._fed = keras.tree.map_structure(ops.convert_to_tensor, fed, none_is_leaf=False)
        self._look, self._note = traced(self._looking), traced(self._noting)

    def note(self) -> list[Any]:
        """Return the values of each weight that `see` would, as they are now."""
        return [np.asarray(value).copy() for value in self._note()]

    def see(self) -> Seen:
        """Look; the first time takes long, since it is traced."""
        found = self._look(*self._fed)
        return Seen(
            [np.asarray(value) for value in found["weights"]], np.asarray(found["squares"]),
            [np.asarray(value) for value in found["gradients"]], np.asarray(found["gradient_squares"]),
            np.asarray(found["activity"]), float(found["total"]),
        )  # fmt: skip

    # -- what is traced

    def _noting(self) -> list[Any]:
        return [figuring.some(weight) for weight in self._weights]

    def _looking(self, x: Any, y: Any, counted: Any) -> dict[str, Any]:
        trained = self._model.trainable_variables
        values = [ops.convert_to_tensor(variable.value) for variable in trained]
        found, put_out = gradients(lambda: self._forward([*zip(trained, values, strict=True)], x, y, counted), values)
        scale = ops.cast(self._scaled(ops.ones(())), "float32")
        slopes = {
            id(variable): ops.cast(each, "float32") / scale
            for variable, each in zip(trained, found, strict=True) if each is not None
        }  # fmt: skip
        squares = {key: figuring.square_sum(slope) for key, slope in slopes.items()}
        return {
            "weights": self._noting(),
            "squares": _stacked([figuring.square_sum(weight) for weight in self._weights]),
            "gradients": [_some_of(slopes.get(id(weight))) for weight in self._weights],
            "gradient_squares": _stacked([squares.get(id(weight), _unknown()) for weight in self._weights]),
            "activity": _stacked([self._activity(*each) for each in zip(self.measured, put_out, strict=True)]),
            "total": ops.sum(_stacked([*squares.values()])) if squares else _unknown(),
        }  # fmt: skip

    def _forward(self, known: list[tuple[Any, Any]], x: Any, y: Any, counted: Any) -> tuple[Any, list[Any]]:
        """Return the loss, as the optimizer scales it for numbers of half precision, and what the nodes put out."""
        forgotten = [
            (state, ops.zeros_like(state)) for layer in remembering(self._model) for state in states_of(layer)
        ]  # fmt: skip
        with keras.StatelessScope([*known, *forgotten], collect_losses=True, initialize_variables=False):
            put_out = self._seen(keras.tree.flatten(x), training=True)
            told = put_out[0] if self._ends == 1 else put_out[: self._ends]
            loss = self._model.compute_loss(x, y, told, counted, training=True)
            return self._scaled(loss), put_out[self._ends :]

    def _scaled(self, loss: Any) -> Any:
        return self._model.optimizer.scale_loss(loss)

    def _activity(self, node: str, put_out: Any) -> Any:
        layer = self._layers[node]
        axis = 1 if getattr(layer, "data_format", None) == "channels_first" else -1
        return figuring.activity(put_out, activation_of(layer), axis)


def _held(layer: Any, weights: dict[int, Any]) -> Held:
    """Return a layer's weights, adding to `weights` those that are new: the trained ones, or all where it is frozen."""
    held = [w for w in layer.trainable_weights or layer.non_trainable_weights if _is_weight(w)]
    for weight in held:
        weights.setdefault(id(weight), weight)
    places = {key: place for place, key in enumerate(weights)}
    return Held(_names(layer, held), tuple(places[id(weight)] for weight in held))


def _is_weight(weight: Any) -> bool:
    """Whether it is one that training could move: no moving figure, no count, not empty."""
    float_ = "float" in keras.backend.standardize_dtype(weight.dtype)
    return float_ and prod(weight.shape) > 0 and not weight.name.startswith(("moving_", "seed_generator"))


def _names(layer: Any, held: Sequence[Any]) -> tuple[str, ...]:
    """Return short names; the way to them as well where several would be called the same."""
    count = Counter(weight.name for weight in held)
    return tuple(
        weight.name if count[weight.name] == 1 else weight.path.removeprefix(f"{layer.path}/") for weight in held
    )


def _unknown() -> Any:
    return ops.full((), nan, "float64")


def _stacked(each: Sequence[Any]) -> Any:
    return ops.stack(each) if each else ops.zeros((0,))


def _some_of(slope: Any) -> Any:
    return ops.zeros((0,)) if slope is None else figuring.some(slope)
