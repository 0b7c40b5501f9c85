"""The curves page: a plot for each metric side by side, drawn as a run's figures arrive. Knows no graph, no wire."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QWidget

from engine.graph import Graph
from engine.messages import Epoch, Steps
from engine.recipe import Recipe
from gui.monitor.empty import Empty
from gui.monitor.legend import WIDTH, Legend
from gui.monitor.plot import Curves, MetricPlot
from gui.monitor.series import FIRST, Floats, Metric, Series, Track, figure, span
from gui.runner import Runner, RunState
from gui.theme import colour

#: The least time between two drawings: 30 a second, and none where nothing came.
FRAME_MS: Final = 33
#: Room right of the last point, so that its mark is whole.
EDGE: Final = 0.01
#: How many metrics are shown until a person chooses.
AT_FIRST: Final = 2
WAITING: Final = {
    "waking": ("No run yet", "TensorFlow is starting: Train can be pressed already."),
    "ready": ("No run yet", "Press Train to see loss and accuracy move, train and validation together."),
    "starting": ("Starting the run", "The data is being read and the network built."),
    "compiling": ("Compiling the network", "The first step takes longest; the curves begin right after it."),
    "training": ("Training", "The first figures are on their way."),
}


class CurvesView(QWidget):
    """Shows the run under way or the last one, the run before it faintly behind."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.series, self.previous = Series(), Series()
        self.plots: dict[str, MetricPlot] = {}
        self._chosen: dict[str, bool] = {}
        self._runner = runner
        self._fits, self._dirty = True, True
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME_MS)
        self._frame.timeout.connect(self._draw)
        self.empty, self.legend = Empty("chart-line"), Legend()
        self._page, self._row = QWidget(), QHBoxLayout()
        self._lay_out()
        # A plot takes some 50 ms to make: now, while nobody waits, and not when the first figures come.
        self._have(list(FIRST))
        self._listen(runner)

    def _lay_out(self) -> None:
        panel = QScrollArea()
        panel.setWidgetResizable(True)
        panel.setFixedWidth(WIDTH + 12)
        panel.setWidget(self.legend)
        self._row.setSpacing(16)
        layout = QHBoxLayout(self._page)
        layout.setContentsMargins(12, 12, 12, 8)
        layout.setSpacing(0)
        layout.addLayout(self._row, 1)
        layout.addWidget(panel)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._page)

    def _listen(self, runner: Runner) -> None:
        runner.started.connect(self._on_started)
        runner.stepped.connect(self._on_steps)
        runner.epoch_ended.connect(self._on_epoch)
        runner.state_changed.connect(self._on_state)
        self.legend.toggled.connect(self._on_toggled)
        self.legend.across_chosen.connect(self._fit)
        self._on_state(runner.state)

    # -- what a run says

    def _on_started(self, _graph: Graph, recipe: Recipe) -> None:
        if self.series:
            self.previous = self.series
        self.series = Series(epochs=recipe.epochs)
        self._fit()

    def _on_steps(self, message: Steps) -> None:
        self.series.add_steps(message)
        self._soon()

    def _on_epoch(self, message: Epoch) -> None:
        self.series.add_epoch(message)
        self._soon()

    def _on_state(self, state: RunState) -> None:
        if state.steps and not self.series.steps_per_epoch:
            self.series.steps_per_epoch = state.steps
        if self.series:
            self._soon()
        else:
            self._say_why_empty(state)

    def _say_why_empty(self, state: RunState) -> None:
        title, hint = WAITING.get(state.phase, ("No figures came", "Press Train to run again."))
        if state.queued:
            title, hint = "TensorFlow is starting", "The run begins as soon as it is there."
        self.empty.say(title, state.sentence or hint)
        self._stack.setCurrentWidget(self.empty)

    # -- what a person does

    def _on_toggled(self, name: str, shown: bool) -> None:
        self._chosen[name] = shown
        self._soon()

    def _on_moved(self) -> None:
        self._fits = False
        self._soon()

    def _fit(self) -> None:
        """Show the whole run again."""
        self._fits = True
        self._soon()

    def _on_hovered(self, x: float) -> None:
        for name, plot in self.plots.items():
            inside = x == x and name in self.series.metrics and 0 <= x * self._unit <= self.series.step
            plot.point_at(x if inside else math.nan, self._values(self.series.metrics[name], x) if inside else "")

    def _values(self, metric: Metric, x: float) -> str:
        """Spell what stands under the pointer, each figure in its curve's colour."""
        step = x * self._unit
        tracks = {"train": metric.steps if len(metric.steps) else metric.train, "validation": metric.validation}
        words = [f"epoch {x:.1f}" if self._per_epoch else f"step {round(step):,}"]
        for token, track in tracks.items():
            if len(track):
                value = figure(track.at(step), bounded=metric.bounded)
                words.append(f'<span style="color:{colour(token).name()}">{token} {value}</span>')
        return " &nbsp;".join(words)

    # -- drawing

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._frame.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._soon()

    def _soon(self) -> None:
        """Draw with the next frame, where somebody sees it."""
        self._dirty = True
        if self.isVisible() and not self._frame.isActive():
            self._frame.start()

    def draw_now(self) -> None:
        """Draw without waiting for the next frame."""
        self._dirty = True
        self._draw()

    def _draw(self) -> None:
        if not self._dirty or not self.series:
            return
        self._dirty = False
        self._stack.setCurrentWidget(self._page)
        names = self.series.names
        self._have([name for i, name in enumerate(names) if self._chosen.get(name, i < AT_FIRST)] or names[:1])
        self.legend.show_series(self.series, frozenset(self.plots))
        self._reach()
        for name, plot in self.plots.items():
            plot.show_curves(self._curves(name, plot))

    @property
    def _per_epoch(self) -> bool:
        return self.legend.across == "epochs" and self.series.steps_per_epoch > 0

    @property
    def _unit(self) -> float:
        """How many steps one unit of the x axis is."""
        return self.series.steps_per_epoch if self._per_epoch else 1.0

    def _reach(self) -> None:
        series, busy = self.series, self._runner.state.busy
        whole = max(series.epochs * series.steps_per_epoch, float(series.step)) if busy else float(series.step)
        end = span(series.step, whole) / self._unit * (1 + EDGE)
        for plot in self.plots.values():
            plot.whole_x = True
            plot.limit(end)
            if self._fits:
                plot.reach_to(0, end)

    def _have(self, wanted: list[str]) -> None:
        """Have one plot for each of these metrics, in this order."""
        if wanted == list(self.plots):
            return
        for name in [name for name in self.plots if name not in wanted]:
            plot = self.plots.pop(name)
            self._row.removeWidget(plot)
            plot.hide()
            plot.deleteLater()
        self.plots = {name: self.plots.get(name) or self._make(name) for name in wanted}
        for index, plot in enumerate(self.plots.values()):
            self._row.insertWidget(index, plot, 1)

    def _make(self, name: str) -> MetricPlot:
        plot = MetricPlot(name)
        plot.hovered.connect(self._on_hovered)
        plot.moved.connect(lambda: self._follow(plot))
        plot.fitted.connect(self._fit)
        return plot

    def _follow(self, moved: MetricPlot) -> None:
        """Show on every plot the stretch to which a person zoomed one."""
        for plot in self.plots.values():
            plot.reach_to(*moved.reach)
        self._on_moved()

    def _curves(self, name: str, plot: MetricPlot) -> Curves:
        metric, before = self.series.metrics[name], self.previous.metrics.get(name)
        best = self.series.best_step
        shrink = _Shrink(plot, self._unit)
        ratio = self._ratio_to_previous()
        return Curves(
            shrink(metric.steps),
            shrink(metric.train),
            shrink(metric.validation),
            tuple(shrink(track, ratio) for track in (before.train, before.validation)) if before else (),
            best / self._unit if best is not None else None,
            metric.bounded,
        )

    def _ratio_to_previous(self) -> float:
        """By what the previous run's steps are multiplied, so that along epochs its epochs stand on these."""
        if not self._per_epoch or not self.previous.steps_per_epoch:
            return 1.0
        return self.series.steps_per_epoch / self.previous.steps_per_epoch


class _Shrink:
    """Reduces tracks to a plot's pixels and puts them into its unit."""

    def __init__(self, plot: MetricPlot, unit: float) -> None:
        self._columns, self._unit, (self._x0, self._x1) = plot.columns, unit, plot.reach

    def __call__(self, track: Track, ratio: float = 1.0) -> tuple[Floats, Floats]:
        scale = ratio / self._unit
        x, y = track.decimated(self._columns, self._x0 / scale, self._x1 / scale)
        return x * scale, y
