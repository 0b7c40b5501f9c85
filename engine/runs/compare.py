"""What differs between runs: their recipes, their drawings, their seeds. Knows no file, no Qt and no Keras."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from engine.changes import Changes, diff
from engine.choices_json import OVERSIGHT
from engine.graph import Edge, End, Graph, Node
from engine.graph_json import node_to_json
from engine.runs.values import EpochRow, Floats, RunRow, series
from engine.values import FrozenMap

#: Entries of a recipe that the Training page calls otherwise than by their name.
WORDS: Final[Mapping[str, str]] = {
    "data.source": "Data", "data.validation": "Validation share", "data.test": "Test share",
    "optimizer.class": "Optimizer", "loss.class": "Loss",
}  # fmt: skip
#: Parts of a way into a recipe that say nothing to a person.
_SILENT: Final = ("values", "data", "class")
ABSENT: Final = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs, in words."""

    field: str
    old: str
    new: str


# -- recipes


def recipe_differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Difference]:
    """Return what differs between two recipes, each as in a project's file."""
    before, after = dict(_leaves(old)), dict(_leaves(new))
    names = dict.fromkeys([*before, *after])
    return [
        Difference(words_of(name), spelled(before.get(name, ABSENT)), spelled(after.get(name, ABSENT)))
        for name in names
        if before.get(name, ABSENT) != after.get(name, ABSENT)
    ]


def words_of(name: str) -> str:
    """Return what the Training page calls an entry of a recipe, by the way to it."""
    if name in WORDS:
        return WORDS[name]
    parts = [part.replace("_", " ") for part in name.split(".") if part not in _SILENT]
    parts = parts[1:] if parts[0] == "optimizer" and len(parts) > 1 else parts
    return " · ".join(parts).capitalize() if len(parts) == 1 else _first_capital(" · ".join(parts))


