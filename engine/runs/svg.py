"""Small pictures for a report, as SVG text: curves of a metric, a drawing as boxes and wires. Knows no file, no Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

import numpy as np

from engine.graph import Graph, Node
from engine.runs.values import Floats

#: A plot's size and the room left of and below it, in pixels.
WIDE, HIGH, LEFT, BELOW, ABOVE = 440, 220, 46, 22, 10
#: Points of a curve at most: each pair of pixels keeps its least and greatest value.
POINTS: Final = 400
#: A layer's size in a drawing.
NODE: Final = (168, 52)


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve of a plot; `look` is the name of a class of the page's style."""

    name: str
    x: Floats
    y: Floats
    look: str


def plot(title: str, curves: Sequence[Curve], marks: Sequence[tuple[float, str]] = ()) -> str:
    """Draw curves over one pair of axes, and marks as upright lines with words; empty without a finite value."""
    there = [(curve, np.isfinite(curve.x) & np.isfinite(curve.y)) for curve in curves]
    shown = [(curve, curve.x[finite], curve.y[finite]) for curve, finite in there if finite.any()]
    if not shown:
        return ""
    x0, x1 = _reach([x for _, x, _ in shown])
    x0 = 0.0 if 0 < x0 < 1 else x0
    y0, y1 = _reach([y for _, _, y in shown])
    parts = [f'<svg class="plot" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(title)}">']
    for place, value in enumerate(np.linspace(y0, y1, 5).tolist()):
        y = HIGH - BELOW - place / 4 * (HIGH - BELOW - ABOVE)
        parts.append(f'<line class="rule" x1="{LEFT}" x2="{WIDE - 8}" y1="{y:.1f}" y2="{y:.1f}"/>')
        parts.append(f'<text class="tick end" x="{LEFT - 6}" y="{y + 4:.1f}">{value:.3g}</text>')
    for value, x in ((x0, LEFT), (x1, WIDE - 8)):
        side = "end" if value == x1 else "start"
        parts.append(f'<text class="tick {side}" x="{x}" y="{HIGH - 4}">{value:g}</text>')
    for at, words in marks:
        if x0 <= at <= x1:
            foot = f"{LEFT + (at - x0) / (x1 - x0) * (WIDE - 8 - LEFT):.1f}"
            line = f'<line class="mark" x1="{foot}" x2="{foot}" y1="{ABOVE}" y2="{HIGH - BELOW}"/>'
            parts.append(f"<g><title>{escape(words)}</title>{line}</g>")
    for curve, across, down in shown:
        placed = _placed(across, x0, x1, LEFT, WIDE - 8), _placed(down, y0, y1, HIGH - BELOW, ABOVE)
        parts.append(_line(curve, *placed))
    return "".join([*parts, "</svg>"])


def _reach(columns: Sequence[Floats]) -> tuple[float, float]:
    low, high = min(float(part.min()) for part in columns), max(float(part.max()) for part in columns)
    return (low, high) if high > low else (low - 0.5, high + 0.5)


def _placed(values: Floats, low: float, high: float, first: float, last: float) -> Floats:
    return first + (values - low) / (high - low) * (last - first)


def _line(curve: Curve, x: Floats, y: Floats) -> str:
    x, y = thinned(x, y)
    points = " ".join(f"{across:.1f},{down:.1f}" for across, down in zip(x.tolist(), y.tolist(), strict=True))
    dot = f'<circle class="{curve.look} dot" cx="{x[0]:.1f}" cy="{y[0]:.1f}" r="3"/>' if len(x) == 1 else ""
    title = f"<title>{escape(curve.name)}</title>"
    return f'<g>{title}<polyline class="{curve.look}" points="{points}"/>{dot}</g>'


def thinned(x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return the least and the greatest of each of POINTS / 2 parts of a long curve, in order."""
    if len(x) <= POINTS:
        return x, y
    parts = np.array_split(np.arange(len(x)), POINTS // 2)
    kept = [at for part in parts for at in sorted({int(part[y[part].argmin()]), int(part[y[part].argmax()])})]
    return x[kept], y[kept]


def drawing(graph: Graph, groups: Mapping[str, str]) -> str:
    """Draw layers where they stand, with their wires; `groups` tells the palette's group of a layer's class."""
    if not graph.nodes:
        return ""
    places = np.array([node.at for node in graph.nodes.values()], float)
    (left, top), (right, bottom) = places.min(0) - 24, places.max(0) + 24 + NODE
    box = f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}"
    body = [*_wires(graph), *(_node(node, groups.get(node.layer, "")) for node in graph.nodes.values())]
    tall = min(520.0, max(120.0, bottom - top))
    return f'<svg class="drawing" viewBox="{box}" style="max-height:{tall:.0f}px">{"".join(body)}</svg>'


def _wires(graph: Graph) -> Iterator[str]:
    for edge in graph.edges:
        source, target = graph.nodes.get(edge.source.node), graph.nodes.get(edge.target.node)
        if source is None or target is None:
            continue
        x0, y0 = source.at[0] + NODE[0], source.at[1] + NODE[1] / 2
        x1, y1 = target.at[0], target.at[1] + NODE[1] / 2
        bend = max(40.0, abs(x1 - x0) / 2)
        yield (
            f'<path class="wire" d="M{x0:.0f},{y0:.0f} C{x0 + bend:.0f},{y0:.0f}'
            f' {x1 - bend:.0f},{y1:.0f} {x1:.0f},{y1:.0f}"/>'
        )


def _node(node: Node, group: str) -> str:
    x, y = node.at
    look = "g-" + "".join(letter for letter in group.lower() if letter.isalpha())
    return (
        f'<g class="node"><title>{escape(node.name)}: {escape(node.layer)}</title>'
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{NODE[0]}" height="{NODE[1]}" rx="8"/>'
        f'<rect class="bar {look}" x="{x:.0f}" y="{y:.0f}" width="4" height="{NODE[1]}" rx="2"/>'
        f'<text class="name" x="{x + 14:.0f}" y="{y + 22:.0f}">{escape(_cut(node.name))}</text>'
        f'<text class="kind" x="{x + 14:.0f}" y="{y + 40:.0f}">{escape(_cut(node.layer))}</text></g>'
    )


def _cut(words: str) -> str:
    return words if len(words) <= 20 else words[:19] + "…"
