"""What Keras itself makes of a drawing on TensorFlow: each layer built by its own class, then run on zeros.

It reads project JSON as it stands and knows nothing of how the program builds or checks.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Final

from engine.values import Json
from tests.worker.sweep.functions import PREFIX, Function
from tests.worker.sweep.talk import answer
from tests.worker.sweep.trying import BATCH, FEW, FREE, Lengths, tries

#: A layer with more numbers than this is asked without weights, and not run.
MOST: Final = 3_000_000
#: Parameters that are Keras objects, by the ends of their names.
MODULES: Final = {
    "initializer": "initializers", "regularizer": "regularizers", "constraint": "constraints", "layer": "layers",
}  # fmt: skip
#: Layers that give what they promise in training alone.
IN_TRAINING: Final = ("RandomCrop",)
DIVIDING: Final = ("ops.floor_divide", "ops.mod", "ops.power")


class Oracle:
    """Keras on TensorFlow, and the layers of our own, which are Keras layers too."""

    def __init__(self) -> None:
        import keras

        from engine.catalogue import catalogue
        from engine.worker import layers as own

        self.keras, self.own, self.catalogue = keras, own, catalogue()
        self.count = 0

    def say(self, drawing: Json) -> Json:
        """Return what each node gives, by id, until one is refused: `{nodes: ..., refused: id, text: ...}`.

        Where a length is free, it is refused when no length that stands somewhere in the drawing will do.
        """
        self.count += 1
        if self.count % 50 == 0:
            self.keras.backend.clear_session()
        wide = ("Attention", PREFIX)
        usual = FEW if any(word in node["layer"] for node in drawing["nodes"] for word in wide) else FREE
        told = self._say(drawing, (BATCH, usual, usual))
        for lengths in tries(drawing, usual) if "text" in told else ():
            other = self._say(drawing, lengths)
            if "text" not in other:
                return other
            told = max(told, other, key=lambda found: len(found["nodes"]))
        return told

    def _say(self, drawing: Json, lengths: Lengths) -> Json:
        """Say what a drawing gives with a batch of some length, its inputs' first free lengths, and their others."""
        told: dict[str, Json] = {"nodes": {}}
        state: dict[str, Any] = {"tensors": {}, "data": {}, "layers": {}, "lengths": lengths, "fill": _fill(drawing)}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for node in drawing["nodes"]:
                try:
                    found = self._node(node, drawing["edges"], state)
                    told["nodes"][node["id"]] = found
                    if "heavy" in found:
                        return told
                except Exception as error:  # noqa: BLE001 - whatever Keras or TensorFlow raises is a refusal
                    words = " ".join(str(error).split())[:400]
                    return {**told, "refused": node["id"], "text": f"{type(error).__name__}: {words}"}
        return told

    def _node(self, node: Json, edges: Json, state: Any) -> Json:
        tensors, data, layers = state["tensors"], state["data"], state["layers"]
        if node["layer"] == "InputLayer":
            tensor = self._input(node["values"])
            tensors[node["id"], "output"] = tensor
            data[node["id"], "output"] = self._some(tensor, state["lengths"], state["fill"])
            return {"outputs": [[list(tensor.shape), tensor.dtype]], "parameters": 0, "trainable": 0, "ran": True}
        into = [edge for edge in edges if edge["to"][0] == node["id"]]
        if node["layer"].startswith(PREFIX):
            return self._operation(node, into, state)
        made, called = self._split(node["layer"], node["values"])
        heavy = self._heavy(node, into, made, called, tensors)
        if heavy:
            return {"heavy": heavy}
        owner = node.get("shares") or node["id"]
        layer = layers.get(owner) or self._layer(node["layer"], made)
        layers[owner] = layer
        outputs = self.keras.tree.flatten(
            layer(*self._arguments(node["layer"], into, tensors), **self._named(node["layer"], into, tensors), **called)
        )
        results = self._run(layer, node, into, called, data)
        for name, tensor, result in zip(self._ports(outputs), outputs, results, strict=True):
            tensors[node["id"], name], data[node["id"], name] = tensor, result
        own = not node.get("shares")
        return self._both(outputs, results) | {
            "parameters": sum(math.prod(weight.shape) for weight in layer.weights) if own else 0,
            "trainable": sum(math.prod(weight.shape) for weight in layer.trainable_weights) if own else 0,
        }

    def _operation(self, node: Json, into: Json, state: Any) -> Json:
        """Call a function without numbers, then with some; it stands at the end of its drawing."""
        function = Function(self.keras.ops, self.catalogue.layer(node["layer"]), node["values"])
        outputs = function([(edge["to"][1], state["tensors"][tuple(edge["from"])]) for edge in into])
        if sum(math.prod(length or FREE for length in tensor.shape) for tensor in outputs) > MOST:
            return {"heavy": MOST}
        results = function([(edge["to"][1], state["data"][tuple(edge["from"])]) for edge in into])
        return self._both(outputs, results) | {"parameters": 0, "trainable": 0}

    def _both(self, outputs: Sequence[Any], results: Sequence[Any]) -> dict[str, Json]:
        """What was promised, and what came out."""
        standard = self.keras.backend.standardize_dtype
        return {
            "outputs": [[list(tensor.shape), tensor.dtype] for tensor in outputs],
            "real": [[list(result.shape), standard(result.dtype)] for result in results],
        }

    def _input(self, values: Json) -> Any:
        shape = tuple(values["shape"])
        return self.keras.Input(shape, batch_size=values.get("batch_size"), dtype=values.get("dtype"))

    def _some(self, tensor: Any, lengths: Lengths, fill: int) -> Any:
        free = [place for place, length in enumerate(tensor.shape) if place and length is None]
        found = [length or lengths[1 + (place not in free[:1])] for place, length in enumerate(tensor.shape)]
        return self.keras.ops.cast(self.keras.ops.full((tensor.shape[0] or lengths[0], *found[1:]), fill), tensor.dtype)

    def _ports(self, outputs: Sequence[Any]) -> list[str]:
        return ["output", *(f"{place}" for place in range(1, len(outputs)))]

    # -- making

    def _split(self, name: str, values: Mapping[str, Json]) -> tuple[dict[str, Any], dict[str, Any]]:
        called = {p.name for p in self.catalogue.layer(name).parameters if p.call}
        spelled = {key: self._spelled(key, value) for key, value in values.items()}
        return (
            {key: value for key, value in spelled.items() if key not in called},
            {key: value for key, value in spelled.items() if key in called},
        )

    def _layer(self, name: str, values: Mapping[str, Any]) -> Any:
        found = getattr(self.own, name, None) or getattr(self.keras.layers, name)
        return found(**{key: self._object(key, value) for key, value in values.items()})

    def _object(self, key: str, value: Any) -> Any:
        """Make the Keras object that a value describes."""
        if not isinstance(value, dict):
            return value
        module = next(module for end, module in MODULES.items() if key.endswith(end))
        name, values = value["class"], {key: self._spelled(key, inner) for key, inner in value["values"].items()}
        if module == "layers":
            return self._layer(name, values)
        found = getattr(self.own, name, None) or getattr(getattr(self.keras, module), name)
        return found(**{key: self._object(key, inner) for key, inner in values.items()})

    def _spelled(self, key: str, value: Json) -> Any:
        """JSON has lists alone; Keras wants tuples where it asks for a size, lists where it asks for numbers."""
        if isinstance(value, list) and key not in (
            "mean",
            "variance",
            "bin_boundaries",
            "vocabulary",
            "channels",
            "dims",
        ):
            return tuple(self._spelled(key, item) for item in value)
        return value

    # -- calling

    def _received(self, name: str, into: Json, tensors: Mapping[Any, Any]) -> dict[str, Any]:
        """Arrange what arrives by the argument that takes it."""
        found: dict[str, Any] = {}
        for port in self.catalogue.layer(name).inputs:
            arriving = [tensors[tuple(edge["from"])] for edge in into if edge["to"][1] == port.name]
            if port.many:
                found |= {port.argument: arriving} if arriving else {}
            elif port.index is None:
                found |= {port.argument: arriving[0]} if arriving else {}
            elif arriving:
                row = found.setdefault(port.argument, [])
                row += [None] * (port.index - len(row))
                row.append(arriving[0])
        return found

    def _arguments(self, name: str, into: Json, tensors: Mapping[Any, Any]) -> list[Any]:
        return [self._received(name, into, tensors)[self.catalogue.layer(name).inputs[0].argument]]

    def _named(self, name: str, into: Json, tensors: Mapping[Any, Any]) -> dict[str, Any]:
        first = self.catalogue.layer(name).inputs[0].argument
        return {key: value for key, value in self._received(name, into, tensors).items() if key != first}

    def _run(self, layer: Any, node: Json, into: Json, called: Mapping[str, Any], data: Mapping[Any, Any]) -> list[Any]:
        """Run a layer on zeros, in training and out of it, with what training asks of its weights."""
        args, named = self._arguments(node["layer"], into, data), self._named(node["layer"], into, data)
        more = {"training": True} if layer._call_has_training_arg else {}
        trained: list[Any] = self.keras.tree.flatten(layer(*args, **named, **called, **more))
        for weight in layer.trainable_weights:
            for use in (weight.regularizer, weight.constraint):
                if use is not None:
                    use(weight.value)
        more = {"training": False} if layer._call_has_training_arg else {}
        results: list[Any] = self.keras.tree.flatten(layer(*args, **named, **called, **more))
        within = node["values"].get("layer", {"class": ""})["class"]
        return trained if {node["layer"], within} & {*IN_TRAINING} else results

    def _heavy(self, node: Json, into: Json, made: Any, called: Any, tensors: Mapping[Any, Any]) -> int:
        """Count the numbers of a layer that may be too large to be made; 0 where it is not."""
        if not _large([node["values"]]):
            return 0
        scope = self.keras.StatelessScope(initialize_variables=False)
        try:
            with scope:
                layer = self._layer(node["layer"], made)
                outputs = self.keras.tree.flatten(
                    layer(
                        *self._arguments(node["layer"], into, tensors),
                        **self._named(node["layer"], into, tensors),
                        **called,
                    )
                )
        finally:
            self.keras.src.backend.common.global_state.set_global_attribute("uninitialized_variables", [])
        shapes = [*(weight.shape for weight in layer.weights), *(tensor.shape for tensor in outputs)]
        count = sum(math.prod(length or FREE for length in shape) for shape in shapes)
        return count if count > MOST else 0


def _fill(drawing: Json) -> int:
    """What all data hold: zeros, or a word of the vocabulary; what divides is 1."""
    if any(node["layer"] in DIVIDING for node in drawing["nodes"]):
        return 1
    return next((node["values"]["vocabulary"][0] for node in drawing["nodes"] if "vocabulary" in node["values"]), 0)


def _large(values: Any) -> bool:
    if isinstance(values, dict):
        return any(map(_large, values.values()))
    if isinstance(values, list):
        return any(map(_large, values))
    return isinstance(values, int | float) and abs(values) > 300


def _main() -> None:
    import os

    os.environ.update(KERAS_BACKEND="tensorflow", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1")
    answer(Oracle().say)


if __name__ == "__main__":
    _main()
