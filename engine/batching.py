"""How samples are laid in batches: of a fixed size where the network asks for one, row by row where they follow each
other. Knows no Keras, no Qt.
"""

from __future__ import annotations

import numpy as np

from engine import wiring
from engine.catalogue import Catalogue
from engine.data.columns import Samples
from engine.datasets import DataSpec, Split
from engine.errors import RecipeError
from engine.graph import Graph, Node
from engine.recipe import Recipe
from engine.values import Part
from engine.wiring import title


def remembering(graph: Graph) -> tuple[Node, ...]:
    """Return the nodes that begin each batch with the state in which they ended the last."""
    return tuple(node for node in graph.nodes.values() if _remembers(node))


def _remembers(node: Node) -> bool:
    within = node.values.get("layer")
    return bool(node.values.get("stateful") or (isinstance(within, Part) and within.values.get("stateful")))


def fixed(graph: Graph, catalogue: Catalogue) -> dict[str, int]:
    """Return the batch size of each input that fixes one, by its id."""
    sizes = {id: catalogue.value(graph.node(id), "batch_size") for id in wiring.model_inputs(graph, catalogue)}
    return {id: size for id, size in sizes.items() if isinstance(size, int)}


def check_batches(graph: Graph, catalogue: Catalogue, recipe: Recipe) -> None:
    """Raise RecipeError, at its node, where batches have another size than the network, which is resolved, takes."""
    sizes, size = fixed(graph, catalogue), recipe.batch_size
    for node in (graph.node(id) for id in wiring.model_inputs(graph, catalogue)):
        given = sizes.get(node.id)
        for layer in remembering(graph)[:1] if given is None else ():
            raise RecipeError(
                f"{title(layer)} remembers from batch to batch, so {title(node)} says how many samples one holds",
                received="any number", hint=f"Set its batch size to {size}", node=node.id,
            )  # fmt: skip
        if given not in (None, size):
            raise RecipeError(
                f"{title(node)} takes {given} samples at a time, no more and no fewer; batches here hold {size}",
                hint="Set one of the two to the other, or clear the input's batch size", node=node.id,
            )  # fmt: skip


def laid_out(split: Split, spec: DataSpec, graph: Graph, catalogue: Catalogue, recipe: Recipe) -> Split:
    """Return samples as they are fed: batches of a fixed size are all whole, and what follows each other stays so.

    Raises:
        RecipeError: No batch is left to train on.
    """
    if not spec.ordered and not fixed(graph, catalogue):
        return split
    lay = in_rows if spec.ordered else whole_batches
    train, validation, test = (lay(part, recipe.batch_size) for part in (split.train, split.validation, split.test))
    if not len(train):
        raise RecipeError(
            f"A batch of {recipe.batch_size} is whole or is not fed", received=f"{len(split.train)} training samples",
            hint="Set a smaller batch size",
        )  # fmt: skip
    return Split(train, validation, test)


def whole_batches(samples: Samples, size: int) -> Samples:
    """Leave out the samples that fill no batch."""
    return samples.taken(slice(len(samples) // size * size))


def in_rows(samples: Samples, size: int) -> Samples:
    """Order samples so that the one at a place in a batch continues the one at that place in the batch before.

    The whole is cut into as many stretches as a batch has places; what fills no batch is left out.
    """
    batches = len(samples) // size
    return samples.taken(np.arange(batches * size).reshape(size, batches).T.reshape(-1))
