"""What of the data reaches a layer: the tokens, the series or the image that its steps stand for. Knows no widget."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isqrt
from typing import Final

import numpy as np

from engine import wiring
from engine.catalogue import Catalogue
from engine.data.columns import PAD, Column, Tensor
from engine.datasets import DataSpec
from engine.errors import EngineError
from engine.feeding import received
from engine.graph import Graph
from engine.report import Report
from gui.monitor.sample import ProbeSamples

#: What stands for tokens that cannot be seen.
UNSEEN: Final = {PAD: "·", " ": "␣", "\n": "⏎", "\t": "⇥"}
#: What a step is called that was put before those of the sample.
CLASS: Final = "class"
PICTURE: Final = (1, 3)


@dataclass(frozen=True, slots=True)
class Source:
    """A column of the data that comes in by a port of a layer, past `distance` other layers."""

    port: str
    column: Column
    distance: int


def sources(graph: Graph, catalogue: Catalogue, spec: DataSpec | None, node: str) -> tuple[Source, ...]:
    """Find which inputs of the data lead to a layer, by each of its ports, the nearest first.

    Args:
        graph: The network, without blocks.
    """
    if spec is None or node not in graph.nodes:
        return ()
    inputs = wiring.model_inputs(graph, catalogue)
    into: dict[str, list[str]] = {}
    for edge in graph.edges:
        into.setdefault(edge.target.node, []).append(edge.source.node)
    found: list[Source] = []
    if node in inputs and (own := _received(spec, graph, node, len(inputs))) is not None:
        return (Source("", own, 0),)
    for edge in graph.into(node):
        for id, distance in _upstream(into, edge.source.node):
            if id in inputs:
                column = _received(spec, graph, id, len(inputs))
                found += [Source(edge.target.port, column, distance)] if column is not None else []
    return tuple(sorted(found, key=lambda source: source.distance))


def _received(spec: DataSpec, graph: Graph, node: str, count: int) -> Column | None:
    """Return the column that an input of the network is fed with."""
    try:
        return received(spec, graph.node(node).name, count)
    except EngineError:
        return None


def _upstream(into: Mapping[str, Sequence[str]], start: str) -> Iterator[tuple[str, int]]:
    """Yield the nodes that lead to one, itself first, each with how many wires are between."""
    waiting, seen = deque([(start, 0)]), {start}
    while waiting:
        id, distance = waiting.popleft()
        yield id, distance
        for before in into.get(id, ()):
            if before not in seen:
                seen.add(before)
                waiting.append((before, distance + 1))


def flattened(graph: Graph, report: Report, node: str) -> tuple[int, int, int] | None:
    """Return height, width and channels of the image that was flattened into a layer's input; None where none was."""
    for edge in graph.into(node):
        before = graph.nodes.get(edge.source.node)
        if before is None or before.layer != "Flatten":
            continue
        for wire in graph.into(before.id):
            told = report.nodes.get(wire.source.node)
            spec = told.outputs.get(wire.source.port) if told is not None else None
            shape = spec.shape[1:] if spec is not None else ()
            if len(shape) == 3 and None not in shape and shape[2] in PICTURE:
                return int(shape[0] or 0), int(shape[1] or 0), int(shape[2] or 0)
    return None


def steps(samples: ProbeSamples, sample: int, came: Sequence[Source], count: int, *ports: str) -> tuple[str, ...]:
    """Return what the steps of a sequence are called, `count` words; none where no tokens of that number came.

    One step more than there are tokens is a class token's, before them.
    """
    for source in came:
        values = given(samples, sample, source)
        if (ports and source.port not in ports) or values is None or not source.column.words or values.ndim != 1:
            continue
        words = tuple(_word(source.column, number) for number in values.tolist())
        if len(words) in (count, count - 1) and len(source.column.words) > 2:
            return words if len(words) == count else (CLASS, *words)
    return ()


def series(samples: ProbeSamples, sample: int, came: Sequence[Source], count: int) -> Tensor | None:
    """Return the series of (steps, features) whose steps a layer goes through; None where none is."""
    for source in came:
        values = given(samples, sample, source)
        if values is not None and not source.column.words and values.ndim in (1, 2) and len(values) == count:
            return values.reshape(count, -1)
    return None


def given(samples: ProbeSamples, sample: int, source: Source) -> Tensor | None:
    """Return what a sample has of a column."""
    column = samples.column(source.column.name)
    return None if column is None or not 0 <= sample < len(column) else np.asarray(column[sample])


def _word(column: Column, number: int) -> str:
    word = column.words[number] if 0 <= number < len(column.words) else str(number)
    return UNSEEN.get(word, word)


@dataclass(frozen=True, slots=True)
class Patches:
    """The patches of an image that a sequence's steps stand for, `first` steps before them standing for none."""

    rows: int
    columns: int
    first: int

    def name(self, step: int) -> str:
        if step < self.first:
            return CLASS
        row, column = divmod(step - self.first, self.columns)
        return f"row {row}, column {column}"

    def step(self, across: float, down: float) -> int:
        """Return the step of the patch at a place, from 0 to 1 across and down."""
        row, column = min(int(down * self.rows), self.rows - 1), min(int(across * self.columns), self.columns - 1)
        return self.first + row * self.columns + column


def patches(count: int, picture: Tensor | None) -> Patches | None:
    """Read the steps of a sequence as the patches of an image, row by row, a class token or none before them."""
    if picture is None or not count:
        return None
    height, width = picture.shape[:2]
    for first in (0, 1):
        left = count - first
        rows = isqrt(left * height // width) if width else 0
        if left > 1 and rows and left % rows == 0 and height % rows == 0 and width % (left // rows) == 0:
            return Patches(rows, left // rows, first)
    return None
