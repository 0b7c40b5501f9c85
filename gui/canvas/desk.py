"""What can be done to the drawing from the canvas, each as one named undo step. Knows no view and no mouse."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from math import inf
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QGuiApplication

from engine import block_edits, entering, wiring
from engine.catalogue import Catalogue
from engine.errors import EngineError
from engine.graph import Edge, End, Graph, Node, Point
from gui.canvas import edits, framing, measure, walk
from gui.canvas.clipboard import from_text, outers_from, to_text
from gui.canvas.faces import unwired_size
from gui.canvas.outer import Outer, outers, tied
from gui.canvas.room import spread
from gui.canvas.scene import Scene
from gui.canvas.vacant import Way, vacant

#: How far a nudge and a shove go, in scene pixels.
_STEPS: Final = {"nudge": 4, "shove": 24}


class Desk:
    """Edits through the document; `say` gets the sentence of what was refused, `added` each layer that is added."""

    def __init__(self, scene: Scene, say: Callable[[str], None], added: Callable[[str], None]) -> None:
        self._scene, self.say, self.added = scene, say, added
        self._document, self._selection = scene.document, scene.selection
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

    @property
    def _catalogue(self) -> Catalogue:
        return self._document.catalogue

    # -- adding

    def add(self, layer: str, at: QPointF) -> str | None:
        """Add a layer with the middle of its head at a place; return its id."""
        return self._add(layer, lambda: edits.added(self.graph, self._catalogue, layer, self.place(layer, _corner(at))))

    def add_after(self, layer: str, before: str) -> str | None:
        """Add a layer to the right of a node, wired to it where the two fit."""
        x, y = self.graph.node(before).at
        corner = (x + measure.PITCH, y)
        return self._add(
            layer,
            lambda: edits.added_after(self.graph, self._catalogue, layer, self.place(layer, corner, way=1), before),
        )

    def add_at_end(self, layer: str, at: QPointF, ends: Sequence[End], *, output: bool) -> str | None:
        """Add a layer where a wire was let go, and wire it to the first of some ports that fits."""
        corner = (at.x() if output else at.x() - measure.WIDTH, at.y() - measure.HEAD / 2)
        return self._add(
            layer,
            lambda: edits.added_at_end(
                self.graph, self._catalogue, layer, self.place(layer, corner), ends, output=output
            ),
        )

    def place(self, layer: str, corner: Point, *, way: Way = 0) -> Point:
        """Return where a new layer would stand clear of layers and wires, near a place; raise EngineError."""
        node = self._catalogue.new_node(Graph(), layer)
        return vacant(self._scene, corner, unwired_size(self._catalogue, node), way=way)

    def landing(self, layer: str, at: QPointF) -> QRectF:
        """Return the box that a layer would take that is added at a place; raise EngineError."""
        node = self._catalogue.new_node(Graph(), layer)
        return QRectF(QPointF(*self.place(layer, _corner(at))), QSizeF(*unwired_size(self._catalogue, node)))

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
        document = self._document
        entering.check_no_circle(document.root, document.steps, document.library.completed(graph))
        self.edit(f"Add {node.name}", graph)
        self.added(node.layer)
        self._selection.set([node.id], self._scene)
        return node.id

    # -- removing

    def delete(self) -> None:
        """Remove what is selected, and the wires that are chosen; what lies in a frame stays."""
        ids, edges = self._selection.all, self._scene.overlay.chosen
        graph = self.graph.without_edges(edges).without(ids)
        if ids:
            self.edit(f"Delete {edits.count(self.graph, ids)}", graph)
        elif edges:
            self.edit(edits.wires_title("Delete", edges), graph)

    # -- the clipboard

    def copy(self) -> bool:
        """Put what is selected on the clipboard as text; say so where nothing is."""
        ids = self.taken()
        if not ids:
            self.say("Nothing is selected. Select the layers to copy first.")
            return False
        QGuiApplication.clipboard().setText(to_text(edits.piece(self.graph, ids), outers(self.graph, ids)))
        return True

    def taken(self) -> frozenset[str]:
        """Return what a copy takes: what is selected, and what lies in a frame of which nothing else is selected."""
        chosen = self._selection.all
        found = set(chosen)
        for frame in self._scene.annotations.frames_of(self._selection.annotations):
            inside = self._scene.inside([frame])
            found |= inside if chosen.isdisjoint(inside) else set()
        return frozenset(found)

    def cut(self) -> None:
        ids = self.taken()
        if self.copy():
            self.edit(f"Cut {edits.count(self.graph, ids)}", self.graph.without(ids))

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
        by = (times * measure.GRID,) * 2 if at is None else edits.to_middle(part, at.toTuple())
        self._take_in("Paste", part, by, found)
        return True

    def duplicate(self, *, wired: bool = False) -> None:
        """Add what is selected once more, a little further on; `wired` keeps what feeds it from outside, too."""
        ids = self.taken()
        if ids:
            found = outers(self.graph, ids) if wired else ()
            by = (measure.GRID, measure.HEAD + measure.GRID)
            self._take_in("Duplicate", edits.piece(self.graph, ids), by, found)

    def _take_in(self, verb: str, part: Graph, by: Point, found: Collection[Outer]) -> None:
        graph, ids = edits.pasted(self.graph, part, by)
        graph, left_out = tied(self.graph, graph, self._catalogue, part, found)
        words = " with wires" if len(found) > left_out else ""
        named = edits.count(part, [*part.nodes, *part.frames, *part.notes])
        self.edit(f"{verb} {named}{words}", graph)
        self._selection.set(ids, self._scene)
        if left_out:
            wires = "one wire" if left_out == 1 else f"{left_out} wires"
            self.say(f"Pasted without {wires}: what they came from is not in this drawing, or is another layer now.")

    # -- the rest

    def nudge(self, across: float, down: float) -> None:
        """Move what is selected, and what lies in its frames, a little; nudges that follow each other are one step."""
        chosen = self._selection.all
        if chosen:
            frames = self._scene.annotations.frames_of(self._selection.annotations)
            ids = sorted(chosen | self._scene.inside(frames))
            graph = edits.shifted(self.graph, ids, (across, down))
            self.edit(f"Move {edits.count(self.graph, chosen)}", graph, merge="nudge " + " ".join(ids))

    def rename(self, id: str, name: str) -> None:
        """Give a node another name, or raise EngineError."""
        before, outermost = self.graph.node(id).name, not self._scene.document.steps
        graph = block_edits.with_name(self.graph, id, name) if outermost else self.graph.renamed(id, name)
        self.edit(f"Rename {before} to {name}", graph)

    def retitle(self, id: str, title: str) -> None:
        """Give a frame another title, or raise EngineError; the first title of a new frame is no step of its own."""
        graph = framing.retitled(self.graph, id, title)
        named = framing.words(graph, [id])
        words = f"Title {named}" if graph.frames[id].title else "Remove the title of a frame"
        fresh = not self.graph.frames[id].title
        self._document.edit(
            words, graph, self._scene, merge=_framing(id) if fresh else "", within=inf if fresh else 0.0
        )

    def frame(self, title: str, graph: Graph, id: str) -> None:
        """Put a graph with a new frame in the place of the one that is; a title given to it next is the same step."""
        self._document.edit(title, graph, self._scene, merge=_framing(id))

    def rewrite(self, id: str, text: str) -> None:
        """Give a note another text, or raise EngineError."""
        self.edit("Write note", framing.rewritten(self.graph, id, text))

    def wire_selected(self) -> None:
        """Wire the two selected nodes, the left one to the right one; say why where it cannot be.

        Where that would take a wire off and the other way round would not, as at the end of a row, it is that.
        """
        ids = sorted(self._selection.ids, key=lambda node: self.graph.node(node).at)
        if len(ids) != 2:
            self.say("Two layers can be wired at once. Select exactly two.")
            return
        before = frozenset(self.graph.edges)
        ways = [(edits.linked(self.graph, self._catalogue, *pair), pair) for pair in (ids, ids[::-1])]
        adding = [(found, pair) for found, pair in ways if found is not None and before.issubset(found.edges)]
        graph, ids = (adding or ways)[0]
        if graph is not None:
            names = [self.graph.node(id).name for id in ids]
            self.edit(f"Wire {names[0]} to {names[1]}", graph)
            return
        self.say(self._refusal(ids))

    def select_all(self) -> None:
        self._selection.set({*self.graph.nodes, *self.graph.frames, *self.graph.notes}, self._scene)

    def _refusal(self, ids: Collection[str]) -> str:
        source, target = ids
        outputs = wiring.outputs(self.graph, self._catalogue, source)
        inputs = wiring.inputs(self.graph, self._catalogue, target)
        end = End(target, inputs[0].name if inputs else "input")
        found = wiring.why_not(self.graph, self._catalogue, End(source, outputs[0].name if outputs else "output"), end)
        return found.sentence if found is not None else ""

    def edit(self, title: str, graph: Graph, *, merge: str = "") -> None:
        """Put a graph in the place of the one that is, as one step."""
        self._document.edit(title, graph, self._scene, merge=merge)


def _framing(id: str) -> str:
    """What the step that adds a frame and the one that first titles it have in common."""
    return f"frame {id}"


def _corner(at: QPointF) -> Point:
    return float(round(at.x() - measure.WIDTH / 2)), float(round(at.y() - measure.HEAD / 2))
