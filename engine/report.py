"""What the checker finds: shapes and counts for each node, and problems in sentences. Knows no Keras, no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from engine.values import FrozenMap, Json

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class TensorSpec:
    """A tensor as far as it is known before any data: lengths by axis (None where free, the batch first) and dtype.

    Attributes:
        axes: The names of the axes of one sample, an empty one where it is not known; empty where none is.
        masks: The ids of the nodes that made the mask that it carries; empty where it carries none.
    """

    shape: tuple[int | None, ...]
    dtype: str = "float32"
    axes: tuple[str, ...] = ()
    masks: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The shape of one sample, as a wire carries it: `28×28×32`; `scalar` where it has no axis."""
        return _label(self.shape)


@lru_cache(4096)
def _label(shape: tuple[int | None, ...]) -> str:
    return "×".join("any" if length is None else str(length) for length in shape[1:]) or "scalar"


@dataclass(frozen=True, slots=True)
class NodeReport:
    """What is known of one node: its outputs by port, and its weights.

    `parameters` counts all weights, `trainable` those that training moves. A node that shares
    another's layer counts none of its own. `multiply_adds` are those of one sample, forward; None
    where they depend on a length that is free, 0 where they are not `counted`.
    """

    outputs: FrozenMap[TensorSpec] = field(default_factory=FrozenMap)
    parameters: int = 0
    trainable: int = 0
    dtype: str = "float32"
    multiply_adds: int | None = 0
    counted: bool = True

    @property
    def known(self) -> bool:
        """Whether shapes came out: nothing at or above the node was in the way."""
        return bool(self.outputs)


@dataclass(frozen=True, slots=True)
class Fix:
    """A way to mend a problem: a title for its button, and what is after it, as project JSON; None as it was."""

    title: str
    graph: Json = field(default=None, hash=False)
    recipe: Json = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, in a sentence, with the ids of the nodes it is about (none: the whole drawing).

    The first node is where it shows. `parameter` names the value at fault, where it is one;
    `detail` is what Keras said; `action` names what of the window's own helps, where no edit of the drawing does.
    """

    severity: Severity
    sentence: str
    nodes: tuple[str, ...] = ()
    parameter: str = ""
    detail: str = ""
    fixes: tuple[Fix, ...] = ()
    action: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that is known of a drawing."""

    nodes: FrozenMap[NodeReport] = field(default_factory=FrozenMap)
    problems: tuple[Problem, ...] = ()

    @property
    def parameters(self) -> int:
        return sum(node.parameters for node in self.nodes.values())

    @property
    def trainable(self) -> int:
        return sum(node.trainable for node in self.nodes.values())

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def at(self, id: str) -> tuple[Problem, ...]:
        """The problems that show on a node."""
        return tuple(problem for problem in self.problems if problem.nodes[:1] == (id,))


# -- JSON, for the wire


def report_to_json(report: Report) -> Json:
    """Spell a report; what nodes give, and names of axes, stand in rows of their own once: many nodes have the same."""
    axes: dict[tuple[str, ...], int] = {}
    outputs: dict[tuple[tuple[str, TensorSpec], ...], int] = {}
    nodes = {id: _node_to_json(node, outputs) for id, node in report.nodes.items()}
    return {
        "nodes": nodes,
        "outputs": [{port: _tensor_to_json(spec, axes) for port, spec in given} for given in outputs],
        "axes": [list(names) for names in axes],
        "problems": [_problem_to_json(problem) for problem in report.problems],
    }


def report_from_json(data: Json) -> Report:
    axes = [tuple(names) for names in data.get("axes", ())]
    outputs = [_outputs_from_json(given, axes) for given in data.get("outputs", ())]
    rows = {id: tuple(row) for id, row in data["nodes"].items()}
    made = {row: NodeReport(outputs[row[0]], *row[1:]) for row in set(rows.values())}
    nodes = FrozenMap({id: made[row] for id, row in rows.items()})
    return Report(nodes, tuple(_problem_from_json(item) for item in data["problems"]))


def _node_to_json(node: NodeReport, outputs: dict[tuple[tuple[str, TensorSpec], ...], int]) -> Json:
    row = outputs.setdefault(tuple(node.outputs.items()), len(outputs))
    return [row, node.parameters, node.trainable, node.dtype, node.multiply_adds, node.counted]


def _tensor_to_json(spec: TensorSpec, rows: dict[tuple[str, ...], int]) -> Json:
    told = [list(spec.shape), spec.dtype, *([rows.setdefault(spec.axes, len(rows))] if spec.axes or spec.masks else ())]
    return [*told, *spec.masks]


def _outputs_from_json(data: Json, axes: list[tuple[str, ...]]) -> FrozenMap[TensorSpec]:
    specs = {
        port: TensorSpec(tuple(shape), kind, axes[told[0]] if told else (), tuple(told[1:]))
        for port, (shape, kind, *told) in data.items()
    }
    return FrozenMap(specs)


def _problem_to_json(problem: Problem) -> Json:
    return {
        "severity": problem.severity, "sentence": problem.sentence, "nodes": list(problem.nodes),
        "parameter": problem.parameter, "detail": problem.detail, "action": problem.action,
        "fixes": [[fix.title, fix.graph, fix.recipe] for fix in problem.fixes],
    }  # fmt: skip


def _problem_from_json(data: Mapping[str, Json]) -> Problem:
    fixes = tuple(Fix(*fix) for fix in data["fixes"])
    return Problem(**{**data, "nodes": tuple(data["nodes"]), "fixes": fixes})
