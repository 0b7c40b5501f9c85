"""The sizes that a drawing can be had in, as values, and as JSON and back, every word of it checked. Knows no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

from engine.blocks_json import check_identifier
from engine.catalogue import Catalogue
from engine.errors import ProjectError
from engine.graph import MODES, Mode
from engine.graph_json import refuse_unknown
from engine.recipe import recipe_from_json
from engine.values import FrozenMap, Json, Value, values_from_json, values_to_json

#: No drawing comes in more sizes.
MOST: Final = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NodeSize:
    """What a node is in a size: all its values, its layer, its mode; None and an empty layer leave it as it is."""

    values: FrozenMap[Value] | None = None
    layer: str = ""
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class BlockSize:
    """What a block is in a size: nodes of its definition, by id, and defaults of its parameters, by name."""

    nodes: FrozenMap[NodeSize] = field(default_factory=FrozenMap)
    parameters: FrozenMap[Value] = field(default_factory=FrozenMap)


@dataclass(frozen=True, slots=True)
class Size:
    """How a drawing and its recipe are at one size: nodes by id, blocks by name, entries of the recipe as in a file."""

    nodes: FrozenMap[NodeSize] = field(default_factory=FrozenMap)
    blocks: FrozenMap[BlockSize] = field(default_factory=FrozenMap)
    recipe: FrozenMap[Json] = field(default_factory=FrozenMap)


# -- writing


def to_json(sizes: Mapping[str, Size]) -> dict[str, dict[str, Json]]:
    """Spell sizes by name; what a size leaves as it is, is left out."""
    return {name: _size_to_json(size) for name, size in sizes.items()}


def _size_to_json(size: Size) -> dict[str, Json]:
    blocks = {
        name: _filled({"nodes": _nodes_to_json(block.nodes), "parameters": values_to_json(block.parameters)})
        for name, block in size.blocks.items()
    }
    return _filled({"nodes": _nodes_to_json(size.nodes), "blocks": blocks, "recipe": dict(size.recipe)})


def _nodes_to_json(nodes: Mapping[str, NodeSize]) -> dict[str, Json]:
    return {id: _node_to_json(node) for id, node in nodes.items()}


def _node_to_json(node: NodeSize) -> Json:
    spelled: dict[str, Json] = {} if node.values is None else {"values": values_to_json(node.values)}
    spelled |= {"layer": node.layer} if node.layer else {}
    return spelled | ({} if node.mode is None else {"mode": node.mode})


def _filled(parts: Mapping[str, Json]) -> dict[str, Json]:
    return {key: part for key, part in parts.items() if part}


# -- reading


def from_json(data: Json, catalogue: Catalogue) -> FrozenMap[Size]:
    """Read sizes, or raise EngineError; whether the drawing has what they speak of, `engine.sizes` asks."""
    sizes = _each(data, "sizes", lambda name, item: _size(name, item, catalogue))
    if len(sizes) > MOST or not all(1 <= len(name) <= 64 and name.isprintable() for name in sizes):
        raise ProjectError(f"sizes are at most {MOST}, with short names", received=repr(list(sizes))[:80])
    return sizes


def chosen_from_json(word: Json, sizes: Mapping[str, Size]) -> str:
    """Read which size a drawing has, or raise ProjectError."""
    if not isinstance(word, str) or (word and word not in sizes):
        raise ProjectError(f"size is one of {', '.join(sizes) or 'none'}", received=repr(word)[:80])
    return word


def _size(name: str, data: Json, catalogue: Catalogue) -> Size:
    _object(data, {"nodes", "blocks", "recipe"}, f"The size {name}")
    blocks = _each(data.get("blocks", {}), "blocks of a size", _block)
    recipe_from_json(data.get("recipe", {}), catalogue)
    return Size(_nodes(data), blocks, FrozenMap(data.get("recipe", {})))


def _block(name: str, data: Json) -> BlockSize:
    check_identifier(name, "A block's name")
    _object(data, {"nodes", "parameters"}, f"What the block {name} is in a size")
    return BlockSize(_nodes(data), values_from_json(data.get("parameters", {})))


def _nodes(data: Mapping[str, Json]) -> FrozenMap[NodeSize]:
    return _each(data.get("nodes", {}), "nodes of a size", _node)


def _node(id: str, data: Json) -> NodeSize:
    _object(data, {"values", "layer", "mode"}, f"What the node {id} is in a size")
    layer, mode = data.get("layer", ""), data.get("mode")
    if not isinstance(layer, str) or len(layer) > 64:
        raise ProjectError("A node's layer is a short text", received=repr(layer)[:80])
    if mode not in (None, *MODES):
        raise ProjectError(f"A node's mode is one of {', '.join(filter(None, MODES))}", received=repr(mode)[:80])
    return NodeSize(values_from_json(data["values"]) if "values" in data else None, layer, mode)


def _each(data: Json, what: str, read: Callable[[str, Json], T]) -> FrozenMap[T]:
    if not isinstance(data, dict):
        raise ProjectError(f"{what} is an object", received=repr(data)[:80])
    return FrozenMap({name: read(name, item) for name, item in data.items()})


def _object(data: Json, known: set[str], owner: str) -> None:
    if not isinstance(data, dict):
        raise ProjectError(f"{owner[:60]} is an object of {', '.join(sorted(known))}", received=repr(data)[:80])
    refuse_unknown(data, known, owner[:60])
