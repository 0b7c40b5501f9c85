"""What is known of the network, told of the drawing that is seen: shapes, costs, problems. Edits nothing, asks none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from engine import entering
from engine.catalogue import Catalogue
from engine.folding import Sight, folded, once, worded
from engine.graph import Graph
from engine.reader import Reader, joined
from engine.report import Problem, Report
from engine.resolve import resolve
from engine.totals import Tally
from engine.unfold import Unfolded, unfolded
from engine.ways import is_instance


@dataclass(frozen=True)
class Seen:
    """A drawing of a project, and the way to it."""

    root: Graph
    steps: entering.Steps
    catalogue: Catalogue

    @cached_property
    def graph(self) -> Graph:
        return entering.shown(self.root, self.steps)

    @cached_property
    def sight(self) -> Sight:
        return entering.sight(self.root, self.steps, self.catalogue)

    @property
    def flat(self) -> Unfolded:
        return unfolded(self.root, self.catalogue)

    @cached_property
    def within(self) -> Within:
        """What blocks make of it."""
        if not self.root.blocks:
            return NOTHING
        seen = map(self.sight.seen, resolve(self.root, self.catalogue).graph.nodes)
        nodes = self.graph.nodes
        counts = Counter(id for id in seen if id is not None and is_instance(nodes[id]))
        return Within(counts, entering.absent(self.root, self.steps))

    @cached_property
    def gives(self) -> Mapping[str, str]:
        """The node of the flat network that makes what each node that is seen gives first: itself, or one inside it."""
        exits, meant, before = self.flat.exits, resolve(self.root, self.catalogue), self.sight.before
        made = {id: before + id for id in self.graph.nodes}
        for id, flat in made.items():
            if exits.get(flat):
                made[id] = meant.source(next(iter(exits[flat].values()))).node
        return {id: flat for id, flat in made.items() if flat in meant.graph.nodes}

    def worded(self, report: Report) -> tuple[Problem, ...]:
        """Return the problems of the flat network, its nodes named by the way to them."""
        return worded(report.problems, self.flat, self.root)

    def told(self, report: Report) -> Report:
        """Tell a report of the flat network by the nodes that are seen."""
        if self.root.blocks:
            report = replace(report, problems=self.worded(report))
        return folded(report, self.sight, self.flat, resolve(self.root, self.catalogue))


@dataclass(frozen=True, slots=True)
class Within:
    """What blocks make of what is seen: the layers that each instance means, and the nodes that are not in this unit.

    A node that hangs on a parameter of the block is not in a unit where that is not true.
    """

    layers: Mapping[str, int] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()


NOTHING: Final = Within()


class Findings:
    """Holds what the checker said of the network, and what can be said of a drawing at once.

    Attributes:
        flat: What the checker said, blocks unfolded.
        report: The same, told of the nodes that are seen.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self.flat = self.report = Report()
        self._reader = Reader(catalogue)
        self._tally = Tally()
        self._told: Report | None = None
        self._now: tuple[Problem, ...] | None = None
        self._all: tuple[Problem, ...] | None = None

    def use(self, catalogue: Catalogue) -> None:
        self._reader = Reader(catalogue)

    def forget(self) -> None:
        """Forget what was found at once: the drawing is another."""
        self._told = self._now = self._all = None

    def look(self, seen: Seen, flat: Report | None = None) -> None:
        """Tell of another drawing of the project, or what the checker says now."""
        self.flat = self.flat if flat is None else flat
        self._now = self._all = None
        self.report = seen.told(self.flat)

    def tally(self) -> Tally:
        return self._tally.follow(self.report)

    def at_once(self, seen: Seen) -> tuple[Problem, ...]:
        """Return what can be said of the drawing that is seen without the checker; fixes only it knows."""
        if self._now is None:
            self._now = seen.told(self._read(seen)).problems
        return self._now

    def problems(self, seen: Seen) -> tuple[Problem, ...]:
        """Join what can be said at once and what the checker said: each once, errors first, as they were told."""
        if self._all is None:
            self._all = joined(seen.graph.nodes, self.at_once(seen), self.report.problems)
        return self._all

    def everywhere(self, seen: Seen) -> tuple[Problem, ...]:
        """Return the problems of the whole project, by the ids of the flat drawing."""
        if not seen.root.blocks:
            return self.problems(seen)
        found = seen.flat
        ids = found.graph.nodes.keys() | found.exits.keys() | {fault.node for fault in found.faults}
        return once(joined(ids, seen.worded(self._read(seen)), seen.worded(self.flat)), found)

    def mended(self, problems: Sequence[Problem]) -> Report | None:
        """Return the report with problems that have fixes now in the places of those without; None where none has."""
        told = {(problem.sentence, problem.nodes): problem for problem in problems if problem.fixes}
        found = tuple(told.get((problem.sentence, problem.nodes), problem) for problem in self.flat.problems)
        return replace(self.flat, problems=found) if told else None

    def _read(self, seen: Seen) -> Report:
        if self._told is None:
            self._told = Report(problems=self._reader.problems(seen.root))
        return self._told
