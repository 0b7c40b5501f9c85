"""What studies can offer of a network and its data. Knows no run and no widget."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.catalogue import Catalogue
from engine.data.columns import Column
from engine.datasets import DataSpec, dataset
from engine.errors import EngineError
from engine.feeding import feeding
from engine.graph import Graph, order
from engine.recipe import Recipe
from engine.resolve import resolved
from engine.unfold import spelled
from gui.document import Document


@dataclass(frozen=True, slots=True)
class Studied:
    """The network that studies ask about: that of a run, or the one on screen before there is one.

    Attributes:
        outputs: By the name of each output, in the network's order, what it learns; none where the data do not fit.
    """

    root: Graph = field(default_factory=Graph)
    recipe: Recipe = field(default_factory=Recipe)
    network: Graph = field(default_factory=Graph)
    outputs: tuple[tuple[str, Column], ...] = ()

    @classmethod
    def of(cls, root: Graph, recipe: Recipe, catalogue: Catalogue) -> Studied:
        network = resolved(root, catalogue)
        return cls(root, recipe, network, _outputs(network, recipe, catalogue))

    @classmethod
    def on_screen(cls, document: Document) -> Studied:
        return cls.of(document.root, document.recipe, document.catalogue)

    def layers(self) -> list[tuple[str, str]]:
        """Return the layers from input to output: id and words."""
        nodes = self.network.nodes
        return [(id, f"{spelled(id, self.root)}  ·  {nodes[id].layer}") for id in order(self.network).ids]

    def penultimate(self) -> str:
        """Return the last layer before an output that acts on numbers: what the answer is read from."""
        graph = self.network
        ids = [id for id in order(graph).ids if graph.out_of(id)]
        acting = [id for id in ids if graph.nodes[id].layer not in ("Dropout", "InputLayer", "Flatten", "Activation")]
        return (acting or ids or [""])[-1]

    def has_rows(self, id: str) -> bool:
        """Whether a layer has a row for each word."""
        node = self.network.nodes.get(id)
        return node is not None and node.layer in ("Embedding", "ReversibleEmbedding")

    def name(self, output: int) -> str:
        """Return an output's name where there are several to tell apart."""
        return self.outputs[output][0] if output < len(self.outputs) and len(self.outputs) > 1 else ""

    def target(self, output: int) -> str:
        """Return the name of what an output learns."""
        return self.outputs[output][1].name if output < len(self.outputs) else ""

    def classes(self, output: int) -> tuple[str, ...]:
        """Return the names of the classes that an output tells of a sample."""
        column = self.outputs[output][1] if output < len(self.outputs) else None
        return column.words if column is not None and not column.shape else ()

    def same_classes(self) -> bool:
        """Whether all outputs learn the same of a sample."""
        return len({column.name for _, column in self.outputs}) < 2


def _outputs(network: Graph, recipe: Recipe, catalogue: Catalogue) -> tuple[tuple[str, Column], ...]:
    try:
        return feeding(network, catalogue, recipe, dataset(recipe.data)).outputs
    except EngineError:
        return ()  # the list of problems says what is wrong with it; no run of it can be studied


def unfit(spec: DataSpec | None) -> set[str]:
    """Return the options that have no meaning for the data: words have no strength by place, vectors no patch."""
    columns = spec.inputs if spec is not None else ()
    found: set[str] = set()
    if columns and all(column.task != "numbers" for column in columns):
        found |= {"look", "copies"}
    if columns and not any(len(column.shape) > 2 for column in columns):
        found |= {"patch"}
    return found
