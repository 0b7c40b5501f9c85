"""What can be done to the drawing from the canvas, each as one named undo step. Knows no view and no mouse."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication

from engine import wiring
from engine.errors import EngineError
from engine.graph import Edge, End, Graph, Node, Point
from gui.canvas import edits, measure, walk
from gui.canvas.clipboard import from_text, outers_from, to_text
from gui.canvas.outer import Outer, outers, tied
from gui.canvas.room import spread
from gui.canvas.scene import Scene

#: How far a nudge and a shove go, in scene pixels.
_STEPS: Final = {"nudge": 4, "shove": 24}


class Desk:
    """Edits through the document; `say` gets the sentence of what was refused, `added` each layer that is added."""

    def __init__(self, scene: Scene, say: Callable[[str], None], added: Callable[[str], None]) -> None:
        self._scene, self.say, self.added = scene, say, added
        self._document, self._selection = scene.document, scene.selection
        self._catalogue = scene.document.catalogue
        #: What was pasted last, and how often: each further time it lands a little further on.
        self._pasted = ("", 0)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        nudges = {
            f"{verb}_{way}": partial(self.nudge, x * step, y * step)
            for verb, step in _STEPS.items()
            for way, (x, y) in walk.STEPS.items()
        }
        return nudges | {
            "delete": self.delete, "select_all": self.select_all, "cut": self.cut, "duplicate": self.duplicate,
            "duplicate_wired": partial(self.duplicate, wired=True), "wire": self.wire_selected,
        }  # fmt: skip

    @property
    def graph(self) -> Graph:
        return self._document.graph

    # -- adding

    def add(self, layer: str, at: QPointF) -> str | None:
        """Add a layer with the middle of its head at a place; return its id."""
        return self._add(layer, lambda: edits.added(self.graph, self._catalogue, layer, _corner(at)))

    def add_after(self, layer: str, before: str) -> str | None:
        """Add a layer to the right of a node, wired to it where the two fit."""
        return self._add(layer, lambda: edits.added_after(self.graph, self._catalogue, layer, before))

    def add_at_end(self, layer: str, at: QPointF, end: End, *, output: bool) -> str | None:
        """Add a layer where a wire was let go, and wire it."""
        corner = (at.x() if output else at.x() - measure.WIDTH, at.y() - measure.HEAD / 2)
        return self._add(
            layer, lambda: edits.added_at_end(self.graph, self._catalogue, layer, corner, end, output=output)
        )

    def insert(self, layer: str, at: QPointF, edge: Edge) -> str | None:
        """Add a layer onto a wire; beside it, where it cannot stand on one."""

        def made() -> tuple[Graph, Node]:
            node = self._catalogue.new_node(self.graph, layer, _corner(at))
            graph = spread(wiring.insert_on(self.graph, self._catalogue, edge, node), node.id)
            return graph, graph.node(node.id)

        try:
            return self._placed(*made())
        except EngineError:
            return self.add(layer, at)

    def _add(self, layer: str, make: Callable[[], tuple[Graph, Node]]) -> str | None:
        try:
            return self._placed(*make())
        except EngineError as error:
            self.say(error.sentence)
            return None

    def _placed(self, graph: Graph, node: Node) -> str:
        self._edit(f"Add {node.name}", graph)
        self.added(node.layer)
        self._selection.set([node.id], self._scene)
        return node.id

    # -- removing

    def delete(self) -> None:
        """Remove what is selected: nodes, and the wires that are chosen."""
        ids, edges = self._selection.ids, self._scene.overlay.chosen
        graph = self.graph.without_edges(edges).without(ids)
        if ids:
            self._edit(f"Delete {edits.count(self.graph, ids)}", graph)
        elif edges:
            self._edit(edits.wires_title("Delete", edges), graph)

    # -- the clipboard

    def copy(self) -> bool:
        """Put the selected nodes on the clipboard as text; say so where there are none."""
        if not self._selection.ids:
            self.say("Nothing is selected. Select the layers to copy first.")
            return False
        ids = self._selection.ids
        QGuiApplication.clipboard().setText(to_text(edits.piece(self.graph, ids), outers(self.graph, ids)))
        return True

    def cut(self) -> None:
        ids = self._selection.ids
        if self.copy():
            self._edit(f"Cut {edits.count(self.graph, ids)}", self.graph.without(ids))

    def paste(self, at: QPointF | None, *, wired: bool = False) -> bool:
        """Add the clipboard's layers around a place, or beside where they were; say why where it holds none.

        `wired` keeps the wires that came from layers which stayed behind, where those are still there.
        """
        text = QGuiApplication.clipboard().text()
        try:
            part = from_text(text, self._catalogue)
            found = outers_from(text, part) if wired else ()
        except EngineError as error:
            self.say(error.sentence)
            return False
        times = self._pasted[1] + 1 if self._pasted[0] == text else 1
        self._pasted = (text, times)
        by = (times * measure.GRID,) * 2 if at is None else _to_middle(part, at)
        self._take_in("Paste", part, by, found)
        return True

    def duplicate(self, *, wired: bool = False) -> None:
        """Add the selected layers once more, a little further on; `wired` keeps what feeds them from outside, too."""
        ids = self._selection.ids
        if ids:
            found = outers(self.graph, ids) if wired else ()
            by = (measure.GRID, measure.HEAD + measure.GRID)
            self._take_in("Duplicate", edits.piece(self.graph, ids), by, found)

    def _take_in(self, verb: str, part: Graph, by: Point, found: Collection[Outer]) -> None:
        graph, ids = edits.pasted(self.graph, part, by)
        graph, left_out = tied(self.graph, graph, self._catalogue, part, found)
        words = " with wires" if len(found) > left_out else ""
        self._edit(f"{verb} {edits.count(part, part.nodes)}{words}", graph)
        self._selection.set(ids, self._scene)
        if left_out:
            wires = "one wire" if left_out == 1 else f"{left_out} wires"
            self.say(f"Pasted without {wires}: what they came from is not in this drawing, or is another layer now.")

    # -- the rest

    def nudge(self, across: float, down: float) -> None:
        """Move the selected nodes a little; nudges that follow each other are one step."""
        ids = sorted(self._selection.ids)
        if ids:
            places = {id: (self.graph.node(id).at[0] + across, self.graph.node(id).at[1] + down) for id in ids}
            title = f"Move {edits.count(self.graph, ids)}"
            self._edit(title, self.graph.moved(places), merge="nudge " + " ".join(ids))

    def rename(self, id: str, name: str) -> None:
        """Give a node another name, or raise EngineError."""
        before = self.graph.node(id).name
        self._edit(f"Rename {before} to {name}", self.graph.renamed(id, name))

    def wire_selected(self) -> None:
        """Wire the two selected nodes, the left one to the right one; say why where it cannot be."""
        ids = sorted(self._selection.ids, key=lambda node: self.graph.node(node).at)
        if len(ids) != 2:
            self.say("Two layers can be wired at once. Select exactly two.")
            return
        graph = edits.linked(self.graph, self._catalogue, ids[0], ids[1])
        if graph is not None:
            names = [self.graph.node(id).name for id in ids]
            self._edit(f"Wire {names[0]} to {names[1]}", graph)
            return
        self.say(self._refusal(ids))

    def select_all(self) -> None:
        self._selection.set(self.graph.nodes, self._scene)

    def _refusal(self, ids: Collection[str]) -> str:
        source, target = ids
        outputs = wiring.outputs(self.graph, self._catalogue, source)
        inputs = wiring.inputs(self.graph, self._catalogue, target)
        end = End(target, inputs[0].name if inputs else "input")
        found = wiring.why_not(self.graph, self._catalogue, End(source, outputs[0].name if outputs else "output"), end)
        return found.sentence if found is not None else ""

    def _edit(self, title: str, graph: Graph, *, merge: str = "") -> None:
        self._document.edit(title, graph, self._scene, merge=merge)


def _corner(at: QPointF) -> Point:
    return at.x() - measure.WIDTH / 2, at.y() - measure.HEAD / 2


def _to_middle(part: Graph, at: QPointF) -> Point:
    """How far a piece is from standing around a place."""
    low = [min(places) for places in zip(*(node.at for node in part.nodes.values()), strict=True)]
    ends = [(node.at[0] + edits.size(node)[0], node.at[1] + edits.size(node)[1]) for node in part.nodes.values()]
    middle = [(least + max(places)) / 2 for least, places in zip(low, zip(*ends, strict=True), strict=True)]
    return round(at.x() - middle[0]), round(at.y() - middle[1])
