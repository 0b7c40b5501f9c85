"""The feature-map page: what a chosen layer makes of a chosen sample, while it learns. Knows no wire."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from engine import looks
from engine.changes import Changes
from engine.graph import Graph
from engine.messages import Maps, Weighed
from engine.recipe import Recipe
from engine.resolve import resolved
from engine.unfold import spelled
from gui.document import Document
from gui.editors.labels import ElidedLabel
from gui.monitor.choosing import MapChoice
from gui.monitor.empty import Empty
from gui.monitor.full import FullScreen
from gui.monitor.looking.frames import Frames, said
from gui.monitor.looking.map_view import MapView
from gui.monitor.looking.offers import SHOWS, has_filters, offered
from gui.monitor.looking.reel import Frame
from gui.monitor.looking.scrubber import Scrubber
from gui.monitor.looking.view import View
from gui.monitor.looking.views import MAKERS
from gui.monitor.sample import ProbeSamples, SampleCard
from gui.monitor.watching import Watching
from gui.runner import Runner, RunState
from gui.selection import Selection
from gui.theme import themes

if TYPE_CHECKING:
    from gui.monitor.exporting import Exporting

OWNER: Final = "maps"


class MapsView(QWidget):
    """Shows one layer in one of several views; while it is out of sight nothing is asked of the run."""

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
        self._graph: Graph | None = None
        self._shown_node = ""
        self._exporting: Exporting | None = None
        self.full = FullScreen(self)
        self.setAccessibleName("Feature maps")
        self._samples = ProbeSamples(self)
        self.frames = Frames(document, self._samples)
        self.choice = MapChoice(document, selection)
        self.maps, self.scrubber = MapView(), Scrubber()
        self.wall, self._stamp = self.maps.wall, self.scrubber.stamp
        self.views: dict[str, View] = {"maps": self.maps}
        #: The view that was wished for; a layer that has nothing to show in it is seen by its maps.
        self._wish = "maps"
        self._pointed = ""
        self.card, self.empty = SampleCard(), Empty("grid-3x3")
        self._words = ElidedLabel()
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        self._words.setProperty("role", "second")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._pictures = QStackedLayout()
        self._pictures.addWidget(self.maps)
        picture = QVBoxLayout()
        picture.setSpacing(4)
        picture.addLayout(self._pictures, 1)
        picture.addWidget(self._words)
        picture.addWidget(self.scrubber)
        self._page = QWidget()
        body = QHBoxLayout(self._page)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(16)
        body.addWidget(self.card)
        body.addLayout(picture, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 16, 8)
        layout.setSpacing(8)
        layout.addWidget(self.choice)
        layout.addLayout(self._stack, 1)

    def _listen(self) -> None:
        self._runner.started.connect(self._on_started)
        self._runner.mapped.connect(self._on_mapped)
        self._runner.weighed.connect(self._on_weighed)
        self._samples.ready.connect(self._refresh)
        self._runner.state_changed.connect(self._on_state)
        self._document.changed.connect(self._on_changed)
        self._document.reset.connect(self._on_reset)
        themes().changed.connect(self._refresh)
        self.choice.node_chosen.connect(self._ask)
        self.choice.view_chosen.connect(self.see)
        self.choice.sample_chosen.connect(self.watching.look_at)
        self.choice.shared_chosen.connect(self.maps.share_scale)
        self.choice.colours_chosen.connect(self._on_colours)
        self.watching.sample_changed.connect(self._on_sample)
        self.scrubber.moved.connect(lambda _epoch: self._refresh())
        self.maps.pointed.connect(self._say)
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
        self.frames.begin(graph)
        self.scrubber.show_epochs(())
        self._samples.choose(recipe.data, recipe.seed)
        self._refresh()

    def _on_mapped(self, message: Maps) -> None:
        self.frames.map(message)
        self._came(message.node)

    def _on_weighed(self, message: Weighed) -> None:
        if self.frames.weigh(message):
            self._came(looks.spelled(message.node, "weights"))

    def _came(self, name: str) -> None:
        if name in self._wanted and self.isVisible():
            self._refresh()

    def _on_state(self, _state: RunState) -> None:
        if self._stack.currentIndex() == 0:
            self._refresh()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if self.isVisible() and changes.network:
            self.choice.refresh()

    def _on_reset(self) -> None:
        self._graph = None
        self.frames.clear()
        if self.isVisible():
            self.choice.refresh()
        self._refresh()

    def _on_sample(self, sample: int) -> None:
        self.choice.show_sample(sample)
        self._refresh()

    def _on_colours(self, name: str) -> None:
        self.wall.use_colours(name)
        self.frames.colours = name
        self._refresh()

    def see(self, view: str) -> None:
        """Look at the layer in another way, where it has something to show in that."""
        self._wish = view
        self._ask()

    def _ask(self) -> None:
        if self.isVisible():
            self.watching.ask(OWNER, self._wanted)
            self._refresh()

    @property
    def offered(self) -> tuple[str, ...]:
        """The views that the chosen layer has something to show in."""
        network = self._document.network
        node = network.nodes.get(self.choice.node)
        return offered(node, network, self._document.catalogue, self._document.flat) if node is not None else ("maps",)

    @property
    def seen(self) -> str:
        """The view that is shown."""
        return self._wish if self._wish in self.offered else "maps"

    @property
    def _wanted(self) -> tuple[str, ...]:
        """What the run is asked to send."""
        node, network = self._document.network.nodes.get(self.choice.node), self._document.network
        if node is None:
            return ()
        # Filters come with whatever is seen, so that they are there for the epochs that have gone by.
        filters = has_filters(node, network, self._document.catalogue, self._document.flat)
        wanted: tuple[looks.Look, ...] = (SHOWS[self.seen], "weights") if filters else (SHOWS[self.seen],)
        return tuple(dict.fromkeys(looks.spelled(node.id, look) for look in wanted))

    # -- showing

    def _say(self, pointed: str) -> None:
        """Say what is pointed at; where nothing is, how the picture is read."""
        self._pointed = pointed
        self._words.setText(pointed or self.view(self.seen).rest)

    def view(self, name: str) -> View:
        """Return a view, made now where it is not there yet."""
        if name not in self.views:
            made = self.views[name] = MAKERS[name]()
            made.pointed.connect(self._say)
            self._pictures.addWidget(made)
        return self.views[name]

    def _refresh(self) -> None:
        seen = self.seen
        view = self.view(seen)
        self._offer(view)
        view.show_narrow(self.choice.narrow)
        found = self.frames.found(self._wanted[0], self.watching.sample) if self._wanted else []
        self.scrubber.show_epochs([frame.epoch for frame in found])
        frame = self.frames.at(self._wanted[0], self.watching.sample, self.scrubber.epoch) if found else None
        if frame is None and self._held:
            self._stamp.setText(f"Sample {self.watching.sample} is on its way")
            return
        if frame is None or (frame.maps is not None and not frame.maps.values.data):
            self.empty.say(*self._why_empty())
            self._stack.setCurrentIndex(0)
            return
        self._show(view, frame)

    def _offer(self, view: View) -> None:
        """Offer the views, and what is chosen for the one that is seen."""
        bars = view is self.maps and self.wall.chart is not None
        self.choice.show_view(self.seen, self.offered, view.controls, view.room, coloured=not bars)

    def _show(self, view: View, frame: Frame) -> None:
        node = self._document.network.nodes[self.choice.node]
        self._shown_node = f"{node.id} {self.seen}"
        self._stamp.setText(said(frame))
        self.card.show_sample(self._samples, self.watching.sample)
        view.show_moment(self.frames.moment(node, frame, self.watching.sample, self.scrubber.epoch))
        self._say(self._pointed)
        self._offer(view)
        self._pictures.setCurrentWidget(view)
        self._stack.setCurrentIndex(1)

    @property
    def _held(self) -> bool:
        """Whether the picture stays as it is: the layer's next sample is coming, and blinking helps nobody."""
        return (
            self._stack.currentIndex() == 1 and self._shown_node == f"{self.choice.node} {self.seen}" and self._answers
        )

    @property
    def _answers(self) -> bool:
        """Whether a trained or training network is there to answer."""
        return self._runner.state.busy or self._runner.can_evaluate

    def _why_empty(self) -> tuple[str, str]:
        node, graph = self._document.network.nodes.get(self.choice.node), self._graph
        if node is None:
            return "No layer to look into", "Draw one, and train."
        name, what = spelled(node.id, self._document.root), _WHAT[self.seen]
        if graph is None:
            return "No run yet", f"Press Train to see {what[1].format(name)}."
        if node.id not in resolved(graph, self._document.catalogue).nodes:
            return f"{name} is not in this run", "It was drawn after the run began: train again to see its maps."
        if self._answers:
            return f"Waiting for the {what[0]} of {name}", "They come at most twice a second."
        return f"No {what[0]} of {name} from this run", "The network of this run is gone: train again to see them."

    def export(self) -> None:
        """Ask where to, and write a picture of what is seen."""
        from gui.monitor.exporting import Exporting

        if self._exporting is None:
            self._exporting = Exporting(self)
            self._exporting.said.connect(self._words.setText)
        path = self._exporting.ask("png", Path.home(), "Export what is seen", f"{self.seen}")
        if path is not None:
            self._exporting.picture(self._page, path)


#: By view: what is waited for, and what it will show.
_WHAT: Final[Mapping[str, tuple[str, str]]] = {
    "maps": ("maps", "what {} makes of a sample"),
    "filters": ("filters", "the filters of {} as they are learned"),
    "likeness": ("maps", "how alike the maps of {} are"),
    "attention": ("scores", "what each step of {} attends to"),
    "states": ("states", "how the state of {} goes through time"),
}
