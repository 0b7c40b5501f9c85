"""What nodes carry: pictures of what they give, the colour of a figure, or nothing; and the legend. Edits nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPointF, QRectF, Signal

from gui.canvas.ground import Ground
from gui.canvas.heat import FIGURES, LIVE, Reading
from gui.canvas.pinning import Pinning
from gui.canvas.pulse import Pulse
from gui.canvas.scene import Scene

if TYPE_CHECKING:
    from gui.canvas.legend import Legend

#: What nodes carry that no figure colours.
PICTURES, NOTHING = "pictures", "nothing"
CARRIED: Final = (PICTURES, NOTHING, *FIGURES)
#: Between the legend and the canvas's edges, and its top where the way to an entered block stands there.
MARGIN, BELOW = 12, 56
#: As tall as the legend becomes once a run tells of its layers.
TALLEST: Final = 100


class Heating(QObject):
    """Lets the drawing carry one of `CARRIED`, which `chosen` tells; past a figure it is what it was before."""

    chosen = Signal(str)
    #: Another sample is to be watched, so many further on.
    sample_stepped = Signal(int)

    def __init__(self, scene: Scene, ground: Ground) -> None:
        super().__init__(ground)
        self._scene, self._ground = scene, ground
        self._legend: Legend | None = None
        #: The drawing for which the legend was put where it is: each has its own room.
        self._placed: object = None
        self._plain = PICTURES
        #: Whether a run goes on, as the legend says it.
        self._runs = False
        self.pinning = Pinning(scene, lambda: self.carried == PICTURES, self)
        self.pulse = Pulse(scene, ground)
        scene.redrawn.connect(self._show)

    @property
    def legend(self) -> Legend:
        """Made when a figure is first chosen, since making it would delay the first paint."""
        if self._legend is None:
            from gui.canvas.legend import Legend

            self._legend = Legend(self._ground)
            self._legend.closed.connect(lambda: self.use(self._plain))
        return self._legend

    @property
    def carried(self) -> str:
        """What nodes carry now."""
        return self._scene.figure or self._plain

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What each action of this part calls, by the action's id."""
        figures = {f"heat_{name}": partial(self.use, name) for name in FIGURES}
        return {
            "carry_pictures": self._toggle_pictures, "carry_nothing": partial(self.use, NOTHING),
            "heat_next": self.step, "sample_next": partial(self.sample_stepped.emit, 1),
            "sample_previous": partial(self.sample_stepped.emit, -1),
            **figures, **self.pinning.commands(), **self.pulse.commands(),
        }  # fmt: skip

    def use(self, carried: str) -> None:
        """Carry something else."""
        figure = carried if carried in FIGURES else ""
        if not figure:
            self._plain = carried
        self._scene.colour_by(figure)
        self._show()
        self.chosen.emit(carried)

    def step(self) -> None:
        """Colour by the next figure, after the last by none; those that a run tells once one has told them."""
        known = [name for name in FIGURES if name not in LIVE or self._scene.reading is not None]
        names = [*known, self._plain]
        after = names.index(self.carried) + 1 if self.carried in names else 0
        self.use(names[after % len(names)])

    def tell(self, reading: Reading | None, *, runs: bool) -> None:
        """Take what a run has told of its layers, and whether it goes on."""
        self._runs = runs
        self._scene.tell_figures(reading)
        self._show()

    def say_whether(self, *, runs: bool) -> None:
        """Take whether a run goes on."""
        if runs is not self._runs:
            self._runs = runs
            self._show()

    def _toggle_pictures(self) -> None:
        self.use(NOTHING if self.carried == PICTURES else PICTURES)

    def _show(self) -> None:
        heat = self._scene.facts.heat
        if heat is not None or self._legend is not None:
            hidden = self.legend.isHidden() or self._placed != self._scene.document.steps
            self.legend.show_heat(heat, runs=self._runs, blocks=bool(self._scene.facts.inside))
            if hidden and heat is not None:
                self._place(self.legend)

    def _place(self, legend: Legend) -> None:
        """Put the legend where it hides the fewest nodes, and then notes: at the top, else at the foot.

        What stands at the canvas's corners, the way to an entered block and what layers carry, it leaves free.
        """
        ground, self._placed = self._ground, self._scene.document.steps
        from_top = BELOW if self._placed else MARGIN
        top = QRectF(MARGIN, from_top, legend.width(), max(legend.height(), TALLEST))
        beside, right, left = QRectF(top), QRectF(top), QRectF(top)
        beside.moveTopRight(QPointF(ground.width() - MARGIN, BELOW))
        right.moveBottomRight(QPointF(ground.width() - MARGIN, ground.height() - MARGIN))
        left.moveBottom(ground.height() - MARGIN)
        back = ground.viewportTransform().inverted()[0]
        rooms = [(room, back.mapRect(room)) for room in (top, beside, right, left)]
        hides = [(len(self._scene.nodes_in(area)), len(self._scene.met(area))) for _, area in rooms]
        legend.move(rooms[hides.index(min(hides))][0].topLeft().toPoint())
