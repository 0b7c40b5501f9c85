"""Spells the blocks of a drawing as functions, where the drawing can be spelled so. Knows no recipe.

It cannot where an instance shares another's layers, where an inlet of one is not wired, or where a layer in a block
feeds nothing: then the network is spelled flat, as it is built.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from engine import wiring
from engine.catalogue import Catalogue
from engine.code import names
from engine.code.level import Line, lines
from engine.code.scope import NAME, UNIT, Scope, Signature, wires_into
from engine.code.spell import argument
from engine.code.wrap import WIDTH, block, docstring, one_line
from engine.fittings import REPEAT
from engine.graph import BLOCK, INLET, OUTLET, Block, End, Graph
from engine.kinds import ParameterSpec
from engine.resolve import level, resolve
from engine.unfold import unfolded
from engine.values import Value
from engine.ways import block_of, inlets, is_instance, outlets

TENSOR: Final = "keras.KerasTensor"
#: The type of a block's parameter in its function, by kind; others have none.
TYPES: Final[Mapping[str, str]] = {
    "int": "int", "float": "float", "bool": "bool", "text": "str", "choice": "str", "activation": "str",
    "dtype": "str", "sizes": "int | tuple[int, ...]", "shape": "tuple[int, ...]",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Structure:
    """A drawing that can be spelled by its blocks.

    Attributes:
        root: The outermost drawing, without dots and what is bypassed or left out.
        insides: The same of each block that it uses, the inner ones first.
        ends: Where the model's outputs come from, in `root`.
    """

    root: Graph
    catalogue: Catalogue
    insides: Mapping[str, Graph]
    ends: Sequence[End]


def structure(drawing: Graph, catalogue: Catalogue) -> Structure | None:
    """Return how a drawing without errors is spelled by its blocks; None where it is spelled flat."""
    known = catalogue.with_blocks(drawing.blocks)
    root = level(drawing, known).graph
    if not any(map(is_instance, root.nodes.values())):
        return None
    insides: dict[str, Graph] = {}
    if not _collect(root, known, insides) or not _are_called_as_drawn(drawing, catalogue):
        return None
    ends = _ends(drawing, root, catalogue)
    return None if ends is None else Structure(root, known, insides, ends)


def _collect(graph: Graph, catalogue: Catalogue, insides: dict[str, Graph]) -> bool:
    """Take up the blocks that a drawing uses, and say whether all can be spelled."""
    into = wires_into(graph)
    for node in graph.nodes.values():
        if not is_instance(node):
            continue
        definition = block_of(node, graph.blocks)
        shared = node.shares is not None or any(other.shares == node.id for other in graph.nodes.values())
        if definition is None or shared or {edge.target.port for edge in into[node.id]} != _ports(definition):
            return False
        if definition.name not in insides:
            inner = level(replace(definition.graph, blocks=graph.blocks), catalogue).graph
            if not _is_whole(definition, inner) or not _collect(inner, catalogue, insides):
                return False
            insides[definition.name] = inner
    return True


def _ports(definition: Block) -> set[str]:
    return {inlet.name for inlet in inlets(definition)}


def _is_whole(definition: Block, inner: Graph) -> bool:
    """Whether all that comes in is there and all that is inside goes on to an outlet."""
    into, feeding = wires_into(inner), {edge.source.node for edge in inner.edges}
    for node in definition.graph.nodes.values():
        if node.layer in (INLET, OUTLET) and node.id not in inner.nodes:
            return False
    takes = {node.id for node in inner.nodes.values() if node.layer != INLET}
    gives = {node.id for node in inner.nodes.values() if node.layer not in (INLET, OUTLET)}
    return all(into[id] for id in takes) and gives <= feeding


def _are_called_as_drawn(drawing: Graph, catalogue: Catalogue) -> bool:
    """Whether each layer bears the name that the way to it gives."""
    flat = resolve(drawing, catalogue).graph
    called = names.layer_names(flat, catalogue)
    return all(called[id] == node.name for id, node in flat.nodes.items())


def _ends(drawing: Graph, root: Graph, catalogue: Catalogue) -> Sequence[End] | None:
    """Find the flat model's outputs at the ports of the outermost drawing; None where one is inside a block."""
    meant, exits = resolve(drawing, catalogue), unfolded(drawing, catalogue).exits
    if not set(wiring.model_inputs(meant.graph, catalogue)) <= root.nodes.keys():
        return None
    places = {
        meant.source(end): End(id, port) for id in root.nodes for port, end in exits.get(id, {}).items()
    }  # fmt: skip
    found = [end if end.node in root.nodes else places.get(end) for end in wiring.model_outputs(meant.graph, catalogue)]
    return None if None in found else [end for end in found if end is not None]


