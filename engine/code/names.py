"""Gives every tensor and shared layer of a drawing a Python variable of its own. Spells nothing else."""

from __future__ import annotations

import builtins
import keyword
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from engine import wiring
from engine.catalogue import Catalogue
from engine.code.own import classes
from engine.graph import End, Graph

#: What the script itself calls something.
OWN: Final = frozenset({
    "np", "keras", "layers", "ops", "Path", "FOLDER", "DATA", "MODEL", "SEED", "BATCH_SIZE", "EPOCHS", "load_data",
    "build_model", "main", "model", "shuffled", "math", "count", "itemgetter", "Iterator", "Any", "Forget",
    "Checkpoints", "CHECKPOINTS",
})  # fmt: skip
TAKEN: Final = frozenset({*keyword.kwlist, *keyword.softkwlist, *dir(builtins), *OWN})
_NUMBER: Final = re.compile(r"_\d+$")
#: Operations that Keras calls otherwise where they are written with a sign.
STEMS: Final[Mapping[str, tuple[str, ...]]] = {"divide": ("divide", "true_divide")}
#: Stands for an output that nothing uses.
UNUSED: Final = "_"


@dataclass(frozen=True, slots=True)
class Names:
    """Variables: of each output port that is used, and of each layer that is called more than once, by its owner."""

    tensors: Mapping[End, str]
    layers: Mapping[str, str]


def given(catalogue: Catalogue, more: Iterable[str] = ()) -> set[str]:
    """Return what no variable of a script may be called: what it imports, its own names and some more."""
    return {*TAKEN, "Any", *classes(), *(spec.name for spec in catalogue.layers.values() if spec.file), *more}


def variables(graph: Graph, catalogue: Catalogue, taken: set[str], kept: Collection[End] = ()) -> Names:
    """Name a node's first output as the node; what else needs a variable is named after it: `lstm_state_h`.

    Args:
        taken: What no variable may be called, from `given`.
        kept: Outputs that are used though no wire leads from them.
    """
    tensors: dict[End, str] = {}
    used = {edge.source for edge in graph.edges} | set(kept)
    ports = {id: [port.name for port in wiring.outputs(graph, catalogue, id)] for id in graph.nodes}
    for id, node in graph.nodes.items():
        for port in ports[id][:1]:
            tensors[End(id, port)] = free(node.name, taken)
    for id, node in graph.nodes.items():
        for port in ports[id][1:]:
            if End(id, port) in used:
                tensors[End(id, port)] = free(f"{node.name}_{port}", taken)
    shared = dict.fromkeys(node.shares for node in graph.nodes.values() if node.shares is not None)
    shared = {id: None for id in shared if not catalogue.layer(graph.node(id).layer).operation}
    layers = {id: free(f"{graph.node(id).name}_layer", taken) for id in shared}
    return Names({end: name if end in used else UNUSED for end, name in tensors.items()}, layers)


def layer_names(graph: Graph, catalogue: Catalogue) -> Mapping[str, str]:
    """Return what each layer is called in the script, by node id: as the node.

    Where keras.ops is called, Keras itself calls what that makes `add`, `add_1`; a layer of such a name has another.
    """
    specs = {id: catalogue.layer(node.layer) for id, node in graph.nodes.items()}
    stems = {stem for spec in specs.values() if spec.operation for stem in STEMS.get(spec.stem, (spec.stem,))}
    taken = {node.name for node in graph.nodes.values()}
    called: dict[str, str] = {}
    for id, node in graph.nodes.items():
        clashes = not specs[id].operation and _NUMBER.sub("", node.name) in stems
        called[id] = free(f"{node.name}_layer", taken) if clashes else node.name
    return called


def free(text: str, given: set[str]) -> str:
    """Make an identifier of a text, and one of its own: `input_` for `input`, `conv_2` where `conv` is given."""
    word = identifier(text)
    name, number = word, 1
    while name in given:
        number += 1
        name = f"{word}_" if number == 2 and word in TAKEN else f"{word.rstrip('_')}_{number}"
    given.add(name)
    return name


def identifier(text: str) -> str:
    """Keep of a text what an identifier can hold; it begins with a letter."""
    word = re.sub(r"[^A-Za-z0-9_]+", "_", text)
    return word if re.match(r"[A-Za-z]", word) else f"layer_{word.strip('_')}".rstrip("_")
