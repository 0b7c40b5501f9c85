"""Pulls what is dragged into line with its neighbours. Knows no document, no mouse."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import numpy as np

from engine.graph import Point
from gui.canvas.measure import Floats
from gui.canvas.nodes import Nodes

#: Nodes further away than this, in scene pixels, do not pull.
RANGE: Final = 1200.0


def pulled(nodes: Nodes, moving: Collection[str], held: str, at: Point, reach: float) -> Point:
    """Return a place for a node in line with one that stays, where one is within reach across or down; else the place.

    Nodes and dots are in line down where one straight wire goes through both; across, each with its like.
    """
    stays = np.ones(len(nodes), np.bool_)
    stays[[nodes.row[id] for id in moving if id in nodes]] = False
    stays &= np.abs(nodes.frames[:, :2] - at).max(1) < RANGE
    row = nodes.row[held]
    across = nodes.frames[stays & (nodes.dot == nodes.dot[row]), 0]
    below = nodes.middle[row]
    down = nodes.frames[stays, 1] + nodes.middle[stays] - below
    return line_near(across, at[0], reach), line_near(down, at[1], reach)


def in_line(corners: Floats, at: Point, reach: float) -> Point:
    """Return a place in line with a corner that is near, across or down; else the place."""
    near = corners[np.abs(corners - at).max(1) < RANGE] if len(corners) else corners
    return line_near(near[:, 0], at[0], reach), line_near(near[:, 1], at[1], reach)


def line_near(lines: Floats, value: float, reach: float) -> float:
    """Return the line that is nearest, where one is within reach; else the place itself."""
    if not len(lines):
        return value
    line = float(lines[np.abs(lines - value).argmin()])
    return line if abs(line - value) <= reach else value
