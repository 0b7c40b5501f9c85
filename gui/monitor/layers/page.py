"""The page "Layers": what the layers of a network do inside while it learns, in four views. Knows no wire."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from engine.unfold import spelled
from gui.document import Document
from gui.editors.labels import ElidedLabel
from gui.monitor.empty import Empty
from gui.monitor.exporting import Exporting
from gui.monitor.figures import History
from gui.monitor.layers import sayings
from gui.monitor.layers.lanes import Lanes
from gui.monitor.layers.over_time import OverTime
from gui.monitor.layers.ridge import Ridge, ranges_of
from gui.monitor.layers.scale import Scale
from gui.monitor.layers.views import VIEWS, Layers, shares
from gui.monitor.switch import Switch
from gui.runner import Runner, RunState
from gui.selection import Selection
from gui.theme import icon, themes

#: The least time between two drawings.
FRAME_MS: Final = 120
EMPTY: Final = {
    "off": ("The layers are not measured", "Settings, General: turn on what is measured in the layers, and train."),
    "none": ("No run yet", "Press Train to see how weights, gradients and outputs of each layer change."),
    "soon": ("The layers will be looked at", "The first look takes a moment, some seconds into the run."),
    "later": ("Not measured yet", "It is measured between two looks at the layers: it stands here after the second."),
    "gone": ("Nothing was measured in this run", "Train again: the layers are measured from the first steps on."),
}
NOTHING: Final = "There is nothing to export yet"


class LayersView(QWidget):
    """Shows the history of the layers' figures; the layer follows the canvas's selection, and a row selects there."""

    node_pressed = Signal(str)

    def __init__(
        self, runner: Runner, document: Document, selection: Selection, history: History, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._runner, self._document, self._selection, self.history = runner, document, selection, history
        self.node = ""
        self.views = Switch("View", {name: measure.label for name, measure in VIEWS.items()})
        self.kinds = Switch("Histograms of", {"weights": "Weights", "gradients": "Gradients"})
        self.lanes, self.ridge, self.over_time, self.shares = Lanes(), Ridge(), OverTime(), OverTime()
        self.empty, self.exporting = Empty("activity"), Exporting(self)
        self.saying, self.words = ElidedLabel(), ElidedLabel()
        self.export_button = QToolButton()
        self._frame = QTimer(self)
        self._frame.setSingleShot(True)
        self._frame.setInterval(FRAME_MS)
        self._frame.timeout.connect(self.refresh)
        self._lay_out()
        self._listen()

    # -- parts

    def _lay_out(self) -> None:
        self._page = QWidget()
        body = QHBoxLayout(self._page)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(20)
        rows = QScrollArea()
        rows.setWidgetResizable(True)
        rows.setFrameShape(QScrollArea.Shape.NoFrame)
        rows.setWidget(self.lanes)
        body.addWidget(rows, 5)
        body.addLayout(self._detail(), 6)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 16, 8)
        layout.setSpacing(8)
        layout.addLayout(self._bar())
        layout.addWidget(self.saying)
        layout.addLayout(self._stack, 1)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        self.export_button.setText("Export")
        self.export_button.setAccessibleName("Export what is shown")
        self.export_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.export_button)
        menu.addAction("Picture (PNG)…", lambda: self.export("png"))
        menu.addAction("Table (CSV)…", lambda: self.export("csv"))
        self.export_button.setMenu(menu)
        bar.addWidget(self.views)
        bar.addStretch(1)
        bar.addWidget(self.kinds)
        bar.addWidget(self.export_button)
        return bar

    def _detail(self) -> QVBoxLayout:
        for label, role in ((self.saying, "second"), (self.words, "third")):
            label.setProperty("role", role)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.saying.tip = self.saying.text
        charts = QHBoxLayout()
        charts.setSpacing(12)
        for chart in (self.ridge, self.over_time, self.shares):
            charts.addWidget(chart, 1)
            chart.pointed.connect(self.words.setText)
        detail = QVBoxLayout()
        detail.setSpacing(4)
        detail.addLayout(charts, 1)
        detail.addWidget(self.words)
        return detail

    def _listen(self) -> None:
        self.history.added.connect(self._come)
        self.history.cleared.connect(self.refresh)
        self._runner.state_changed.connect(self._on_state)
        self._selection.changed.connect(lambda _ids, _initiator: self._follow())
        self.views.chosen.connect(lambda _view: self.refresh())
        self.kinds.chosen.connect(lambda _kind: self.refresh())
        self.lanes.chosen.connect(self._press)
        self.exporting.said.connect(self.words.setText)
        themes().changed.connect(self._tint)
        self._tint()
        self.refresh()

    def _tint(self) -> None:
        self.export_button.setIcon(icon("download"))

    # -- what happens

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._follow()
        self.refresh()

    def _come(self) -> None:
        if self.isVisible() and not self._frame.isActive():
            self._frame.start()

    def _on_state(self, _state: RunState) -> None:
        if self._stack.currentIndex() == 0:
            self.refresh()

    def _follow(self) -> None:
        """Take the selected layer for the chosen one."""
        node = self._document.gives.get(self._selection.one)
        if node is not None and node != self.node and node in self.history.nodes:
            self.node = node
            self.refresh()

    def _press(self, node: str) -> None:
        """Choose a layer, and select it on the canvas: itself, or the block that holds it."""
        self.node = node
        gives = self._document.gives
        seen = [id for id, giving in gives.items() if giving == node]
        seen += [id for id in self._document.graph.nodes if node.startswith(f"{id}/")]
        if seen:
            self._selection.set(seen[:1], self)
        self.refresh()

    # -- showing

    @property
    def view(self) -> str:
        return self.views.choice

    def refresh(self) -> None:
        """Show what there is now."""
        if not self.isVisible():
            return
        if not self.history.figures:
            self._say_empty()
            return
        layers = self._layers()
        shown = VIEWS[self.view].show(self.history, layers)
        if not shown.lanes:
            self._say_empty("later")
            return
        if self.node not in [lane.node for lane in shown.lanes]:
            self.node = shown.lanes[0].node
        self.lanes.show_lanes(shown.lanes, shown.scale, shown.marks, VIEWS[self.view].head)
        self.lanes.choose(self.node)
        looks = len(self.history.histograms(self.node))
        histograms = self.view == "histograms"
        self.saying.setText(sayings.of_weights(layers.name(self.node), looks) if histograms else shown.saying)
        self._show_detail()
        self.saying.show()
        self._stack.setCurrentIndex(1)

    def _layers(self) -> Layers:
        """What the layers of the run are called, and which of them are its ends."""
        root, network = self._document.root, self._document.network
        names = {node: spelled(node, root) for node in self.history.nodes}
        return Layers(names, frozenset(names) - {edge.source.node for edge in network.edges})

    def _show_detail(self) -> None:
        measure, steps = VIEWS[self.view], self.history.steps
        histograms, activations = self.view == "histograms", self.view == "activations"
        self.kinds.setVisible(histograms)
        self.ridge.setVisible(histograms)
        self.over_time.setVisible(not histograms)
        self.shares.setVisible(activations)
        if histograms:
            gradients = self.kinds.choice == "gradients"
            self.ridge.show_ranges(ranges_of(self.history.histograms(self.node), gradients=gradients))
            return
        lines = measure.lines(self.history, self.node)
        self.over_time.show_lines(measure.title, steps, lines, log=measure.log, marks=measure.marks)
        if activations:
            self.shares.show_lines("Shares", steps, shares(self.history, self.node), scale=Scale(0.0, 1.0))

    def _say_empty(self, why: str = "") -> None:
        self.saying.hide()
        self.kinds.hide()
        self.empty.say(*EMPTY[why or self._why_empty])
        self._stack.setCurrentIndex(0)

    @property
    def _why_empty(self) -> str:
        state = self._runner.state
        if not self._runner.wishes.measuring:
            return "off"
        if state.phase in ("finished", "stopped", "failed"):
            return "gone"
        return "soon" if state.busy else "none"

    # -- files

    def export(self, kind: str) -> None:
        """Ask where to, and write what is shown: "png" the picture, "csv" all figures of all layers."""
        if not self.history.figures:
            self.empty.say(NOTHING, EMPTY[self._why_empty][1])
            return
        path = self.exporting.ask(kind, Path.home(), "Export the layers", "layers")
        if path is not None:
            self.exporting.write(kind, self._page, self.table(), path)

    def table(self) -> Iterator[str]:
        """Yield a row for each layer at each look, as CSV; a look at a time."""
        columns = self.history.figures[-1].columns
        yield _row(["step", "epoch", "seconds", "layer", *columns])
        for look in self.history.figures:
            values = look.values.numpy()
            yield "".join(
                _row([
                    look.step, look.epoch, round(look.seconds, 3), spelled(node, self._document.root),
                    *("" if math.isnan(value) else repr(float(value)) for value in values[place]),
                ])
                for place, node in enumerate(look.nodes)
            )  # fmt: skip


def _row(cells: list[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue()
