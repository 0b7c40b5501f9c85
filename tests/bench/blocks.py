"""Drawings with blocks: ResNet-152 folded and with all its layers, templates opened, in the whole window. No rival."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import cycle

from engine.catalogue import catalogue
from engine.graph import Edge, End, Graph
from engine.layout import Box, arranged
from engine.repeating import folded
from engine.resolve import resolved
from engine.templates import start, templates
from engine.values import FrozenMap
from engine.ways import is_instance
from gui.app import make_window, wake
from gui.aside import wait_for
from tests.bench.canvas import STALL, Ours, _measured, _pan
from tests.bench.harness import Measure, cpu_seconds
from tests.bench.layout import VIEW
from tests.bench.screen import application

RUNS = 9
#: The network of the figures: the deepest of the templates.
NAME = "resnet152"
#: In milliseconds: a frame, and from the click on a card until its drawing is painted.
FRAME, OPENED = 16.0, 300.0
#: Turns of the event loop after the last work, in which it is painted; what a worker may take, in seconds.
AFTER, PATIENCE = 3, 120.0


def measure() -> Iterator[Measure]:
    application()
    graph = start(NAME, "paper", catalogue()).graph
    yield from _unfolded(graph)
    yield _found(graph)
    seen = Seen()
    yield from _opened(seen)
    yield from _edited(seen)
    yield from _folded(seen)
    seen.close()


class Seen:
    """The whole window with its checker; a figure is the processor time of turns of the event loop, in ms."""

    def __init__(self) -> None:
        self._app = application()
        self.window = make_window()
        self.document, self.canvas = self.window.document, self.window.canvas
        self.window.resize(1600, 1000)
        self.window.show()
        wake(self.window, trainer=False)
        self.turns(lambda: None)

    def turns(self, run: Callable[[], object]) -> list[float]:
        """Run, and return what each turn took until the checker has answered and all is painted."""
        taken, until = [self.turn(run)], time.monotonic() + PATIENCE
        while not self.document.checked or self.canvas.drawing.behind:
            assert time.monotonic() < until, "the checker answers"
            time.sleep(0.0005)
            taken.append(self.turn(lambda: None))
        return [*taken, *(self.turn(lambda: None) for _ in range(AFTER))]

    def turn(self, run: Callable[[], object]) -> float:
        def one() -> None:
            run()
            self._app.processEvents()

        return cpu_seconds(one) * 1e3

    def painted(self, run: Callable[[], object]) -> float:
        """Run what puts another drawing here, and return what it took until that is painted."""
        taken = sum(self.turn(step) for step in (run, *[lambda: None] * AFTER))
        self.turns(lambda: None)
        return taken

    def close(self) -> None:
        self.document.undo.setClean()
        self.window.close()
        self.window.deleteLater()


# -- all layers


def flat(graph: Graph) -> Graph:
    """The same network without a block, laid out."""
    network = _numbered(resolved(graph, catalogue()))
    return arranged(network, dict.fromkeys(network.nodes, Box(168, 110, 26)), view=VIEW).put(network)


def _numbered(network: Graph) -> Graph:
    ids = {id: f"n{number}" for number, id in enumerate(network.nodes, 1)}
    nodes = {ids[node.id]: replace(node, id=ids[node.id]) for node in network.nodes.values()}
    ends = ((edge.source, edge.target) for edge in network.edges)
    edges = (Edge(End(ids[a.node], a.port), End(ids[b.node], b.port)) for a, b in ends)
    return Graph(FrozenMap(nodes), tuple(edges))


def _unfolded(graph: Graph) -> Iterator[Measure]:
    ours = Ours(flat(graph))
    yield _measured(f"{NAME} unfolded, all visible, pan", _pan(ours.screen), FRAME)
    ours.come_near()
    yield _measured(f"{NAME} unfolded, close zoom, pan", _pan(ours.screen), FRAME)
    ours.screen.close()


def _found(graph: Graph) -> Measure:
    """What repeats is found beside the event loop."""
    loose = flat(graph)
    found = [cpu_seconds(lambda: folded(loose, catalogue())) for _ in range(min(RUNS, 3))]
    return Measure(f"{NAME} unfolded, what repeats found", statistics.median(found), "s", 1.0)


# -- in the window


def _opened(seen: Seen) -> Iterator[Measure]:
    """A click on a card of the gallery, until the drawing is painted."""
    opening = seen.window.commands.opening
    taken = {name: _median_opened(seen, partial(opening.take, name, "")) for name in templates()}
    slowest = max(taken, key=lambda name: taken[name])
    yield Measure(f"a template opened, median of {len(taken)}", statistics.median(taken.values()), "ms", OPENED)
    yield Measure(f"a template opened, the slowest, {slowest}", taken[slowest], "ms", OPENED)
    whole = _median_opened(seen, partial(opening.take, NAME, "paper"))
    yield Measure(f"{NAME} at paper size opened", whole, "ms", OPENED)
    yield Measure("gallery opened", statistics.median(_gallery(seen)), "ms", OPENED)


def _median_opened(seen: Seen, take: Callable[[], object]) -> float:
    return statistics.median(seen.painted(take) for _ in range(min(RUNS, 3)))


def _gallery(seen: Seen) -> Iterator[float]:
    gallery = seen.window.commands.opening.gallery
    for _ in range(RUNS):
        yield sum(seen.turn(step) for step in (gallery.open, *[lambda: None] * AFTER))
        gallery.leave()


def _edited(seen: Seen) -> Iterator[Measure]:
    """A value, in the block and of an instance of it, until the new shapes are painted; going in and out."""
    document = seen.document
    row = max((node for node in document.graph.nodes.values() if is_instance(node)), key=lambda node: node.at[0])
    filters = cycle((96, row.values.get("filters", 64)))
    seen.window.selection.set([row.id])
    values = lambda: document.set_value(row.id, "filters", next(filters))  # noqa: E731
    yield _told(f"{NAME}, a parameter of an instance set", [seen.turns(values) for _ in range(RUNS)])
    ways = [(seen.turns(partial(document.enter, row.id)), seen.turns(document.leave)) for _ in range(RUNS)]
    yield _told(f"{NAME}, a block entered", [into for into, _ in ways])
    yield _told(f"{NAME}, a block left", [out for _, out in ways])
    document.enter(row.id)
    inner = next(node for node in document.graph.nodes.values() if node.layer == "Conv2D")
    sizes = cycle(((5, 5), (1, 1)))
    seen.window.selection.set([inner.id])
    inside = lambda: document.set_value(inner.id, "kernel_size", next(sizes))  # noqa: E731
    yield _told(f"{NAME}, a value in its block set", [seen.turns(inside) for _ in range(RUNS)])


def _folded(seen: Seen) -> Iterator[Measure]:
    """What was found folded, and taken back."""
    document, repeats = seen.document, seen.canvas.blocking.repeats
    loose = flat(document.root)
    seen.turns(lambda: document.edit_whole("Unfold", loose))
    done, undone = [], []
    for _ in range(min(RUNS, 3)):
        repeats.look()
        wait_for(repeats, 60)
        while repeats.looks:
            seen.turns(lambda: None)
        done.append(seen.turns(repeats.fold))
        undone.append(seen.turns(document.undo.undo))
    yield _told(f"{NAME} unfolded, what repeats folded", done)
    yield _told(f"{NAME} unfolded, what repeats folded, undone", undone)


def _told(name: str, taken: Sequence[Sequence[float]]) -> Measure:
    longest = [max(turns) for turns in taken]
    whole = statistics.median(sum(turns) for turns in taken)
    return Measure(name, statistics.median(longest), "ms", STALL, note=f"slowest {max(longest):.1f}, whole {whole:.1f}")
