"""The views over thresholds: ROC, and precision over recall; each class against the rest. Knows no run."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import ClassVar, Final, Literal

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from engine import verdict
from engine.verdict import OTHERS, Line
from gui.results.chart import Chart, Series
from gui.results.long_work import LongWork
from gui.results.shown import Shown
from gui.results.view import View, line
from gui.theme import colour, swatch, themes

#: The colours of classes, in turn; all together are in that of text.
TINTS: Final = ("blue", "orange", "green", "purple", "red", "teal", "yellow", "pink", "grey")
#: So many chances are worked through in the window's own thread: a few milliseconds.
AT_ONCE: Final = 5_000
#: How near to a curve the pointer is at it, in the axes' own measure.
NEAR: Final = 0.06


class ThresholdView(View):
    """Shows a curve for all classes together and for each; what takes long is worked out beside the window."""

    OF: ClassVar[Literal["roc", "pr"]] = "roc"
    AREA: ClassVar[str] = "AUC"
    KINDS = frozenset({"classes", "binary"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[Line, ...] = ()
        self._shown: Shown | None = None
        across, up = ("false positive rate", "true positive rate") if self.OF == "roc" else ("recall", "precision")
        self.chart, self.legend = Chart(self.TITLE, across, up), QLabel()
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self.legend.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.legend.setWordWrap(True)
        self.legend.setMinimumWidth(150)
        self._work = LongWork(self)
        self._work.done.connect(self._on_done)
        self.chart.pointed.connect(self._on_pointed)
        themes().changed.connect(self._refresh)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.chart, 3)
        layout.addWidget(self.legend, 1)

    def show_verdict(self, shown: Shown) -> None:
        before, self._shown, found = self._shown, shown, shown.verdict
        if before is None or before.column != shown.column or before.verdict.output != found.output:
            self.lines = ()  # what is worked out of another output is not shown under this one's names
            self._work.forget()
            self._refresh()
        if found.predictions.size <= AT_ONCE:
            self._work.forget()
            self._on_done(verdict.lines(found, self.OF))
        else:
            self._work.begin(lambda: verdict.lines(found, self.OF))
            if not self.lines:
                self._refresh()

    def _on_done(self, lines: tuple[Line, ...]) -> None:
        self.lines = lines
        self._refresh()

    def _refresh(self, *_theme: object) -> None:
        if self._shown is None:
            return
        series = [Series(each.curve.x, each.curve.y, self._tint(place)) for place, each in enumerate(self.lines)]
        series = [*series[1:], *series[:1]] if self.lines[:1] and self.lines[0].number == OTHERS else series
        if self.OF == "roc":
            series.insert(0, Series(np.array([0.0, 1.0]), np.array([0.0, 1.0]), "third", "rule"))
        self.chart.show_series(series, (0.0, 1.0), (0.0, 1.0), square=True)
        self.legend.setText(self._legend())

    def _tint(self, place: int) -> QColor:
        together = self.lines[0].number == OTHERS
        return colour("text") if together and not place else swatch(TINTS[(place - together) % len(TINTS)])

    def _name(self, number: int) -> str:
        return "all together" if number == OTHERS or self._shown is None else self._shown.name(number)

    def _legend(self) -> str:
        if not self.lines:
            return "Working it out …" if self._work.busy else "Samples of two classes are needed for a curve."
        rows = []
        for place, each in enumerate(self.lines):
            name = _html(self._name(each.number))
            rows.append(f'<span style="color:{self._tint(place).name()}">■</span> {name} <b>{each.curve.area:.3f}</b>')
        width = self._shown.verdict.width if self._shown is not None else 0
        own = len(self.lines) - 1
        more = f"<br>The {own} of {width} classes with the least area." if width > own > 0 and width > 2 else ""
        return f"{self.AREA}<br>" + "<br>".join(rows) + more

    def _on_pointed(self, at: tuple[float, float] | None) -> None:
        found = None if at is None else self._nearest(*at)
        if found is None:
            self.chart.mark(None)
            self.said.emit("")
            return
        each, place = found
        x, y, threshold = (float(values[place]) for values in (each.curve.x, each.curve.y, each.curve.thresholds))
        self.chart.mark((x, y))
        when = f"from a chance of {threshold:.3f} on" if math.isfinite(threshold) else "never said"
        self.said.emit(f"{self._name(each.number)}: {when} · {self.chart.up} {y:.3f} · {self.chart.across} {x:.3f}")

    def _nearest(self, x: float, y: float) -> tuple[Line, int] | None:
        best: tuple[float, Line, int] | None = None
        for each in self.lines:
            away = np.hypot(each.curve.x - x, each.curve.y - y)
            place = int(away.argmin())
            if away[place] < NEAR and (best is None or away[place] < best[0]):
                best = float(away[place]), each, place
        return None if best is None else best[1:]

    def rows(self) -> Iterator[str]:
        yield line("class", self.AREA, "threshold", self.chart.across, self.chart.up)
        for each in self.lines:
            curve = each.curve
            for x, y, threshold in zip(curve.x.tolist(), curve.y.tolist(), curve.thresholds.tolist(), strict=True):
                yield line(self._name(each.number), curve.area, threshold, x, y)


class RocView(ThresholdView):
    """The true positive rate over the false positive rate."""

    TITLE = "ROC"
    TIP = "The rates of true and of false positives, from the strictest threshold to the mildest"


class PrecisionView(ThresholdView):
    """Precision over recall."""

    OF = "pr"
    AREA = "Average precision"
    TITLE = "Precision, recall"
    TIP = "Precision over recall, from the strictest threshold to the mildest"


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
