"""What stands in drawings and is no layer: the dot on a wire, a block's ends, and an instance of a block."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from engine.graph import BLOCK, INLET, OUTLET, REROUTE, Block, BlockParameter
from engine.kinds import ParameterSpec
from engine.specs import LayerSpec, PortSpec
from engine.values import Formula

#: The value of an instance that says how often it stands in a row, and the most that it can be.
REPEAT: Final = "repeat"
MOST_REPEATS: Final = 1000
#: So far into blocks in blocks it is looked for what a parameter is handed to.
DEEP: Final = 4
#: What is said of a block without a note.
NO_NOTE: Final = "A block of this drawing."
#: The group of blocks in the palette.
GROUP: Final = "Blocks"
#: The group of those that a person keeps for every drawing.
LIBRARY: Final = "Your library"
#: So many parameters of an instance are shown on it.
BRIEF: Final = 2
_IN: Final = (PortSpec("input", "inputs"),)
_OUT: Final = (PortSpec("output"),)
#: No layers of Keras: the network that is built has no trace of them.
FITTINGS: Final[Mapping[str, LayerSpec]] = {
    REROUTE: LayerSpec(
        REROUTE, "", "reroute", "A dot on a wire: it leads the wire another way, or to several places.", _IN, _OUT
    ),
    INLET: LayerSpec(INLET, "", "x", "Where a tensor comes into the block, by a port of its name.", (), _OUT),
    OUTLET: LayerSpec(OUTLET, "", "y", "Where a tensor leaves the block, by a port of its name.", _IN, ()),
}
_REPEAT: Final = ParameterSpec(
    REPEAT,
    "int",
    1,
    minimum=1,
    maximum=MOST_REPEATS,
    help="How often the block stands in a row, each feeding the next.",
)


def block_specs(
    blocks: Mapping[str, Block], kept: Mapping[str, Block], choices: Mapping[str, tuple[str, ...]],
    layers: Mapping[str, LayerSpec],
) -> list[LayerSpec]:  # fmt: skip
    """Describe a drawing's blocks as layers, and those that are kept where it has none of their names."""
    known = {**kept, **blocks}
    others = (block_spec(block, choices, known, layers) for name, block in kept.items() if name not in blocks)
    own = (block_spec(block, choices, known, layers) for block in blocks.values())
    return [*own, *(replace(spec, group=LIBRARY) for spec in others)]


def block_spec(
    block: Block, choices: Mapping[str, tuple[str, ...]], blocks: Mapping[str, Block], layers: Mapping[str, LayerSpec]
) -> LayerSpec:
    """Describe a block as the layer that its instances are.

    Args:
        choices: The catalogue's, by kind.
        blocks: All of the drawing, since a parameter may be handed on to a block inside.
        layers: All that the nodes inside may be, but for blocks.
    """
    nodes = block.graph.nodes.values()
    parameters = [_parameter(block, parameter, choices, blocks, layers) for parameter in block.parameters]
    summary, _, _ = block.note.partition("\n")
    return LayerSpec(
        BLOCK + block.name, GROUP, block.name.lower(), summary or NO_NOTE,
        inputs=tuple(PortSpec(node.name, node.name) for node in nodes if node.layer == INLET),
        outputs=tuple(PortSpec(node.name) for node in nodes if node.layer == OUTLET),
        parameters=(*parameters, _REPEAT),
        brief=tuple(parameter.name for parameter in parameters[:BRIEF]),
        aliases=(block.name,),
    )  # fmt: skip


def _parameter(
    block: Block, parameter: BlockParameter, choices: Mapping[str, tuple[str, ...]], blocks: Mapping[str, Block],
    layers: Mapping[str, LayerSpec],
) -> ParameterSpec:  # fmt: skip
    """A parameter is as free as the first value that it is handed to as it is."""
    help = parameter.help + (" In a row, that of the first alone." if parameter.first else "")
    plain = ParameterSpec(
        parameter.name, parameter.kind, parameter.default, optional=parameter.default is None,
        choices=choices.get(parameter.kind, ()), help=help.strip(),
    )  # fmt: skip
    inner = _handed_to(block, parameter.name, blocks, layers)
    if inner is None or inner.kind != parameter.kind:
        return plain
    return replace(
        plain, choices=inner.choices, minimum=inner.minimum, maximum=inner.maximum, length=inner.length,
        unit=inner.unit, optional=plain.optional or inner.optional, help=plain.help or inner.help,
    )  # fmt: skip


def _handed_to(
    block: Block, name: str, blocks: Mapping[str, Block], layers: Mapping[str, LayerSpec], deep: int = 0
) -> ParameterSpec | None:
    """Return the first parameter of a layer inside that is what a block's parameter is; None where none is."""
    for node in block.graph.nodes.values():
        called = [key for key, value in node.values.items() if isinstance(value, Formula) and value.text == name]
        spec, inner = layers.get(node.layer), blocks.get(node.layer.removeprefix(BLOCK))
        for key in called:
            if spec is not None and any(each.name == key for each in spec.parameters):
                return spec.parameter(key)
            found = _handed_to(inner, key, blocks, layers, deep + 1) if inner is not None and deep < DEEP else None
            if found is not None:
                return found
    return None
