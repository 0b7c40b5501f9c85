"""The scene by what is known of a drawing: nodes and wires are shown anew, added and taken away. Edits nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from PySide6.QtCore import QObject, Signal

from engine.graph import Edge, Graph, Node, Point
from gui.canvas.annotated import MANY
from gui.canvas.coming import Coming, News, parts
from gui.canvas.faces import Face, WireFace, node_face, wire_face
from gui.canvas.known import Facts
from gui.canvas.laid import Laid
from gui.canvas.painter import Painter
from gui.document import Document


class Showing(Laid):
    """Shows what the document holds, by the facts of now."""

    wires_chosen = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.painter = Painter(self._nodes, self._wires, self._annotations, self.overlay)
        self._opened: str | None = None
        #: The nodes that stand elsewhere than in the document: they are being dragged.
        self._held: frozenset[str] = frozenset()
        #: What was worked out ahead of what is being shown now.
        self._coming = Coming()
        self._facts = self._gather()

    @property
    def graph(self) -> Graph:
        return self.document.graph

    def _gather(self, before: Facts | None = None) -> Facts:
        document = self.document
        problems = (*document.problems_now(), *document.report.problems)
        return Facts.of(document.graph, document.catalogue, document.report, problems, before)

    def _refresh(self, ids: Iterable[str], wires: Iterable[Edge] = (), told: Collection[str] | None = None) -> None:
        """Show nodes anew, the wires that touch them, and some more.

        Where it is known of which nodes' wires something else is to be told, the wires of the others stay where they
        are, if their ports do.
        """
        present = [id for id in dict.fromkeys(ids) if id in self.graph.nodes]
        self.mark(present, self.bent(present) if len(present) <= MANY else ())
        stirred = self._show_nodes(present)
        edges = (*(self.wires.edges[row] for row in self.wires.rows_of(stirred)), *wires)
        laid = self._show_wires(edges)
        # Wires that only bent with others are among those laid, but nothing new was told of them.
        shown = {self.wires.row[edge] for edge in edges if edge in self.wires.row}
        left = set(self.wires.rows_of(present if told is None else told)) - shown
        self._tell_wires(list(left))
        self.mark(present, (*laid, *left))
        self.redrawn.emit()

    # -- nodes and wires

    def _show_nodes(self, ids: Iterable[str]) -> set[str]:
        """Show nodes anew; return those whose ports stand elsewhere than before."""
        nodes, facts, known = [self.graph.nodes[id] for id in ids], self._facts, self._coming.nodes
        faces = [known.get(node.id) or self._face(facts, node) for node in nodes]
        places = [self.nodes.at(node.id) if node.id in self._held else node.at for node in nodes]
        return self.nodes.put([node.id for node in nodes], faces, places)

    def _face(self, facts: Facts, node: Node) -> Face:
        opened, thumbnail = node.id == self._opened, node.id in self.painter.thumbnails
        return node_face(facts, node, thumbnail=thumbnail, opened=opened)

    def _work_out(self, facts: Facts, new: News, coming: Coming) -> Iterator[bool]:
        """Make the faces ahead that are to be shown, part after part."""
        nodes, some = facts.graph.nodes, new.nodes if new.told is None else new.told
        for ids in parts([id for id in new.nodes if id in nodes]):
            coming.nodes.update((id, self._face(facts, nodes[id])) for id in ids)
            yield False
        wired = [edge for edge in facts.graph.edges if edge.source.node in some or edge.target.node in some]
        for edges in parts({*wired, *new.wires}):
            coming.wires.update((edge, wire_face(facts, edge)) for edge in edges)
            yield False

    def _show_wires(self, edges: Iterable[Edge]) -> list[int]:
        """Show wires anew, and lay them and those that change their courses with them; return the rows of all."""
        nodes = self.nodes.row
        shown = [edge for edge in dict.fromkeys(edges) if edge.source.node in nodes and edge.target.node in nodes]
        ends = [self.offset(edge) for edge in shown]
        faces = [self._wire_face(edge, loose) for edge, (_, loose) in zip(shown, ends, strict=True)]
        return self.lay(self.wires.put(shown, faces, [offset for offset, _ in ends]))

    def _tell_wires(self, rows: Sequence[int]) -> None:
        """Show other things of wires whose nodes have the ports that they had."""
        edges, nodes = [self.wires.edges[row] for row in rows], self.nodes
        loose = [not nodes.has(edge.source, output=True) or not nodes.has(edge.target, output=False) for edge in edges]
        self.wires.tell(rows, [self._wire_face(*each) for each in zip(edges, loose, strict=True)])

    def _wire_face(self, edge: Edge, loose: bool) -> WireFace:
        known = None if loose else self._coming.wires.get(edge)
        return known or wire_face(self._facts, edge, loose)

    def _forget_nodes(self, ids: Collection[str]) -> None:
        self.mark(ids, ())
        for id in ids:
            self.painter.thumbnails.pop(id, None)
        self._held -= frozenset(ids)
        self.nodes.remove(ids)
        if self.overlay.node not in self.nodes:
            self.overlay.node = self.overlay.port = None

    def _forget_wires(self, edges: Collection[Edge]) -> None:
        self.mark_wires(edges)
        self.wires.remove(edges)
        self.choose_wires(edge for edge in self.overlay.chosen if edge in self.wires)
        if self.overlay.wire not in self.wires:
            self.overlay.wire = None
        if self.overlay.landing not in self.wires:
            self.overlay.landing = None

    def restore(self, moved: Iterable[str]) -> None:
        """Show nodes, frames and notes where the document has them."""
        ids = frozenset(moved)
        if not ids:
            return
        annotations = [id for id in ids if id in self.annotations]
        if annotations:
            self.annotate(annotations, self.graph)
        present = [id for id in ids if id in self.nodes and id in self.graph.nodes]
        self._held -= frozenset(present)
        self._stand(present, [self.graph.nodes[id].at for id in present])
        self.redrawn.emit()

    def _stand(self, ids: Sequence[str], places: Sequence[Point]) -> None:
        """Show nodes at places, and their wires where these run then."""
        rows = self.bent(ids)
        self.mark(ids, rows)
        self.nodes.move(ids, places)
        self.mark(ids, self.lay(rows))

    def choose_wires(self, edges: Iterable[Edge]) -> None:
        chosen = frozenset(edges)
        if chosen != self.overlay.chosen:
            self.mark_wires(chosen ^ self.overlay.chosen)
            self.overlay.chosen = chosen
            self.wires_chosen.emit()
