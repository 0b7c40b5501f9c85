"""From an edit until its new shapes are on the screen: the whole window, the real checker, 1,041 layers."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter, process_time
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.layout import Box, arranged
from engine.values import Value
from gui.app import make_window, wake
from gui.window import Window
from tests.bench.harness import Measure
from tests.bench.layout import CELLS, VIEW
from tests.bench.screen import application
from tests.nets import nasnet

RUNS: Final = 31
PATIENCE_MS: Final = 60_000
#: A size of kernels that no layer had before, so that Keras has to be asked.
SIZES: Final = range(2, 40)
#: Strides of the first layer that give everything behind it another size: 4, 3, 2, 1 and 8 pixels.
STEPS: Final = (2, 3, 4, 8, 1)


class Shown:
    """A window with a large drawing; a figure is the time from an edit until its shapes are painted, in ms."""

    def __init__(self) -> None:
        self._app = application()
        self.window: Window = make_window()
        self.window.resize(1600, 1000)
        self.window.show()
        wake(self.window, trainer=False)
        graph = _fitting(nasnet(CELLS))
        self.graph = arranged(graph, dict.fromkeys(graph.nodes, Box(168, 110, 26)), view=VIEW).put(graph)
        self._wait_for(lambda: self.window.document.edit("Draw", self.graph))
        self.window.canvas.fit_all()
        self._app.processEvents()

    def edit(self, graph: Graph) -> tuple[float, float]:
        """Edit, and return the time until the shapes are there, and this process's own share of it."""
        began, worked = perf_counter(), process_time()
        self._wait_for(lambda: self.window.document.edit("Edit", graph))
        while self.window.canvas.drawing.behind:
            self._app.processEvents()
        self._app.processEvents()
        return (perf_counter() - began) * 1e3, (process_time() - worked) * 1e3

    def close(self) -> None:
        self.window.document.undo.setClean()
        self.window.close()

    def _wait_for(self, edit: Callable[[], object]) -> None:
        """Run an edit and let events come until the checker has answered it."""
        loop = QEventLoop()
        self.window.document.report_changed.connect(loop.quit)
        QTimer.singleShot(PATIENCE_MS, loop, loop.quit)
        edit()
        loop.exec()
        self.window.document.report_changed.disconnect(loop.quit)
        assert self.window.document.checked, "The checker has answered"


def _fitting(graph: Graph) -> Graph:
    """Return a drawing that takes the digits, so that shapes are what there is to be told."""
    known, last = catalogue(), list(graph.nodes)[-1]
    return known.with_value(known.with_value(graph, "n1", "shape", (8, 8, 1)), last, "activation", "softmax")


def measure() -> Iterator[Measure]:
    shown = Shown()
    words, chance = f"{len(shown.graph.nodes):,} layers", random.Random(1)
    convolutions = [id for id, node in shown.graph.nodes.items() if "Conv2D" in node.layer][1:]
    edits = ((chance.choice(convolutions), "kernel_size", (size, size)) for size in SIZES)
    yield _told(f"{words}, a kernel edited", shown, list(edits)[:RUNS], 10)
    last = convolutions[-1]
    yield _told(f"{words}, near the output", shown, [(last, "kernel_size", (size, 1)) for size in SIZES][:RUNS], 10)
    shown.edit(shown.graph)  # else each of the kernels above would be asked about anew
    yield _told(f"{words}, the first layer", shown, [("n2", "strides", (step, step)) for step in STEPS], 100)
    shown.close()


def _told(name: str, shown: Shown, edits: Sequence[tuple[str, str, Value]], target: float) -> Measure:
    taken, worked = [], []
    for id, parameter, value in edits:
        graph = catalogue().with_value(shown.window.document.graph, id, parameter, value)
        whole, own = shown.edit(graph)
        taken.append(whole)
        worked.append(own)
    note = f"least {min(taken):.1f}, of it the window's own processor {statistics.median(worked):.1f}"
    return Measure(name, statistics.median(taken), "ms", target, note=note)
