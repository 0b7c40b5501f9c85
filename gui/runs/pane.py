"""What is seen of the chosen runs beside the table: curves, details, what differs, parallel axes. No document."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from engine.errors import EngineError
from engine.runs.compare import (
    DrawingDifference,
    alike_but_for_seed,
    drawing_difference,
    recipe_differences,
    spread,
)
from engine.runs.kept import Kept, kept
from engine.runs.store import Store
from engine.runs.values import EpochRow, RunRow, series
from gui.editors.fields import IconButton
from gui.monitor.switch import Switch
from gui.runs.chart import Chart, Line
from gui.runs.details import Details
from gui.runs.differences import Differences
from gui.runs.parallel import Parallel
from gui.runs.rows import Rows
from gui.theme import colour, themes

#: So many runs are drawn over each other at most.
MOST: Final = 24
ICONS: Final = {
    "curves": "chart-line", "details": "info", "differences": "replace", "parallel": "align-horizontal-space-between",
}  # fmt: skip
CHOOSE: Final = "Choose runs to see their curves over each other."
CHOOSE_ONE: Final = "Choose a run to see all that is known of it, and the weights that it kept."
#: Narrower than this the views are icons.
NARROW: Final = 480
VIEWS: Final = {"curves": "Curves", "details": "Details", "differences": "Difference", "parallel": "Parallel"}
WIDE: Final = 300


class Pane(QWidget):
    """Shows the runs that are chosen; `store` gives the store to read from."""

    def __init__(self, rows: Rows, store: Callable[[], Store]) -> None:
        super().__init__()
        self._rows, self._store = rows, store
        self._chosen: Sequence[RunRow] = ()
        self._tints: dict[str, QColor] = {}
        self._read: dict[str, list[EpochRow]] = {}
        self.apart: DrawingDifference | None = None
        self.switch = Switch("What is shown of the runs", VIEWS)
        self.choice = QComboBox()
        self.choice.setAccessibleName("Metric")
        self.show_apart = IconButton("scan-eye", "Show the difference of the two drawings on the canvas")
        self.chart, self.differences, self.parallel, self.details = Chart(), Differences(), Parallel(), Details()
        self.told, self.hint = QLabel(), QLabel()
        self._lay_out()
        self._ask(CHOOSE)
        self.switch.chosen.connect(lambda _view: self.refresh())
        self.choice.currentTextChanged.connect(lambda _name: self._show_curves())
        themes().changed.connect(self._tint)

    def _lay_out(self) -> None:
        self.setMinimumWidth(240)
        self.switch.show_icons(ICONS)
        self.told.setProperty("role", "third")
        self.told.setTextFormat(Qt.TextFormat.RichText)
        self.told.setWordWrap(True)
        self.hint.setProperty("role", "second")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 4)
        head.addWidget(self.switch)
        head.addStretch(1)
        head.addWidget(self.choice)
        head.addWidget(self.show_apart)
        curves = QWidget()
        column = QVBoxLayout(curves)
        column.setContentsMargins(4, 0, 8, 8)
        column.addWidget(self.chart, 1)
        column.addWidget(self.told)
        wide = QScrollArea()
        wide.setWidgetResizable(True)
        wide.setWidget(self.parallel)
        self._stack = QStackedLayout()
        for page in (curves, self.differences, wide, self.details, self.hint):
            self._stack.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(self._stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tint()

    def _tint(self) -> None:
        self.switch.show_icons(ICONS if self.width() < NARROW else {})

    @property
    def view(self) -> str:
        return self.switch.choice

    def show_runs(self, chosen: Sequence[RunRow], tints: dict[str, QColor]) -> None:
        """Show runs, each with its colour."""
        self._chosen, self._tints = chosen[:MOST], tints
        self._offer_metrics()
        self.refresh()

    def refresh(self) -> None:
        """Show what is chosen as it is now."""
        view = self.view
        self.choice.setVisible(view == "curves" and self.choice.count() > 0)
        self.show_apart.setVisible(view == "differences")
        shows: Mapping[str, Callable[[], None]] = {
            "curves": self._show_curves, "details": self._show_details, "differences": self._show_differences,
            "parallel": self._show_parallel,
        }  # fmt: skip
        shows[view]()

    def _offer_metrics(self) -> None:
        names = list(dict.fromkeys(name for row in self._chosen for name in row.last))
        names = [name for name in ("val_loss", "loss") if name in names] + [
            name for name in names if name not in ("val_loss", "loss")
        ]
        if names and names != [self.choice.itemText(place) for place in range(self.choice.count())]:
            kept = self.choice.currentText()
            self.choice.blockSignals(True)
            self.choice.clear()
            self.choice.addItems(names)
            self.choice.setCurrentText(kept if kept in names else names[0])
            self.choice.blockSignals(False)

    def _ask(self, words: str) -> None:
        self.hint.setText(words)
        self._stack.setCurrentWidget(self.hint)

    # -- curves

    def _show_curves(self) -> None:
        if self.view != "curves":
            return
        if not self._chosen:
            self._ask(CHOOSE)
            return
        self._stack.setCurrentIndex(0)
        name, store = self.choice.currentText(), self._store()
        epochs = {row.id: self._epochs_of(row, store) for row in self._chosen}
        groups = alike_but_for_seed(self._chosen)
        within = {row.id for group in groups for row in group}
        lines = [
            Line(row.called, *series(epochs[row.id], name), self._tints.get(row.id, colour("second")),
                 faint=row.id in within)
            for row in self._chosen
        ]  # fmt: skip
        words = [self._word(row, name) for row in self._chosen if row.id not in within]
        for group in groups:
            found = spread(name, [epochs[row.id] for row in group])
            tint = self._tints.get(group[0].id, colour("second"))
            if len(found.epochs):
                title = f"{group[0].title}, {found.runs} seeds"
                lines.append(Line(title, found.epochs, found.mean, tint, found.deviation))
                words.append(_told(title, f"{found.mean[-1]:.4g} ± {found.deviation[-1]:.2g}", tint))
        self.chart.show_lines(name, lines)
        self.told.setText(" &nbsp; ".join(words[:6]))

    def _epochs_of(self, row: RunRow, store: Store) -> list[EpochRow]:
        """Return a run's epochs, read again where there are more."""
        kept = self._read.get(row.id)
        if kept is None or len(kept) < row.epochs:
            kept = self._read[row.id] = store.epochs(row.id)
        return kept

    def _word(self, row: RunRow, name: str) -> str:
        value = f"{row.last[name]:.4g}" if name in row.last else "–"
        return _told(row.title, value, self._tints.get(row.id, colour("second")))

    # -- details

    def _show_details(self) -> None:
        if not self._chosen:
            self._ask(CHOOSE_ONE)
            return
        row, store = self._chosen[0], self._store()
        self.details.show_run(row, kept(store, row, self._epochs_of(row, store)))
        self._stack.setCurrentWidget(self.details)

    @property
    def meant(self) -> Kept | None:
        """The weights that are chosen among the details, while these are seen."""
        return self.details.chosen if self._stack.currentWidget() is self.details else None

    def see(self, view: str) -> None:
        """Show a view, and give the details the keyboard."""
        self.switch.choose(view)
        if self._stack.currentWidget() is self.details:
            self.details.enter()

    # -- what differs

    def _show_differences(self) -> None:
        self.apart = None
        self.show_apart.setEnabled(False)
        if len(self._chosen) != 2:
            self._ask("Choose two runs to see in what their recipes and drawings differ.")
            return
        old, new = sorted(self._chosen, key=lambda row: row.began)
        store = self._store()
        try:
            self.apart = drawing_difference(store.drawing(old.id), store.drawing(new.id))
        except EngineError:
            self.apart = None
        self.show_apart.setEnabled(self.apart is not None)
        self.differences.show_two(old.called, new.called, recipe_differences(old.recipe, new.recipe), self.apart)
        self._stack.setCurrentWidget(self.differences)

    # -- parallel

    def _show_parallel(self) -> None:
        rows = self._rows.shown
        self.parallel.show_runs(rows, self._rows.columns, self._tints)
        if len(rows) < 2 or not self.parallel.axes:
            self._ask("Two runs or more that differ in something are drawn here as lines across axes.")
        else:
            self._stack.setCurrentIndex(2)


def _told(title: str, value: str, tint: QColor) -> str:
    return f'<span style="color:{tint.name()}">■</span> {escape(title)} <b>{escape(value)}</b>'
