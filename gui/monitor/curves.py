"""The curves page: a plot for each metric, drawn as a run's figures arrive, other runs over it. Knows no wire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import time
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from engine.clipping import threshold_of
from engine.graph import Graph
from engine.happenings import Happening
from engine.messages import Epoch, Figures, Steps
from engine.plotting.axis import Axis
from engine.plotting.figures import FIRST, in_order
from engine.recipe import Recipe
from gui.monitor.along import Along
from gui.monitor.as_table import slices
from gui.monitor.catching import CatchingUp
from gui.monitor.curve_bar import CurveBar
from gui.monitor.curve_page import CurvePage
from gui.monitor.drawing import Drawing, Window
from gui.monitor.empty import Empty
from gui.monitor.exporting import Exporting
from gui.monitor.full import FullScreen
from gui.monitor.laid import Laid
from gui.monitor.legend import Legend
from gui.monitor.manner import Manner, manner_from
from gui.monitor.noting import Noting
from gui.monitor.plot import MetricPlot
from gui.monitor.plots import Plots
from gui.monitor.series import RunColumns, Series, series_of
from gui.monitor.told import Teller, Told
from gui.monitor.waiting import why_empty
from gui.runner import Runner, RunState
from gui.settings import Settings

#: The least time between two drawings: 30 a second, and none where nothing came.
FRAME_MS: Final = 33
#: How many metrics are shown until a person chooses.
AT_FIRST: Final = 2
#: How many other runs may be laid over: more are no picture.
MOST_LAID: Final = 32


class CurvesView(QWidget):
    """Shows the run under way or the last one, the run before it faintly behind, chosen runs over it."""

    def __init__(self, runner: Runner, parent: QWidget | None = None, settings: Settings | None = None) -> None:
        super().__init__(parent)
        self.series, self.previous = Series(), Series()
        self._laid = Laid()
        self._chosen: dict[str, bool] = {}
        self._runner, self._settings = runner, settings
        self._fits, self._dirty = True, True
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME_MS)
        self._frame.timeout.connect(self._draw)
        self._behind = CatchingUp(self)
        self._behind.timeout.connect(self._smooth)
        self._behind.timeout.connect(self._soon)
        self.bar = CurveBar(manner_from(settings.curves) if settings is not None else Manner())
        self.empty, self.legend, self.grid = Empty("chart-line"), Legend(), Plots(self._tell)
        self.exporting, self.full, self.noting = Exporting(self), FullScreen(self), Noting(self, self)
        self.page = CurvePage(self.bar, self.grid, self.legend)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.page)
        # A plot takes some 50 ms to make: now, while nobody waits, and not when the first figures come.
        self.grid.have(list(FIRST))
        self._listen(runner)

    def _listen(self, runner: Runner) -> None:
        runner.started.connect(self._on_started)
        runner.stepped.connect(self._on_steps)
        runner.epoch_ended.connect(self._on_epoch)
        runner.figured.connect(self._on_figures)
        runner.state_changed.connect(self._on_state)
        runner.happened.connect(self.mark)
        self.legend.toggled.connect(self._on_toggled)
        self.legend.cleared.connect(lambda: self.lay(()))
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
    def laid(self) -> tuple[Series, ...]:
        """The runs that are laid over."""
        return self._laid.runs

    @property
    def lead(self) -> Series:
        """The run that the axis is told of: this one, or where there is none, the first that is laid over."""
        return self.series if self.series or not self.laid else self.laid[0]

    @property
    def manner(self) -> Manner:
        """How the curves are looked at: along time only where the run tells it."""
        chosen = self.bar.manner
        return chosen if self.lead.axis(chosen.across).known else replace(chosen, across="step")

    def _on_started(self, _graph: Graph, recipe: Recipe) -> None:
        if self.series:
            self.previous = self.series
        self.series = Series("this run", recipe.epochs, began=time(), threshold=threshold_of(recipe.optimizer))
        self.grid.pin_at(float("nan"))
        self.bar.told.setText("")
        self.fit()

    def _on_steps(self, message: Steps) -> None:
        self.series.add_steps(message)
        self._soon()

    def _on_epoch(self, message: Epoch) -> None:
        self.series.add_epoch(message)
        self._soon()

    def _on_figures(self, message: Figures) -> None:
        self.series.add_figures(message)
        self._soon()

    def mark(self, happening: Happening) -> None:
        """Put a mark on the curves of the run under way or the last one."""
        self.series.happenings.append(happening)
        self._soon()

    def unmark(self, happening: Happening) -> None:
        """Take a mark away again."""
        self.series.happenings.remove(happening)
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
        self.empty.say(*why_empty(state))
        self._stack.setCurrentWidget(self.empty)

    def lay_over(self, runs: Sequence[RunColumns]) -> None:
        """Show other runs' curves over this one's; none takes them away."""
        self.lay(tuple(series_of(run) for run in runs[:MOST_LAID]))

    def lay(self, runs: tuple[Series, ...]) -> None:
        """Do the same with curves that were made elsewhere."""
        self._laid.lay(runs[:MOST_LAID])
        self.legend.show_laid(self.laid)
        self.fit()
        if not self.lead:
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
        path = self.exporting.ask(kind, folder) if self.lead else None
        if path is not None:
            self.write(kind, path)

    def write(self, kind: str, path: Path) -> None:
        """Write the curves as "png", "svg" or "csv"; the bar says how it went."""
        self.draw_now()
        runs = [run for run in (self.series, *self.laid) if run]
        self.exporting.write(kind, self.page.picture, slices(runs), path)

    # -- what a person does

    def _on_toggled(self, name: str, shown: bool) -> None:
        self._chosen[name] = shown
        self._soon()

    def _on_chosen(self, manner: Manner) -> None:
        if self._settings is not None:
            self._settings.keep_curves(manner.as_kept())
        if (self.manner.across, self.manner.log_x) != self._drawn_along:
            self.grid.pin_at(float("nan"))
            self.fit()
        self._soon()

    def _on_moved(self) -> None:
        self._fits = False
        self._soon()

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
        """Draw all, without waiting for the next frame."""
        self._dirty = True
        while self._dirty and self.lead:
            self._draw()

    _drawn_along: tuple[str, bool] = ("", False)

    def _draw(self) -> None:
        if not self._dirty or not self.lead:
            return
        self._dirty = False
        self._stack.setCurrentWidget(self.page)
        names = in_order({name for run in (self.series, *self.laid) for name in run.names})
        self.grid.have([name for i, name in enumerate(names) if self._chosen.get(name, i < AT_FIRST)] or names[:1])
        self.legend.show_series(self.series, frozenset(self.plots), names)
        self.bar.allow_times(self.lead.timed)
        self._drawn_along = self.manner.across, self.manner.log_x
        along = self._axes()
        self.grid.limit(*along.whole)
        if self._fits:
            self.grid.reach_to(*along.whole)
        if not self._behind.isActive():
            self._smooth()
        whole = [self._draw_plot(name, plot, along) for name, plot in self.plots.items()]
        if not all(whole):
            self._soon()  # many lines take some frames to be made
        self.grid.refresh()

    def _draw_plot(self, name: str, plot: MetricPlot, along: Along) -> bool:
        drawing = Drawing(self.manner.of(name), Window(*plot.reach, plot.columns))
        before = self.previous if self.previous else None
        laid = self._laid.of(name, drawing, along.since)
        curves = drawing.curves(name, self.series, before, along.since, laid)
        reduced = self._laid.whole
        return plot.show_curves(curves, along.marks(*plot.reach, plot.width())) and reduced

    def _smooth(self) -> None:
        """Let the smoothed curves of what is shown catch up; the rest of a long way comes with the next turns."""
        runs = (self.series, *self.laid)
        shown = [run.metrics[name] for run in runs for name in self.plots if name in run.metrics]
        self._behind.step(shown, self.manner.smoothing)

    @property
    def axis(self) -> Axis:
        """What the run's steps stand on."""
        return self.series.axis(self.manner.across, log=self.manner.log_x, since=self._axes().since)

    def _axes(self) -> Along:
        return Along(self.manner, self.series, self.laid, busy=self._runner.state.busy)

    def _tell(self, name: str, x: float) -> Told | None:
        """What stands at a place of a plot; None beyond what has been."""
        along = self._axes()
        if not along.has(x):
            return None
        before = self.previous if self.previous else None
        return Teller(self.manner.of(name), self.series, before, self.laid, along.since, along.zone).told(name, x)
