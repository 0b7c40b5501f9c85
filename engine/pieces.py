"""What a drawing is made of, as values: nodes, wires, frames, notes. Knows no layer, no Qt."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from engine.errors import GraphError
from engine.values import FrozenMap, Value

#: What Keras and TensorFlow's name scopes both take as a layer's name.
NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.\-]{0,63}")
Point = tuple[float, float]
#: A bypassed node passes its first input on; a disabled one is left out with all that only it feeds.
Mode: TypeAlias = Literal["", "bypass", "disable"]
MODES: Final[tuple[Mode, ...]] = ("", "bypass", "disable")
#: What nodes, frames and notes can be coloured; empty for the colour of the layer's group.
COLOURS: Final = ("", "red", "orange", "yellow", "green", "teal", "blue", "purple", "pink", "grey")
#: The layer of a dot on a wire: what comes in goes out.
REROUTE: Final = "Reroute"
#: Where a tensor comes into a block, and where one leaves it; the node's name is that of the block's port.
INLET: Final = "Inlet"
OUTLET: Final = "Outlet"
#: Before a block's name, in the `layer` of a node that is an instance of it.
BLOCK: Final = "block:"


@dataclass(frozen=True, slots=True)
class Node:
    """One call of a layer.

    `values` holds only what differs from the layer's defaults. A node with `shares` calls the
    layer of that other node again, with the same weights; its own `layer` is that node's layer and
    its own `values` hold call arguments only. In a block, `when` names the parameter that must be
    true for the node to take part: else it passes its first input on.
    """

    id: str
    layer: str
    name: str
    values: FrozenMap[Value] = field(default_factory=FrozenMap)
    at: Point = (0.0, 0.0)
    shares: str | None = None
    mode: Mode = ""
    colour: str = ""
    collapsed: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """A titled rectangle behind nodes; those that lie within it move with it."""

    id: str
    title: str = ""
    at: Point = (0.0, 0.0)
    size: Point = (240.0, 160.0)
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """Markdown text on the ground, as large as it is wide."""

    id: str
    text: str = ""
    at: Point = (0.0, 0.0)
    size: Point = (240.0, 120.0)
    colour: str = ""


@dataclass(frozen=True, slots=True, order=True)
class End:
    """A port of a node, as an edge sees it."""

    node: str
    port: str


@dataclass(frozen=True, slots=True, order=True)
class Edge:
    """A wire from an output port to an input port."""

    source: End
    target: End

    def __hash__(self) -> int:
        """Hash the four words at once: wires are looked up by the thousand."""
        return hash((self.source.node, self.source.port, self.target.node, self.target.port))


@dataclass(frozen=True, slots=True)
class BlockParameter:
    """What an instance of a block may have otherwise than others.

    Attributes:
        name: An identifier: formulas and code speak of it.
        kind: A key of `engine.kinds.KINDS`.
        default: What an instance has that says nothing; also what a block's own window shows.
        first: Where an instance is repeated, its value is that of the first alone; the others have the default.
        help: What it is for, in a line.
    """

    name: str
    kind: str
    default: Value
    first: bool = False
    help: str = ""


def check_name(name: str, node: str | None = None) -> None:
    """Raise GraphError unless Keras, TensorFlow and a file can all take `name` as a layer's name."""
    if not NAME.fullmatch(name):
        raise GraphError(
            "A name starts with a letter and holds letters, digits, '_', '.' and '-', at most 64",
            received=repr(name[:80]), node=node,
        )  # fmt: skip
