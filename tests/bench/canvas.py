"""The canvas by the frame: processor time at 1600×1000, beside the published NodeGraphQt on the same drawing."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle

from PySide6.QtCore import QPointF

from engine.catalogue import catalogue
from engine.graph import Edge, Graph
from engine.project import Project
from engine.wiring import insert_on
from gui.canvas import Canvas
from gui.document import Document
from gui.rubbish import keep
from gui.selection import Selection
from tests.bench import rival
from tests.bench.harness import Measure, cpu_seconds, race
from tests.bench.screen import MIDDLE, Screen, application
from tests.gui.large import network, report

FRAMES, EDITS, WARM = 60, 20, 6
#: Where two take turns, each has so many frames in a row: a person's frames follow each other too.
TURN = 3
#: Longer than this at once is felt as a stall.
STALL = 50.0
NEAR = 1.0


def measure() -> Iterator[Measure]:
    application()
    for nodes in (1000, 3000):
        yield from _edits(nodes)
    yield from _large(3000, 8.0)
    yield from _large(10_000, 16.0)
    yield from _beside_rival()


class Ours:
    """The canvas with a drawing, and what its checker would have said of it."""

    def __init__(self, graph: Graph) -> None:
        self.document = Document(catalogue())
        self.selection = Selection(self.document)
        self.canvas = Canvas(self.document, self.selection)
        self.screen = Screen(self.canvas)
        self.built = self.screen.time(lambda: self.document.start(Project(graph)))
        self.document.take_report(self.document.generation, report(graph))
        keep()  # as the window does when a drawing was opened
        self.fit()

    def turns(self, run: Callable[[], object]) -> list[float]:
        """Run, and return what each turn of the event loop took until all of it is shown."""
        return self.screen.turns_of(run, lambda: self.canvas.drawing.behind)

    def fit(self) -> None:
        self.canvas.fit_all()
        self._settle()
        nodes = self.canvas.drawing.nodes
        assert len(nodes.visible(self.canvas.area())) == len(nodes), "all nodes are visible"

    def come_near(self) -> None:
        """Show the middle at its natural size, every picture in its place."""
        self.canvas.zoom_to(NEAR)
        self.canvas.look_at(self.canvas.drawing.nodes.bounds().center())
        self._settle()

    def node(self, layer: str = "") -> str:
        """The node nearest to the middle of what is seen, of a layer or any."""
        centre, nodes = self.canvas.centre(), self.canvas.drawing.nodes
        ids = (id for id, node in self.document.graph.nodes.items() if not layer or node.layer == layer)
        return min(ids, key=lambda held: (nodes.frame(held).center() - centre).manhattanLength())

    def head(self, id: str) -> QPointF:
        """A place on a node where nothing but the node is, on the viewport."""
        return self.canvas.viewportTransform().map(self.canvas.drawing.nodes.frame(id).center())

    def _settle(self) -> None:
        self.screen.time(lambda: None, whole=True)
        while self.canvas.drawing.painter.sprites.behind:
            self.screen.time(lambda: None, whole=True)


# -- frames


def _beside_rival() -> Iterator[Measure]:
    graph = network(1000)
    ours = Ours(graph)
    with_rival = rival.there()
    if not with_rival:
        print(rival.MISSING, file=sys.stderr)
    other = rival.Rival() if with_rival else None
    theirs = None if other is None else cpu_seconds(lambda: other.build(graph))
    yield _compared("1,000 nodes built", ours.built / 1e3, "s", theirs)
    yield from _pans(ours, other)
    yield from _drags(ours, other)
    ours.screen.close()
    if other is not None:
        other.screen.close()


def _pans(ours: Ours, other: rival.Rival | None) -> Iterator[Measure]:
    if other is not None:
        other.fit()
        bounds = ours.canvas.drawing.nodes.bounds()
        assert other.area().contains(bounds.adjusted(9, 9, -9, -9)), "all nodes are visible there too"
    # By itself, as a person's frames follow each other: after a frame of the rival's, nothing is left in the caches.
    yield _measured("1,000 nodes all visible, pan", _pan(ours.screen), 4.0)
    median, theirs = _turns(ours.screen, other, _pan)
    if theirs is not None:
        yield _compared("1,000 nodes all visible, pan", median, "ms", theirs, 0.1)
    ours.come_near()
    if other is not None:
        other.come_near(ours.canvas.centre())
    median, theirs = _turns(ours.screen, other, _pan)
    yield Measure("close zoom with text, labels and badges, pan", median, "ms", 16.0)
    if theirs is not None:
        yield _compared("close zoom, pan", median, "ms", theirs)
    median, theirs = _turns(ours.screen, other, lambda screen: screen.turns(8))
    yield Measure("1,000 nodes, zoom step among text", median, "ms", 16.0)
    if theirs is not None:
        yield _compared("1,000 nodes, zoom step", median, "ms", theirs)


def _drags(ours: Ours, other: rival.Rival | None) -> Iterator[Measure]:
    """Drag one node while all are visible; the rival's is the same node."""
    ours.fit()
    id = ours.node()
    ours.screen.press(ours.head(id))
    if other is not None:
        other.fit()
        node = other.graph.get_node_by_name(ours.document.graph.node(id).name)
        other.screen.press(QPointF(other.viewer.mapFromScene(node.view.sceneBoundingRect().center())))
    median, theirs = _turns(ours.screen, other, lambda screen: screen.moves(whole=False))
    ours.screen.release()
    if other is not None:
        other.screen.release()
    yield _compared("1,000 nodes all visible, one dragged", median, "ms", theirs)


