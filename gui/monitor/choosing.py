"""The row above the feature maps: which layer, which sample, which view, its scale and colours. Knows no run."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from engine.graph import Graph, order
from engine.unfold import spelled
from gui.document import Document
from gui.editors.boxes import Layers, Whole
from gui.monitor.looking.offers import ICONS, TITLES
from gui.monitor.sample import SAMPLES
from gui.monitor.switch import Switch
from gui.selection import Selection
from gui.theme import icon, themes

LAYER_LETTERS = 18
#: The width to which the list of layers gives way where the page is narrow.
LEAST_LAYERS = 72
#: What stands for the words of the scale where the page is narrow.
SCALES: Final = {"each": "grid-3x3", "shared": "square"}


class MapChoice(QWidget):
    """Emits what a person chooses; the layer follows the canvas's selection until it is pinned."""

    node_chosen = Signal()
    sample_chosen = Signal(int)
    shared_chosen = Signal(bool)
    colours_chosen = Signal(str)
    view_chosen = Signal(str)

    def __init__(self, document: Document, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._selection = document, selection
        self._layers, self._pin, self._sample = Layers(), QToolButton(), Whole()
        self._scale = Switch(
            "Scale",
            {"each": "Each map", "shared": "Shared"},
            "Colours run from each map's own least to its greatest, or from all maps'",
        )
        self._colours = QComboBox()
        self.views = Switch("View", TITLES)
        self._places = QHBoxLayout(self)
        #: What belongs to the view that is shown, at the end of the row.
        self._controls: QWidget | None = None
        self._room = 0
        self._lay_out()
        self._listen()
        self.refresh()

    def _lay_out(self) -> None:
        self._layers.setAccessibleName("Layer")
        self._layers.setToolTip("The layer whose output is shown")
        self._layers.setMinimumContentsLength(LAYER_LETTERS)
        self._layers.setMinimumWidth(LEAST_LAYERS)
        self._layers.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._pin.setCheckable(True)
        self._pin.setAccessibleName("Pin the layer")
        self._pin.setToolTip("Pinned, the layer stays; otherwise it follows the selection")
        self._sample.setRange(0, SAMPLES - 1)
        self._sample.setWrapping(True)
        self._sample.setPrefix("Sample ")
        self._sample.setAccessibleName("Sample")
        self._sample.setToolTip(f"One of the first {SAMPLES} validation samples")
        for name in ("magma", "viridis", "grey"):
            self._colours.addItem(name.capitalize(), name)
        self._colours.setAccessibleName("Colour map")
        self._colours.setToolTip("The colours from least to greatest")
        layout = self._places
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        before: tuple[QWidget, ...] = (self._layers, self._pin, self._sample, self.views)
        for widget in before:
            layout.addWidget(widget)
        layout.addStretch()
        for widget in (self._scale, self._colours):
            layout.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.give_way()

    @property
    def narrow(self) -> bool:
        """Whether the words have no room."""
        fixed = [widget for widget in (self._pin, self._sample, self._colours) if not widget.isHidden()]
        rooms = [widget.sizeHint().width() for widget in fixed] + [self.views.room]
        rooms += [self._scale.room] if not self._scale.isHidden() else []
        rooms += [self._room] if self._controls is not None else []
        return self.width() < LEAST_LAYERS + sum(room + self._places.spacing() for room in rooms)

    def give_way(self) -> None:
        """Show icons in the place of words where these have no room."""
        narrow = self.narrow
        self._scale.show_icons(SCALES if narrow else {})
        self.views.show_icons(ICONS if narrow else {})

    def show_view(
        self, view: str, offered: Collection[str], controls: QWidget | None, room: int, *, coloured: bool = True
    ) -> None:
        """Show which view is seen, which others there are, and what belongs to it, so wide with all its words.

        Bars are not `coloured` by what they are: there is no scale to choose for them.
        """
        self._room = room
        self.views.offer(offered)
        with QSignalBlocker(self.views):
            self.views.choose(view)
        self.views.setVisible(len(offered) > 1)
        self._scale.setVisible(coloured and view == "maps")
        self._colours.setVisible(coloured and view in ("maps", "attention"))
        if controls is not self._controls:
            if self._controls is not None:
                self._controls.hide()
            if controls is not None:
                self._places.addWidget(controls)
                controls.show()
            self._controls = controls
        self.give_way()

    def _listen(self) -> None:
        self._layers.currentIndexChanged.connect(lambda _index: self.node_chosen.emit())
        self._layers.activated.connect(lambda _index: self._pin.setChecked(True))
        self._pin.toggled.connect(self._on_pinned)
        self._sample.valueChanged.connect(self.sample_chosen)
        self._scale.chosen.connect(lambda word: self.shared_chosen.emit(word == "shared"))
        self._colours.currentIndexChanged.connect(lambda _index: self.colours_chosen.emit(self._colours.currentData()))
        self.views.chosen.connect(self.view_chosen)
        self._selection.changed.connect(lambda _ids, _initiator: self._follow())
        themes().changed.connect(self._tint)
        self._tint()

    @property
    def node(self) -> str:
        """The id of the chosen layer's node; empty where there is none."""
        return self._layers.currentData() or ""

    def refresh(self) -> None:
        """List the network's layers as they are now, from input to output, those in blocks by the way to them."""
        graph, chosen, root = self._document.network, self.node, self._document.root
        ids = order(graph).ids
        rows = [(id, f"{spelled(id, root)}{Layers.BETWEEN}{graph.nodes[id].layer}") for id in ids]
        if rows == [(self._layers.itemData(i), self._layers.itemText(i)) for i in range(self._layers.count())]:
            return
        with QSignalBlocker(self._layers):
            self._layers.clear()
            for id, words in rows:
                self._layers.addItem(words, id)
            self._layers.setCurrentIndex(self._layers.findData(chosen if chosen in ids else self._first(graph)))
        self._follow()
        if self.node != chosen:
            self.node_chosen.emit()

    def choose_colours(self, name: str) -> None:
        self._colours.setCurrentIndex(self._colours.findData(name))

    def show_sample(self, sample: int) -> None:
        self._sample.setValue(sample)

    def _first(self, graph: Graph) -> str:
        """The layer that is most worth a look before anybody chose: the first convolution, else the first that acts."""
        ids = order(graph).ids
        catalogue = self._document.catalogue
        specs = {id: catalogue.known(graph.nodes[id].layer) for id in ids}
        acting = [id for id, spec in specs.items() if spec is not None and spec.inputs]
        found = [id for id in acting if (spec := specs[id]) is not None and spec.group == "Convolution"]
        return (found or acting or [*ids, ""])[0]

    def _follow(self) -> None:
        chosen = [id for id in order(self._document.graph).ids if id in self._selection.ids]
        if chosen and not self._pin.isChecked():
            self._layers.setCurrentIndex(self._layers.findData(self._document.gives.get(chosen[0])))

    def _on_pinned(self) -> None:
        self._tint()
        self._follow()

    def _tint(self) -> None:
        pinned = self._pin.isChecked()
        self._pin.setIcon(icon("pin" if pinned else "pin-off", "text" if pinned else "second"))
        self._pin.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.give_way()
