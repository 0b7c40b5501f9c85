"""Frames that hold nodes which make room: they move along or grow. Knows no Qt, no document."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np

from engine.graph import Frame, Graph, Node, Note
from gui.canvas import edits, framing
from gui.canvas.measure import Floats


def held_in_frames(before: Graph, after: Graph, pushed: Collection[str], step: float, new: str) -> Graph:
    """Return a graph whose frames hold what they held before some nodes were pushed to the right by a step.

    A frame all of whose nodes are pushed moves along, with its notes; another grows. `new` is the node that they make
    room for, and belongs to none yet.
    """
    if not before.frames or not pushed:
        return after
    nodes = [node for node in before.nodes.values() if node.id != new]
    boxes, gone = _boxes(nodes), np.array([node.id in pushed for node in nodes])
    for frame in sorted(before.frames.values(), key=lambda frame: frame.size[0] * frame.size[1]):
        inside = _within(boxes, frame)
        if (inside & gone).any() and not (inside & ~gone).any():
            along: list[Frame | Note] = [frame, *_notes(before, frame)]
            after = after.moved({item.id: (item.at[0] + step, item.at[1]) for item in along})
        elif (inside & gone).any():
            inner = [other for other in before.frames.values() if other is not frame]
            inner = [other for other, held in zip(inner, _within(_boxes(inner), frame), strict=True) if held]
            old = np.vstack([boxes[inside & gone], _boxes(inner)])
            now = np.vstack(
                [boxes[inside & gone] + (step, 0, step, 0), _boxes(after.frames[each.id] for each in inner)]
            )
            after = after.with_frames([_grown(frame, old, now)])
    return after


def _boxes(items: Iterable[Node | Frame | Note]) -> Floats:
    """Left, top, right, bottom of each."""
    sizes = [(item.at, edits.size(item) if isinstance(item, Node) else item.size) for item in items]
    return np.array([(x, y, x + wide, y + high) for (x, y), (wide, high) in sizes]).reshape(-1, 4)


def _within(boxes: Floats, frame: Frame) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    (left, top), (wide, high) = frame.at, frame.size
    inside = (boxes[:, :2] >= (left, top)).all(1) & (boxes[:, 2:] <= (left + wide, top + high)).all(1)
    return np.asarray(inside, np.bool_)


def _frames(graph: Graph, frame: Frame) -> list[Frame]:
    others = [other for other in graph.frames.values() if other is not frame]
    return [other for other, inside in zip(others, _within(_boxes(others), frame).tolist(), strict=True) if inside]


def _notes(graph: Graph, frame: Frame) -> list[Note]:
    notes = list(graph.notes.values())
    return [note for note, inside in zip(notes, _within(_boxes(notes), frame).tolist(), strict=True) if inside]


def _grown(frame: Frame, old: Floats, now: Floats) -> Frame:
    """The frame around what it holds where that is now, with the room to its right that it had; not more than usual."""
    right = frame.at[0] + frame.size[0]
    reach = now[:, 2] + np.minimum(right - old[:, 2], framing.PAD)
    return replace(frame, size=(max(frame.size[0], round(float(reach.max()) - frame.at[0])), frame.size[1]))
