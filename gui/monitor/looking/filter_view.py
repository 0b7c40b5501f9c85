"""The filters of a layer, or its weights as a matrix: in order, by norm or by likeness. Knows no run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from engine.messages import Weighed
from gui.editors.boxes import Listed, Whole
from gui.monitor.empty import Empty
from gui.monitor.looking.heat import Heat, Matrix
from gui.monitor.looking.kernels import Kernels, kernels, matrix
from gui.monitor.looking.moment import Moment
from gui.monitor.looking.ordering import Ordering
from gui.monitor.looking.view import View
from gui.monitor.switch import Switch
from gui.monitor.tiles import Floats, Sheet
from gui.monitor.wall import Wall

SORTS: Final = {"index": "In order", "norm": "By norm", "likeness": "By likeness"}
SORT_ICONS: Final = {"index": "list", "norm": "sigma", "likeness": "shuffle"}
#: How the pictures are read.
SIGNS: Final = "orange is more than nought, blue less"
COLOURED: Final = "Each filter from its own darkest to its brightest, in the colours of its inputs"
#: The input that stands for the mean of all.
MEAN: Final = -1


class FilterView(View):
    """Emits `pointed` with words about what is under the pointer; `controls` go above it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wall, self.heat, self.empty = Wall(), Heat("Weights"), Empty("grid-3x3")
        self._row = QWidget()
        self.controls = self._row
        self.weight, self.sort, self.input = Listed(), Switch("Sort", SORTS, "The order of the filters"), Whole()
        self._moment: Moment | None = None
        self._ordering = Ordering(self, self._show)
        self._lay_out()
        for picture in (self.wall, self.heat):
            picture.pointed.connect(self.pointed)
        self.weight.currentIndexChanged.connect(lambda _index: self._show())
        self.sort.chosen.connect(lambda _word: self._show())
        self.input.valueChanged.connect(lambda _input: self._show())

    def _lay_out(self) -> None:
        self.weight.setAccessibleName("Weight")
        self.weight.setToolTip("Which of the layer's weights")
        self.wall.setAccessibleName("Filters")
        self.input.setAccessibleName("Input")
        self.input.setToolTip("The input whose part of each filter is shown, or the mean over all")
        self.input.setPrefix("Input ")
        self.input.setMinimum(MEAN)
        self.input.setValue(MEAN)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.weight, self.input, self.sort):
            row.addWidget(widget)
        self._stack = QStackedLayout(self)
        for picture in (self.empty, self.wall, self.heat):
            self._stack.addWidget(picture)

    @property
    def room(self) -> int:
        others = [box.sizeHint().width() + 8 for box in (self.weight, self.input) if not box.isHidden()]
        return self.sort.room + sum(others)

    def show_narrow(self, narrow: bool) -> None:
        """Show the words of the controls as icons, where there is no room."""
        self.sort.show_icons(SORT_ICONS if narrow else {})

    def show_moment(self, moment: Moment) -> None:
        self._moment = moment
        names = [weight.name for weight in moment.weights]
        if names != [self.weight.itemData(row) for row in range(self.weight.count())]:
            with QSignalBlocker(self.weight):
                self.weight.clear()
                for name in names:
                    self.weight.addItem(name.replace("_", " ").replace("/", " · "), name)
        self.weight.setVisible(len(names) > 1)
        self._show()

    def _show(self) -> None:
        moment = self._moment
        if moment is None or not moment.weights:
            name = moment.node.name if moment is not None else "This layer"
            self.empty.say(f"{name} has no filters", "A layer has filters where it has weights of two axes or more.")
            self._stack.setCurrentWidget(self.empty)
            return
        weight = moment.weights[max(0, self.weight.currentIndex())]
        values = weight.values.numpy()
        found = kernels(moment.node.layer, weight.name, values, moment.image)
        if found is None:
            self._show_matrix(moment, weight, matrix(values))
        else:
            self._show_filters(found, weight)

    # -- filters

    def _show_filters(self, found: Kernels, weight: Weighed) -> None:
        with QSignalBlocker(self.input):
            self.input.setMaximum(found.inputs - 1)
            self.input.setSpecialValueText("In colour" if found.coloured else "Mean of inputs")
        self.input.setVisible(found.inputs > 1)
        order, norms = self._ordering.of(weight, found.vectors, self.sort.choice), found.norms
        if order is None:
            return
        channel = self.input.value() if found.inputs > 1 and self.input.value() != MEAN else None
        tiles = found.tiles(channel)[:, :, order]
        rgb = found.rgb[:, :, order] if found.coloured and channel is None else None
        wall = self.wall
        wall.noun, wall.numbers = found.noun, order.tolist()
        wall.more = lambda tile: f" · norm {norms[order[tile]]:.3g}{self._left_out(weight)}"
        wall.show_sheet(Sheet("maps", tiles, signed=rgb is None, rgb=rgb))
        self.rest = COLOURED if rgb is not None else f"A tile is a {found.noun}; {SIGNS}"
        self._stack.setCurrentWidget(wall)

    def _left_out(self, weight: Weighed) -> str:
        """Say what a large weight was reduced to, for nothing is left out in silence."""
        sent = weight.values.shape
        if sent == weight.whole or not weight.whole:
            return ""
        return f" · {'×'.join(map(str, sent))} of {'×'.join(map(str, weight.whole))}"

    # -- matrices

    def _show_matrix(self, moment: Moment, weight: Weighed, values: Floats) -> None:
        self.input.hide()
        by_rows = moment.node.layer.endswith("Embedding")
        vectors = values if by_rows else values.T
        order = self._ordering.of(weight, vectors, self.sort.choice)
        if order is None:
            return
        words = _tokens(moment, len(values)) if by_rows else ()
        shown = values[order] if by_rows else values[:, order]
        left = self._left_out(weight)

        def tell(row: int, column: int) -> str:
            value = f"{float(shown[row, column]):.4g}"
            if not by_rows:
                return f"input {row} → unit {order[column]}: {value}{left}"
            word = f" ({words[order[row]]})" if words else ""
            return f"row {order[row]}{word} · feature {column}: {value}{left}"

        rows = [words[place] for place in order] if words else []
        self.heat.show_matrix(Matrix(shown, tell, rows=rows, signed=True))
        down, across = (("Words" if words else "Rows"), "features") if by_rows else ("Inputs", "units")
        self.rest = f"{down} go down, {across} to the right; {SIGNS}"
        self._stack.setCurrentWidget(self.heat)


def _tokens(moment: Moment, count: int) -> Sequence[str]:
    """What the rows of an embedding stand for, where its numbers are tokens of the data."""
    for source in moment.sources:
        if source.distance == 0 and len(source.column.words) <= count and source.column.words:
            left = count - len(source.column.words)
            return [*(_seen(word) for word in source.column.words), *("" for _ in range(left))]
    return ()


def _seen(word: str) -> str:
    from gui.monitor.looking.sources import UNSEEN

    return UNSEEN.get(word, word)
