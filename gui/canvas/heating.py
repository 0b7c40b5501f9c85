"""Whether nodes are coloured by a figure, and by which: the commands and the legend. Edits nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.canvas.ground import Ground
from gui.canvas.heat import FIGURES
from gui.canvas.scene import Scene

if TYPE_CHECKING:
    from gui.canvas.legend import Legend


class Heating(QObject):
    """Colours the drawing by a figure, or not; `chosen` carries its name, empty for none."""

    chosen = Signal(str)

    def __init__(self, scene: Scene, ground: Ground) -> None:
        super().__init__(ground)
        self._scene, self._ground = scene, ground
        self._legend: Legend | None = None
        scene.redrawn.connect(self._show)

    @property
    def legend(self) -> Legend:
        """Made when a figure is first chosen, since making it would delay the first paint."""
        if self._legend is None:
            from gui.canvas.legend import Legend

            self._legend = Legend(self._ground)
            self._legend.closed.connect(partial(self.use, ""))
        return self._legend

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What each action of this part calls, by the action's id."""
        figures = {f"heat_{name}": partial(self.use, name) for name in FIGURES}
        return {"heat_off": partial(self.use, ""), "heat_next": self.step, **figures}

    def use(self, figure: str) -> None:
        """Colour by a figure; empty gives the layers their own colours back."""
        self._scene.colour_by(figure)
        self._show()
        self.chosen.emit(figure)

    def step(self) -> None:
        """Colour by the next figure, after the last by none."""
        names = ["", *FIGURES]
        self.use(names[(names.index(self._scene.figure) + 1) % len(names)])

    def _show(self) -> None:
        heat = self._scene.facts.heat
        if heat is not None or self._legend is not None:
            self.legend.show_heat(heat)
