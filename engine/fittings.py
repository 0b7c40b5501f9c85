"""What stands in drawings and is no layer: the dot on a wire, a block's ends, and an instance of a block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.graph import BLOCK, INLET, OUTLET, REROUTE, Block, BlockParameter
from engine.kinds import ParameterSpec
from engine.specs import LayerSpec, PortSpec

#: The value of an instance that says how often it stands in a row, and the most that it can be.
REPEAT: Final = "repeat"
MOST_REPEATS: Final = 1000
#: The group of blocks in the palette.
GROUP: Final = "Blocks"
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


def block_spec(block: Block, choices: Mapping[str, tuple[str, ...]]) -> LayerSpec:
    """Describe a block as the layer that its instances are; `choices` are the catalogue's, by kind."""
    nodes = block.graph.nodes.values()
    parameters = [_parameter(parameter, choices.get(parameter.kind, ())) for parameter in block.parameters]
    summary, _, _ = block.note.partition("\n")
    return LayerSpec(
        BLOCK + block.name, GROUP, block.name.lower(), summary or "A block of this drawing.",
        inputs=tuple(PortSpec(node.name, node.name) for node in nodes if node.layer == INLET),
        outputs=tuple(PortSpec(node.name) for node in nodes if node.layer == OUTLET),
        parameters=(*parameters, _REPEAT),
        brief=(*(parameter.name for parameter in parameters[:BRIEF]), REPEAT),
        aliases=(block.name,),
    )  # fmt: skip


def _parameter(parameter: BlockParameter, choices: tuple[str, ...]) -> ParameterSpec:
    help = parameter.help + (" In a row, that of the first alone." if parameter.first else "")
    optional = parameter.default is None
    return ParameterSpec(
        parameter.name, parameter.kind, parameter.default, optional=optional, choices=choices, help=help.strip()
    )
