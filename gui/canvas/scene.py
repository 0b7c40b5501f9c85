"""The scene: keeps arrays as document, report, selection and theme are. Edits nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from engine.changes import Changes, diff
from engine.graph import Edge, Point
from engine.report import Problem
from gui.canvas.coming import Coming, News, news
from gui.canvas.heat import Reading
from gui.canvas.known import Facts
from gui.canvas.overlay import Socket
from gui.canvas.showing import Showing
from gui.canvas.slices import Slices
from gui.document import Document
from gui.selection import Selection
from gui.theme import themes

#: So many things at most are shown in the turn in which they change.
MOST: Final = 400
#: Changed values are shown with the checker's answer where it comes within this time, in milliseconds: half a frame.
TOGETHER: Final = 8


@dataclass(frozen=True, slots=True)
class Load:
    """What is being dragged: the nodes with their rows, the rows of all its wires, which move along, which bend."""

    moving: Collection[str]
    ids: frozenset[str]
    rows: list[int]
    wires: list[int]
    inner: list[int]
    bending: list[int]


class Scene(Showing):
    """Follows document, selection, report and theme by what changed in each; `redrawn` says that it is shown anew.

    What many nodes and wires will look like is worked out in slices; until all of it is, everything is shown as it was.
    `followed` says that the document is shown as it is by now.
    """

    followed = Signal()

    def __init__(self, document: Document, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(document, parent)
        self.selection = selection
        self._selected: frozenset[str] = frozenset()
        #: Whether dragged nodes snap to the grid.
        self.on_grid = False
        self._slices = Slices(self)
        #: The drawing that is shown, the one that will be, and what may stand elsewhere than that has it.
        self._shown = self._due = document.graph
        self._stirred: frozenset[str] = frozenset()
        #: Whether everything is to be shown anew: other layers are known.
        self._anew = False
        #: What is being dragged, found out once.
        self._load: Load | None = None
        #: Tells whether the checker's answer to the last edit will be here in a moment.
        self.answer_near: Callable[[], bool] = lambda: False
        #: What is done once that is shown, each once, in order.
        self._waiting: dict[Callable[[], object], None] = {}
        document.changed.connect(lambda changes, _initiator: self._follow(changes, self._wait(changes)))
        document.report_changed.connect(lambda _report: self._follow(Changes()))
        document.recipe_changed.connect(lambda _recipe, _initiator: self._follow(Changes()) if self.figure else None)
        document.reset.connect(self._rebuild)
        document.turned.connect(self._rebuild)
        document.catalogue_changed.connect(self._relearn)
        selection.changed.connect(lambda _ids, _initiator: self._show_selection())
        themes().changed.connect(self._retint)
        self._rebuild()

    # -- the document

    @property
    def facts(self) -> Facts:
        self.settle()
        return self._facts

    def problems(self, id: str) -> tuple[Problem, ...]:
        """The problems that show on a node, those found at once and those of the checker."""
        return self.facts.problems.get(id, ())

    def colour_by(self, figure: str) -> None:
        """Colour nodes by a figure of `heat.FIGURES`; empty gives them their own colours back."""
        if figure != self.figure:
            self.figure = figure
            self._follow(Changes())

    def tell_figures(self, reading: Reading | None) -> None:
        """Take what a run has told of its layers; nodes that stand elsewhere on the scale in use are shown anew."""
        self.reading = reading
        if not self._is_told:
            return
        if self.behind:
            self._follow(Changes())
            return
        before = self._facts.heat
        heat = self._heat_now()
        self._facts = replace(self._facts, heat=heat)
        self._show_anew(heat.differing(before) if heat is not None else ())
        self.redrawn.emit()

    def reserve(self, ids: Collection[str]) -> None:
        """Give some nodes room for a picture, and no others."""
        changed = self.wells ^ frozenset(ids)
        self._drop_pictures(changed & self.wells)
        self.wells |= frozenset(ids)
        self._show_anew(changed)

    def _show_anew(self, ids: Collection[str]) -> None:
        """Show nodes anew that are as they were in the document: at once, or many in turns of their own."""
        if self.behind or len(ids) > MOST:
            self._anew_alone |= frozenset(ids)
            self._follow(Changes())
        elif ids:
            self._refresh(ids, told=())

    @property
    def behind(self) -> bool:
        """Whether some of the document is still to be shown."""
        return self._slices.behind

    def settle(self) -> None:
        if self._slices.behind and self._due is self.graph:  # else it will be told of another drawing in a moment
            self._slices.finish()

    def when_settled(self, then: Callable[[], object]) -> None:
        """Do something once the document is shown as it is: now, where it is."""
        if self.behind:
            self._waiting[then] = None
        else:
            then()

    def _rebuild(self) -> None:
        self._slices.drop()
        self._load, self._anew = None, False
        self._waiting.clear()
        self._nodes.clear()
        self._wires.clear()
        self.painter.thumbnails.clear()
        self.wells = self._anew_alone = frozenset()
        self.overlay.clear()
        self._opened, self._held = None, frozenset()
        self._shown, self._stirred = self.graph, frozenset()
        self._facts = self._gather()
        self._selected = frozenset()
        self._show_nodes(self.graph.nodes)
        self.lay(self._show_wires(self.graph.edges))
        self._annotations.load(self.graph)
        self._show_selection()
        self.make_room()
        self.update()
        self.redrawn.emit()

    def _relearn(self) -> None:
        """Show everything by other layers and blocks: at once, where that is not much."""
        if max(len(self._shown.nodes), len(self.graph.nodes)) <= MOST:
            self._rebuild()
        else:
            self._anew = True
            self._follow(Changes())

    def _follow(self, changes: Changes, wait: int = 0) -> None:
        """Show what changed, with what was still to be shown; after a while, if nothing more comes before."""
        self._stirred |= changes.placed
        if self._slices.behind and not self._anew:
            changes = diff(self._shown, self.graph)
        self._due = self.graph
        self._slices.begin(self._catch_up(changes), wait)

    def _wait(self, changes: Changes) -> int:
        """How long changes wait for the checker's answer, in milliseconds: one painting shows both."""
        return TOGETHER if changes.values_alone and changes.count <= MOST and self.answer_near() else 0

    def _catch_up(self, changes: Changes) -> Iterator[bool]:
        """Work out what is to be shown, then show it; many things in turns of their own."""
        before = facts = self._facts
        many = self._anew or changes.count > MOST
        if many:
            yield True
            yield True  # what the edit itself had painted comes first
        if self._anew:
            changes = diff(self._shown, self.graph)
        if self._anew or changes.network or changes.dressed or self.reported:
            self.document.problems()
            if many:
                yield False
            facts = self._gather(before)
            if many:
                yield False
        new, coming = self._all_new() if self._anew else news(before, facts, changes), Coming()
        new = replace(new, nodes=new.nodes | self._anew_alone)
        if new.count > MOST:
            yield True
            yield from self._work_out(facts, new, coming)
            yield True
        self._facts, self._shown, self._coming = facts, self.graph, coming
        self._take(changes, new)

    def _all_new(self) -> News:
        return News(frozenset(self.graph.nodes), None, self.graph.edges)

    def _take(self, changes: Changes, new: News) -> None:
        """Show what changed, at once."""
        self._load, self._anew, self._anew_alone = None, False, frozenset()
        self._forget_nodes(changes.removed)
        self._forget_wires(changes.unwired)
        self.restore(self._stirred)
        self._stirred = frozenset()
        turned = self.wires.of(self.dots_of(changes.unwired))
        self._refresh(new.nodes, (*new.wires, *turned), new.told)
        self._coming = Coming()
        if changes.annotated:
            self.annotate(changes.annotated, self.graph)
        self.make_room()
        self._show_selection()
        self.followed.emit()
        waiting, self._waiting = self._waiting, {}
        for then in waiting:
            then()

    # -- what is shown for a moment

    def shift(self, moving: Collection[str], across: float, down: float) -> None:
        """Show nodes, frames and notes further on, as they are dragged; the document does not know yet."""
        self.shift_annotations(self.annotations.row.keys() & moving, across, down)
        if self._load is None or self._load.moving is not moving:
            self._load = self._loaded(moving)
        load = self._load
        self._held |= load.ids
        self.mark(load.ids, load.wires)
        self.nodes.shift(load.rows, across, down)
        self.wires.shift(load.inner, across, down)
        self.lay(load.bending)
        self.mark(load.ids, load.wires)
        self.redrawn.emit()

    def _loaded(self, moving: Collection[str]) -> Load:
        nodes, edges = self.nodes.row, self.wires.edges
        ids = frozenset(nodes.keys() & moving)
        wires = self.bent(ids)
        inner = {row for row in wires if edges[row].source.node in ids and edges[row].target.node in ids}
        bending = [row for row in wires if row not in inner or self.wires.headed(row)]
        return Load(moving, ids, [nodes[id] for id in ids], wires, list(inner), bending)

    def hold(self, places: Mapping[str, Point]) -> None:
        """Show nodes elsewhere than in the document, as they move into their places."""
        self._held |= frozenset(places)
        self._stand(list(places), list(places.values()))

    def open_node(self, id: str | None) -> None:
        """Show also the ports of a node that may stay unwired, of one node at a time."""
        if id != self._opened:
            before, self._opened = self._opened, id
            self._refresh([each for each in (before, id) if each is not None])

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
        if self._slices.behind or self._selected == self.selection.all:
            return
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
