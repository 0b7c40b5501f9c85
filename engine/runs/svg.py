"""Curves of a metric as a small picture for a report, as SVG text. Knows no file, no run, no Qt."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final, TypeVar

import numpy as np

from engine.plotting.ticks import spacing, ticks
from engine.runs.values import Floats

T = TypeVar("T", float, Floats)
#: A plot's size and the room around its curves, in pixels.
WIDE, HIGH, LEFT, RIGHT, BELOW, ABOVE = 440, 230, 46, 10, 34, 16
#: Points of a curve at most: each pair of pixels keeps its least and greatest value.
POINTS: Final = 400
#: Marks on the axis upward, and along.
UPWARD, ALONG = 5, 8


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve of a plot; `look` is the name of a class of the page's style."""

    name: str
    x: Floats
    y: Floats
    look: str


@dataclass(frozen=True, slots=True)
class Box:
    """What the axes reach, and into how many rows that is divided."""

    x0: float
    x1: float
    y0: float
    y1: float
    rows: int

    def across(self, x: T) -> T:
        return LEFT + (x - self.x0) / (self.x1 - self.x0) * (WIDE - RIGHT - LEFT)

    def down(self, y: T) -> T:
        return HIGH - BELOW - (y - self.y0) / (self.y1 - self.y0) * (HIGH - BELOW - ABOVE)


def plot(
    title: str, curves: Sequence[Curve], marks: Sequence[tuple[float, str, str]] = (), along: str = "epoch"
) -> str:  # fmt: skip
    """Draw curves over one pair of axes; empty without a finite value.

    Args:
        marks: Upright lines: where, what stands above, what is told of it.
        along: What the axis along counts.
    """
    there = [(curve, np.isfinite(curve.x) & np.isfinite(curve.y)) for curve in curves]
    shown = [(curve, curve.x[finite], curve.y[finite]) for curve, finite in there if finite.any()]
    if not shown:
        return ""
    box = _box([x for _, x, _ in shown], [y for _, _, y in shown])
    head = f'<svg class="plot" viewBox="0 0 {WIDE} {HIGH}" role="img" aria-label="{escape(title)}">'
    lines = [_line(curve, box.across(x), box.down(y)) for curve, x, y in shown]
    return "".join([head, *_axes(box, along), *_marks(box, marks), *lines, "</svg>"])


def _box(xs: list[Floats], ys: list[Floats]) -> Box:
    """Reach as far as the curves do; upward to round values."""
    x0, x1 = _reach(xs)
    y0, y1 = _reach(ys)
    step = spacing(y0, y1, UPWARD)
    first, last = math.floor(y0 / step + 1e-9), math.ceil(y1 / step - 1e-9)
    return Box(0.0 if 0 < x0 < 1 else x0, x1, first * step, last * step, last - first)


def _reach(columns: Sequence[Floats]) -> tuple[float, float]:
    low, high = min(float(part.min()) for part in columns), max(float(part.max()) for part in columns)
    return (low, high) if high - low > 1e-9 * max(abs(low), abs(high)) else (low - 0.5, high + 0.5)


def _axes(box: Box, along: str) -> Iterator[str]:
    for value, words in ticks(box.y0, box.y1, box.rows):
        y = box.down(value)
        yield f'<line class="rule" x1="{LEFT}" x2="{WIDE - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="tick end" x="{LEFT - 6}" y="{y + 4:.1f}">{words}</text>'
    for value, words in ticks(box.x0, box.x1, ALONG, whole=True):
        x = box.across(value)
        yield f'<text class="tick mid" x="{x:.1f}" y="{HIGH - BELOW + 15}">{words}</text>'
    yield f'<text class="tick end" x="{WIDE - RIGHT}" y="{HIGH - 3}">{escape(along)}</text>'


def _marks(box: Box, marks: Sequence[tuple[float, str, str]]) -> Iterator[str]:
    for at, words, told in marks:
        if box.x0 <= at <= box.x1:
            x = f"{box.across(at):.1f}"
            line = f'<line class="mark" x1="{x}" x2="{x}" y1="{ABOVE}" y2="{HIGH - BELOW}"/>'
            word = f'<text class="tick mid" x="{x}" y="{ABOVE - 4}">{escape(words)}</text>'
            yield f"<g><title>{escape(told)}</title>{line}{word}</g>"


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
