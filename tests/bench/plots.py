"""Pictures that follow a run: curves of a million points, a wall of a thousand maps."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import numpy as np

from tests.bench.harness import Measure, median_seconds

FRAME_MS = 16.0
RUNS = 15


def measure() -> Iterator[Measure]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    yield _curves()
    yield _maps()


def _curves() -> Measure:
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
    x = np.arange(1.0, 1_000_001)
    values = np.stack([2 * np.exp(-x / 2e5), 1 - np.exp(-x / 2e5)], axis=1) + 0.05 * np.sin(x * 7.7)[:, None]
    runner.stepped.emit(Steps(("loss", "accuracy"), Array.of(x.astype(np.int64)), Array.of(values)))
    for metric in view.series.metrics.values():
        metric.validation.add(x, metric.steps.y + 0.1)
    app.processEvents()

    def frame() -> None:
        view.draw_now()
        for plot in view.plots.values():
            plot._plot.viewport().repaint()

    took = median_seconds(frame, runs=RUNS, warm=3) * 1000
    view.deleteLater()
    return Measure("four curves of 1,000,000 points redrawn", took, "ms", FRAME_MS)


def _maps() -> Measure:
    from PySide6.QtGui import QColor

    from gui.monitor.mosaic import colour_table, lay_out, wall
    from gui.monitor.tiles import sheet

    table = colour_table("magma", QColor("red"), QColor("black"))
    shown = sheet(np.random.default_rng(1).normal(size=(14, 14, 1024)).astype(np.float32))
    took = median_seconds(lambda: wall(shown, lay_out(shown, (1000, 220), 3), table), runs=RUNS, warm=3) * 1000
    return Measure("wall of 1,024 maps drawn", took, "ms", FRAME_MS)
