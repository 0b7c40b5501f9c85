"""What chosen nodes put out for chosen samples, seen without disturbing the run. Knows no training and no wire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, prod
from time import perf_counter
from typing import Any, Final

import keras
import numpy as np

from engine import looks
from engine.data.columns import Tensor
from engine.messages import Array, Maps, Weighed
from engine.worker import states
from engine.worker.insides import inside
from engine.worker.kernels import weighed

#: Seconds between two looks: at most two a second.
GAP: Final = 0.5
#: A look may take this share of the time at most, whatever it costs.
SHARE: Final = 0.03
#: Bytes of all the maps of one look.
LARGEST: Final = 4 * 2**20
#: So many outputs that nobody watches any more are put up with, rather than that others are traced.
SPARE: Final = 2
MOST_CHANNELS: Final = 256
#: Bytes of what all nodes put out in one look, up to which all are traced.
LIGHT: Final = 128 * 2**20
#: The port by which a layer hands its attention out, where it is asked to.
SCORES: Final = "scores"


class Probe:
    """Looks at some nodes by one call of one traced sub-model over the trained layers themselves.

    Args:
        tensors: The built tensors by node and port; a node is seen by its first, or by its attention, and in other ways
            where it is watched as `engine.looks` spells it.
        samples: What the model takes; of it the watched ones are chosen, by index.
    """

    def __init__(self, model: keras.Model, tensors: Mapping[tuple[str, str], Any], samples: Any) -> None:
        self.next = inf
        self._inputs = model.inputs
        self._attending = {node for (node, port), tensor in tensors.items() if port == SCORES and tensor.ndim in (3, 4)}
        self._tensors: dict[str, Any] = {node: tensors[node, SCORES] for node in self._attending}
        self._layers: dict[str, keras.Layer] = {}
        for (node, _), tensor in tensors.items():
            self._tensors.setdefault(node, tensor)
            self._layers.setdefault(node, tensor._keras_history[0])
        #: What else was asked of nodes, by its name; None where there is nothing of the kind.
        self._insides: dict[str, Any] = {}
        self._samples = samples
        self._model = model
        self._fixed: int | None = model.inputs[0].shape[0]
        self._count = len(keras.tree.flatten(samples)[0])
        self._nodes: tuple[str, ...] = ()
        self._chosen: tuple[int, ...] = ()
        self._seen: keras.Model | None = None
        #: What the traced sub-model gives, by name.
        self._given: frozenset[str] = frozenset()
        self._fed: Any = None
        self._last = -inf

    def watch(self, nodes: Sequence[str], samples: Sequence[int]) -> None:
        """Choose nodes and samples; those that the trained model or its data do not have are passed over."""
        wanted = tuple(dict.fromkeys(node for node in nodes if self._has(node)))
        self._chosen = tuple(index for index in samples if 0 <= index < self._count)[: self._fixed]
        self._nodes = wanted
        if not (self._nodes and self._chosen):
            self.next = inf
            return
        chosen = list(self._chosen)
        chosen += chosen[:1] * ((self._fixed or 0) - len(chosen))  # a network of fixed batches takes no fewer
        self._fed = keras.tree.map_structure(lambda array: array[chosen], self._samples)
        self.next = self._last + GAP

    def rest(self) -> None:
        """Look at nothing more."""
        self.watch((), ())

    def _has(self, name: str) -> bool:
        node, look = looks.read(name)
        if name in self._tensors or node not in self._tensors or look in ("", "weights"):
            return node in self._tensors
        if name not in self._insides:
            self._insides[name] = inside(self._tensors[node], look)
        return self._insides[name] is not None

    def look(self, epoch: int, step: int) -> Iterator[Maps]:
        """Yield the maps of each watched node as the weights now make them, and put the next look off."""
        if self.next == inf:
            return
        began = perf_counter()
        traced = self._traced
        put_out = self._put_out()
        for node in self._nodes:
            if node not in put_out:
                continue
            values = np.asarray(put_out[node], dtype="float32")
            by_heads = node in self._attending or looks.read(node)[1] == "scores"
            shown = shrink(by_head(values) if by_heads else values, LARGEST // len(self._nodes))
            yield Maps(node, epoch, step, self._chosen, Array.of(shown.values), shown.whole, shown.stride)
        self._last = perf_counter()
        # The first look compiles, which says nothing of what the next ones cost.
        cost = self._last - began if traced else 0.0
        self.next = self._last + max(GAP, cost / SHARE)

    def weigh(self, epoch: int, step: int) -> Iterator[Weighed]:
        """Yield the weights of the nodes of which they are watched; after a look, which they put off further."""
        began = perf_counter()
        for node, look in map(looks.read, self._nodes):
            if look == "weights" and self._chosen:
                yield from weighed(node, self._layers[node], epoch, step)
        self.next += (perf_counter() - began) / SHARE

    @property
    def _needed(self) -> Mapping[str, Any]:
        return {name: tensor for name in self._nodes if (tensor := self._tensor(name)) is not None}

    @property
    def _traced(self) -> bool:
        """Whether the sub-model puts out what is watched, and not much more: to make and trace another takes long."""
        needed = self._needed.keys()
        if self._seen is None or not needed <= self._given:
            return False
        return len(self._given - needed) <= SPARE or self._is_light

    def _put_out(self) -> Mapping[str, Tensor]:
        needed = self._needed
        if not needed:
            return {}
        if self._seen is None or not self._traced:
            self._seen = self._made(needed)
        with states.kept(self._model):
            states.reset(self._model)
            put_out = self._seen.predict_on_batch(self._fed)
        return {name: put_out[name][: len(self._chosen)] for name in needed}

    def _made(self, needed: Mapping[str, Any]) -> keras.Model:
        """Make the sub-model of what is watched, and the second time of all nodes.

        Tracing takes seconds where a network is deep, and a look at all of it a moment; who watches other nodes once
        will do so again.
        """
        given = {**self._tensors, **needed} if self._seen is not None and self._is_light else {**needed}
        self._given = frozenset(given)
        made = keras.Model(self._inputs, given)
        made.jit_compile = False
        return made

    @property
    def _is_light(self) -> bool:
        """Whether what all nodes put out for the watched samples is little; a free length counts as one step."""
        sizes: Iterator[int] = (prod(length or 1 for length in tensor.shape[1:]) for tensor in self._tensors.values())
        return sum(sizes) * 4 * len(self._chosen) <= LIGHT

    def _tensor(self, name: str) -> Any:
        return self._tensors[name] if name in self._tensors else self._insides.get(name)


def by_head(scores: Tensor) -> Tensor:
    """Arrange attention as an image, a row for each step that looks: (samples, queries, keys, heads)."""
    return scores[..., np.newaxis] if scores.ndim == 3 else np.moveaxis(scores, 1, -1)


@dataclass(frozen=True, slots=True)
class Shown:
    """A node's output as it is sent; `whole` is one sample's full shape, `stride` that of the places kept."""

    values: Tensor
    whole: tuple[int, ...]
    stride: int


def shrink(values: Tensor, largest: int) -> Shown:
    """Reduce an output of shape (samples, ..., channels) to `largest` bytes.

    The channels beyond the 256th go first, where there is space beside them; then places go, evenly; then more
    channels (or features).
    """
    whole = values.shape[1:]
    stride = 1
    if values.ndim > 2:
        values = values[..., :MOST_CHANNELS]
        while values[_places(values, stride)].nbytes > largest and stride < max(values.shape[1:-1]):
            stride += 1
        values = values[_places(values, stride)]
    if values.nbytes > largest and values.ndim > 1:
        values = values[..., : max(1, largest // (values.nbytes // values.shape[-1]))]
    return Shown(values, whole, stride)


def _places(values: Tensor, stride: int) -> tuple[slice, ...]:
    """Every place, or each `stride`-th, on the axes between samples and channels."""
    return (slice(None), *(slice(None, None, stride) for _ in values.shape[1:-1]), slice(None))
