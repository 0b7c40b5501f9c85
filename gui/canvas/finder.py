"""Opens the search for what is to be added: at the mouse, after a node, or where a wire was let go."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from engine import surgery, wiring
from engine.errors import EngineError
from engine.graph import End
from engine.specs import LayerSpec
from gui.canvas import edits
from gui.canvas.gestures import Loose
from gui.canvas.ground import Ground
from gui.canvas.scene import Scene
from gui.kindred import ordered, takes

if TYPE_CHECKING:
    from gui.canvas.search import LayerSearch

Take = Callable[[str], object]


class Finder:
    """Holds the one search and what its answer is for."""

    def __init__(self, ground: Ground, scene: Scene) -> None:
        self._ground, self._scene = ground, scene
        self._take: Take = lambda _layer: None
        #: What each layer's use counts for.
        self.weights: Callable[[], Mapping[str, float]] = dict
        self._search: LayerSearch | None = None

    @property
    def search(self) -> LayerSearch:
        """The search; made when it is first asked for, since making it would delay the first paint."""
        if self._search is None:
            from gui.canvas.search import LayerSearch

            self._search = LayerSearch(self._ground)
            self._search.chosen.connect(lambda layer: self._take(layer))
            self._search.chosen.connect(lambda _layer: self._ground.setFocus())
            self._search.left.connect(self._ground.setFocus)
        return self._search

    def leave(self) -> None:
        """Close the search where it is open."""
        if self._search is not None:
            self._search.leave()

    def ask(self, at: QPointF, take: Take, after: str | None = None) -> None:
        """Ask for any layer, near a place of the viewport; first for those that take what comes out of a node."""
        rank = self._given(after) if after is not None else None
        self._open(at, self._scene.document.catalogue.layers.values(), "Add a layer", take, rank)

    def ask_for(self, loose: Loose, take: Take) -> None:
        """Ask for a layer that fits a wire, where it was let go."""
        name = self._scene.graph.node(loose.end.node).name
        asks = f"Add a layer {'after' if loose.output else 'before'} {name}"
        at = self._ground.viewportTransform().map(loose.at)
        self._open(at, self._fitting(loose), asks, take, self._rank(loose))

    def ask_after(self, id: str, at: QPointF, take: Take) -> None:
        """Ask for a layer that can come after a node, near a place of the scene."""
        graph, catalogue = self._scene.graph, self._scene.document.catalogue
        given = wiring.outputs(graph, catalogue, id) if catalogue.known(graph.node(id).layer) else ()
        fitting = self._fitting(Loose(End(id, given[0].name), True, at)) if given else []
        asks = f"Insert a layer after {graph.node(id).name}"
        self._open(self._ground.viewportTransform().map(at), fitting, asks, take, self._given(id))

    def ask_instead(self, id: str, asks: str, at: QPointF, take: Take) -> None:
        """Ask for a layer in the place of a node, first those that keep its wires, then those alike."""
        catalogue, layer = self._scene.document.catalogue, self._scene.graph.node(id).layer
        known = catalogue.known(layer)
        lost = self._lost(id)
        specs = [spec for spec in catalogue.layers.values() if spec.name != layer and spec.name in lost]
        specs.sort(key=lambda spec: (lost[spec.name], *_unlike(spec, known)))
        self._open(self._ground.viewportTransform().map(at), specs, asks, take, None, sort=False)

    def _lost(self, id: str) -> dict[str, int]:
        """How many wires of a node would come off, by the layer that stood in its place."""
        catalogue, graph = self._scene.document.catalogue, self._scene.graph
        near = {end.node for edge in (*graph.into(id), *graph.out_of(id)) for end in (edge.source, edge.target)}
        alone = edits.piece(graph, {id, graph.owner(id).id, *near})
        found: dict[str, int] = {}
        for name in catalogue.layers:
            with contextlib.suppress(EngineError):
                found[name] = len(surgery.replaced(alone, catalogue, id, name).dropped)
        return found

    def _open(
        self, at: QPointF, specs: Iterable[LayerSpec], asks: str, take: Take, rank: int | None, *, sort: bool = True
    ) -> None:
        """Show the search; use lifts no layer that could not take a tensor of the rank at hand."""
        self._take = take
        specs = ordered(specs, rank) if sort else list(specs)
        fitting = {spec.name for spec in specs if takes(spec, rank)}
        weights = {name: weight for name, weight in self.weights().items() if name in fitting} if sort else {}
        self.search.open(at.toPoint(), specs, asks, weights)

    def _fitting(self, loose: Loose) -> list[LayerSpec]:
        catalogue, graph = self._scene.document.catalogue, self._scene.graph
        # A new layer closes no circle, so that the node by itself says what fits, however large the drawing.
        alone = edits.piece(graph, {loose.end.node, graph.owner(loose.end.node).id})
        ranks = {end: self._carried(end) if loose.output else None for end in loose.ends}
        return [
            spec
            for spec in catalogue.layers.values()
            if any(edits.fits(alone, catalogue, spec.name, end, ranks[end], output=loose.output) for end in loose.ends)
        ]

    def _given(self, id: str) -> int | None:
        """The rank of what comes out of a node first."""
        found = self._scene.facts.report.nodes.get(id)
        return next((len(tensor.shape) for tensor in found.outputs.values()), None) if found is not None else None

    def _rank(self, loose: Loose) -> int | None:
        """The rank of what a wire in hand carries, or of what it must where it leads into a layer that takes one."""
        if loose.output:
            return self._carried(loose.end)
        known = self._scene.document.catalogue.known(self._scene.graph.node(loose.end.node).layer)
        return known.ranks[0] if known is not None and len(known.ranks) == 1 else None

    def _carried(self, end: End) -> int | None:
        """The rank of what comes out of a port."""
        spec = self._scene.facts.carried(end)
        return len(spec.shape) if spec is not None else None


def _unlike(spec: LayerSpec, other: LayerSpec | None) -> tuple[bool, bool]:
    """Whether two layers never take tensors of one rank, and whether they are of two groups."""
    if other is None:
        return False, False
    apart = bool(spec.ranks and other.ranks) and not set(spec.ranks) & set(other.ranks)
    return apart, spec.group != other.group
