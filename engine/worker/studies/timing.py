"""How long each layer takes, alone, forward: each is traced by itself and run some times. Knows no training step.

What runs beside other layers may be joined with them and take less, and on a graphics card their times overlap: the
figures tell which layer is dear, and need not sum up to a step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any, Final

import keras
import numpy as np

from engine.messages import Array, LayersTimed, TimeLayers, Working
from engine.worker.prepare import inputs
from engine.worker.studies.sample import as_list, part_of, undisturbed
from engine.worker.studies.subject import Steps, Subject
from engine.worker.tracing import traced

#: A layer runs as often as this, or for so many seconds; the shortest time counts, since what else the machine does
#: only adds to it.
MOST: Final = 25
LONGEST: Final = 0.03


def time_layers(subject: Subject, question: TimeLayers) -> Steps:
    """Yield the share that is done after each layer, then all times; a layer that computes nothing takes none."""
    run = subject.run
    tensors: dict[str, Any] = {}
    for (node, _), tensor in run.built.tensors.items():
        tensors.setdefault(node, tensor)
    own = {id(tensor): node for (node, _), tensor in run.built.tensors.items()}
    sources = {node: _sources(tensor, own, node) for node, tensor in tensors.items()}
    needed = {id(tensor): tensor for found in sources.values() for tensor in found}
    batch = int(run.model.inputs[0].shape[0] or min(run.recipe.batch_size, len(run.data.train)))
    with undisturbed(run.model):
        fed = keras.tree.flatten(inputs(run.feeding, run.data.train.taken(slice(batch))))
        values = as_list(part_of(run.model, list(needed.values()))(fed, training=False))
    known = dict(zip(needed, values, strict=True))
    yield None
    found: dict[str, float] = {}
    for count, (node, before) in enumerate(sources.items()):
        if before:
            with undisturbed(run.model):
                found[node] = _seconds(before, tensors[node], known) / batch
        yield Working(question.asked, (count + 1) / len(sources))
    yield LayersTimed(question.asked, tuple(found), Array.of(np.array([*found.values()], np.float64)), batch)


def _sources(tensor: Any, own: Mapping[int, str], node: str) -> list[Any]:
    """Return the tensors of other nodes that a node's are made of; none where it is an input."""
    found: dict[int, Any] = {}
    waiting = [tensor]
    while waiting:
        operation, place, _ = waiting.pop()._keras_history
        for each in operation._inbound_nodes[place].input_tensors:
            if own.get(id(each), node) != node:
                found[id(each)] = each
            else:
                waiting.append(each)
    return list(found.values())


def _seconds(sources: list[Any], tensor: Any, known: Mapping[int, Any]) -> float:
    """Time a node for its batch; what starting a function takes is left out, as one that gives its input back tells."""
    values = [known[id(source)] for source in sources]
    alone: Any = keras.Function(sources, [tensor])
    through: Any = traced(lambda *given: _little(alone(list(given))))
    start: Any = traced(lambda *given: _little(given))
    return max(0.0, _shortest(lambda: through(*values)) - _shortest(lambda: start(*values)))


def _little(tensors: Any) -> Any:
    """One number of a tensor, so that fetching it waits for all of it and copies none."""
    return keras.ops.reshape(tensors[0], (-1,))[:1]


def _shortest(run: Callable[[], Any]) -> float:
    """Return the shortest of some runs, in seconds; the first, which traces, counts for nothing."""
    np.asarray(run())
    began, times = perf_counter(), list[float]()
    while len(times) < MOST and (not times or perf_counter() - began < LONGEST):
        start = perf_counter()
        np.asarray(run())
        times.append(perf_counter() - start)
    return min(times)
