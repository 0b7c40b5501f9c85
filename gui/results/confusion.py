"""The view of what was taken for what: a matrix, and the samples of the cell that is looked at. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from engine import scores, verdict
from gui.editors.labels import ElidedLabel
from gui.monitor.switch import Switch
from gui.results.matrix import MatrixPicture
from gui.results.shown import Shown, share
from gui.results.view import View, line
from gui.results.wall import SampleWall

#: So many samples of a cell are shown, and so many pairs are told of.
MOST: Final = 200
PAIRS: Final = 5


class ConfusionView(View):
    """Shows the matrix of a verdict."""

    TITLE = "Confusion"
    TIP = "What was taken for what"
    KINDS = frozenset({"classes", "binary"})
    rest = "Blue is right, orange mistaken: the stronger, the larger the share of its row"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self.picture, self.wall = MatrixPicture(), SampleWall()
        self.unit = Switch(
            "Figures", {"count": "Counts", "share": "Per cent"}, "Samples, or per cent of each true class"
        )
        self._head, self._pairs, self._below = ElidedLabel(), QLabel(), QStackedLayout()
        self._lay_out()
        self.unit.chosen.connect(lambda _word: self._refresh())
        self.picture.pointed.connect(self._on_pointed)
        self.picture.picked.connect(lambda *_cell: self._show_cell())
        self.wall.followed.connect(self._on_followed)

    def _lay_out(self) -> None:
        self._head.setProperty("role", "second")
        self._pairs.setProperty("role", "second")
        self._pairs.setWordWrap(True)
        side = QVBoxLayout()
        side.setSpacing(6)
        side.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignLeft)
        side.addWidget(self._head)
        self._pairs.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._below.addWidget(self._pairs)
        self._below.addWidget(self.wall)
        side.addLayout(self._below, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(self.picture, 3)
        layout.addLayout(side, 2)

    def show_verdict(self, shown: Shown) -> None:
        self._shown = shown
        self._refresh()

    def _refresh(self) -> None:
        if self._shown is not None:
            per_cent = self.unit.choice == "share"
            self.picture.show_matrix(self._shown.matrix, self._shown.name, per_cent=per_cent)
            self._show_cell()

    def _show_cell(self) -> None:
        """Show the samples of the chosen cell; without one, the most frequent mistakes in words."""
        shown, cell = self._shown, self.picture.cell
        if shown is None:
            return
        self._below.setCurrentWidget(self._pairs if cell is None else self.wall)
        if cell is None:
            self._head.setText(f"{share(scores.accuracy(shown.matrix.counts))} right")
            self._pairs.setText(self._worst(shown))
            return
        places = verdict.in_cell(shown.answers, shown.matrix, *cell)
        samples = list(dict.fromkeys(shown.answers.samples[places].tolist()))[:MOST]
        self._head.setText(self._words(shown, cell))
        self.wall.show_samples(shown, samples)

    def _worst(self, shown: Shown) -> str:
        found = shown.matrix.worst(PAIRS)
        names = [(self._class(shown, row), self._class(shown, column), count) for row, column, count in found]
        lines = [f"{is_} taken for {said}: {count:,}" for is_, said, count in names]
        return "\n".join([*lines, "", "Click a cell to see its samples."]) if lines else "No mistakes."

    def _class(self, shown: Shown, place: int) -> str:
        return shown.name(shown.matrix.classes[place])

    def _words(self, shown: Shown, cell: tuple[int, int]) -> str:
        row, column = cell
        count, whole = int(shown.matrix.counts[row, column]), int(shown.matrix.counts[row].sum())
        of = f" · {share(count / whole)} of {whole:,}" if whole else ""
        is_, said = self._class(shown, row), self._class(shown, column)
        return f"{is_} taken for {said}: {count:,}{of}" if row != column else f"{is_} taken for itself: {count:,}{of}"

    def _on_pointed(self, cell: tuple[int, int] | None) -> None:
        self.said.emit(self._words(self._shown, cell) if cell is not None and self._shown is not None else "")

    def _on_followed(self, place: int) -> None:
        if self._shown is not None:
            self.followed.emit(self._shown.index(place))

    def rows(self) -> Iterator[str]:
        if self._shown is not None:
            shown = self._shown
            names = [shown.name(number) for number in shown.matrix.classes]
            yield line("is / said", *names)
            for name, counts in zip(names, np.asarray(shown.matrix.counts).tolist(), strict=True):
                yield line(name, *counts)
