"""The way of the keyboard over the drawing: from node to node, along their wires, with a trail that extends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF

from engine.graph import Edge
from gui.canvas import walk
from gui.canvas.hand import Hand
from gui.canvas.near import NEAR
from gui.canvas.scene import Scene
from gui.canvas.walk import Way

#: What of a wire is brought into view: so much around its middle.
_AROUND: Final = 60.0
_BY_WIRE: Final[Mapping[Way, int]] = {"up": -1, "down": 1}


class Walker:
    """Moves the selection by keys; `say` gets the sentence where there is no way."""

    def __init__(self, ground: Hand, scene: Scene) -> None:
        self._ground, self._scene = ground, scene
        #: The nodes that were walked over with the selection held, the last one last.
        self._trail: list[str] = []
        #: The node whose wires are gone through.
        self._anchor: str | None = None

    def commands(self) -> Mapping[str, Callable[[], object]]:
        ways: tuple[Way, ...] = ("left", "right", "up", "down")
        return {
            **{f"walk_{way}": partial(self.walk, way) for way in ways},
            **{f"extend_{way}": partial(self.extend, way) for way in ways},
            "next_wire": partial(self.choose_wire, 1),
            "previous_wire": partial(self.choose_wire, -1),
        }

    @property
    def here(self) -> str | None:
        """The node from which keys lead on: the last one walked to, else the leftmost that is selected."""
        ids = self._scene.selection.ids
        if self._trail and self._trail[-1] in ids:
            return self._trail[-1]
        return min(ids, key=lambda node: self._scene.graph.node(node).at, default=None)

    @property
    def _wire(self) -> Edge | None:
        """The wire that is chosen, where it is one."""
        chosen = self._scene.overlay.chosen
        return next(iter(chosen)) if len(chosen) == 1 else None

    # -- from node to node

    def walk(self, way: Way) -> None:
        """Select the next node that way; from a chosen wire, the node at its end, or its neighbour wire."""
        wire = self._wire
        if wire is not None and way in _BY_WIRE:
            self.choose_wire(_BY_WIRE[way])
            return
        found = {"left": wire.source.node, "right": wire.target.node}[way] if wire is not None else self._next(way)
        if found is not None:
            self._trail = [found]
            self._scene.selection.set([found], self._scene)
            self._show(found)

    def extend(self, way: Way) -> None:
        """Select the next node that way too; the way back takes what was added out again."""
        ids, start = self._scene.selection.ids, self.here
        found = self._next(way)
        if found is None:
            return
        trail = self._trail if start is not None and self._trail[-1:] == [start] else [start] if start else []
        if len(trail) > 1 and trail[-2] == found:
            self._trail = trail[:-1]
            self._scene.selection.set(ids - {trail[-1]}, self._scene)
        else:
            self._trail = [*trail, found]
            self._scene.selection.set(ids | {found}, self._scene)
        self._show(found)

    def _next(self, way: Way) -> str | None:
        graph, start = self._scene.graph, self.here
        return walk.first(graph) if start is None else walk.step(graph, start, way)

    def _show(self, id: str) -> None:
        self._ground.pointer = None
        self._ground.reveal(self._scene.nodes.frame(id))

    # -- from wire to wire

    def choose_wire(self, step: int) -> None:
        """Choose the next wire of the selected node, or of the node whose wire is chosen."""
        graph, wire, here = self._scene.graph, self._wire, self.here
        if here is None and wire is not None:
            here = self._anchor if self._anchor in (wire.source.node, wire.target.node) else wire.source.node
        if here is None:
            self._ground.said.emit("Nothing is selected. Select a layer to go through its wires.")
            return
        wires = walk.wires(graph, here)
        if not wires:
            self._ground.said.emit(f"{graph.node(here).name} has no wires.")
            return
        self._anchor = here
        place = wires.index(wire) + step if wire in wires else min(step, 0)
        self._choose(wires[place % len(wires)])

    def _choose(self, edge: Edge) -> None:
        scene, ground = self._scene, self._ground
        scene.selection.set((), scene)
        scene.choose_wires((edge,))
        ground.pointer = None
        if edge not in scene.wires:
            return
        middle = QPointF(*scene.wires.middle(scene.wires.row[edge]))
        if ground.zoom < NEAR:
            ground.go(middle, 1.0)
        else:
            ground.reveal(QRectF(middle.x() - _AROUND, middle.y() - _AROUND, 2 * _AROUND, 2 * _AROUND))
