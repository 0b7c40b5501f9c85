"""What stands beside one enlarged map: the filter that made it, and its figures. Knows no run."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gui.monitor.looking.kernels import kernels
from gui.monitor.looking.moment import Moment
from gui.monitor.tiles import Floats, Sheet
from gui.monitor.wall import Wall

WIDE: Final = 200
WITHOUT: Final = "This layer makes its maps without a filter."


class Beside(QWidget):
    """Shows the filter of a map, an input a tile or all in colour, and what the map's values are like."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.figures, self.filter = QLabel(), QLabel(), Wall()
        self.figures.setProperty("role", "second")
        self.filter.setAccessibleName("The filter of the map")
        self.filter.noun = "input"
        for label in (self.title, self.figures):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.setFixedWidth(WIDE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addWidget(self.filter, 1)
        layout.addWidget(self.figures)

    def show_map(self, moment: Moment, index: int, one: Floats) -> None:
        """Show what belongs to a map of a layer."""
        self.figures.setText(figures(one))
        found = next((f for w in moment.weights if (f := kernels(moment.node.layer, w.name, w.values.numpy()))), None)
        if found is None or index >= found.count:
            self.filter.hide()
            self.title.setText("" if not moment.weights and moment.values is not None else WITHOUT)
            return
        values = found.values[index]
        rgb = found.rgb[:, :, index : index + 1] if found.coloured else None
        tiles = np.moveaxis(values, 0, -1) if rgb is None else found.tiles(None)[:, :, index : index + 1]
        self.filter.show_sheet(Sheet("maps", tiles, signed=rgb is None, rgb=rgb))
        self.filter.share_scale(True)
        self.filter.show()
        many = f", {found.inputs} inputs" if rgb is None and found.inputs > 1 else ""
        self.title.setText(f"Filter {index}{many} · norm {found.norms[index]:.3g}")


def figures(one: Floats) -> str:
    """Say what the values of a map are like."""
    finite = one[np.isfinite(one)]
    if not finite.size:
        return "No value of this map is a number."
    return (
        f"from {finite.min():.3g} to {finite.max():.3g} · mean {finite.mean():.3g}\n"
        f"{float((finite == 0).mean()):.0%} noughts"
    )