def _large(nodes: int, target: float) -> Iterator[Measure]:
    graph = network(nodes)
    ours = Ours(graph)
    words, screen = f"{nodes:,} nodes", ours.screen
    yield Measure(f"{words} built and painted", ours.built / 1e3, "s", 1.0 if nodes == 3000 else None)
    yield _measured(f"{words} all visible, pan", _pan(screen), target)
    yield _measured(f"{words} all visible, zoom step", screen.turns(3), 16.0)
    yield _measured(f"{words} all visible, mouse moved over them", _hover(screen), target)
    yield from _drag(ours, f"{words} all visible, one dragged", 8.0 if nodes == 3000 else 16.0)
    ours.come_near()
    yield _measured(f"{words}, close zoom, pan", _pan(screen), 16.0)
    yield _measured(f"{words}, zoom step among text", screen.turns(8), 16.0)
    yield _measured(f"{words}, close zoom, mouse moved", _hover(screen), 8.0)
    yield from _drag(ours, f"{words}, close zoom, one dragged", 8.0 if nodes == 3000 else 16.0)
    screen.close()


def _pan(screen: Screen) -> Callable[[], float]:
    """Hold the middle button and move; each frame is painted whole."""
    screen.release()
    screen.press(QPointF(800, 500), MIDDLE)
    return screen.moves(whole=True)


def _hover(screen: Screen) -> Callable[[], float]:
    screen.release()
    return screen.moves(whole=False)


def _drag(ours: Ours, words: str, target: float) -> Iterator[Measure]:
    ours.screen.release()
    ours.screen.press(ours.head(ours.node()))
    yield _measured(words, ours.screen.moves(whole=False), target)
    ours.screen.release()


# -- edits


def _edits(nodes: int) -> Iterator[Measure]:
    """From the document's edit until it is painted, close enough to read what it changed."""
    ours = Ours(network(nodes))
    ours.come_near()
    document, screen, words = ours.document, ours.screen, f"{nodes:,} nodes"
    id = ours.node("Conv2D")
    answers = cycle([report(document.graph), report(document.graph)])
    edits: dict[str, Callable[[Graph], Graph]] = {
        "parameter set": lambda graph: catalogue().with_value(graph, id, "filters", 65),
        "renamed": lambda graph: graph.renamed(id, "conv"),
        "node put on a wire": lambda graph: _inserted(graph, id),
        "node deleted, a wire missing": lambda graph: graph.without([graph.into(id)[0].source.node]),
        "100 nodes deleted": lambda graph: graph.without([*graph.nodes][400:500]),
    }

    def edited(edit: Callable[[Graph], Graph]) -> float:
        taken = screen.time(lambda: document.edit("Edit", edit(document.graph)))
        screen.time(document.undo.undo)
        return taken

    def undone() -> float:
        screen.time(lambda: document.edit("Edit", _inserted(document.graph, id)))
        return screen.time(document.undo.undo)

    for what, edit in edits.items():
        yield _measured(f"{words}, {what}", partial(edited, edit), STALL, EDITS)
    yield _measured(f"{words}, edit undone", undone, STALL, EDITS)

    def answered() -> float:
        return max(ours.turns(lambda: document.take_report(document.generation, next(answers))))

    yield _measured(f"{words}, checker's answer shown", answered, STALL, EDITS)
    screen.close()


def _inserted(graph: Graph, id: str) -> Graph:
    edge: Edge = graph.into(id)[0]
    x, y = graph.node(id).at
    return insert_on(graph, catalogue(), edge, catalogue().new_node(graph, "ReLU", (x - 100.0, y + 60.0)))


# -- figures


def _turns(
    ours: Screen, other: rival.Rival | None, frames: Callable[[Screen], Callable[[], float]]
) -> tuple[float, float | None]:
    if other is None:
        return _median(frames(ours))[0], None
    mine, theirs = frames(ours), frames(other.screen)
    return race(lambda: _turn(mine), lambda: _turn(theirs), runs=FRAMES // TURN, warm=WARM // TURN)


def _turn(frame: Callable[[], float]) -> float:
    return statistics.median(frame() for _ in range(TURN))


def _median(frame: Callable[[], float], runs: int = 0) -> tuple[float, float]:
    """Return the median of many frames, and the slowest."""
    for _ in range(WARM):
        frame()
    taken = [frame() for _ in range(runs or FRAMES)]
    return statistics.median(taken), max(taken)


def _measured(name: str, frame: Callable[[], float], target: float, runs: int = 0) -> Measure:
    median, slowest = _median(frame, runs)
    return Measure(name, median, "ms", target, note=f"slowest {slowest:.1f}")


def _compared(name: str, median: float, unit: str, theirs: float | None, target: float | None = None) -> Measure:
    if theirs is None:
        return Measure(name, median, unit)
    return Measure(name, median, unit, target, rival.title(), theirs)
