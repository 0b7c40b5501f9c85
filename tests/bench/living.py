"""The drawing alive: frames with pictures, heat and pulsing wires, and what comes twice a second. Knows no rival."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from time import perf_counter, sleep

import numpy as np
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from engine.catalogue import RESOURCES, catalogue
from engine.graph import Graph
from engine.layout import Box, arranged
from engine.messages import Array, Figures, Maps
from engine.project import load
from engine.unfold import unfolded
from gui.alive import Alive
from gui.monitor.figures import History
from gui.monitor.watching import Watching
from gui.runner import Runner
from tests.bench.canvas import STALL, Ours, _measured, _pan
from tests.bench.harness import Measure
from tests.bench.layout import VIEW
from tests.bench.screen import application
from tests.gui.fakes import Links
from tests.gui.large import network

#: Zoomed so that many pictures are in sight, and close, where all of a node can be read.
MANY, CLOSE = 0.4, 1.0
ROUNDS = 12
COLUMNS = ("gradient_norm", "update_ratio", "mean", "deviation", "dead", "saturated", "time")
RANDOM = np.random.default_rng(1)


def measure() -> Iterator[Measure]:
    application()
    yield from _pictures(Living(_resnet()), "ResNet-152 opened flat")
    yield from _pulse(Living(network(500)), "500 nodes")


class Living:
    """A drawing with a run that says what a bench lets it say."""

    def __init__(self, graph: Graph) -> None:
        self.ours = Ours(graph)
        self._holder = QObject()
        links = Links()
        runner = Runner(self.ours.document, Path(mkdtemp()), self._holder, make_link=links)  # type: ignore[arg-type]
        watching = Watching(runner, self._holder)
        self.history = History(runner, self._holder)
        self.alive = Alive(self.ours.document, runner, self.ours.canvas, watching, self.history)
        self.runner = runner
        runner.started.emit(graph, self.ours.document.recipe)
        self.steps = count(1)
        self.rest()

    def rest(self) -> None:
        """Let what was begun come to its end."""
        end = perf_counter() + 1.0
        while perf_counter() < end:
            QApplication.processEvents()
            sleep(0.002)

    def look(self, zoom: float) -> None:
        canvas = self.ours.canvas
        canvas.zoom_to(zoom)
        canvas.look_at(canvas.drawing.nodes.bounds().center())
        self.rest()

    def say_maps(self) -> list[float]:
        """Let every node that is asked for say what it gives; return what each turn took until all is shown."""
        step, asked = next(self.steps), self.alive.sight.asked
        gives = self.ours.document.gives
        made = [Maps(gives[id], 1, step, (0,), Array.of(RANDOM.random((1, 14, 14, 64), np.float32))) for id in asked]

        def say() -> None:
            for message in made:
                self.runner.mapped.emit(message)

        return self.ours.screen.turns_of(say, lambda: self.alive.pictures._next.isActive())

    def say_figures(self) -> list[float]:
        """Let the run tell of all layers; return what each turn took until it is shown."""
        nodes = tuple(self.ours.document.network.nodes)
        values = Array.of(RANDOM.random((len(nodes), len(COLUMNS))) ** 4)
        look = Figures(1, next(self.steps), 1.0, nodes, COLUMNS, values, 1.0)
        self.alive.readings._gap.stop()
        return self.ours.turns(partial(self.runner.figured.emit, look))


def _pictures(living: Living, words: str) -> Iterator[Measure]:
    for zoom, what in ((MANY, "many in sight"), (CLOSE, "close")):
        living.look(zoom)
        living.say_maps()
        living.rest()
        shown = len(living.alive.sight.shown())
        yield _measured(f"{words}, {shown} pictures {what}, pan", _pan(living.ours.screen), 16.0)
        living.ours.screen.release()
        turns = [turn for _ in range(ROUNDS) for turn in living.say_maps()]
        yield Measure(f"{words}, new pictures {what}, longest turn", max(turns), "ms", STALL)
    living.ours.canvas.commands["heat_gradient_norm"]()
    for zoom, what in ((MANY, "many in sight"), (CLOSE, "close")):
        living.look(zoom)
        turns = [turn for _ in range(ROUNDS) for turn in living.say_figures()]
        yield Measure(f"{words}, other colours {what}, longest turn", max(turns), "ms", STALL)
    living.ours.screen.close()


def _pulse(living: Living, words: str) -> Iterator[Measure]:
    living.look(MANY)
    living.ours.canvas.heating.pulse.use(on=True)
    living.ours.canvas.heating.pulse.tell({id: float(RANDOM.random()) for id in living.ours.document.graph.nodes})
    screen = living.ours.screen

    def beat() -> float:
        living.ours.canvas.drawing.painter.beats.light = float(RANDOM.random())
        return screen.time(lambda: None, whole=True)

    yield _measured(f"{words}, wires beat", beat, 16.0)
    screen.close()


def _resnet() -> Graph:
    """All layers of ResNet-152 beside each other, tidied."""
    project = load(RESOURCES / "templates" / "resnet152.loom", catalogue())
    graph = unfolded(project.graph, catalogue()).graph
    return arranged(graph, dict.fromkeys(graph.nodes, Box(168, 110, 26)), view=VIEW).put(graph)
