"""The curves page: a plot for each metric, drawn as a run's figures arrive, other runs over it. Knows no wire."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter, time
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from engine.graph import Graph
from engine.happenings import Happening
from engine.messages import Epoch, Steps
from engine.plotting.figures import FIRST
from engine.recipe import Recipe
from gui.monitor.along import Along
from gui.monitor.as_table import slices
from gui.monitor.curve_bar import CurveBar
from gui.monitor.drawing import Drawing, Window
from gui.monitor.empty import Empty
from gui.monitor.exporting import Exporting
from gui.monitor.full import FullScreen
from gui.monitor.legend import WIDTH, Legend
from gui.monitor.manner import Manner, manner_from
from gui.monitor.plot import MetricPlot
from gui.monitor.plots import Plots
from gui.monitor.series import RunColumns, Series, series_of
from gui.monitor.told import Teller, Told
from gui.runner import Runner, RunState
from gui.settings import Settings

#: The least time between two drawings: 30 a second, and none where nothing came.
FRAME_MS: Final = 33
#: For how long curves are smoothed in one turn of the event loop, in seconds.
SMOOTHED_S: Final = 0.008
#: How many metrics are shown until a person chooses.
AT_FIRST: Final = 2
#: How many other runs may be laid over: more are no picture.
MOST_LAID: Final = 32
WAITING: Final = {
    "waking": ("No run yet", "TensorFlow is starting: Train can be pressed already."),
    "ready": ("No run yet", "Press Train to see loss and accuracy move, train and validation together."),
    "starting": ("Starting the run", "The data is being read and the network built."),
    "compiling": ("Compiling the network", "The first step takes longest; the curves begin right after it."),
    "training": ("Training", "The first figures are on their way."),
}


class CurvesView(QWidget):
    """Shows the run under way or the last one, the run before it faintly behind, chosen runs over it."""

    def __init__(self, runner: Runner, parent: QWidget | None = None, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self.series, self.previous = Series(), Series()
        self.laid: tuple[Series, ...] = ()
        self._chosen: dict[str, bool] = {}
        self._runner, self._settings = runner, settings
        self._fits, self._dirty = True, True
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME_MS)
        self._frame.timeout.connect(self._draw)
        self._behind = QTimer(self)
        self._behind.setSingleShot(True)
        self._behind.timeout.connect(self._catch_up)
        self.bar = CurveBar(manner_from(settings.curves) if settings is not None else Manner())
        self.empty, self.legend, self.grid = Empty("chart-line"), Legend(), Plots(self._tell)
        self.exporting, self.full = Exporting(self), FullScreen(self)
        self._page, self._picture = QWidget(), QWidget()
        self._lay_out()
        # A plot takes some 50 ms to make: now, while nobody waits, and not when the first figures come.
        self.grid.have(list(FIRST))
        self._listen(runner)

    def _lay_out(self) -> None:
        panel = QScrollArea()
        panel.setWidgetResizable(True)
        panel.setFixedWidth(WIDTH + 12)
        panel.setWidget(self.legend)
        row = QHBoxLayout(self._picture)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.grid, 1)
        row.addWidget(panel)
        layout = QVBoxLayout(self._page)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self.bar)
        layout.addWidget(self._picture, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._page)

    def _listen(self, runner: Runner) -> None:
        runner.started.connect(self._on_started)
        runner.stepped.connect(self._on_steps)
        runner.epoch_ended.connect(self._on_epoch)
        runner.state_changed.connect(self._on_state)
        runner.happened.connect(self.mark)
        self.legend.toggled.connect(self._on_toggled)
        self.bar.chosen.connect(self._on_chosen)
        self.bar.export_asked.connect(self.export)
        self.bar.full_asked.connect(self.full.toggle)
        self.bar.fit_asked.connect(self.fit)
        self.grid.moved.connect(self._on_moved)
        self.grid.fitted.connect(self.fit)
        self.exporting.said.connect(self.bar.told.setText)
        self._on_state(runner.state)

    @property
    def plots(self) -> dict[str, MetricPlot]:
        return self.grid.plots

    @property
    def manner(self) -> Manner:
        """How the curves are looked at: along time only where the run tells it."""
        chosen = self.bar.manner
        return chosen if self.series.axis(chosen.across).known else replace(chosen, across="step")

    # -- what a run says

    def _on_started(self, _graph: Graph, recipe: Recipe) -> None:
        if self.series:
            self.previous = self.series
        self.series = Series("this run", recipe.epochs, began=time())
        self.grid.pin_at(float("nan"))
        self.bar.told.setText("")
        self.fit()

    def _on_steps(self, message: Steps) -> None:
        self.series.add_steps(message)
        self._soon()

    def _on_epoch(self, message: Epoch) -> None:
        self.series.add_epoch(message)
        self._soon()

    def mark(self, happening: Happening) -> None:
        """Put a mark on the curves of the run under way or the last one."""
        self.series.happenings.append(happening)
        self._soon()

    def _on_state(self, state: RunState) -> None:
        if state.steps and not self.series.steps_per_epoch:
            self.series.steps_per_epoch = state.steps
        self.series.epochs = max(self.series.epochs, state.epochs)
        if state.phase == "training" and not self.series:
            self.series.began = time()
        if self.series or self.laid:
            self._soon()
        else:
            self._say_why_empty(state)

    def _say_why_empty(self, state: RunState) -> None:
        title, hint = WAITING.get(state.phase, ("No figures came", "Press Train to run again."))
        if state.queued:
            title, hint = "TensorFlow is starting", "The run begins as soon as it is there."
        self.empty.say(title, state.sentence or hint)
        self._stack.setCurrentWidget(self.empty)

    # -- what others ask

    def lay_over(self, runs: Sequence[RunColumns]) -> None:
        """Show other runs' curves over this one's; none takes them away."""
        self.laid = tuple(series_of(run) for run in runs[:MOST_LAID])
        self.legend.show_laid(tuple(run.name for run in self.laid))
        self.fit()
        if not self.series and not self.laid:
            self._say_why_empty(self._runner.state)

    def use(self, **changes: object) -> None:
        """Look at the curves in another manner, by its fields."""
        self.bar.show_manner(replace(self.bar.manner, **changes))  # type: ignore[arg-type]
        self._on_chosen(self.bar.manner)

    def fit(self) -> None:
        """Show the whole run again."""
        self._fits = True
        self.grid.let_go()
        self._soon()

    def export(self, kind: str) -> None:
        """Ask where, and write the curves as "png", "svg" or "csv"."""
        folder = self._settings.folder if self._settings is not None else Path.home()
        path = self.exporting.ask(kind, folder) if self.series or self.laid else None
        if path is not None:
            self.write(kind, path)

    def write(self, kind: str, path: Path) -> None:
        """Write the curves as "png", "svg" or "csv"; the bar says how it went."""
        self.draw_now()
        ways: dict[str, Callable[[], None]] = {
            "png": lambda: self.exporting.picture(self._picture, path),
            "svg": lambda: self.exporting.drawing(self._picture, path),
            "csv": lambda: self.exporting.table(slices([run for run in (self.series, *self.laid) if run]), path),
        }
        ways[kind]()

    # -- what a person does

    def _on_toggled(self, name: str, shown: bool) -> None:
        self._chosen[name] = shown
        self._soon()

    def _on_chosen(self, manner: Manner) -> None:
        if self._settings is not None:
            self._settings.keep_curves(manner.as_kept())
        if self._along() != self._drawn_along:
            self.grid.pin_at(float("nan"))
            self.fit()
        self._soon()

    def _on_moved(self) -> None:
        self._fits = False
        self._soon()

    # -- drawing

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._soon()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._frame.stop()
        self._behind.stop()

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

    _drawn_along: tuple[str, bool] = ("", False)

    def _along(self) -> tuple[str, bool]:
        return self.manner.across, self.manner.log_x

    def _draw(self) -> None:
        shown = self.series if self.series or not self.laid else self.laid[0]
        if not self._dirty or not shown:
            return
        self._dirty = False
        self._stack.setCurrentWidget(self._page)
        names = list(dict.fromkeys([*self.series.names, *(name for run in self.laid for name in run.names)]))
        self.grid.have([name for i, name in enumerate(names) if self._chosen.get(name, i < AT_FIRST)] or names[:1])
        self.legend.show_series(self.series, frozenset(self.plots))
        self.bar.allow_times(self.series.timed)
        self._drawn_along = self._along()
        along = self._axes()
        self.grid.limit(*along.whole)
        if self._fits:
            self.grid.reach_to(*along.whole)
        self._smooth()
        for name, plot in self.plots.items():
            self._draw_plot(name, plot, along)
        self.grid.refresh()

    def _draw_plot(self, name: str, plot: MetricPlot, along: Along) -> None:
        drawing = Drawing(self.manner, Window(*plot.reach, plot.columns))
        before = self.previous if self.previous else None
        curves = drawing.curves(name, self.series, before, self.laid, along.since)
        plot.show_curves(curves, along.marks(*plot.reach, plot.width()))

    def _smooth(self) -> None:
        """Let the smoothed curves of what is shown catch up; the rest of a long way comes with the next turns."""
        weight, until = self.manner.smoothing, perf_counter() + SMOOTHED_S
        runs = (self.series, *self.laid)
        shown = [run.metrics[name] for run in runs for name in self.plots if name in run.metrics]
        if not all(metric.smooth(weight, until) for metric in shown) and self.isVisible():
            self._behind.start()

    def _catch_up(self) -> None:
        self._smooth()
        self._soon()

    def _axes(self) -> Along:
        return Along(self.manner, self.series, self.laid, busy=self._runner.state.busy)

    def _tell(self, name: str, x: float) -> Told | None:
        """What stands at a place of a plot; None beyond what has been."""
        along = self._axes()
        if not along.has(x):
            return None
        before = self.previous if self.previous else None
        return Teller(self.manner, self.series, before, self.laid, along.since, along.zone).told(name, x)
