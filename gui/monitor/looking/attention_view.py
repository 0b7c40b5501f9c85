"""Who attends to what: every head, one of them large with its tokens or over the image. Knows no run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from gui.monitor.looking.heat import Heat, Matrix
from gui.monitor.looking.moment import Moment
from gui.monitor.looking.over_image import OverImage
from gui.monitor.looking.sources import Patches, patches, steps
from gui.monitor.looking.view import View
from gui.monitor.tiles import Floats, Sheet
from gui.monitor.wall import Wall

#: The head that stands for the mean of all.
MEAN: Final = -1
#: A widget without bounds, as Qt has it.
MOST: Final = 2**24 - 1
#: Of a long sequence, so many of the places that are looked at most are told.
TOLD: Final = 3


class AttentionView(View):
    """Emits `pointed` with words: who looks at what, and how much; a row sums to 1."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chooser = QComboBox()
        self.controls = self.chooser
        self.heat, self.heads, self.image = Heat("Attention"), Wall(), OverImage()
        self._moment: Moment | None = None
        self._patches: Patches | None = None
        self._row = 0
        self._lay_out()
        self.chooser.currentIndexChanged.connect(lambda _index: self._show())
        self.heat.pointed.connect(self.pointed)
        self.heat.entered.connect(self._on_entered)
        self.heads.pointed.connect(self.pointed)
        self.heads.picked.connect(self.choose_head)
        self.image.entered.connect(self._on_patch)

    def _lay_out(self) -> None:
        self.chooser.setAccessibleName("Head")
        self.chooser.setToolTip("The head that is shown large, or the mean of all")
        self.heads.setAccessibleName("All heads")
        self.heads.enlarges = False
        self.heads.noun = "head"
        self.heads.setMinimumWidth(80)
        self.image.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.heat, 3)
        row.addWidget(self.image, 2)
        row.addWidget(self.heads, 3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave a matrix that is square no more room than it takes with its words."""
        square = self.heat.matrix is not None and self.heat.matrix.square
        self.heat.setMaximumWidth(self.heat.height() + self.heat.left if square else MOST)

    @property
    def room(self) -> int:
        return self.chooser.sizeHint().width()

    @property
    def head(self) -> int:
        found = self.chooser.currentData()
        return MEAN if found is None else int(found)

    def choose_head(self, head: int) -> None:
        """Show one head large; the mean of all where it is large already."""
        self.chooser.setCurrentIndex(self.chooser.findData(MEAN if head == self.head else head))

    def show_moment(self, moment: Moment) -> None:
        if moment.values is None:
            return
        self._moment = moment
        count = moment.values.shape[-1]
        if self.chooser.count() != (count + 1 if count > 1 else 1):
            with QSignalBlocker(self.chooser):
                self.chooser.clear()
                if count > 1:
                    self.chooser.addItem("Mean", MEAN)
                for head in range(count):
                    self.chooser.addItem(f"Head {head}", head)
        self.chooser.setEnabled(count > 1)
        self._show()

    def _show(self) -> None:
        moment = self._moment
        if moment is None or moment.values is None:
            return
        scores = self._scores(moment.values)
        queries, keys = scores.shape
        rows = self._words(moment, queries, "query", "hidden")
        columns = self._words(moment, keys, "key", "value")
        picture = moment.samples.picture(moment.sample)
        self._patches = patches(queries, picture) if not rows and queries == keys else None

        def tell(row: int, column: int) -> str:
            one, other = self._name(rows, row, moment), self._name(columns, column, moment)
            return f"{one} → {other}: {float(scores[row, column]):.3g}"

        self.heat.colours = moment.colours
        low, high = 0.0, float(np.nanmax(scores, initial=0.0)) or 1.0
        self.heat.show_matrix(Matrix(scores, tell, rows, columns, bounds=(low, high), square=queries == keys))
        self._fit()
        self.heads.use_colours(moment.colours)
        self.heads.show_sheet(Sheet("maps", moment.values))
        self.rest = f"Rows look, columns are looked at; the brightest is {high:.2g}"
        self.heads.setVisible(moment.values.shape[-1] > 1)
        self.image.setVisible(self._patches is not None)
        if self._patches is not None and picture is not None:
            self.image.show_image(picture)
            self._look_from(min(self._row, queries - 1))

    def _scores(self, values: Floats) -> Floats:
        head = self.head
        return values.mean(axis=-1) if head == MEAN or head >= values.shape[-1] else values[..., head]

    def _words(self, moment: Moment, count: int, *ports: str) -> Sequence[str]:
        if moment.stride > 1:
            return ()
        own = steps(moment.samples, moment.sample, moment.sources, count, *ports)
        return own or steps(moment.samples, moment.sample, moment.sources, count)

    def _name(self, words: Sequence[str], step: int, moment: Moment) -> str:
        if self._patches is not None:
            return self._patches.name(step)
        number = step * moment.stride
        return f"“{words[step]}” ({number})" if words else f"step {number}"

    # -- patches of an image

    def _on_entered(self, row: int, _column: int) -> None:
        if row >= 0 and self._patches is not None:
            self._look_from(row)

    def _on_patch(self, across: float, down: float) -> None:
        if self._patches is not None:
            self._look_from(self._patches.step(across, down))
            self.pointed.emit(self._told())

    def _look_from(self, row: int) -> None:
        """Draw over the image where one patch looks."""
        moment, found = self._moment, self._patches
        if moment is None or moment.values is None or found is None:
            return
        self._row = row
        looks = self._scores(moment.values)[row, found.first :].reshape(found.rows, found.columns)
        own = divmod(row - found.first, found.columns) if row >= found.first else None
        self.image.show_looks(looks, own)

    def _told(self) -> str:
        """Say where the patch under the pointer looks most."""
        moment, found = self._moment, self._patches
        if moment is None or moment.values is None or found is None:
            return ""
        scores = self._scores(moment.values)[self._row]
        most = np.argsort(-scores)[:TOLD]
        looks = ", ".join(f"{found.name(int(step))} ({float(scores[step]):.2g})" for step in most)
        return f"The patch at {found.name(self._row)} looks most at {looks}"
