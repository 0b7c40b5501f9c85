"""What a view of the feature-map page is given to show: one layer, one sample, one epoch. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.graph import Node
from engine.messages import Weighed
from gui.monitor.looking.sources import Source
from gui.monitor.sample import ProbeSamples
from gui.monitor.tiles import Floats


@dataclass(frozen=True, slots=True)
class Moment:
    """One layer at one time.

    Attributes:
        values: What was seen for the sample, its batch axis gone; None where that is not looked at or not there.
        weights: The layer's weights; none where they are not looked at.
        stride: Of space each so-manieth place has come.
        words: What the numbers of a vector are called, where it is the network's answer to one of several classes.
        sources: What of the data comes in by each port of the layer, as far as it can be told.
        image: Height, width and channels of the image that was flattened into the layer's input, where one was.
    """

    node: Node
    sample: int
    samples: ProbeSamples
    values: Floats | None = None
    weights: Sequence[Weighed] = ()
    stride: int = 1
    whole: tuple[int, ...] = ()
    words: tuple[str, ...] = ()
    tint: str = ""
    sources: Sequence[Source] = ()
    image: tuple[int, int, int] | None = None
    colours: str = "magma"
    shared: bool = False
