"""The scene: keeps arrays and items as document, report, selection and theme are. Edits nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from engine.changes import Changes
from engine.graph import Edge, Graph, Point
from engine.report import Problem
from gui.canvas import measure
from gui.canvas.annotated import MANY, Annotated
from gui.canvas.faces import node_face, wire_face
from gui.canvas.items import NodeItem
from gui.canvas.known import Facts
from gui.canvas.overlay import Socket
from gui.canvas.painter import Painter
from gui.document import Document
from gui.selection import Selection
from gui.theme import themes

#: Labels of wires show or not by whether a node covers them, so that they are painted anew with it.
_LABELS_BESIDE: Final = tuple(sign * reach for sign in (-1, 1) for reach in measure.LABEL_REACH)


class Scene(Annotated):
    """Follows document, selection, report and theme by what changed in each; `redrawn` says that it is shown anew."""

    wires_chosen = Signal()

    def __init__(self, document: Document, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document, self.selection = document, selection
        self.painter = Painter(self.nodes, self.wires, self.annotations, self.overlay)
        self._items: dict[str, NodeItem] = {}
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
        self.clear()
        self._items.clear()
        self.nodes.clear()
        self.wires.clear()
        self.painter.thumbnails.clear()
        self.overlay.clear()
        self._opened, self._held = None, frozenset()
        self._facts = self._gather()
        self._selected = frozenset()
        for id in self.graph.nodes:
            self._show_node(id)
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
        if changes.network:
            touched |= _sharing(self.graph, touched) | self._facts.differing(before, network=True)
            touched |= self._facts.behind(touched)
        self._refresh(touched, (*changes.wired, *self._facts.mended(before)))
        if changes.annotated:
            self.annotate(changes.annotated, self.graph)
        self.make_room()

    def _take_report(self) -> None:
        before, self._facts = self._facts, self._gather(self._facts)
        touched = self._facts.differing(before, network=False)
        self._refresh(touched | self._facts.behind(touched), self._facts.mended(before))

    def _refresh(self, ids: Iterable[str], wires: Iterable[Edge] = ()) -> None:
        """Show nodes anew, all wires that touch them, and some more."""
        present = [id for id in dict.fromkeys(ids) if id in self.graph.nodes]
        edges = list(dict.fromkeys((*self.bent(present), *wires)))
        self._mark(present, edges)
        for id in present:
            self._show_node(id)
        self._mark(present, self._show_wires(edges))
        self.redrawn.emit()

    def _mark(self, ids: Collection[str], edges: Collection[Edge]) -> None:
        """Have nodes and wires painted anew where they stand now; the whole view, where they are many."""
        if len(ids) + len(edges) > MANY:
            self.update()
            return
        for id in ids:
            if id in self.nodes:
                self.update(self.nodes.reach(id).adjusted(*_LABELS_BESIDE))
        for edge in edges:
            if edge in self.wires:
                self.update(self.wires.reach(edge))

    # -- nodes and wires

    def _show_node(self, id: str) -> None:
        node = self.graph.nodes[id]
        thumbnail = id in self.painter.thumbnails
        face = node_face(self._facts, node, thumbnail=thumbnail, opened=id == self._opened)
        at = self.nodes.at(id) if id in self._held else node.at
        self.nodes.put(id, face, at)
        if id in self._items:
            self._items[id].stand(at, face.width, face.height)
        else:
            self._items[id] = NodeItem(id, at, face.width, face.height)
            self.addItem(self._items[id])

    def _show_wires(self, edges: Iterable[Edge]) -> dict[Edge, None]:
        """Show wires, then all wires of their dots: how they go through a dot is known when all of them are there."""
        shown = dict.fromkeys(edges)
        for edge in shown:
            self._show_wire(edge)
        bent = self.wires.of(self.dots(shown))
        for edge in bent:
            self._show_wire(edge)
        return shown | dict.fromkeys(bent)

    def _show_wire(self, edge: Edge) -> None:
        if edge.source.node not in self.nodes or edge.target.node not in self.nodes:
            return
        start, end = self.nodes.port(edge.source, output=True), self.nodes.port(edge.target, output=False)
        self.wires.put(
            edge, wire_face(self._facts, edge, loose=start is None or end is None),
            start or self.nodes.edge(edge.source.node, output=True),
            end or self.nodes.edge(edge.target.node, output=False),
            (self.heading(edge.source.node), self.heading(edge.target.node)),
        )  # fmt: skip

    def _forget_nodes(self, ids: Collection[str]) -> None:
        self._mark(ids, ())
        for id in ids:
            self.removeItem(self._items.pop(id))
            self.painter.thumbnails.pop(id, None)
        self._held -= frozenset(ids)
        self.nodes.remove(ids)
        if self.overlay.node not in self.nodes:
            self.overlay.node = self.overlay.port = None

    def _forget_wires(self, edges: Collection[Edge]) -> None:
        self._mark((), edges)
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
        edges = self.bent(ids)
        inner = {edge for edge in edges if edge.source.node in ids and edge.target.node in ids}
        self._mark(ids, edges)
        self.nodes.shift(ids, across, down)
        self.wires.shift(inner, across, down)
        shown = self._show_wires(edge for edge in edges if edge not in inner or self.dots([edge]))
        self._mark(ids, shown | dict.fromkeys(inner))
        self.redrawn.emit()

    def hold(self, places: Mapping[str, Point]) -> None:
        """Show nodes elsewhere than in the document, as they move into their places."""
        self._held |= frozenset(places)
        edges = self.bent(places)
        self._mark(places.keys(), edges)
        for id, at in places.items():
            self.nodes.move(id, at)
        self._mark(places.keys(), self._show_wires(edges))

    def restore(self, moved: Iterable[str]) -> None:
        """Show nodes, frames and notes where the document has them."""
        ids = frozenset(moved)
        annotations = [id for id in ids if id in self.annotations]
        if annotations:
            self.annotate(annotations, self.graph)
        present = [id for id in ids if id in self.nodes and id in self.graph.nodes]
        self._held -= frozenset(present)
        edges = self.bent(present)
        self._mark(present, edges)
        for id in present:
            at, face = self.graph.nodes[id].at, self.nodes.face(id)
            self.nodes.move(id, at)
            self._items[id].stand(at, face.width, face.height)
        self._mark(present, self._show_wires(edges))
        self.redrawn.emit()

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
            self._mark((), chosen ^ self.overlay.chosen)
            self.overlay.chosen = chosen
            self.wires_chosen.emit()

    def land(self, edge: Edge | None) -> None:
        """Light up the wire that what is being dragged would stand on."""
        before, self.overlay.landing = self.overlay.landing, edge
        if edge != before:
            self._mark((), [each for each in (before, edge) if each is not None])

    def hover(self, node: str | None, wire: Edge | None, port: Socket | None) -> None:
        """Mark what lies under the mouse."""
        over = self.overlay
        if (node, wire, port) == (over.node, over.wire, over.port):
            return
        ids = [id for id in {over.node, node} if id is not None]
        self._mark(ids, [edge for edge in {over.wire, wire} if edge is not None])
        over.node, over.wire, over.port = node, wire, port

    def _show_selection(self) -> None:
        changed = [id for id in self._selected ^ self.selection.all if id in self.nodes]
        for id in changed:
            self._items[id].lift(id in self.selection.ids)
        self._mark(changed, ())
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
