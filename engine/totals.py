"""What a drawing costs: parameters, multiply-adds, memory, of each node and in sum. Knows no Keras, no Qt.

Sums follow a drawing that is edited: only the nodes of which something else is known are counted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import prod
from operator import add, sub
from typing import Final

from engine.report import NodeReport, Report, TensorSpec

#: Bytes of a number, by its dtype; of the others, 4.
BYTES: Final[Mapping[str, int]] = {
    "float64": 8, "int64": 8, "uint64": 8, "float16": 2, "bfloat16": 2, "int16": 2, "uint16": 2, "int8": 1, "uint8": 1,
    "bool": 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """What one node costs, or several together.

    Attributes:
        parameters, trainable: All weights, and those that training moves.
        multiply_adds: Of one sample, forward.
        output: Bytes of all that comes out for one sample.
        weights, moved: Bytes of all weights, and of those that training moves.
        free: Nodes of which the output has a length that is free; it is not in the sum.
        varying: Nodes whose multiply-adds depend on a length that is free; they are not in the sum.
        uncounted: Nodes whose multiply-adds nobody counts, as those of a person's own layers.
    """

    parameters: int = 0
    trainable: int = 0
    multiply_adds: int = 0
    output: int = 0
    weights: int = 0
    moved: int = 0
    free: int = 0
    varying: int = 0
    uncounted: int = 0

    def __add__(self, other: Cost) -> Cost:
        return Cost(*map(add, self.row, other.row))

    def __sub__(self, other: Cost) -> Cost:
        return Cost(*map(sub, self.row, other.row))

    @property
    def row(self) -> tuple[int, ...]:
        return (
            self.parameters, self.trainable, self.multiply_adds, self.output, self.weights, self.moved, self.free,
            self.varying, self.uncounted,
        )  # fmt: skip


NOTHING: Final = Cost()


@lru_cache(10_000)
def cost(report: NodeReport) -> Cost:
    """Return what a node costs, by what the checker found of it; remembered, as many nodes are alike."""
    outputs = [sample_bytes(spec) for spec in report.outputs.values()]
    size = BYTES.get(_variables(report.dtype), 4)
    return Cost(
        report.parameters, report.trainable, report.multiply_adds or 0, sum(bytes or 0 for bytes in outputs),
        size * report.parameters, size * report.trainable,
        free=int(None in outputs), varying=int(report.multiply_adds is None), uncounted=int(not report.counted),
    )  # fmt: skip


def sample_bytes(spec: TensorSpec) -> int | None:
    """Return the bytes of one sample of a tensor; None where a length is free."""
    lengths = [length for length in spec.shape[1:] if length is not None]
    return prod(lengths) * BYTES.get(spec.dtype, 4) if len(lengths) == len(spec.shape[1:]) else None


def _variables(policy: str) -> str:
    """The dtype of the weights under a policy: mixed ones compute in another."""
    return "float32" if policy.startswith("mixed_") else policy


def summed(reports: Iterable[NodeReport]) -> Cost:
    """Return what several nodes cost together."""
    return _together(map(cost, reports))


def _together(costs: Iterable[Cost]) -> Cost:
    return Cost(*map(sum, zip(*(cost.row for cost in costs), strict=True)))


@dataclass(slots=True)
class Tally:
    """Follows the reports on a drawing: what each node costs, and all together."""

    costs: dict[str, Cost] = field(default_factory=dict)
    total: Cost = NOTHING
    _last: Report = field(default_factory=Report)

    def follow(self, report: Report) -> Tally:
        """Count what differs from the report before, then say the same of it."""
        if report is not self._last:
            before, self._last = self._last.nodes, report
            gone = [self.costs.pop(id) for id in report.nodes.gone(before)]
            found = {id: cost(report.nodes[id]) for id in report.nodes.others(before)}
            gone += [self.costs[id] for id in found.keys() & self.costs.keys()]
            self.costs |= found
            self.total += _together(found.values()) - _together(gone)
        return self