def spelled(value: object) -> str:
    """Spell an entry's value in a few words."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list):
        return ", ".join(spelled(item) for item in value) or "none"
    if isinstance(value, dict) and "class" in value:
        inner = ", ".join(f"{name} {spelled(item)}" for name, item in value.get("values", {}).items())
        return f"{value['class']}({inner})" if inner else str(value["class"])
    return json.dumps(value, ensure_ascii=False)


def _leaves(data: Mapping[str, Any], way: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if not way and key in OVERSIGHT and isinstance(value, dict):
            yield key, "on"  # its values may all be the usual ones, which are not kept
        if isinstance(value, dict):
            yield from _leaves(value, f"{way}{key}.")
        else:
            yield f"{way}{key}", value


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# -- drawings


@dataclass(frozen=True, slots=True)
class DrawingDifference:
    """How one drawing became another.

    Attributes:
        before: The older one, in which each layer that lives on has the id that it has in `after`.
        rows: What differs in layers that live on; a field is `layer · parameter`.
    """

    before: Graph
    after: Graph
    changes: Changes
    rows: tuple[Difference, ...]

    @property
    def added(self) -> list[Node]:
        return [node for id, node in self.after.nodes.items() if id in self.changes.added]

    @property
    def removed(self) -> list[Node]:
        return [node for id, node in self.before.nodes.items() if id in self.changes.removed]

    @property
    def words(self) -> str:
        """Say in one line how much differs."""
        counts = (
            (len(self.changes.added), "added"), (len(self.changes.removed), "removed"),
            (len(self.changes.changed), "changed"),
            (len(self.changes.wired) + len(self.changes.unwired), "wires"),
        )  # fmt: skip
        told = [f"{count} {word}" for count, word in counts if count]
        if self.changes.blocks:
            told.append("inside of blocks")
        return ", ".join(told) or ("order of wires" if self.changes.reordered else "the same network")


def drawing_difference(before: Graph, after: Graph) -> DrawingDifference:
    """Compare two drawings: layers are the same by id, and by name where their ids differ."""
    before = aligned(before, after)
    changes = diff(before, after)
    rows = [row for id, node in after.nodes.items() if id in changes.changed for row in _node_rows(before, node)]
    return DrawingDifference(before, after, changes, tuple(rows))


def aligned(before: Graph, after: Graph) -> Graph:
    """Return the older drawing with the ids of the newer one for each layer that is the same in both."""
    same = matched(before, after)
    taken = {*after.nodes, *before.nodes, *before.frames, *before.notes}
    free = (f"n{number}" for number in _from(1) if f"n{number}" not in taken)
    ids = {id: same.get(id) or (id if id not in after.nodes else next(free)) for id in before.nodes}
    if all(id == new for id, new in ids.items()):
        return before
    nodes = [
        replace(node, id=ids[id], shares=ids.get(node.shares, node.shares) if node.shares else node.shares)
        for id, node in before.nodes.items()
    ]
    edges = tuple(Edge(_end(edge.source, ids), _end(edge.target, ids)) for edge in before.edges)
    return replace(before, nodes=FrozenMap({node.id: node for node in nodes}), edges=edges)


def matched(before: Graph, after: Graph) -> dict[str, str]:
    """Return for ids of the older drawing those of the same layers in the newer one."""
    same = {id: id for id, node in before.nodes.items() if id in after.nodes and _alike(node, after.nodes[id])}
    named = {node.name: id for id, node in after.nodes.items() if id not in same}
    for id, node in before.nodes.items():
        if id not in same and node.name in named:
            same[id] = named.pop(node.name)
    return same


def _alike(old: Node, new: Node) -> bool:
    """Whether two nodes of one id are one layer, though it was renamed or replaced."""
    return old.name == new.name or old.layer == new.layer


def _end(end: End, ids: Mapping[str, str]) -> End:
    return replace(end, node=ids.get(end.node, end.node))


def _from(first: int) -> Iterator[int]:
    while True:
        yield first
        first += 1


def _node_rows(before: Graph, node: Node) -> Iterator[Difference]:
    old, new = node_to_json(before.nodes[node.id]), node_to_json(node)
    for item in (old, new):
        for looks in ("id", "at", "colour", "collapsed"):
            item.pop(looks, None)
    for row in recipe_differences(old, new):
        yield replace(row, field=f"{node.name} · {row.field[:1].lower()}{row.field[1:]}")


# -- seeds


@dataclass(frozen=True, slots=True)
class Spread:
    """A metric over runs that differ in their seed alone; deviations are those of a sample (n - 1)."""

    name: str
    epochs: Floats
    mean: Floats
    deviation: Floats
    runs: int


def alike_but_for_seed(rows: Iterable[RunRow]) -> list[list[RunRow]]:
    """Return runs in groups that differ in their seed alone, two or more in each."""
    groups: dict[str, list[RunRow]] = defaultdict(list)
    for row in rows:
        recipe = {key: value for key, value in row.recipe.items() if key not in ("seed", "device")}
        groups[row.network + json.dumps(recipe, sort_keys=True)].append(row)
    return [group for group in groups.values() if len({row.seed for row in group}) > 1]


def spread(name: str, runs: Sequence[Sequence[EpochRow]]) -> Spread:
    """Return a metric's mean and deviation at each epoch that all of the runs have."""
    found = [dict(zip(*(part.tolist() for part in series(run, name)), strict=True)) for run in runs]
    found = [each for each in found if each]
    shared = sorted(set(found[0]).intersection(*found[1:])) if found else []
    table = np.array([[each[epoch] for epoch in shared] for each in found]).reshape(len(found), len(shared))
    if not shared:
        nothing = np.empty(0)
        return Spread(name, nothing, nothing, nothing, len(found))
    deviation = table.std(0, ddof=1) if len(found) > 1 else np.zeros(len(shared))
    return Spread(name, np.array(shared, float), table.mean(0), deviation, len(found))
