"""What is known of a flat network, told of the drawing that people see: of instances, or of a block's inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from engine.graph import End, Graph, Node
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.resolve import Resolved
from engine.unfold import Unfolded, spelled
from engine.values import FrozenMap
from engine.ways import is_instance

#: The number of a unit in the way to a node.
UNIT: Final = re.compile(r"/unit\d+(?=/)")


@dataclass(frozen=True, slots=True)
class Sight:
    """What is shown: the outermost drawing, or a block as it is in one instance.

    Attributes:
        shown: The drawing that is seen.
        before: What stands before its nodes' ids in the flat drawing: empty, or `n5/`, or `n5/1/n3/`.
    """

    shown: Graph
    before: str = ""

    def seen(self, flat: str) -> str | None:
        """The id of the node that stands for a flat one in what is seen; None where it is elsewhere."""
        if not flat.startswith(self.before):
            return None
        id = flat[len(self.before) :].partition("/")[0]
        return id if id in self.shown.nodes else None


def folded(report: Report, sight: Sight, flat: Unfolded, meant: Resolved) -> Report:
    """Tell a report of the flat network by the nodes that are seen.

    An instance gives what leaves by its ports and counts all weights inside it, and problems inside it show on it.
    """
    if flat.graph is sight.shown and not sight.before:
        return report
    inside = _gathered(report.nodes, sight)
    nodes = {
        node.id: _told(node, inside.get(node.id, []), sight, flat, meant, report) for node in sight.shown.nodes.values()
    }
    problems = (_moved(problem, sight) for problem in report.problems)
    return Report(FrozenMap(nodes), tuple(dict.fromkeys(problem for problem in problems if problem is not None)))


def worded(problems: Iterable[Problem], flat: Unfolded, root: Graph) -> tuple[Problem, ...]:
    """Name the nodes inside blocks by the way to them: `stage1/unit2/conv`."""
    told = []
    for problem in problems:
        inner = [id for id in problem.nodes if "/" in id and id in flat.graph.nodes]
        sentence = problem.sentence
        for id in sorted(inner, key=len, reverse=True):
            sentence = sentence.replace(flat.graph.nodes[id].name, spelled(id, root))
        told.append(replace(problem, sentence=sentence) if inner else problem)
    return tuple(told)


def once(problems: Iterable[Problem], flat: Unfolded) -> tuple[Problem, ...]:
    """Leave out what was told of one unit of a row and is so of another."""
    told: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        ways = tuple(flat.paths.get(id, (id,)) for id in problem.nodes)
        told.setdefault((UNIT.sub("", problem.sentence), ways), problem)
    return tuple(told.values())


def faults(flat: Unfolded, sight: Sight) -> tuple[Problem, ...]:
    """The problems of instances that could not be unfolded, on the nodes that are seen."""
    found = (Problem("error", fault.sentence, (fault.node,)) for fault in flat.faults)
    moved = (_moved(problem, sight) for problem in found)
    return tuple(dict.fromkeys(problem for problem in moved if problem is not None))


def _gathered(nodes: Mapping[str, NodeReport], sight: Sight) -> dict[str, list[NodeReport]]:
    """The reports by the node that stands for them in what is seen."""
    inside: dict[str, list[NodeReport]] = {}
    for flat, report in nodes.items():
        id = sight.seen(flat)
        if id is not None:
            inside.setdefault(id, []).append(report)
    return inside


def _told(
    node: Node, inside: Iterable[NodeReport], sight: Sight, flat: Unfolded, meant: Resolved, report: Report
) -> NodeReport:
    id = sight.before + node.id
    if not is_instance(node) or id not in flat.exits:
        return report.nodes.get(id) or _passed(id, meant, report)
    outputs = {port: spec for port, end in flat.exits[id].items() if (spec := _carried(end, meant, report)) is not None}
    return summed(FrozenMap(outputs), list(inside))


def summed(outputs: FrozenMap[TensorSpec], inside: list[NodeReport]) -> NodeReport:
    """Add up what is inside an instance; what hangs on a free length makes the whole hang on it."""
    adds = [report.multiply_adds for report in inside]
    return NodeReport(
        outputs, sum(report.parameters for report in inside), sum(report.trainable for report in inside),
        multiply_adds=None if None in adds else sum(filter(None, adds)),
        counted=all(report.counted for report in inside),
    )  # fmt: skip


def _passed(id: str, meant: Resolved, report: Report) -> NodeReport:
    """What is known of a dot or of the end of a block: what comes through it."""
    spec = _carried(End(id, "output"), meant, report)
    return NodeReport(FrozenMap({"output": spec})) if spec is not None else NodeReport()


def _carried(end: End, meant: Resolved, report: Report) -> TensorSpec | None:
    source = meant.source(end)
    found = report.nodes.get(source.node)
    return None if found is None else found.outputs.get(source.port)


def _moved(problem: Problem, sight: Sight) -> Problem | None:
    """A problem as it shows in what is seen; None where its first node is not there."""
    if not problem.nodes:
        return problem
    seen = [sight.seen(id) for id in problem.nodes]
    if seen[0] is None:
        return None
    return replace(problem, nodes=tuple(dict.fromkeys(id for id in seen if id is not None)))
