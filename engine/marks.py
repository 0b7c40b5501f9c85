"""What a person marks a drawing with: layers to pass by or leave out, colours, dots. Knows no layer, no Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from engine.graph import REROUTE, Edge, End, Graph, Mode, Node, Point
from engine.many import with_colour, with_mode


def layers(graph: Graph, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the ids that are those of nodes, dots left out, in drawing order."""
    chosen = frozenset(ids)
    return tuple(id for id, node in graph.nodes.items() if id in chosen and node.layer != REROUTE)


def turned(graph: Graph, ids: Collection[str], mode: Mode) -> Graph:
    """Bypass or disable nodes; where all of them are, turn them on again. A dot is never bypassed: it passes anyway."""
    chosen = layers(graph, ids) if mode == "bypass" else tuple(id for id in graph.nodes if id in frozenset(ids))
    now = "" if is_turned(graph, chosen, mode) else mode
    return with_mode(graph, chosen, now)


def is_turned(graph: Graph, ids: Iterable[str], mode: Mode) -> bool:
    """Whether all of some nodes are bypassed, or disabled."""
    return all(graph.nodes[id].mode == mode for id in ids)


def folded(graph: Graph, ids: Iterable[str]) -> Graph:
    """Collapse nodes; where all of them are, open them again."""
    chosen = layers(graph, ids)
    collapsed = not all(graph.nodes[id].collapsed for id in chosen)
    return graph.with_nodes(replace(graph.nodes[id], collapsed=collapsed) for id in chosen)


def coloured(graph: Graph, ids: Collection[str], colour: str) -> Graph:
    """Give nodes, frames and notes a colour, or with an empty one take theirs off."""
    frames = [replace(graph.frames[id], colour=colour) for id in ids if id in graph.frames]
    notes = [replace(graph.notes[id], colour=colour) for id in ids if id in graph.notes]
    graph = with_colour(graph, [id for id in ids if id in graph.nodes], colour)
    graph = graph.with_frames(frames) if frames else graph
    return graph.with_notes(notes) if notes else graph


def dotted(graph: Graph, edges: Collection[Edge], at: Point) -> tuple[Graph, str]:
    """Lead wires that begin at one port through a new dot; return the dot's id too. Each keeps its place at its end."""
    source = next(iter(edges)).source
    dot = Node(graph.free_id(), REROUTE, graph.free_name("dot"), at=at)
    led: list[Edge] = []
    for edge in graph.edges:
        if edge not in edges:
            led.append(edge)
            continue
        if not any(other.target.node == dot.id for other in led):
            led.append(Edge(source, End(dot.id, "input")))
        led.append(Edge(End(dot.id, "output"), edge.target))
    return replace(graph.with_node(dot), edges=tuple(led)), dot.id
