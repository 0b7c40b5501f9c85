"""What curves stand on: two axes with their marks, and a rule across at each mark of the left one. Knows no curve."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyqtgraph as pg

from engine.plotting.ticks import logarithmic, ticks
from gui.theme import colour

LEFT, RIGHT, BOTTOM = 44, 12, 24
#: Pixels that a mark of the left axis needs at least, and has where the plot is tall.
APART, APART_WHEN_TALL = 32, 72
#: Marks of the left axis in a plot that is not tall; fewer where a figure lies between 0 and 1.
MOST: Final = 5


@dataclass(slots=True)
class Ground:
    """The axes of one plot."""

    item: Any
    rules: Any = field(init=False)
    _marks: dict[str, list[tuple[float, str]]] = field(default_factory=dict)
    _ruled: tuple[tuple[float, ...], tuple[float, ...]] = ((), ())

    def __post_init__(self) -> None:
        for side in ("right", "top"):  # not shown, they would lay out labels for every change of range
            self.item.getAxis(side).enableAutoSIPrefix(False)
        self.item.getAxis("left").setWidth(LEFT)
        self.item.getAxis("bottom").setHeight(BOTTOM)
        # An axis that draws the grid itself drops the labels at its ends.
        self.rules = pg.PlotCurveItem(connect="pairs", skipFiniteCheck=True)
        self.rules.setZValue(-1)
        self.item.addItem(self.rules, ignoreBounds=True)
        self.item.layout.setContentsMargins(0, 4, RIGHT, 0)

    def retint(self) -> None:
        """Take the theme's colours."""
        for side in ("left", "bottom"):
            self.item.getAxis(side).update()
        self.rules.setPen(pg.mkPen(colour("line")))

    def mark(
        self, heights: tuple[float, float], along: list[tuple[float, str]], *, bounded: bool, log: bool
    ) -> None:  # fmt: skip
        """Mark the left axis between two heights, and the bottom one as told."""
        box = self.item.getViewBox()
        tall = int(box.height())
        rows = min(max(2, tall // APART), max(MOST - bounded, tall // APART_WHEN_TALL))
        marks = {"left": (logarithmic if log else ticks)(*heights, rows), "bottom": along}
        for side, now in marks.items():
            if self._marks.get(side) != now:
                self.item.getAxis(side).mark(now)
        self._marks = marks
        ruled = (tuple(box.viewRange()[0]), tuple(y for y, _ in marks["left"]))
        if ruled != self._ruled:
            self._ruled = ruled
            self.rules.setData(np.tile(ruled[0], len(ruled[1])), np.repeat(np.array(ruled[1], np.float64), 2))

    def words(self, side: str) -> list[str]:
        """What stands at an axis's marks."""
        return [words for _, words in self._marks.get(side, [])]
