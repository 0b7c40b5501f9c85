"""The feature-map page: what a chosen layer makes of a chosen sample, while it learns. Knows no wire."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from engine.changes import Changes
from engine.graph import Graph
from engine.messages import Maps
from engine.recipe import Recipe
from engine.resolve import resolved
from engine.unfold import spelled
from gui.document import Document
from gui.editors.labels import ElidedLabel
from gui.monitor.bars import BarChart
from gui.monitor.choosing import MapChoice
from gui.monitor.empty import Empty
from gui.monitor.sample import ProbeSamples, SampleCard
from gui.monitor.tiles import MOST_BARS, Floats
from gui.monitor.wall import Wall
from gui.monitor.watching import Watching
from gui.runner import Runner, RunState
from gui.selection import Selection
from gui.theme import category_colour

OWNER: Final = "maps"


class MapsView(QWidget):
    """Shows the newest maps of one layer; while it is out of sight nothing is asked of the run."""

    def __init__(
        self,
        runner: Runner,
        document: Document,
        selection: Selection,
        parent: QWidget | None = None,
        watching: Watching | None = None,
    ) -> None:
        super().__init__(parent)
        self._runner, self._document = runner, document
        self.watching = watching or Watching(runner, self)
        self._maps: dict[str, Maps] = {}
        self._graph: Graph | None = None
        self._shown_node = ""
        self._samples = ProbeSamples(self)
        self.choice = MapChoice(document, selection)
        self.wall, self.card, self.empty = Wall(), SampleCard(), Empty("grid-3x3")
        self._stamp, self._words = ElidedLabel(), ElidedLabel()
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        self._stamp.setProperty("role", "second")
        self._words.setProperty("role", "second")
        for label in (self._stamp, self._words):  # they give way where the window is narrow
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._stamp.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = QHBoxLayout()
        head.addWidget(self.choice)
        head.addWidget(self._stamp, 1)
        picture = QVBoxLayout()
        picture.setSpacing(4)
        picture.addWidget(self.wall, 1)
        picture.addWidget(self._words)
        page = QWidget()
        body = QHBoxLayout(page)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(16)
        body.addWidget(self.card)
        body.addLayout(picture, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 16, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)

    def _listen(self) -> None:
        self._runner.started.connect(self._on_started)
        self._runner.mapped.connect(self._on_mapped)
        self._samples.ready.connect(self._refresh)
        self._runner.state_changed.connect(self._on_state)
        self._document.changed.connect(self._on_changed)
        self._document.reset.connect(self._on_reset)
        self.choice.node_chosen.connect(self._ask)
        self.choice.sample_chosen.connect(self.watching.look_at)
        self.choice.shared_chosen.connect(self.wall.share_scale)
        self.choice.colours_chosen.connect(self.wall.use_colours)
        self.watching.sample_changed.connect(self._on_sample)
        self.wall.pointed.connect(self._say)
        self._refresh()

    # -- what happens

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.choice.refresh()
        self._ask()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.watching.ask(OWNER, ())

    def _on_started(self, graph: Graph, recipe: Recipe) -> None:
        self._graph = graph
        self._maps.clear()
        self._samples.choose(recipe.data, recipe.seed)
        self._refresh()

    def _on_mapped(self, message: Maps) -> None:
        self._maps[message.node] = message
        if message.node == self.choice.node and self.isVisible():
            self._refresh()

    def _on_state(self, _state: RunState) -> None:
        if self._shown() is None:
            self._refresh()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if self.isVisible() and changes.network:
            self.choice.refresh()

    def _on_reset(self) -> None:
        self._graph = None
        self._maps.clear()
        if self.isVisible():
            self.choice.refresh()
        self._refresh()

    def _on_sample(self, sample: int) -> None:
        self.choice.show_sample(sample)
        self._refresh()

    def _ask(self) -> None:
        if self.isVisible():
            self.watching.ask(OWNER, (self.choice.node,) if self.choice.node else ())
            self._refresh()

    # -- showing

    def _shown(self) -> Floats | None:
        """The output that is to be seen: of the chosen layer, for the chosen sample."""
        maps = self._maps.get(self.choice.node)
        if maps is None or self.watching.sample not in maps.samples:
            return None
        values: Floats = maps.values.numpy()[maps.samples.index(self.watching.sample)]
        return values

    def _refresh(self) -> None:
        values = self._shown()
        if self._held(values):
            self._stamp.setText(f"Sample {self.watching.sample} is on its way")
            return
        if values is None or not values.size:
            self.empty.say(*self._why_empty())
            self._stamp.clear()
            self._stack.setCurrentIndex(0)
            return
        maps = self._maps[self.choice.node]
        self._shown_node = maps.node
        self._stamp.setText(f"{_reduced(maps)}epoch {maps.epoch} · step {maps.step:,}")
        self.card.show_sample(self._samples, self.watching.sample)
        self._show(values, maps.stride)
        self._stack.setCurrentIndex(1)

    def _held(self, values: Floats | None) -> bool:
        """Whether the picture stays as it is: the layer's next sample is coming, and blinking helps nobody."""
        same = self._stack.currentIndex() == 1 and self._shown_node == self.choice.node and bool(self._maps)
        return values is None and same and self._answers

    @property
    def _answers(self) -> bool:
        """Whether a trained or training network is there to answer."""
        return self._runner.state.busy or self._runner.can_evaluate

    def _show(self, values: Floats, stride: int) -> None:
        node = self._document.network.nodes.get(self.choice.node)
        if node is None or values.ndim > 1 or values.size > MOST_BARS:
            self.wall.show_values(values, stride)
            return
        classes = self._classes(node.id, values.size)
        truth = self._samples.answer(self.watching.sample) if classes else None
        tint = category_colour(self._document.catalogue.layer(node.layer).group)
        self.wall.show_chart(BarChart(values.reshape(-1), classes, truth), tint)

    def _classes(self, id: str, size: int) -> tuple[str, ...]:
        """The names of an output's numbers: the data's classes, where it is the drawing's last and they agree."""
        last = not self._document.network.out_of(id)
        return self._samples.classes if last and size == len(self._samples.classes) else ()

    def _why_empty(self) -> tuple[str, str]:
        node, graph = self._document.network.nodes.get(self.choice.node), self._graph
        if node is None:
            return "No layer to look into", "Draw one, and train."
        name = spelled(node.id, self._document.root)
        if graph is None:
            return "No run yet", f"Press Train to see what {name} makes of a sample."
        if node.id not in resolved(graph, self._document.catalogue).nodes:
            return f"{name} is not in this run", "It was drawn after the run began: train again to see its maps."
        if self._answers:
            return f"Waiting for the maps of {name}", "They come at most twice a second."
        return f"No maps of {name} from this run", "The network of this run is gone: train again to see them."

    def _say(self, words: str) -> None:
        self._words.setText(words)


def _reduced(maps: Maps) -> str:
    """Say what a large output was reduced to, for nothing is left out in silence."""
    sent = maps.values.shape[1:]
    if not maps.whole or sent == maps.whole:
        return ""
    words = [f"first {sent[-1]:,} of {maps.whole[-1]:,}"] if sent[-1] != maps.whole[-1] else []
    words += [f"one place in {maps.stride}"] if maps.stride > 1 else []
    return " · ".join(words) + " · " if words else ""
