"""The panel beside the curves: which colour is which, the newest figures, what is shown and how. Knows no plot."""

from __future__ import annotations

import math
from html import escape
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.plotting.figures import figure
from engine.plotting.track import Track
from gui.monitor.lines import RUNS, tint_of
from gui.monitor.series import Metric, Series
from gui.theme import TEXT, TITLE, colour, font, themes

WIDTH: Final = 176
GAP: Final = 6
#: The room of a metric's name, past its box and beside a scroll bar.
NAMED: Final = WIDTH - 16 - 22 - 2
EMPTY: Final = "–"


class Swatch(QWidget):
    """A curve's colour and mark: round for train, square for validation, so that colour alone says nothing."""

    def __init__(self, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self.setFixedSize(QSize(12, 12))
        themes().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._token))
        if self._token == "train":
            painter.drawEllipse(1, 1, 10, 10)
        else:
            painter.drawRoundedRect(1, 1, 10, 10, 2, 2)
        painter.end()


class Legend(QWidget):
    """Emits `toggled` when a metric is shown or hidden, `cleared` when the runs laid over are to go."""

    toggled = Signal(str, bool)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(WIDTH)
        self._boxes: dict[str, QCheckBox] = {}
        self._figures: dict[str, tuple[QLabel, QLabel]] = {}
        self._grid = QGridLayout()
        self._best = QLabel()
        self._laid, self.clear = QLabel(), QToolButton()
        self._laid_runs: tuple[Series, ...] = ()
        self._lay_out()
        themes().changed.connect(self._retint)
        self._retint()

    def _lay_out(self) -> None:
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        for column, token in ((0, "train"), (2, "validation")):
            word = QLabel(token)
            word.setProperty("role", "second")
            self._grid.addWidget(Swatch(token), 0, column, Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(word, 0, column + 1)
        for label in (self._best, self._laid):
            label.setProperty("role", "third")
            label.setWordWrap(True)
        self._laid.setTextFormat(Qt.TextFormat.RichText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(self._grid)
        layout.addWidget(self._best)
        layout.addWidget(self._laid)
        layout.addWidget(self.clear)
        layout.addStretch()
        self.clear.setText("Take them off")
        self.clear.setToolTip("Take the other runs off the curves")
        self.clear.clicked.connect(self.cleared)
        self.clear.hide()

    def within(self) -> QScrollArea:
        """Return the place that it is scrolled in."""
        panel = QScrollArea()
        panel.setWidgetResizable(True)
        panel.setFixedWidth(WIDTH + 12)
        panel.setWidget(self)
        return panel

    def show_series(self, series: Series, shown: frozenset[str], names: list[str]) -> None:
        """Show the newest figures of every metric of a name; those in `shown` are ticked."""
        if list(self._boxes) != names:
            self._start(names)
        for name, (train, validation) in self._figures.items():
            metric = series.metrics.get(name) or Metric(name)
            self._boxes[name].setChecked(name in shown)
            train.setText(_spell(metric.now, metric.bounded))
            validation.setText(_spell(metric.validation, metric.bounded))
        self._say_best(series)

    def _say_best(self, series: Series) -> None:
        step = series.best_step
        self._best.setVisible(step is not None)
        if step is not None:
            least = series.metrics["loss"].validation.least
            self._best.setText(f"Best: epoch {series.epoch_at(step)}, validation loss {figure(least)}")

    def show_laid(self, runs: tuple[Series, ...]) -> None:
        """Name the runs that are laid over, each in its colour, with its last figures."""
        self._laid_runs = runs
        rows = [
            f'<span style="color:{tint_of(str(place % len(RUNS))).name()}">━</span>&nbsp;{escape(run.name)}'
            f'<br><span style="color:{colour("third").name()}">{escape(_last(run))}</span>'
            for place, run in enumerate(runs)
        ]
        self._laid.setText("<br>".join([*rows, "dashed: train, whole: validation"]) if rows else "")
        for widget in (self._laid, self.clear):
            widget.setVisible(bool(rows))

    def _retint(self) -> None:
        self.show_laid(self._laid_runs)

    def figures(self, name: str) -> tuple[str, str]:
        """The figures of a metric as they stand here: train, validation."""
        train, validation = self._figures[name]
        return train.text(), validation.text()

    def _start(self, names: list[str]) -> None:
        for widget in (*self._boxes.values(), *(label for pair in self._figures.values() for label in pair)):
            widget.deleteLater()
        self._boxes, self._figures = {}, {}
        for index, name in enumerate(names):
            self._add(name, 3 * index + 1)

    def _add(self, name: str, row: int) -> None:
        box = QCheckBox(QFontMetrics(font(TEXT)).elidedText(name, Qt.TextElideMode.ElideMiddle, NAMED))
        box.setToolTip(f"Show the plot of {name}")
        box.setAccessibleName(name)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.clicked.connect(lambda shown, name=name: self.toggled.emit(name, shown))
        self._boxes[name] = box
        self._grid.setRowMinimumHeight(row, GAP)
        self._grid.addWidget(box, row + 1, 0, 1, 4)
        pair = (QLabel(EMPTY), QLabel(EMPTY))
        for label, column, token in zip(pair, (0, 2), ("train", "validation"), strict=True):
            label.setProperty("role", "title")
            label.setFont(font(TITLE, bold=True))
            label.setAccessibleName(f"{token} {name}")
            self._grid.addWidget(label, row + 2, column, 1, 2)
        self._figures[name] = pair


def _last(run: Series) -> str:
    """Say a run's first metric as it ended: train, then validation."""
    for name in run.names[:1]:
        metric = run.metrics[name]
        return " · ".join([f"{name} {_spell(metric.now, metric.bounded)}", _spell(metric.validation, metric.bounded)])
    return ""


def _spell(track: Track, bounded: bool) -> str:
    if not len(track):
        return EMPTY
    if math.isnan(track.last):
        return "nan"
    words = figure(track.last, bounded=bounded)
    # A figure with its power of ten in four digits does not fit beside another one.
    return f"{track.last:.1e}".replace("e-0", "e-").replace("e+0", "e+") if "e" in words else words
