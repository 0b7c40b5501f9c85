"""Pulls what is dragged into line with its neighbours. Knows no document, no mouse."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np

from engine.graph import Point
from gui.canvas.annotations import Annotations
from gui.canvas.measure import Floats
from gui.canvas.nodes import Nodes

#: Nodes further away than this, in scene pixels, do not pull.
RANGE: Final = 1200.0


def pulled(nodes: Nodes | Annotations, moving: Collection[str], at: Point, reach: float) -> Point:
    """Return a place in line with one of these that stays, where one is within reach across or down; else the place."""
    boxes = nodes.frames if isinstance(nodes, Nodes) else nodes.boxes
    corners = np.delete(boxes[:, :2], [nodes.row[id] for id in moving if id in nodes.row], axis=0)
    near = corners[np.abs(corners - at).max(1) < RANGE] if len(corners) else corners
    return line_near(near[:, 0], at[0], reach), line_near(near[:, 1], at[1], reach)


def line_near(lines: Floats, value: float, reach: float) -> float:
    """Return the line that is nearest, where one is within reach; else the place itself."""
    if not len(lines):
        return value
    line = float(lines[np.abs(lines - value).argmin()])
    return line if abs(line - value) <= reach else value
