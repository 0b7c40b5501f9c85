"""What the lines of one function know: a drawing, its variables, what its layers are called. Spells no calls."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from engine import formula, wiring
from engine.catalogue import Catalogue
from engine.code.names import Names
from engine.graph import Edge, End, Graph
from engine.values import Formula, FrozenMap, Value

#: The parameter of a block's function that says what its layers' names begin with.
NAME: Final = "name"
#: Counts the units of a row.
UNIT: Final = "unit"


@dataclass(frozen=True, slots=True)
class Signature:
    """A block's function: its name, and the variables of the block's parameters in it, by parameter."""

    function: str
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """A drawing, or the inside of a block.

    Attributes:
        graph: Without dots and what is bypassed or left out.
        into: The wires into each node.
        called: What each layer is called in the script, by node id.
        functions: How each block's function is called, by block.
        parameters: The variables of the block's parameters, by parameter; nothing outside blocks.
        inside: Whether names begin with what the function is given.
    """

    graph: Graph
    catalogue: Catalogue
    names: Names
    into: Mapping[str, Sequence[Edge]]
    called: Mapping[str, str]
    functions: Mapping[str, Signature] = field(default_factory=dict)
    parameters: Mapping[str, str] = field(default_factory=dict)
    inside: bool = False

    def values(self, id: str) -> tuple[FrozenMap[Value], FrozenMap[Value]]:
        """Return what a node's layer is made of and what its call is given.

        Formulas speak of the block's parameters by the variables that those have here.
        """
        made, given = wiring.values(self.graph, self.catalogue, id)
        return self._spoken(made), self._spoken(given)

    def _spoken(self, values: FrozenMap[Value]) -> FrozenMap[Value]:
        def change(text: str) -> Value:
            return Formula(formula.respelled(text, self.parameters))

        return FrozenMap({name: formula.mapped(value, change) for name, value in values.items()})

    def name(self, text: str, *, unit: bool = False) -> ast.expr:
        """Spell a layer's name as it is in this function, or what those of a block begin with: `f"{name}.conv"`.

        With `unit`, the number of the unit follows: `f"{name}.stage.unit{unit}"`.
        """
        parts: list[ast.expr] = [_variable(NAME), ast.Constant(f".{text}")] if self.inside else [ast.Constant(text)]
        if unit:
            parts = [*parts, ast.Constant(".unit"), _variable(UNIT)]
        return ast.JoinedStr(parts) if len(parts) > 1 else parts[0]

    def tensor(self, end: End) -> ast.expr:
        return ast.Name(self.names.tensors[end])


def _variable(name: str) -> ast.expr:
    return ast.FormattedValue(ast.Name(name), -1)


def wires_into(graph: Graph) -> Mapping[str, Sequence[Edge]]:
    into: dict[str, list[Edge]] = {id: [] for id in graph.nodes}
    for edge in graph.edges:
        into[edge.target.node].append(edge)
    return into
