"""Which views make sense for a layer, and what of it each has to be sent. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.catalogue import Catalogue
from engine.graph import Graph, Node
from engine.looks import ATTENDING, RECURRENT, Look
from engine.report import Report
from engine.values import Part

#: The views by name, with their titles and the icons that stand for these where there is no room.
TITLES: Final[Mapping[str, str]] = {
    "maps": "Maps", "filters": "Filters", "likeness": "Likeness", "attention": "Attention", "states": "Over time",
}  # fmt: skip
ICONS: Final[Mapping[str, str]] = {
    "maps": "image", "filters": "layers", "likeness": "waypoints", "attention": "eye", "states": "activity",
}  # fmt: skip
#: What each view looks at.
SHOWS: Final[Mapping[str, Look]] = {
    "maps": "", "filters": "weights", "likeness": "", "attention": "scores", "states": "states",
}  # fmt: skip
#: Groups of layers that have weights of two axes where they have any, and layers of others that do.
_WEIGHTY: Final = frozenset({"Convolution", "Recurrent", "Attention"})
_WEIGHTY_LAYERS: Final = frozenset({"Dense", "EinsumDense", "Embedding", "ReversibleEmbedding"})
#: Layers whose weights have one axis.
_FLAT: Final = "Normalization"


def offered(node: Node, graph: Graph, catalogue: Catalogue, report: Report) -> tuple[str, ...]:
    """Return the views that a layer has something to show in, in their order."""
    tests = {
        "maps": True,
        "filters": has_filters(node, graph, catalogue, report),
        "likeness": _has_maps(node, report),
        "attention": node.layer in ATTENDING and _rank(node, report) in (3, None),
        "states": node.layer in RECURRENT and _goes_on_vectors(node),
    }
    return tuple(view for view, holds in tests.items() if holds)


def has_filters(node: Node, graph: Graph, catalogue: Catalogue, report: Report) -> bool:
    """Whether a layer has weights of two axes or more, as far as it is known before it is made."""
    spec, told = catalogue.known(node.layer), report.nodes.get(node.id)
    if spec is None or spec.group == _FLAT:
        return False
    own = graph.owner(node.id).id == node.id
    if told is not None and told.known and own:
        return told.parameters > 0
    return spec.group in _WEIGHTY or node.layer in _WEIGHTY_LAYERS


def _rank(node: Node, report: Report) -> int | None:
    """How many axes the output has, the batch's among them; along several at once nobody can see what looks at what."""
    told = report.nodes.get(node.id)
    first = next(iter(told.outputs.values()), None) if told is not None else None
    return len(first.shape) if first is not None else None


def _goes_on_vectors(node: Node) -> bool:
    """Whether the state is a vector: what goes both ways may hold a layer whose state is an image."""
    within = node.values.get("layer")
    return not isinstance(within, Part) or within.class_name in RECURRENT


def _has_maps(node: Node, report: Report) -> bool:
    """Whether one sample's output has several maps, or features through time."""
    told = report.nodes.get(node.id)
    first = next(iter(told.outputs.values()), None) if told is not None else None
    return first is not None and len(first.shape) > 2 and first.shape[-1] != 1
