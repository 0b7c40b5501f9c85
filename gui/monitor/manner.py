"""How the curves are looked at, as one value that is kept between starts. Knows no widget and no run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Final

from engine.plotting.axis import ACROSS, Across
from engine.plotting.smooth import MOST

#: What may be shown or not, and its words.
SHOWN: Final[Mapping[str, str]] = {
    "band": "Min–max band",
    "gap": "Gap between train and validation",
    "marks": "Marks of what happened",
    "best": "Best epoch",
    "before": "The run before",
}

#: The curve of the norm of all gradients together, and what is always seen along a logarithm: it spans powers of ten.
GRADIENTS: Final = "gradient_norm"
LOGARITHMIC: Final = frozenset({GRADIENTS})


@dataclass(frozen=True, slots=True)
class Manner:
    """What the curves run along, which axes are logarithmic, how strongly they are smoothed, what else is shown."""

    across: Across = "epoch"
    log_x: bool = False
    log_y: bool = False
    smoothing: float = 0.0
    band: bool = False
    gap: bool = False
    marks: bool = True
    best: bool = True
    before: bool = True

    def of(self, metric: str) -> Manner:
        """Return the manner in which a metric is looked at."""
        return replace(self, log_y=True) if metric in LOGARITHMIC else self

    def as_kept(self) -> dict[str, object]:
        return asdict(self)


def manner_from(kept: Mapping[str, object]) -> Manner:
    """Return what was kept; a value that makes no sense reads as the default."""
    flags = [item.name for item in fields(Manner) if isinstance(item.default, bool)]
    across: Across = next((name for name in ACROSS if name == kept.get("across")), "epoch")
    weight = kept.get("smoothing")
    fitting = isinstance(weight, float | int) and not isinstance(weight, bool) and 0 <= weight <= MOST
    return Manner(
        across,
        smoothing=float(weight) if fitting and isinstance(weight, float | int) else 0.0,
        **{name: bool(kept[name]) for name in flags if isinstance(kept.get(name), bool)},
    )
