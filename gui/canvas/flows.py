"""What kind of data a wire carries, and by which line that shows beside its colour. Knows no drawing, no paint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from engine.report import TensorSpec


@dataclass(frozen=True, slots=True)
class Flow:
    """A kind of data: its name, what it is in words, and its line; `dash` is in widths of the line."""

    name: str
    words: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


#: In the order of a legend; the first is that of a wire of which nothing is known.
FLOWS: Final = (
    Flow("", "Not known yet"),
    Flow("image", "Image"),
    Flow("volume", "Volume or video", 1.9),
    Flow("sequence", "Sequence", 1.0, (7.0, 3.0)),
    Flow("vector", "Vector", 1.0, (3.0, 2.5)),
    Flow("mask", "Mask", 1.0, (1.0, 2.5)),
    Flow("scalar", "Scalar or other", 1.0, (9.0, 3.0, 1.5, 3.0)),
)
BY_NAME: Final[Mapping[str, Flow]] = {flow.name: flow for flow in FLOWS}
PLACE: Final[Mapping[str, int]] = {flow.name: place for place, flow in enumerate(FLOWS)}
_BY_RANK: Final = {2: "vector", 3: "sequence", 4: "image", 5: "volume"}


def flow(spec: TensorSpec | None, port: str = "") -> str:
    """Return the kind of what is given to a port, by its axes; empty where they are not known."""
    if spec is None:
        return ""
    if spec.dtype == "bool" or port == "mask" or port.endswith("_mask"):
        return "mask"
    return _BY_RANK.get(len(spec.shape), "scalar")
