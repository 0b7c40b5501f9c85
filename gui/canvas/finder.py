"""Opens the search for what is to be added: at the mouse, after a node, or where a wire was let go."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF

from engine.specs import LayerSpec
from gui.canvas import edits
from gui.canvas.gestures import Loose
from gui.canvas.ground import Ground
from gui.canvas.scene import Scene
from gui.canvas.search import LayerSearch

Take = Callable[[str], object]


class Finder:
    """Holds the one search and what its answer is for."""

    def __init__(self, ground: Ground, scene: Scene) -> None:
        self._ground, self._scene = ground, scene
        self._take: Take = lambda _layer: None
        self.search = LayerSearch(ground)
        self.search.chosen.connect(lambda layer: self._take(layer))

    def ask(self, at: QPointF, take: Take) -> None:
        """Ask for any layer, near a place of the viewport."""
        self._open(at, self._scene.document.catalogue.layers.values(), "Add a layer", take)

    def ask_for(self, loose: Loose, take: Take) -> None:
        """Ask for a layer that fits a wire, where it was let go."""
        name = self._scene.graph.node(loose.end.node).name
        asks = f"Add a layer {'after' if loose.output else 'before'} {name}"
        at = self._ground.viewportTransform().map(loose.at)
        self._open(at, self._fitting(loose), asks, take)

    def _open(self, at: QPointF, specs: Iterable[LayerSpec], asks: str, take: Take) -> None:
        self._take = take
        self.search.open(at.toPoint(), specs, asks)

    def _fitting(self, loose: Loose) -> list[LayerSpec]:
        catalogue, graph = self._scene.document.catalogue, self._scene.graph
        # A new layer closes no circle, so that the node by itself says what fits, however large the drawing.
        alone = edits.piece(graph, {loose.end.node, graph.owner(loose.end.node).id})
        found = self._scene.facts.report.nodes.get(loose.end.node)
        tensor = found.outputs.get(loose.end.port) if found is not None and loose.output else None
        rank = len(tensor.shape) if tensor is not None else None
        return [
            spec
            for spec in catalogue.layers.values()
            if edits.fits(alone, catalogue, spec.name, loose.end, rank, output=loose.output)
        ]
