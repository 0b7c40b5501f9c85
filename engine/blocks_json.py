"""Blocks as JSON, and back, every word of it checked: parameters, and the drawing of the definition. Knows no file."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping
from typing import Final

from engine.errors import GraphError
from engine.graph import BLOCK, INLET, OUTLET, Block, BlockParameter, Graph, Node
from engine.kinds import KINDS
from engine.values import FrozenMap, Json, value_from_json, value_to_json

#: No drawing has more blocks, no block more parameters.
MOST: Final = 500
MOST_PARAMETERS: Final = 64
#: The longest note on a block that is read, and help on a parameter.
TEXT: Final = 2_000
_KEYS: Final = {"parameters", "nodes", "edges", "frames", "notes", "note", "colour"}
_PARAMETER: Final = {"name", "kind", "default", "first", "help"}
_IDENTIFIER: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
Read = Callable[[Json], Graph]
Write = Callable[[Graph], Json]


def to_json(blocks: Mapping[str, Block], write: Write) -> Json:
    """Spell blocks by name; `write` spells a drawing."""
    return {name: _block_to_json(block, write) for name, block in blocks.items()}


def _block_to_json(block: Block, write: Write) -> Json:
    graph = {key: items for key, items in write(block.graph).items() if key != "blocks"}
    rest = {"note": block.note, "colour": block.colour}
    spelled = {"parameters": [_parameter_to_json(parameter) for parameter in block.parameters]} | graph
    return spelled | {key: value for key, value in rest.items() if value}


def _parameter_to_json(parameter: BlockParameter) -> Json:
    rest = {"first": parameter.first, "help": parameter.help}
    spelled = {"name": parameter.name, "kind": parameter.kind, "default": value_to_json(parameter.default)}
    return spelled | {key: value for key, value in rest.items() if value}


def from_json(data: Json, read: Read) -> FrozenMap[Block]:
    """Read blocks, or raise GraphError; `read` reads a drawing."""
    if not isinstance(data, dict) or len(data) > MOST:
        raise GraphError(f"Blocks are an object of at most {MOST} names and definitions", received=repr(data)[:80])
    for name in data:
        check_identifier(name, "A block's name")
    blocks = FrozenMap({name: _block(name, body, read) for name, body in data.items()})
    refuse_circle(blocks)
    return blocks


def _block(name: str, data: Json, read: Read) -> Block:
    if not isinstance(data, dict) or not data.keys() <= _KEYS:
        raise GraphError(f"The block {name} is an object of {', '.join(sorted(_KEYS))}", received=repr(data)[:80])
    graph = read({key: data[key] for key in ("nodes", "edges", "frames", "notes") if key in data})
    items = data.get("parameters", [])
    if not isinstance(items, list) or len(items) > MOST_PARAMETERS:
        raise GraphError(f"A block has a list of at most {MOST_PARAMETERS} parameters", received=repr(items)[:80])
    parameters = tuple(_parameter(item) for item in items)
    if len({parameter.name for parameter in parameters}) < len(parameters):
        raise GraphError(f"Each parameter of the block {name} stands once", received="a name twice")
    _check_ports(name, graph)
    return Block(name, graph, parameters, _text(data.get("note", "")), _text(data.get("colour", "")))


def _parameter(data: Json) -> BlockParameter:
    if not isinstance(data, dict) or not {"name", "kind", "default"} <= data.keys() <= _PARAMETER:
        raise GraphError("A block's parameter has a name, a kind and a default", received=repr(data)[:80])
    name, kind, first = check_identifier(data["name"], "A parameter's name"), data["kind"], data.get("first", False)
    if kind not in KINDS or not isinstance(first, bool):
        raise GraphError(f"A parameter is of one of the kinds {', '.join(KINDS)}", received=repr(kind)[:80])
    return BlockParameter(name, kind, value_from_json(data["default"]), first, _text(data.get("help", "")))


def check_identifier(word: Json, what: str) -> str:
    """Return a word that formulas and code can speak of, or raise GraphError."""
    if isinstance(word, str) and _IDENTIFIER.fullmatch(word) and not keyword.iskeyword(word):
        return word
    raise GraphError(
        f"{what} starts with a letter, holds letters, digits and '_', and is no word of Python's",
        received=repr(word)[:80],
    )


def _check_ports(name: str, graph: Graph) -> None:
    ports = [(node.layer, node.name) for node in graph.nodes.values() if node.layer in (INLET, OUTLET)]
    if len(set(ports)) < len(ports):
        raise GraphError(f"The ports of the block {name} have names of their own", received="a name twice")


def _text(data: Json) -> str:
    if not isinstance(data, str) or len(data) > TEXT:
        raise GraphError(f"A note on a block is a text of at most {TEXT:,} letters", received=repr(data)[:80])
    return data


def refuse_circle(blocks: Mapping[str, Block]) -> None:
    """Raise GraphError where a block stands in itself, be it in another that stands in it."""
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise GraphError("A block does not stand in itself", received=" in ".join((*above, name))[:80])
        if name not in done and name in blocks:
            for inner in sorted(inner_blocks(blocks[name].graph.nodes)):
                visit(inner, (*above, name))
            done.add(name)

    for name in blocks:
        visit(name, ())


def inner_blocks(nodes: Mapping[str, Node]) -> set[str]:
    """The names of the blocks that some nodes are instances of."""
    return {node.layer.removeprefix(BLOCK) for node in nodes.values() if node.layer.startswith(BLOCK)}
