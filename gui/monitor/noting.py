"""Notes that a person puts on a curve: the field they are typed in, the menu at a place, the mark. Knows no store."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QWidget

from engine.happenings import Happening
from gui.theme import icon

if TYPE_CHECKING:
    from engine.plotting.axis import Axis
    from gui.monitor.plot import MetricPlot
    from gui.monitor.plots import Plots
    from gui.monitor.series import Series

#: How wide the field is, and how long a note may be.
WIDE, LONGEST = 220, 500
HINT: Final = "A note here"


class View(Protocol):
    """The page, as far as notes go."""

    series: Series
    grid: Plots

    @property
    def plots(self) -> dict[str, MetricPlot]: ...
    @property
    def laid(self) -> tuple[Series, ...]: ...
    @property
    def axis(self) -> Axis: ...
    def mark(self, happening: Happening) -> None: ...
    def unmark(self, happening: Happening) -> None: ...
    def lay(self, runs: tuple[Series, ...]) -> None: ...
    def fit(self) -> None: ...


class Field(QLineEdit):
    """Emits `written` with Enter, nothing with Escape; it goes when it is left."""

    written = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setPlaceholderText(HINT)
        self.setAccessibleName(HINT)
        self.setMaxLength(LONGEST)
        self.setFixedWidth(WIDE)
        self.returnPressed.connect(self._commit)
        self.hide()

    def open(self, at: QPoint) -> None:
        self.clear()
        self.move(at)
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def _commit(self) -> None:
        words = self.text().strip()
        self.hide()
        if words:
            self.written.emit(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hide()


class Noting(QObject):
    """Emits `noted` with a mark that was made, `unnoted` with one that is taken away."""

    noted = Signal(object)
    unnoted = Signal(object)

    def __init__(self, view: View, page: QWidget) -> None:
        super().__init__(page)
        self._view, self._page = view, page
        self.field = Field(page)
        self._at: tuple[MetricPlot, float] | None = None
        self.field.written.connect(self._write)
        view.grid.note_asked.connect(self.ask)
        view.grid.menu_asked.connect(self._open_menu)

    def ask(self, plot: MetricPlot | None = None, x: float = math.nan) -> None:
        """Have a note typed at a place of a plot, else where one points, else at the pin, else at the newest step."""
        view = self._view
        if not view.series or not view.plots:
            return
        plot = plot or view.grid.hovered or next(iter(view.plots.values()))
        newest = float(view.axis.of(np.array([float(view.series.step)]))[0])
        x = next((place for place in (x, plot.pointed, view.grid.pin) if not math.isnan(place)), newest)
        self._at = plot, x
        at = plot.mapTo(self._page, plot.place_of(x))
        self.field.open(QPoint(max(0, min(at.x(), self._page.width() - WIDE)), at.y()))

    def _write(self, words: str) -> None:
        if self._at is not None:
            plot, x = self._at
            happening = self._happening(x, words)
            self._view.mark(happening)
            self.noted.emit(happening)
            plot.setFocus(Qt.FocusReason.OtherFocusReason)

    def _happening(self, x: float, words: str) -> Happening:
        series = self._view.series
        step = min(max(round(float(self._view.axis.back(np.array([x]))[0])), 0), series.step)
        elapsed, per_epoch = series.axis("elapsed"), series.steps_per_epoch
        seconds = float(elapsed.of(np.array([float(step)]))[0]) if elapsed.known else 0.0
        return Happening(step, max(1, math.ceil(step / per_epoch)) if per_epoch else 1, seconds, "note", words)

    def remove(self, happening: Happening) -> None:
        """Take a note away."""
        self._view.unmark(happening)
        self.unnoted.emit(happening)

    # -- the menu

    def _open_menu(self, plot: MetricPlot, x: float, at: QPoint) -> None:
        self.make_menu(plot, x).popup(at)

    def make_menu(self, plot: MetricPlot, x: float) -> QMenu:
        """Offer what can be done at a place of a plot."""
        view = self._view
        menu = QMenu(self._page)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        note = menu.addAction(icon("sticky-note"), "Note here (N)", partial(self.ask, plot, x))
        note.setEnabled(bool(view.series))
        words = plot.notes_at(x)
        for happening in [each for each in view.series.happenings if each.kind == "note" and each.text in words]:
            menu.addAction(icon("trash-2"), f"Take “{happening.text[:40]}” away", partial(self.remove, happening))
        menu.addAction(icon("pin"), "Pin the values here (P)", partial(view.grid.pin_at, x))
        menu.addAction(icon("maximize"), "Show the whole run (Home)", view.fit)
        off = menu.addAction(icon("x"), "Take the other runs off", partial(view.lay, ()))
        off.setVisible(bool(view.laid))
        return menu
