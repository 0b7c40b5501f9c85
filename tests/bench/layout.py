"""Tidying: how long a drawing as large as NASNetLarge takes, and how long the window stands still for it."""

from __future__ import annotations

from collections.abc import Iterator

from engine.layout import Box, arranged
from tests.bench.harness import Measure, median_seconds
from tests.nets import nasnet

#: 1,041 layers, as many as `keras.applications.NASNetLarge` has.
CELLS = 23
VIEW = (1504.0, 904.0)


def measure() -> Iterator[Measure]:
    """Yield the time from a graph to places, in one row and in rows that fit a view."""
    graph = nasnet(CELLS)
    boxes = dict.fromkeys(graph.nodes, Box(168, 110, 26))
    name = f"tidy {len(graph.nodes):,} layers"
    rows = median_seconds(lambda: arranged(graph, boxes, view=VIEW))
    row = median_seconds(lambda: arranged(graph, boxes))
    yield Measure(name, rows, "s", 0.5, note="in rows that fit the view")
    yield Measure(name, row, "s", 0.5, note="in one row")
