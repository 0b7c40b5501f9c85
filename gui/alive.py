"""The drawing while it trains: what nodes carry, asked of the run as far as it is seen. Knows no wire and no page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from engine.changes import Changes
from engine.graph import Graph
from engine.recipe import Recipe
from engine.resolve import resolved
from gui.canvas.canvas import Canvas
from gui.canvas.heat import Reading
from gui.document import Document
from gui.living.carry_bar import CarryBar
from gui.living.figures import TIME, Readings
from gui.living.pictures import Pictures
from gui.living.sight import Sight
from gui.living.timing import Timing
from gui.monitor.figures import History
from gui.monitor.sample import SAMPLES
from gui.monitor.watching import Watching
from gui.runner import Runner, RunState
from gui.theme import themes

if TYPE_CHECKING:
    from engine.messages import Maps

OWNER: Final = "canvas"


class Alive(QObject):
    """Asks the run for what the nodes in sight put out, and puts it on the canvas as it comes."""

    def __init__(
        self, document: Document, runner: Runner, canvas: Canvas, watching: Watching, history: History
    ) -> None:
        super().__init__(canvas)
        self._document, self._canvas, self._watching, self._runner = document, canvas, watching, runner
        #: Whether the run tells how large that is which its layers give.
        self._measured = False
        #: The nodes of the network that the run has; none before the first.
        self._there: frozenset[str] = frozenset()
        self.sight = Sight(canvas, self._carries)
        self.pictures = Pictures(document, canvas, self.sight.shown)
        self.readings = Readings(document, history, self, lambda: self.sight.open)
        self._timing = Timing(runner, history, lambda: canvas.heating.carried == TIME, self)
        self.bar = CarryBar(canvas)
        self._listen()
        self._show_sample()

    def _listen(self) -> None:
        document, heating, runner = self._document, self._canvas.heating, self._runner
        runner.started.connect(self._on_started)
        runner.mapped.connect(self._on_mapped)
        runner.state_changed.connect(self._on_state)
        document.changed.connect(self._on_changed)
        document.reset.connect(self._on_reset)
        document.turned.connect(self._on_turned)
        heating.chosen.connect(lambda _carried: self._carry())
        heating.chosen.connect(lambda _carried: self._timing.look())
        heating.pinning.changed.connect(self._carry)
        heating.sample_stepped.connect(self._step_sample)
        self.sight.turned.connect(self._ask)
        self.sight.turned.connect(self.readings.look)
        self.readings.read.connect(self._on_read)
        self.pictures.told.connect(self._pulse)
        self.bar.stepped.connect(self._step_sample)
        self._watching.sample_changed.connect(lambda _sample: self._show_sample())
        themes().changed.connect(self.pictures.repaint)

    # -- what happens

    def _on_started(self, graph: Graph, _recipe: Recipe) -> None:
        self._forget()
        self._there = frozenset(resolved(graph, self._document.catalogue).nodes)
        self.bar.show_run(on=True)
        self._carry()

    def _on_mapped(self, message: Maps) -> None:
        self.pictures.take(message)

    def _on_read(self, reading: Reading, magnitudes: Mapping[str, float]) -> None:
        self._measured = bool(magnitudes)
        self._canvas.heating.tell(reading, runs=self._runner.state.busy)
        if self._measured and self._runner.state.busy:
            self._canvas.heating.pulse.tell(magnitudes)

    def _on_state(self, state: RunState) -> None:
        """A state comes with every step: only that a run begins or ends is of interest here."""
        heating = self._canvas.heating
        heating.say_whether(runs=state.busy)
        self._timing.look()
        if not state.busy and heating.pulse.told:
            heating.pulse.tell({})

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        """A node that is another now has not put this out."""
        if changes.changed:
            self.pictures.forget(changes.changed & self._canvas.drawing.wells)

    def _on_reset(self) -> None:
        self._there = frozenset()
        self._forget()
        self.bar.show_run(on=False)

    def _on_turned(self) -> None:
        """Another drawing of the project is seen: its nodes carry their own pictures."""
        self.pictures.clear()
        self._carry()
        self.readings.anew()

    def _forget(self) -> None:
        self.pictures.clear()
        self._canvas.drawing.reserve(())
        self._canvas.heating.pulse.tell({})
        self._measured = False
        self._canvas.heating.tell(None, runs=self._runner.state.busy)

    # -- what is carried

    def _carries(self, id: str) -> bool:
        """Whether a node of the drawing that is seen is to carry a picture."""
        return self._document.gives.get(id) in self._there and self._canvas.heating.pinning.shows(id)

    def _carry(self) -> None:
        """Give room for pictures to the nodes that carry one, and ask for those in sight."""
        drawing = self._canvas.drawing
        nodes = drawing.graph.nodes
        drawing.reserve([id for id in self._document.gives if id in nodes and self._carries(id)])
        self.sight.look()

    def _ask(self) -> None:
        gives = self._document.gives
        self._watching.ask(OWNER, dict.fromkeys(gives[id] for id in self.sight.asked if id in gives))
        self.pictures.look()

    def _pulse(self) -> None:
        """Let wires pulse by what pictures are made of, where the run measures no layers."""
        if not self._measured and self._runner.state.busy:
            self._canvas.heating.pulse.tell(self.pictures.sizes)

    def _step_sample(self, by: int) -> None:
        self._watching.look_at((self._watching.sample + by) % SAMPLES)

    def _show_sample(self) -> None:
        self.pictures.sample = self._watching.sample
        self.bar.show_sample(self._watching.sample)
        self.pictures.look()
