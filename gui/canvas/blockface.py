"""What is told of an instance of a block on its face, and of what hangs on a block's parameter. Knows no paint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.fittings import REPEAT
from engine.graph import Node
from engine.ways import is_instance
from gui.canvas.known import Facts


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words below a node's ports; shapes are in mono."""

    words: str
    mono: bool = False


def layers(facts: Facts, node: Node) -> str:
    """How many layers an instance means, as far as that is known."""
    count = facts.inside.get(node.id, 0)
    return f"{count:,} layers" if count > 1 else "1 layer" if count else ""


def stack(node: Node) -> int:
    repeat = node.values.get(REPEAT, 1)
    return repeat if isinstance(repeat, int) else 1


def under(facts: Facts, node: Node, brief: str) -> Iterator[Line]:
    """The lines of an instance: its values, the shapes that come in and go out; of others, on what they hang."""
    if is_instance(node):
        shapes = _through(facts, node)
        yield from (Line(words, mono) for words, mono in ((brief, False), (shapes, True)) if words)
    if node.when:
        yield Line(f"when {node.when.replace('_', ' ')}" + (" · not here" if node.id in facts.aside else ""))


def _through(facts: Facts, node: Node) -> str:
    """The shape that comes into an instance first, and the first that leaves it."""
    into = facts.fed.get(node.id)
    given = facts.carried(into) if into is not None else None
    found = facts.report.nodes.get(node.id)
    out = next(iter(found.outputs.values()), None) if found is not None else None
    return f"{given.label} → {out.label}" if given is not None and out is not None else ""
