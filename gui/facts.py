"""What the inspector tells of nodes, in words: axes by name, parameters, sharing. Knows no widget."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final

from engine import axes
from engine.fittings import NO_NOTE, REPEAT
from engine.graph import BLOCK, REROUTE, Block, Graph, Node
from engine.many import Common
from engine.report import NodeReport, Report, TensorSpec
from engine.resolve import Part
from engine.specs import LayerSpec
from engine.totals import Cost
from engine.ways import block_of
from engine.wiring import listed

#: So many kinds of layer, and so many shapes, are told of several nodes.
MOST_KINDS, MOST_SHAPES = 6, 4
#: Holds a number to its word at the end of a line.
HOLD: Final = "\u00a0"
_LENGTH: Final = re.compile(r"(?<=\w) (?=\d|any\b)")


def shape_words(spec: TensorSpec) -> str:
    """Spell a shape with its axes by name: `batch · height 8 · width 8 · channels 32`."""
    batch = "batch" if not spec.shape or spec.shape[0] is None else f"batch {spec.shape[0]:,}"
    return f"{batch} · {axes.table(spec.shape, spec.axes)}" + _other_dtype(spec)


def spoken_words(spec: TensorSpec) -> str:
    """Spell a shape as it is read aloud: `8 high, 8 wide, 32 channels`."""
    return axes.spoken(spec.shape, spec.axes) + _other_dtype(spec)


def _held(words: str) -> str:
    """Hold each length to its axis at the end of a line."""
    return _LENGTH.sub(HOLD, words)


def mask_words(graph: Graph, spec: TensorSpec) -> tuple[str, ...]:
    """Tell who made the mask that a tensor carries; nothing where it carries none."""
    names = [graph.nodes[id].name for id in spec.masks if id in graph.nodes]
    return (f"Masked by {listed(names)}: its padding is passed over",) if names else ()


def _other_dtype(spec: TensorSpec) -> str:
    return "" if spec.dtype == "float32" else f", {spec.dtype}"


def output_words(graph: Graph, report: NodeReport) -> list[tuple[str, str]]:
    """Title and shape of each output of a node, and its mask; one alone is titled `Output`."""
    return [
        (
            "Output" if len(report.outputs) == 1 else f"Output {port.replace('_', ' ')}",
            "\n".join((_held(shape_words(spec)), *(f"{words}." for words in mask_words(graph, spec)))),
        )
        for port, spec in report.outputs.items()
    ]


def count_words(parameters: int, trainable: int) -> str:
    """Tell trainable and total apart: Keras counts the moving figures of a normalization in the total."""
    if not parameters:
        return "none"
    if trainable == parameters:
        return f"{parameters:,} trainable"
    return f"{parameters:,} in all, {trainable:,} trainable"


def plural(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def block_words(root: Graph, block: Block) -> str:
    """Tell of a block that is seen how often it stands in the project."""
    inner = (node for each in root.blocks.values() for node in each.graph.nodes.values())
    count = sum(node.layer == BLOCK + block.name for node in (*root.nodes.values(), *inner))
    shared = "an edit here is one of all of them" if count > 1 else "it stands here alone"
    return f"A block of this drawing · {plural(count, 'instance')}: {shared}"


def instance_words(spec: LayerSpec) -> str:
    """Tell what an instance of a block is: `residual, a block of this drawing`."""
    told = "" if spec.summary == NO_NOTE else f" · {spec.summary}"
    return f"{spec.name.removeprefix(BLOCK)}, a block of this drawing{told}".removesuffix(".")


def row_words(graph: Graph, node: Node) -> Iterator[tuple[str, str]]:
    """Tell which values of a repeated instance are those of the first alone."""
    block = block_of(node, graph.blocks)
    names = [p.name.replace("_", " ") for p in block.parameters if p.first] if block is not None else []
    if names and node.values.get(REPEAT, 1) != 1:
        yield "In the row", f"{listed(names)}: of the first alone; the others have the block's default."


def annotation_words(graph: Graph, ids: Collection[str]) -> tuple[str, str]:
    """Return the title and the words for frames and notes that are selected alone."""
    frames, notes = (sorted(held.keys() & ids) for held in (graph.frames, graph.notes))
    if len(frames) + len(notes) > 1:
        parts = [plural(len(held), word) for held, word in ((frames, "frame"), (notes, "note")) if held]
        return " and ".join(parts), "Colours and moves take them all."
    if frames:
        return graph.frames[frames[0]].title or "Frame", "Frame · Its title moves it, with what lies in it."
    return "Note", "Markdown text · A double click changes it."


def spoken_of(graph: Graph, ids: Collection[str]) -> tuple[str, ...]:
    """Those of some nodes that are shown and edited, in drawing order: dots on wires only where there is no layer."""
    nodes = [node for node in graph.nodes.values() if node.id in ids] if ids else []
    layers = tuple(node.id for node in nodes if node.layer != REROUTE)
    return layers or tuple(node.id for node in nodes)


def called(nodes: Sequence[Node]) -> str:
    """Name some nodes in a title: the name of one, the number of many."""
    return nodes[0].name if len(nodes) == 1 else plural(len(nodes), "layer")


def kinds_words(nodes: Iterable[Node]) -> str:
    """Tell which layers are there and how often, the commonest first: `3 Conv2D · 2 Dense`."""
    found = Counter(node.layer.removeprefix(BLOCK) for node in nodes).most_common()
    words = [f"{count:,}{HOLD}{layer}" for layer, count in found]
    return " · ".join(_first(words, MOST_KINDS, "more kinds"))


def _first(words: list[str], most: int, others: str) -> list[str]:
    """The first of many words; the others are counted, where they are two or more."""
    rest = len(words) - most
    return words if rest < 2 else [*words[:most], f"{rest:,}{HOLD}{others}"]


def outputs_words(reports: Iterable[NodeReport]) -> Iterator[tuple[str, str]]:
    """Title and shapes of what several nodes give, the commonest first, a line each."""
    found = Counter(spec for report in reports for spec in report.outputs.values()).most_common()
    several = len(found) > 1
    lines = [_plain(spec) + (f" · {plural(count, 'output')}" if several else "") for spec, count in found]
    if lines:
        yield "Outputs", "\n".join(_first(lines, MOST_SHAPES, "other shapes"))


def _plain(spec: TensorSpec) -> str:
    return spec.label + _other_dtype(spec)


def left_out_words(common: Common) -> str:
    """Tell how many parameters several layers do not have in common; nothing where they have all."""
    if not common.left_out:
        return ""
    if not common.parameters:
        return "These layers have no parameter in common."
    count = plural(len(common.left_out), "parameter")
    return f"{count} more, which not all of these layers have."


#: How a node takes part, in a sentence, where it is not as it is drawn.
_PARTS: Final[Mapping[Part, str]] = {
    "bypass": "Bypassed: what comes into its first port goes out unchanged",
    "disable": "Disabled: it is left out, with all that only it feeds",
    "absent": "Left out: all that feeds it is disabled or left out",
}


_STATES: Final[tuple[tuple[Part, str], ...]] = (("bypass", "bypassed"), ("disable", "disabled"), ("absent", "left out"))


def part_words(part: Part) -> tuple[str, ...]:
    """Tell how a node takes part in the network; nothing where it does as it is drawn."""
    return (_PARTS[part],) if part in _PARTS else ()


def state_words(parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """Title and words of how nodes take part, where some do not as they are drawn."""
    if len(parts) == 1:
        yield from (("State", f"{words}.") for words in part_words(parts[0]))
        return
    found: Counter[Part] = Counter(part for part in parts if part)
    if found:
        told = (f"{found[part]:,} of {len(parts):,} {words}" for part, words in _STATES if found[part])
        yield "State", ", ".join(told)


def sharing_words(graph: Graph, node: Node) -> tuple[str, tuple[Node, ...]]:
    """Tell whose weights a node uses, or who else uses its: a beginning, and the nodes that it names."""
    if node.shares is not None:
        return "Shares the weights of", (graph.owner(node.id),)
    sharers = tuple(other for other in graph.nodes.values() if other.shares == node.id)
    return ("Its weights are shared by", sharers) if sharers else ("", ())


def total_words(graph: Graph, report: Report, cost: Cost) -> list[tuple[str, str]]:
    """Facts of the whole drawing, which costs so much."""
    found = [("Layers", f"{len(graph.nodes):,}"), ("Wires", f"{len(graph.edges):,}")]
    if report.nodes:
        found.append(("Parameters", count_words(cost.parameters, cost.trainable)))
    return found
