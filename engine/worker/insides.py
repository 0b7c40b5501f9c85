"""What layers put out where they are asked for more: attention scores, all steps of a state. Knows no run.

The layers themselves compute, with the weights that they have; nothing of the trained model is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, TypeAlias

import keras

from engine.looks import Look

Tensor: TypeAlias = Any
#: By look: the argument of a call, or the attribute of a layer, that has it hand out more.
SWITCHES: Final[Mapping[Look, str]] = {"scores": "return_attention_scores", "states": "return_sequences"}
#: A layer within that goes through time as its wrapper is told to.
_WITHIN: Final = ("forward_layer", "backward_layer")


class Asked(keras.layers.Layer):  # type: ignore[misc]  # Keras is untyped
    """Calls another layer again, on what it was called on, for what it does not put out in the model.

    Args:
        ask: The call, as a function of the layer's own arguments.
        arguments: Those arguments as Keras keeps them, symbolic tensors in them.
    """

    def __init__(self, ask: Callable[..., Tensor], arguments: Any) -> None:
        super().__init__(autocast=False)  # what arrives goes on as it is, its mask with it
        self.supports_masking = True
        self._ask, self._arguments = ask, arguments

    def call(self, given: list[Tensor]) -> Tensor:
        symbols = self._arguments.keras_tensors
        args, kwargs = self._arguments.fill_in({id(symbol): x for symbol, x in zip(symbols, given, strict=True)})
        return self._ask(*args, **kwargs)


def inside(tensor: Tensor, look: Look) -> Tensor | None:
    """Return a symbolic tensor of what a layer has to show beside its output; None where it has nothing of the kind.

    Args:
        tensor: Any symbolic output of the call that is meant.
    """
    layer, place, _ = tensor._keras_history
    arguments = layer._inbound_nodes[place].arguments
    ask = _ASKS[look](layer) if look in _ASKS else None
    if ask is None or not arguments.keras_tensors:
        return None
    shown = Asked(ask, arguments)(list(arguments.keras_tensors))
    return shown if 3 <= len(shown.shape) <= 4 else None


def _scores(layer: keras.Layer) -> Callable[..., Tensor] | None:
    switch = SWITCHES["scores"]
    if hasattr(layer, switch):
        return lambda *args, **kwargs: _switched(layer, switch, args, kwargs)[1]
    if switch not in layer.call_signature_parameters:
        return None
    return lambda *args, **kwargs: layer(*args, **{**kwargs, switch: True})[1]


def _states(layer: keras.Layer) -> Callable[..., Tensor] | None:
    if hasattr(layer, SWITCHES["scores"]):  # a decoder puts out all its steps in any case
        return lambda *args, **kwargs: keras.tree.flatten(layer(*args, **kwargs))[0]
    if not hasattr(layer, SWITCHES["states"]):
        return None
    return lambda *args, **kwargs: keras.tree.flatten(_switched(layer, SWITCHES["states"], args, kwargs))[0]


_ASKS: Final[Mapping[Look, Callable[[keras.Layer], Callable[..., Tensor] | None]]] = {
    "scores": _scores, "states": _states,
}  # fmt: skip


def _switched(layer: keras.Layer, switch: str, args: Any, kwargs: Any) -> Any:
    with _on(layer, switch):
        return layer(*args, **kwargs)


@contextmanager
def _on(layer: keras.Layer, switch: str) -> Iterator[None]:
    """Switch a layer, and those within it, on; they are as before afterwards."""
    parts = [layer, *(part for name in _WITHIN if (part := getattr(layer, name, None)) is not None)]
    before = [getattr(part, switch) for part in parts]
    try:
        for part in parts:
            setattr(part, switch, True)
        yield
    finally:
        for part, value in zip(parts, before, strict=True):
            setattr(part, switch, value)
