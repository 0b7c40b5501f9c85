"""Marks what is selected, as commands: passed by, left out, coloured, collapsed; and dots on wires. Knows no mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF

from engine import marks
from engine.graph import COLOURS, Edge, End, Graph, Mode
from gui.canvas import edits, measure
from gui.canvas.hand import Hand
from gui.canvas.scene import Scene

if TYPE_CHECKING:
    from gui.canvas.swatches import Swatches

_VERBS: Final[Mapping[Mode, str]] = {"bypass": "Bypass", "disable": "Disable"}


class Marking:
    """Edits through the document; `say` gets the sentence of what was refused."""

    def __init__(self, scene: Scene, hand: Hand, say: Callable[[str], object]) -> None:
        self._scene, self._hand, self._say = scene, hand, say
        self._swatches: Swatches | None = None
        hand.dot_asked.connect(lambda wire, at: self.dot([wire], at))
        hand.fold_asked.connect(self.fold)

    def commands(self) -> dict[str, Callable[[], object]]:
        colours = {f"colour_{name or 'none'}": partial(self.colour, name) for name in COLOURS}
        return {
            "bypass": partial(self.turn, "bypass"), "disable": partial(self.turn, "disable"), "collapse": self.fold,
            "colour": self.ask_colour, "dot": self.add_dot, **colours,
        }  # fmt: skip

    # -- layers

    def turn(self, mode: Mode) -> None:
        """Bypass or disable the selected layers, or turn them on again where all of them are."""
        graph, ids = self._scene.graph, self._scene.selection.ids
        chosen = marks.layers(graph, ids) if mode == "bypass" else tuple(ids)
        if not chosen:
            self._say("A dot passes on what comes in already. Select layers to bypass.")
            return
        names = edits.count(graph, chosen)
        on = marks.is_turned(graph, chosen, mode)
        self._edit(f"Turn on {names}" if on else f"{_VERBS[mode]} {names}", marks.turned(graph, chosen, mode))

    def fold(self, id: str | None = None) -> None:
        """Collapse the selected layers, or one; open them again where all of them are collapsed."""
        graph = self._scene.graph
        chosen = marks.layers(graph, self._scene.selection.ids if id is None else (id,))
        if not chosen:
            self._say("A dot cannot be collapsed. Select layers to collapse.")
            return
        opens = all(graph.nodes[each].collapsed for each in chosen)
        turned = [each for each in chosen if graph.nodes[each].collapsed is opens]
        by = (measure.HEAD - measure.SLIM) / 2  # so that the wires of its head stay where they are
        after = edits.shifted(marks.folded(graph, chosen), turned, (0.0, -by if opens else by))
        self._edit(f"{'Open' if opens else 'Collapse'} {edits.count(graph, chosen)}", after)

    # -- colours

    def ask_colour(self) -> None:
        """Show the colours to choose from, by the mouse or by what is selected."""
        from gui.canvas.swatches import Swatches  # not before it is needed: the window's first paint does not wait

        if not self._scene.selection.all:
            return
        if self._swatches is None:
            self._swatches = Swatches(self._hand)
            self._swatches.chosen.connect(self.colour)
            self._swatches.left.connect(self._hand.setFocus)
        self._swatches.open(self._place(), self._shared_colour())

    def colour(self, name: str) -> None:
        """Give what is selected a colour; an empty one takes it off."""
        graph, ids = self._scene.graph, self._scene.selection.all
        if ids:
            words = called(graph, ids)
            title = f"Colour {words} {name}" if name else f"Take the colour off {words}"
            self._edit(title, marks.coloured(graph, ids, name))

    def _place(self) -> QPoint:
        """Where colours are asked, on the canvas: at the mouse, else below what is selected."""
        place = self._hand.pointer
        if place is None:
            frame = self._scene.bounds(self._scene.selection.all)
            place = self._hand.viewportTransform().map(frame.bottomLeft() + QPointF(0, measure.MARGIN))
        return place.toPoint()

    def _shared_colour(self) -> str:
        """The colour that all that is selected has; empty where there are several."""
        graph, ids = self._scene.graph, self._scene.selection.all
        found = {node.colour for id, node in graph.nodes.items() if id in ids}
        found |= {frame.colour for id, frame in graph.frames.items() if id in ids}
        found |= {note.colour for id, note in graph.notes.items() if id in ids}
        return next(iter(found)) if len(found) == 1 else ""

    # -- dots

    def add_dot(self) -> None:
        """Put a dot on the chosen wires, on the one under the mouse, or on those of the selected layers."""
        edges = self._wires()
        if not edges:
            self._say("A dot stands on a wire. Choose a wire, or select the layers that it joins.")
            return
        self.dot(edges)

    def dot(self, edges: Iterable[Edge], at: QPointF | None = None) -> None:
        """Lead wires through dots, as one step: those that begin at one port through one, at a place or midway."""
        graph, made = self._scene.graph, []
        together: dict[End, list[Edge]] = {}
        for edge in edges:
            together.setdefault(edge.source, []).append(edge)
        for group in together.values():
            graph, id = marks.dotted(graph, frozenset(group), self._corner(group, at))
            made.append(id)
        names = edits.count(self._scene.graph, {end.node for end in together})
        self._edit(f"Add {'a dot' if len(made) == 1 else f'{len(made)} dots'} after {names}", graph)
        self._scene.selection.set(made, self._scene)

    def _wires(self) -> list[Edge]:
        over, ids = self._scene.overlay, self._scene.selection.ids
        if over.chosen or over.wire is not None:
            return sorted(over.chosen) or [edge for edge in (over.wire,) if edge is not None]
        inner = [edge for edge in self._scene.graph.edges if edge.source.node in ids and edge.target.node in ids]
        return inner or [edge for edge in self._scene.graph.edges if edge.source.node in ids]

    def _corner(self, edges: Iterable[Edge], at: QPointF | None) -> tuple[float, float]:
        """Where a dot stands, on whole pixels: around a place, else around the middle of its wires."""
        wires = self._scene.wires
        middles = [wires.middle(wires.row[edge]) for edge in edges] if at is None else [(at.x(), at.y())]
        x, y = (sum(place) / len(middles) for place in zip(*middles, strict=True))
        return round(x - measure.DOT / 2), round(y - measure.DOT / 2)

    def _edit(self, title: str, graph: Graph) -> None:
        self._scene.document.edit(title, graph, self._scene)


def called(graph: Graph, ids: frozenset[str]) -> str:
    """Name what is selected in a title: layers alone as ever, others by what they are."""
    if ids <= graph.nodes.keys():
        return edits.count(graph, ids)
    if len(ids) > 1:
        return f"{len(ids)} items"
    return "a frame" if ids <= graph.frames.keys() else "a note"
