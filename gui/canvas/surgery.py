"""What is done to the wires around the selected nodes, each as one named step. Knows no mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import QPointF

from engine import surgery
from engine.catalogue import Catalogue
from engine.errors import EngineError
from engine.graph import Graph, Point
from gui.canvas import edits, measure
from gui.canvas.desk import Desk
from gui.canvas.faces import unwired_size
from gui.canvas.finder import Finder
from gui.canvas.room import spread
from gui.canvas.scene import Scene
from gui.canvas.vacant import vacant


class Surgery:
    """Edits through the desk; asks for a layer through the finder."""

    def __init__(self, scene: Scene, desk: Desk, finder: Finder) -> None:
        self._scene, self._desk, self._finder = scene, desk, finder
        self._document, self._selection = scene.document, scene.selection

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {
            "dissolve": self.dissolve, "detach": self.detach, "cut_wires": self.cut_wires,
            "replace": self.ask_replacement, "insert_after": self.ask_after,
        }  # fmt: skip

    @property
    def graph(self) -> Graph:
        return self._document.graph

    @property
    def _catalogue(self) -> Catalogue:
        return self._document.catalogue

    # -- taking out

    def dissolve(self) -> None:
        """Remove the selected nodes and join what they stood between; chosen wires go."""
        ids = self._selection.ids
        if ids:
            self._edit(f"Dissolve {self._named()}", surgery.dissolved(self.graph, self._catalogue, ids))
        else:
            self._desk.delete()

    def detach(self) -> None:
        """Take the selected nodes off their wires and join what they stood between; the wires among them stay."""
        if self._selection.ids:
            graph = surgery.detached(self.graph, self._catalogue, self._selection.ids)
            if graph.edges == self.graph.edges:
                self._desk.say("The selected layers hang on no wire but their own already.")
            self._edit(f"Detach {self._named()}", graph)

    def cut_wires(self) -> None:
        """Remove every wire of the selected nodes, or the chosen wires."""
        ids, chosen = self._selection.ids, self._scene.overlay.chosen
        wires = [edge for edge in self.graph.edges if {edge.source.node, edge.target.node} & ids] if ids else chosen
        if wires:
            self._edit(edits.wires_title("Cut", wires), self.graph.without_edges(wires))
        else:
            self._desk.say("No wire is selected, and the selected layers have none.")

    # -- putting in

    def ask_replacement(self) -> None:
        """Ask which layer stands in the place of the selected ones from now on."""
        ids = self._in_order()
        if ids:
            words = f"Replace {self._named()} with"
            self._finder.ask_instead(ids[0], words, self._beside(ids[0]), lambda layer: self.replace(ids, layer))

    def replace(self, ids: Iterable[str], layer: str) -> None:
        """Put a layer in the place of each of some nodes; say which wires did not fit."""
        graph = self.graph
        sentences: list[str] = []
        present = [id for id in ids if id in graph.nodes]
        try:
            for id in present:
                swap = surgery.replaced(graph, self._catalogue, id, layer)
                graph, sentences = swap.graph, [*sentences, swap.sentence]
        except EngineError as error:
            self._desk.say(error.sentence)
            return
        if present:
            self._edit(f"Replace {edits.count(self.graph, present)} with {layer}", graph)
            self._desk.added(layer)
            self._say_what_came_off([sentence for sentence in sentences if sentence])

    def ask_after(self) -> None:
        """Ask which layer comes between the selected one and all that it feeds."""
        if len(self._selection.ids) == 1:
            (id,) = self._selection.ids
            at = self._beside(id)
            self._finder.ask_after(id, at, lambda layer: self.insert_after(id, layer))

    def insert_after(self, id: str, layer: str) -> None:
        """Put a new layer between a node and all that its first output feeds; those make room."""
        if id not in self.graph.nodes:
            return
        x, y = self.graph.node(id).at
        before = self.graph.node(id).name
        try:
            node = self._catalogue.new_node(self.graph, layer, (x + measure.PITCH, y))
            graph = surgery.inserted_after(self.graph, self._catalogue, id, node)
        except EngineError as error:
            self._desk.say(error.sentence)
            return
        graph = spread(graph, node.id)
        at = self._clear_place(graph, node.id)
        self._edit(f"Insert {node.name} after {before}", graph.moved({node.id: at}))
        self._desk.added(layer)
        self._selection.set([node.id], self._scene)

    # -- words and places

    def _clear_place(self, graph: Graph, id: str) -> Point:
        """Where a new node of a graph clears what stands and runs around it there."""
        shown, wires = self._scene.graph, frozenset(graph.edges)
        moved = {each: graph.nodes[each].at for each, node in shown.nodes.items() if graph.nodes[each].at != node.at}
        gone = frozenset(shown.edges) - wires
        size = unwired_size(self._catalogue, graph.node(id))
        return vacant(self._scene, graph.node(id).at, size, way=1, moved=moved, but=gone)

    def _say_what_came_off(self, sentences: list[str]) -> None:
        if sentences:
            more = f" So did wires of {len(sentences) - 1} others." if len(sentences) > 1 else ""
            self._desk.say(sentences[0] + more)

    def _named(self) -> str:
        return edits.count(self.graph, self._selection.ids)

    def _in_order(self) -> list[str]:
        return [id for id in self.graph.nodes if id in self._selection.ids]

    def _beside(self, id: str) -> QPointF:
        """The place of the scene where a question about a node is asked."""
        return self._scene.nodes.frame(id).topRight() + QPointF(measure.GRID / 2, 0)

    def _edit(self, title: str, graph: Graph) -> None:
        self._document.edit(title, graph, self._scene)
