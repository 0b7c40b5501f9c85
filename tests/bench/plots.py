"""Pictures that follow a run: curves of a million points, a wall of a thousand maps."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import cast

import numpy as np

from tests.bench.harness import Measure, cpu_seconds, median_seconds

FRAME_MS, STALL_MS = 16.0, 50.0
RUNS = 15


def measure() -> Iterator[Measure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    yield from _curves()
    yield _maps()
    yield _matrix()


def _curves() -> Iterator[Measure]:
    """Four curves of a million points: plain, smoothed with their band, zoomed into, and while they grow."""
    from PySide6.QtWidgets import QApplication

    from engine.catalogue import catalogue
    from engine.messages import Array, Steps
    from gui.document import Document
    from gui.monitor.curves import CurvesView
    from gui.runner import Runner
    from gui.theme import DARK, themes

    app = cast("QApplication", QApplication.instance() or QApplication([]))
    themes().use(DARK)
    document = Document(catalogue())
    runner = Runner(document, Path())
    view = CurvesView(runner)
    view.resize(1084, 300)
    view.show()
    runner.started.emit(document.graph, document.recipe)

    def come(first: float, count: int) -> None:
        x = np.arange(first, first + count)
        values = np.stack([2 * np.exp(-x / 2e5), 1 - np.exp(-x / 2e5)], axis=1) + 0.05 * np.sin(x * 7.7)[:, None]
        runner.stepped.emit(Steps(("loss", "accuracy"), Array.of(x.astype(np.int64)), Array.of(values)))
        for metric in view.series.metrics.values():
            metric.validation.add(x, metric.steps.y[-count:] + 0.1)

    def frame() -> None:
        view.draw_now()
        for plot in view.plots.values():
            plot._plot.viewport().repaint()

    def growing() -> None:
        come(view.series.step + 1.0, 500)
        frame()

    def catching_up() -> Iterator[float]:
        metrics = view.series.metrics.values()
        while any(len(metric.smooth_validation.track) < view.series.step for metric in metrics):
            yield cpu_seconds(app.processEvents) * 1000

    def took(run: Callable[[], None]) -> float:
        for _ in range(3):
            run()
        return median(cpu_seconds(run) for _ in range(RUNS)) * 1000

    come(1.0, 1_000_000)
    app.processEvents()
    yield Measure("four curves of 1,000,000 points redrawn", took(frame), "ms", FRAME_MS)
    view.use(smoothing=0.9, band=True, gap=True)
    turns = list(catching_up())
    yield Measure("the longest turn while smoothing catches up", max(turns), "ms", STALL_MS, note=f"{len(turns)} turns")
    yield Measure("the same, smoothed, with their band and gap", took(frame), "ms", FRAME_MS)
    yield Measure("the same while they grow", took(growing), "ms", FRAME_MS)
    plot = view.plots["loss"]
    plot.zoom(0.1, 4e5)
    yield Measure("the same, a tenth of them in sight", took(growing), "ms", FRAME_MS)
    view.use(log_x=True, log_y=True)
    yield Measure("the same on logarithmic axes", took(frame), "ms", FRAME_MS)
    view.deleteLater()


def _maps() -> Measure:
    from PySide6.QtGui import QColor

    from gui.monitor.mosaic import colour_table, lay_out, wall
    from gui.monitor.tiles import sheet

    table = colour_table("magma", QColor("red"), QColor("black"))
    shown = sheet(np.random.default_rng(1).normal(size=(14, 14, 1024)).astype(np.float32))
    took = median_seconds(lambda: wall(shown, lay_out(shown, (1000, 220), 3), table), runs=RUNS, warm=3) * 1000
    return Measure("wall of 1,024 maps drawn", took, "ms", FRAME_MS)


def _matrix() -> Measure:
    """The correlation between 1,024 maps; it is computed beside the window's loop, and only drawn in it."""
    from PySide6.QtGui import QPixmap

    from gui.monitor.looking.heat import Heat, Matrix
    from gui.monitor.looking.likeness import likeness

    rows = np.random.default_rng(1).normal(size=(1024, 196)).astype(np.float32)
    aside = median_seconds(lambda: likeness(rows), runs=RUNS, warm=1) * 1000
    found, heat = likeness(rows), Heat("Correlation between maps")
    heat.resize(1000, 700)
    picture = QPixmap(heat.size())

    def draw() -> None:
        heat.show_matrix(
            Matrix(found.correlation, lambda row, column: "", bounds=(-1.0, 1.0), signed=True, square=True)
        )
        heat.render(picture)

    draw()
    took = median(cpu_seconds(draw) for _ in range(RUNS)) * 1000
    heat.deleteLater()
    return Measure("correlation of 1,024 maps drawn", took, "ms", FRAME_MS, note=f"computed aside in {aside:.0f} ms")
