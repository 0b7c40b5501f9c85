"""A drawing as a table, a row a layer, and that table as Markdown or CSV. Knows no Qt, no Keras.

Cells are made when they are asked for: a table of ten thousand rows costs what is seen of it.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import StringIO
from typing import Final, TypeAlias

from engine.amounts import spelled_bytes
from engine.forecast import slots
from engine.graph import BLOCK, REROUTE, Edge, Graph
from engine.recipe import Recipe
from engine.report import Report
from engine.totals import NOTHING, Cost

Key: TypeAlias = "str | int"
#: What stands where a figure depends on a length that is free, and where nobody counts it.
OPEN: Final = "varies"
UNCOUNTED: Final = "not counted"
#: A table program takes a cell that begins so for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Analysis:
    """A drawing with what is known of it; cells are asked for by the id of a node."""

    graph: Graph
    report: Report
    costs: Mapping[str, Cost]
    recipe: Recipe
    _into: dict[str, list[Edge]] = field(default_factory=dict, repr=False)

    @property
    def ids(self) -> list[str]:
        """The layers in drawing order; dots on wires are none."""
        return [id for id, node in self.graph.nodes.items() if node.layer != REROUTE]

    def cost(self, id: str) -> Cost:
        return self.costs.get(id, NOTHING)

    def name(self, id: str) -> str:
        return self.graph.nodes[id].name

    def kind(self, id: str) -> str:
        return self.graph.nodes[id].layer.removeprefix(BLOCK)

    def output(self, id: str) -> str:
        """Spell the shapes that come out."""
        found = self.report.nodes.get(id)
        return ", ".join(spec.label for spec in found.outputs.values()) if found is not None else ""

    def numbers(self, id: str) -> int:
        """Count the numbers that come out for a sample, by their bytes."""
        return self.cost(id).output

    def sources(self, id: str) -> str:
        """Name the layers that feed one, in the order of its wires."""
        if not self._into:
            for edge in self.graph.edges:
                self._into.setdefault(edge.target.node, []).append(edge)
        return ", ".join(self.name(edge.source.node) for edge in self._into.get(id, ()))

    def memory(self, cost: Cost) -> int:
        """Return the bytes that something takes in training."""
        kept = cost.weights + cost.moved * (1 + slots(self.recipe.optimizer))
        return kept + 2 * cost.output * self.recipe.batch_size

    def summed(self, ids: Iterable[str]) -> Cost:
        """Add up some layers."""
        rows = [self.costs[id].row for id in ids if id in self.costs]
        return Cost(*map(sum, zip(*rows, strict=True))) if rows else NOTHING


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its words, a cell's text and what it is sorted by, and for a figure that of a sum."""

    title: str
    tip: str
    text: Callable[[Analysis, str], str]
    key: Callable[[Analysis, str], Key]
    sum: Callable[[Analysis, Cost], str] | None = None

    @property
    def figure(self) -> bool:
        return self.sum is not None


Amount: TypeAlias = Callable[[Analysis, Cost], int]


def _figure(title: str, tip: str, amount: Amount, spell: Callable[[int, Cost], str] | None = None) -> Column:
    """A column of a figure; its cells are empty where nothing is known of the layer."""

    def words(analysis: Analysis, cost: Cost) -> str:
        count = amount(analysis, cost)
        return f"{count:,}" if spell is None else spell(count, cost)

    def text(analysis: Analysis, id: str) -> str:
        return words(analysis, analysis.costs[id]) if id in analysis.costs else ""

    def key(analysis: Analysis, id: str) -> Key:
        return amount(analysis, analysis.cost(id))

    return Column(title, tip, text, key, words)


def _work(count: int, cost: Cost) -> str:
    more = cost.varying or cost.uncounted
    if more and not count:
        return OPEN if cost.varying else UNCOUNTED
    return f"{count:,}" + ("+" if more else "")


def _memory(count: int, cost: Cost) -> str:
    if not count:
        return OPEN if cost.free else "0"
    return spelled_bytes(count) + ("+" if cost.free else "")


def _name(analysis: Analysis, id: str) -> Key:
    return _natural(analysis.name(id))


COLUMNS: Final[tuple[Column, ...]] = (
    Column("Name", "", Analysis.name, _name),
    Column("Layer", "", Analysis.kind, Analysis.kind),
    Column("Output", "One sample of what comes out", Analysis.output, Analysis.numbers),
    _figure("Parameters", "All weights", lambda _, cost: cost.parameters),
    _figure("Trainable", "The weights that training moves", lambda _, cost: cost.trainable),
    _figure("Multiply-adds", "For one sample, forward", lambda _, cost: cost.multiply_adds, _work),
    _figure(
        "Memory", "In training: weights, gradients, optimizer, and outputs of the batch twice", Analysis.memory, _memory
    ),
    Column("Connected to", "What feeds it", Analysis.sources, Analysis.sources),
)


def _natural(name: str) -> str:
    """Sort `conv2` before `conv10`: runs of figures are as long as the longest."""
    out, run = "", ""
    for letter in name.lower():
        if letter.isdigit():
            run += letter
        else:
            out, run = out + run.rjust(len(run) and 12, "0") + letter, ""
    return out + run.rjust(len(run) and 12, "0")


def ordered(analysis: Analysis, ids: list[str], column: int | None, *, falling: bool = False) -> list[str]:
    """Sort layers by a column, those alike in drawing order; by none, leave them in it."""
    if column is None:
        return ids
    return sorted(ids, key=partial(COLUMNS[column].key, analysis), reverse=falling)


def matching(analysis: Analysis, ids: Iterable[str], query: str) -> list[str]:
    """Keep the layers whose name, kind or output holds every word of a query; `3x3` finds `3×3`."""
    words = query.lower().split()
    return [id for id in ids if _holds(analysis, id, words)] if words else list(ids)


def _holds(analysis: Analysis, id: str, words: Sequence[str]) -> bool:
    node = analysis.graph.nodes[id]
    near = f"{node.name} {node.layer}".lower()
    rest = [word.replace("x", "×") for word in words if word not in near]
    return not rest or all(word in analysis.output(id) for word in rest)


# -- to take away


def table(analysis: Analysis, ids: Sequence[str]) -> list[list[str]]:
    """Return the cells of some layers under the titles, and over the sums."""
    sums = analysis.summed(ids)
    last = [column.sum(analysis, sums) if column.sum is not None else "" for column in COLUMNS]
    rows = [[column.text(analysis, id) for column in COLUMNS] for id in ids]
    return [[column.title for column in COLUMNS], *rows, ["Total", *last[1:]]]


def markdown(analysis: Analysis, ids: Sequence[str]) -> str:
    """Spell a table as Markdown, figures to the right."""
    head, *rows = [[cell.replace("|", "\\|") for cell in row] for row in table(analysis, ids)]
    rule = ["---:" if column.figure else "---" for column in COLUMNS]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def spreadsheet(analysis: Analysis, ids: Sequence[str]) -> str:
    """Spell a table as CSV, for programs: plain whole numbers, memory in bytes, no sum."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.title + (" (bytes)" if column.title == "Memory" else "") for column in COLUMNS)
    for id in ids:
        writer.writerow([_plain(analysis, column, id) for column in COLUMNS])
    return out.getvalue()


def _plain(analysis: Analysis, column: Column, id: str) -> Key:
    if column.figure:
        return column.key(analysis, id) if id in analysis.costs else ""
    cell = column.text(analysis, id)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


FORMATS: Final[Mapping[str, Callable[[Analysis, Sequence[str]], str]]] = {
    "markdown": markdown,
    "csv": spreadsheet,
}
