"""What each view of the layers shows of a run's history: rows, their axis, a sentence. Knows no widget."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from gui.monitor.figures import History, last_known
from gui.monitor.layers import sayings
from gui.monitor.layers.lanes import Lane
from gui.monitor.layers.over_time import Line
from gui.monitor.layers.scale import Scale, scale_of, spelled

Values = np.ndarray[Any, Any]
#: Of a band over time, the lowest and the highest tenth are left out.
BAND: Final = (10, 90)


@dataclass(frozen=True, slots=True)
class Layers:
    """What the layers are called, by node, and which of them put out what the network does."""

    names: Mapping[str, str]
    ends: frozenset[str] = frozenset()

    def name(self, node: str) -> str:
        return self.names.get(node, node)


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows of a view, their axis, what is marked on it, and a sentence on all of them."""

    lanes: tuple[Lane, ...]
    scale: Scale
    marks: tuple[float, ...]
    saying: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A view: its title, what it shows, and the lines of one layer over time.

    `head` says what the figures of the rows are, `title` what those of the lines; these stand on a logarithmic axis
    where `log`.
    """

    label: str
    show: Callable[[History, Layers], Shown]
    lines: Callable[[History, str], tuple[Line, ...]]
    head: str
    title: str = ""
    log: bool = True
    marks: tuple[float, ...] = ()


def _banded(column: str, saying: Callable[[Mapping[str, float]], str], marks: tuple[float, ...] = ()) -> Any:
    """A figure now, as a band over the run, on a logarithmic axis."""

    def show(history: History, layers: Layers) -> Shown:
        table = history.table(column)
        lanes = tuple(
            _lane(node, layers.name(node), table[:, place])
            for place, node in enumerate(history.nodes)
            if not np.isnan(table[:, place]).all()
        )
        known = {lane.name: lane.now for lane in lanes if not math.isnan(lane.now)}
        scale = scale_of([v for lane in lanes for v in (lane.now, lane.low, lane.high)], log=True, marks=marks)
        return Shown(lanes, scale, marks, saying(known))

    return show


def _lane(node: str, name: str, values: Values) -> Lane:
    known = values[np.isfinite(values)]
    low, high = np.percentile(known, BAND) if len(known) else (math.nan, math.nan)
    now = last_known(values)
    tip = f"{name}\nnow {spelled(now)}\nthis run mostly {spelled(float(low))} to {spelled(float(high))}"
    return Lane(node, name, now, float(low), float(high), spelled(now), tip)


def _activity(history: History, layers: Layers) -> Shown:
    names = ("mean", "deviation", "dead", "saturated")
    mean, deviation, dead, saturated = (history.column(name) for name in names)
    # A network that is sure of its answer lies at its bounds: at an end that is no fault.
    saturated = {node: share for node, share in saturated.items() if node not in layers.ends}
    lanes = tuple(
        _active(node, layers.name(node), mean[node], deviation.get(node, math.nan),
                {"dead": dead.get(node, math.nan), "saturated": saturated.get(node, math.nan)})
        for node in history.nodes if node in mean
    )  # fmt: skip
    scale = scale_of([v for lane in lanes for v in (lane.low, lane.high)])
    named = [{layers.name(node): share for node, share in shares.items()} for shares in (dead, saturated)]
    return Shown(lanes, scale, (), sayings.of_activity(*named))


def _active(node: str, name: str, mean: float, around: float, shares: Mapping[str, float]) -> Lane:
    known = {word: share for word, share in shares.items() if not math.isnan(share)}
    worst = max(known, key=lambda word: known[word], default="")
    told = f"{known[worst]:.0%} {worst}" if worst and known[worst] >= 0.005 else ""
    tip = f"{name}\nmean {spelled(mean)} ± {spelled(around)}"
    tip += "".join(f"\n{share:.1%} {word}" for word, share in known.items())
    wrong = any(share >= sayings.MANY for share in known.values())
    return Lane(node, name, mean, mean - around, mean + around, told, tip, wrong)


def _of(column: str, name: str) -> Callable[[History, str], tuple[Line, ...]]:
    return lambda history, node: (Line(name, history.over_time(node, column)),)


def _mean(history: History, node: str) -> tuple[Line, ...]:
    return (Line("mean", history.over_time(node, "mean"), band=history.over_time(node, "deviation")),)


def shares(history: History, node: str) -> tuple[Line, ...]:
    """The dead and the saturated shares of a layer over time."""
    dead, saturated = (history.over_time(node, name) for name in ("dead", "saturated"))
    return (Line("dead", dead, "bad"), Line("saturated", saturated, "warning"))


VIEWS: Final[Mapping[str, Measure]] = {
    "histograms": Measure(
        "Histograms", _banded("weight_norm", lambda _norms: ""), _of("weight_norm", "norm"),
        "Norm of the weights",
    ),
    "gradients": Measure(
        "Gradients by depth", _banded("gradient_norm", sayings.of_gradients), _of("gradient_norm", "norm"),
        "Norm of the gradient", "Norm of the gradient",
    ),
    "activations": Measure("Activations", _activity, _mean, "Mean ± deviation", "Mean ± deviation", log=False),
    "updates": Measure(
        "Updates", _banded("update_ratio", sayings.of_updates, (sayings.RULE,)), _of("update_ratio", "share"),
        "Change by weights", "Change in one step, as a share of the weights", marks=(sayings.RULE,),
    ),
}  # fmt: skip