# -- the script's own


def signatures(made: Structure) -> Mapping[str, Signature]:
    """Name the functions of blocks, and their parameters."""
    taken = {*names.given(made.catalogue), NAME, UNIT}
    functions = {name: names.free(name.lower(), taken) for name in made.insides}
    found = {}
    for name, inner in made.insides.items():
        own = set(taken)
        parameters = {p.name: names.free(p.name, own) for p in inner.blocks[name].parameters}
        found[name] = Signature(functions[name], parameters)
    return found


def scope(made: Structure, known: Mapping[str, Signature]) -> Scope:
    """Return what the lines of the outermost drawing know."""
    taken = {*names.given(made.catalogue, (NAME, UNIT)), *(signature.function for signature in known.values())}
    kept = [*made.ends, *_rows(made.root, made.catalogue)]
    variables = names.variables(made.root, made.catalogue, taken, kept)
    called = {id: node.name for id, node in made.root.nodes.items()}
    return Scope(made.root, made.catalogue, variables, wires_into(made.root), called, known)


def functions(made: Structure, known: Mapping[str, Signature]) -> Iterator[str]:
    """Spell the function of each block, the inner ones first."""
    for name, inner in made.insides.items():
        definition = inner.blocks[name]
        inside = _inside(made, known, definition, inner)
        gives = [inside.tensor(inside.into[outlet.id][0].source) for outlet in outlets(definition)]
        body = _returned(list(lines(inside)), gives)
        head = _head(inside, known[name], definition, made.catalogue)
        yield "\n".join([*head, f"    {docstring(_about(definition))}", *block(body, 4)]) + "\n"


def _returned(body: list[Line], gives: Sequence[ast.expr]) -> list[Line]:
    """Return what a block gives; what the last line makes, at once."""
    match body[-1:], gives:
        case [ast.Assign(targets=[ast.Name(id=name)], value=value)], [ast.Name(id=given)] if name == given:
            return [*body[:-1], ast.Return(value)]
    return [*body, ast.Return(gives[0] if len(gives) == 1 else ast.Tuple(list(gives)))]


def _inside(made: Structure, known: Mapping[str, Signature], definition: Block, inner: Graph) -> Scope:
    own = known[definition.name].parameters
    functions = (signature.function for signature in known.values())
    taken = {*names.given(made.catalogue, (NAME, UNIT)), *functions, *own.values()}
    variables = names.variables(inner, made.catalogue, taken, _rows(inner, made.catalogue))
    called = {id: node.name for id, node in inner.nodes.items()}
    return Scope(inner, made.catalogue, variables, wires_into(inner), called, known, own, inside=True)


def _rows(graph: Graph, catalogue: Catalogue) -> list[End]:
    """What rows of a block give: each unit feeds the next with it, whether or not it goes on."""
    return [
        End(id, port.name)
        for id, node in graph.nodes.items() if is_instance(node) and node.values.get(REPEAT, 1) != 1
        for port in wiring.outputs(graph, catalogue, id)
    ]  # fmt: skip


def _about(definition: Block) -> str:
    first, _, _ = definition.note.strip().partition("\n")
    note = first.strip(" #*_")
    words = f"Build the block {definition.name}" + (f": {note}" if note else "")
    words = f"{words[: WIDTH - 20].rstrip()}…" if len(words) > WIDTH - 20 else words
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _head(inside: Scope, signature: Signature, definition: Block, catalogue: Catalogue) -> list[str]:
    tensors = [f"{one_line(inside.tensor(End(inlet.id, 'output')))}: {TENSOR}" for inlet in inlets(definition)]
    specs = catalogue.layer(BLOCK + definition.name)
    told = [_parameter(catalogue, signature, specs.parameter(p.name), p.default) for p in definition.parameters]
    arguments = [*tensors, f"{NAME}: str", *(["*", *told] if told else [])]
    several = len(outlets(definition)) > 1
    gives = f"tuple[{', '.join([TENSOR] * len(outlets(definition)))}]" if several else TENSOR
    flat = f"def {signature.function}({', '.join(arguments)}) -> {gives}:"
    if len(flat) <= WIDTH:
        return [flat]
    return [f"def {signature.function}(", *(f"    {argument}," for argument in arguments), f") -> {gives}:"]


def _parameter(catalogue: Catalogue, signature: Signature, spec: ParameterSpec, default: Value) -> str:
    kind = TYPES.get(spec.kind, "")
    typed = f": {kind}{' | None' if default is None else ''} = " if kind else "="
    return f"{signature.parameters[spec.name]}{typed}{one_line(argument(catalogue, spec, default))}"
