"""The scene by what is known of a drawing: nodes and wires are shown anew, added and taken away. Edits nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from engine.graph import Edge, Graph, Node, Point
from gui.canvas.annotated import MANY
from gui.canvas.coming import Coming, News, parts
from gui.canvas.faces import Face, WireFace, node_face, wire_face
from gui.canvas.heat import FIGURES, Heat, Reading
from gui.canvas.known import Facts
from gui.canvas.laid import Laid, offset_of
from gui.canvas.painter import Painter
from gui.canvas.wires import Offset
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
        #: The figure by which nodes are coloured; empty where they have their own colours.
        self.figure = ""
        #: What a run has told last of its layers.
        self.reading: Reading | None = None
        self._heat: Heat | None = None
        #: What the colours were made of.
        self._heated: tuple[object, ...] = ()
        #: The nodes with room for a picture, and those that are to be shown anew beside what changed.
        self.wells: frozenset[str] = frozenset()
        self._anew_alone: frozenset[str] = frozenset()
        self._facts = self._gather()

    @property
    def graph(self) -> Graph:
        return self.document.graph

    def _gather(self, before: Facts | None = None) -> Facts:
        document = self.document
        return Facts.of(
            document.graph,
            document.catalogue,
            document.report,
            document.problems(),
            before,
            self._heat_now(),
            document.within,
        )

    @property
    def reported(self) -> bool:
        """Whether the checker's report is another than the one shown, or what colours nodes by a figure."""
        return self.document.report is not self._facts.report or not self._is_heated()

    def _heat_now(self) -> Heat | None:
        """Place the nodes on the scale anew, where figure, report or recipe is another."""
        if not self._is_heated():
            self._heated = self._heating()
            self._heat = self._made_heat() if self.figure else None
        return self._heat

    def _made_heat(self) -> Heat:
        if self._is_told:
            return Heat.live(self.figure, self.reading, self._heat)
        return Heat.of(self.figure, self.document.costs.costs, self.document.recipe)

    @property
    def _is_told(self) -> bool:
        """Whether the figure in use is told by a run."""
        return bool(self.figure and FIGURES[self.figure].column)

    def _heating(self) -> tuple[object, ...]:
        if self._is_told:
            return self.figure, self.reading
        return (self.figure, self.document.report, self.document.recipe) if self.figure else ()

    def _is_heated(self) -> bool:
        asked = self._heating()
        return len(asked) == len(self._heated) and all(a is b for a, b in zip(asked, self._heated, strict=True))

    def _refresh(self, ids: Iterable[str], wires: Iterable[Edge] = (), told: Collection[str] | None = None) -> None:
        """Show nodes anew, the wires that touch them, and some more.

        Where it is known of which nodes' wires something else is to be told, the wires of the others stay where they
        are, if their ports do.
        """
        nodes, edges = self.graph.nodes, self.wires.edges
        present = [id for id in dict.fromkeys(ids) if id in nodes]
        self.mark(present, self.bent(present) if len(present) <= MANY else ())
        stirred = self._show_nodes(present)
        shown = self._show_wires((*(edges[row] for row in self.wires.rows_of(stirred)), *wires))
        laid = self.lay(shown)
        # Wires that only bent with others are among those laid, but nothing new was told of them.
        left = set(self.wires.rows_of(present if told is None else told)).difference(shown)
        self._tell_wires(list(left))
        self.mark(present, (*laid, *left))
        self.redrawn.emit()

    # -- pictures

    def show_thumbnail(self, id: str, image: QImage | None) -> None:
        """Put a picture into a node, or take it away with its room; a node that is not there is passed over."""
        if id not in self.nodes:
            return
        there = id in self.wells
        if image is None or image.isNull():
            self._drop_pictures((id,))
        else:
            self.wells |= {id}
            self.painter.thumbnails[id] = QPixmap.fromImage(image)
        if there is not (id in self.wells):
            self._refresh([id])
        else:
            self.update(self.nodes.frame(id))

    def _drop_pictures(self, ids: Collection[str]) -> None:
        self.wells -= frozenset(ids)
        for id in ids:
            self.painter.thumbnails.pop(id, None)

    # -- nodes and wires

    def _show_nodes(self, ids: Iterable[str]) -> set[str]:
        """Show nodes anew; return those whose ports stand elsewhere than before."""
        all_nodes, facts, known, held = self.graph.nodes, self._facts, self._coming.nodes, self._held
        nodes = [all_nodes[id] for id in ids]
        faces = [known.get(node.id) or self._face(facts, node) for node in nodes]
        places = [self.nodes.at(node.id) if node.id in held else node.at for node in nodes]
        return self.nodes.put([node.id for node in nodes], faces, places)

    def _face(self, facts: Facts, node: Node) -> Face:
        return node_face(facts, node, thumbnail=node.id in self.wells, opened=node.id == self._opened)

    def _work_out(self, facts: Facts, new: News, coming: Coming) -> Iterator[bool]:
        """Make the faces ahead that are to be shown, part after part."""
        nodes, some = facts.graph.nodes, new.nodes if new.told is None else new.told
        for ids in parts([id for id in new.nodes if id in nodes]):
            coming.nodes.update((id, self._face(facts, nodes[id])) for id in ids)
            yield False
        wired = [edge for edge in facts.graph.edges if edge.source.node in some or edge.target.node in some]
        for edges in parts({*wired, *new.wires}):
            for edge in edges:
                if self._stays(edge, coming):
                    coming.told[edge] = wire_face(facts, edge)
                    continue
                ends = self._either(edge.source.node, coming), self._either(edge.target.node, coming)
                if ends[0] is not None and ends[1] is not None:
                    offset, loose = offset_of(edge, ends[0], ends[1])
                    coming.wires[edge] = offset, wire_face(facts, edge, loose)
            yield False

    def _stays(self, edge: Edge, coming: Coming) -> bool:
        """Whether a wire is shown whole now, and between nodes that will be shown as they are."""
        row = self._wires.row.get(edge)
        if row is None or self._wires.faces[row].broken:
            return False
        return edge.source.node not in coming.nodes and edge.target.node not in coming.nodes

    def _either(self, id: str, coming: Coming) -> Face | None:
        """The face that a node will have, the one that it has, or None where it is not there."""
        row = self._nodes.row.get(id)
        return coming.nodes.get(id) or (None if row is None else self._nodes.faces[row])

    def _show_wires(self, edges: Iterable[Edge]) -> list[int]:
        """Show wires anew and return their rows; where they run is still to be laid."""
        nodes = self.nodes.row
        shown = [edge for edge in dict.fromkeys(edges) if edge.source.node in nodes and edge.target.node in nodes]
        looks = [self._look(edge) for edge in shown]
        return self.wires.put(shown, [face for _, face in looks], [offset for offset, _ in looks])

    def _tell_wires(self, rows: Sequence[int]) -> None:
        """Show other things of wires whose nodes have the ports that they had."""
        edges, known = self.wires.edges, self._coming.told
        self.wires.tell(rows, [known.get(edges[row]) or self._look(edges[row])[1] for row in rows])

    def _look(self, edge: Edge) -> tuple[Offset, WireFace]:
        if edge in self._coming.wires:
            return self._coming.wires[edge]
        offset, loose = self.offset(edge)
        return offset, wire_face(self._facts, edge, loose)

    def _forget_nodes(self, ids: Collection[str]) -> None:
        self.mark(ids, ())
        self._drop_pictures(ids)
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
        annotations = self.annotations.row.keys() & ids
        if annotations:
            self.annotate(annotations, self.graph)
        rows, nodes = self.nodes.row, dict(self.graph.nodes.items())
        present = [id for id in ids if id in rows and id in nodes]
        self._held -= frozenset(present)
        self._stand(present, [nodes[id].at for id in present])
        self.redrawn.emit()

    def _stand(self, ids: Sequence[str], places: Sequence[Point]) -> None:
        """Show nodes at places, and their wires where these run then; those that stand there are left alone."""
        elsewhere = self.nodes.elsewhere(ids, places)
        if not elsewhere:
            return
        stirred = [ids[place] for place in elsewhere]
        rows = self.bent(stirred)
        self.mark(stirred, rows)
        self.nodes.move(stirred, [places[place] for place in elsewhere])
        self.mark(stirred, self.lay(rows))

    def choose_wires(self, edges: Iterable[Edge]) -> None:
        chosen = frozenset(edges)
        if chosen != self.overlay.chosen:
            self.mark_wires(chosen ^ self.overlay.chosen)
            self.overlay.chosen = chosen
            self.wires_chosen.emit()
