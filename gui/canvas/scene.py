"""The scene: keeps arrays as document, report, selection and theme are. Edits nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from engine.changes import Changes
from engine.graph import Edge, Graph, Point
from engine.report import Problem
from gui.canvas.annotated import MANY
from gui.canvas.faces import node_face, wire_face
from gui.canvas.known import Facts
from gui.canvas.laid import Laid
from gui.canvas.overlay import Socket
from gui.canvas.painter import Painter
from gui.document import Document
from gui.selection import Selection
from gui.theme import themes


class Scene(Laid):
    """Follows document, selection, report and theme by what changed in each; `redrawn` says that it is shown anew."""

    wires_chosen = Signal()

    def __init__(self, document: Document, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document, self.selection = document, selection
        self.painter = Painter(self.nodes, self.wires, self.annotations, self.overlay)
        self._selected: frozenset[str] = frozenset()
        self._opened: str | None = None
        #: The nodes that stand elsewhere than in the document: they are being dragged.
        self._held: frozenset[str] = frozenset()
        #: Whether dragged nodes snap to the grid.
        self.on_grid = False
        self._facts = self._gather()
        document.changed.connect(lambda changes, _initiator: self._follow(changes))
        document.report_changed.connect(lambda _report: self._take_report())
        document.reset.connect(self._rebuild)
        selection.changed.connect(lambda _ids, _initiator: self._show_selection())
        themes().changed.connect(self._retint)
        self._rebuild()

    # -- the document

    @property
    def facts(self) -> Facts:
        return self._facts

    @property
    def graph(self) -> Graph:
        return self.document.graph

    def problems(self, id: str) -> tuple[Problem, ...]:
        """The problems that show on a node, those found at once and those of the checker."""
        return self._facts.problems.get(id, ())

    def _gather(self, before: Facts | None = None) -> Facts:
        document = self.document
        problems = (*document.problems_now(), *document.report.problems)
        return Facts.of(document.graph, document.catalogue, document.report, problems, before)

    def _rebuild(self) -> None:
        self.nodes.clear()
        self.wires.clear()
        self.painter.thumbnails.clear()
        self.overlay.clear()
        self._opened, self._held = None, frozenset()
        self._facts = self._gather()
        self._selected = frozenset()
        self._show_nodes(self.graph.nodes)
        self._show_wires(self.graph.edges)
        self.annotations.load(self.graph)
        self._show_selection()
        self.make_room()
        self.update()
        self.redrawn.emit()

    def _follow(self, changes: Changes) -> None:
        before = self._facts
        if changes.network or changes.dressed:
            self._facts = self._gather(before)
        self._forget_nodes(changes.removed)
        self._forget_wires(changes.unwired)
        self.restore(changes.moved | changes.dressed)
        touched = {*changes.added, *changes.changed, *changes.dressed}
        touched |= {end.node for edge in (*changes.wired, *changes.unwired) for end in (edge.source, edge.target)}
        told: set[str] | None = None
        if changes.network:
            differing = self._facts.differing(before, network=True)
            touched |= _sharing(self.graph, touched) | differing
            if before.graph.edges is self.graph.edges:
                told = differing | before.behind(differing) | self._facts.behind(differing)
            touched |= self._facts.behind(touched)
        turned = self.wires.of(self.dots_of(changes.unwired))
        self._refresh(touched, (*changes.wired, *turned, *self._facts.mended(before)), told)
        if changes.annotated:
            self.annotate(changes.annotated, self.graph)
        self.make_room()

    def _take_report(self) -> None:
        before, self._facts = self._facts, self._gather(self._facts)
        touched = self._facts.differing(before, network=False)
        behind = self._facts.behind(touched)
        self._refresh(self._facts.recounted(before) | behind, self._facts.mended(before), touched | behind)

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
        nodes, facts, thumbnails = [self.graph.nodes[id] for id in ids], self._facts, self.painter.thumbnails
        faces = [
            node_face(facts, node, thumbnail=node.id in thumbnails, opened=node.id == self._opened) for node in nodes
        ]
        places = [self.nodes.at(node.id) if node.id in self._held else node.at for node in nodes]
        return self.nodes.put([node.id for node in nodes], faces, places)

    def _show_wires(self, edges: Iterable[Edge]) -> list[int]:
        """Show wires anew, and lay them and those that change their courses with them; return the rows of all."""
        nodes = self.nodes.row
        shown = [edge for edge in dict.fromkeys(edges) if edge.source.node in nodes and edge.target.node in nodes]
        ends = [self.offset(edge) for edge in shown]
        faces = [wire_face(self._facts, edge, loose=loose) for edge, (_, loose) in zip(shown, ends, strict=True)]
        return self.lay(self.wires.put(shown, faces, [offset for offset, _ in ends]))

    def _tell_wires(self, rows: Sequence[int]) -> None:
        """Show other things of wires whose nodes have the ports that they had."""
        edges, nodes = [self.wires.edges[row] for row in rows], self.nodes
        loose = [not nodes.has(edge.source, output=True) or not nodes.has(edge.target, output=False) for edge in edges]
        self.wires.tell(rows, [wire_face(self._facts, *each) for each in zip(edges, loose, strict=True)])

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

    # -- what is shown for a moment

    def shift(self, moving: Collection[str], across: float, down: float) -> None:
        """Show nodes, frames and notes further on, as they are dragged; the document does not know yet."""
        self.shift_annotations([id for id in moving if id in self.annotations], across, down)
        ids = frozenset(id for id in moving if id in self.nodes)
        self._held |= ids
        rows, edges = self.bent(ids), self.wires.edges
        self.mark(ids, rows)
        inner = {row for row in rows if edges[row].source.node in ids and edges[row].target.node in ids}
        self.nodes.shift(ids, across, down)
        self.wires.shift(inner, across, down)
        self.lay(row for row in rows if row not in inner or self.wires.headed(row))
        self.mark(ids, rows)
        self.redrawn.emit()

    def hold(self, places: Mapping[str, Point]) -> None:
        """Show nodes elsewhere than in the document, as they move into their places."""
        self._held |= frozenset(places)
        self._stand(list(places), list(places.values()))

    def restore(self, moved: Iterable[str]) -> None:
        """Show nodes, frames and notes where the document has them."""
        ids = frozenset(moved)
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

    def show_thumbnail(self, id: str, image: QImage | None) -> None:
        """Put a picture into a node, or take it away; a node that is not there is passed over."""
        if id not in self.nodes:
            return
        thumbnails = self.painter.thumbnails
        grows = (id in thumbnails) is (image is None or image.isNull())
        if image is None or image.isNull():
            thumbnails.pop(id, None)
        else:
            thumbnails[id] = QPixmap.fromImage(image)
        if grows:
            self._refresh([id])
        else:
            self.update(self.nodes.frame(id))

    def open_node(self, id: str | None) -> None:
        """Show also the ports of a node that may stay unwired, of one node at a time."""
        if id != self._opened:
            before, self._opened = self._opened, id
            self._refresh([each for each in (before, id) if each is not None])

    def choose_wires(self, edges: Iterable[Edge]) -> None:
        chosen = frozenset(edges)
        if chosen != self.overlay.chosen:
            self.mark_wires(chosen ^ self.overlay.chosen)
            self.overlay.chosen = chosen
            self.wires_chosen.emit()

    def land(self, edge: Edge | None) -> None:
        """Light up the wire that what is being dragged would stand on."""
        before, self.overlay.landing = self.overlay.landing, edge
        if edge != before:
            self.mark_wires(each for each in (before, edge) if each is not None)

    def hover(self, node: str | None, wire: Edge | None, port: Socket | None) -> None:
        """Mark what lies under the mouse."""
        over = self.overlay
        if (node, wire, port) == (over.node, over.wire, over.port):
            return
        self.mark([id for id in {over.node, node} if id is not None], ())
        self.mark_wires(edge for edge in {over.wire, wire} if edge is not None)
        over.node, over.wire, over.port = node, wire, port

    def _show_selection(self) -> None:
        changed = [id for id in self._selected ^ self.selection.all if id in self.nodes]
        self.nodes.lift(changed, [id in self.selection.ids for id in changed])
        self.mark(changed, ())
        self.mark_annotations([id for id in self._selected ^ self.selection.all if id in self.annotations])
        self._selected = self.selection.all
        if self._selected:
            self.choose_wires(())

    def _retint(self) -> None:
        self.painter.retint()
        self.update()
        self.redrawn.emit()


def _sharing(graph: Graph, ids: set[str]) -> set[str]:
    """The nodes that share a layer with one of some nodes."""
    owners = ids | {node.shares for id in ids if (node := graph.nodes.get(id)) is not None and node.shares is not None}
    return owners | {id for id, node in graph.nodes.items() if node.shares in owners}
