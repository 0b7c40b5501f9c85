"""Pulls a dragged node into line with its neighbours. Knows no document, no mouse."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np

from engine.graph import Point
from gui.canvas.measure import Floats
from gui.canvas.nodes import Nodes

#: Nodes further away than this, in scene pixels, do not pull.
RANGE: Final = 1200.0


def pulled(nodes: Nodes, moving: Collection[str], at: Point, reach: float) -> Point:
    """Return a place in line with a node that stays, where one is within reach across or down; else the place."""
    frames = np.delete(nodes.frames[:, :2], [nodes.row[id] for id in moving], axis=0)
    near = frames[np.abs(frames - at).max(1) < RANGE] if len(frames) else frames
    return _nearest(near[:, 0], at[0], reach), _nearest(near[:, 1], at[1], reach)


def _nearest(lines: Floats, value: float, reach: float) -> float:
    if not len(lines):
        return value
    line = float(lines[np.abs(lines - value).argmin()])
    return line if abs(line - value) <= reach else value
