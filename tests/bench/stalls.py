"""What touches thousands of layers in one go: the longest turn of the event loop till it is painted. Knows no rival."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import cycle
from typing import TypeAlias

from PySide6.QtCore import QPointF

from engine.layout import Box, arranged
from engine.many import with_value
from engine.report import Report
from gui.canvas import edits
from gui.rubbish import Rubbish
from tests.bench.canvas import STALL, Ours
from tests.bench.harness import Measure
from tests.bench.layout import CELLS, VIEW
from tests.bench.screen import application
from tests.gui.large import network, report
from tests.nets import nasnet

RUNS = 7
#: What the turns of the event loop took, in ms, from the key or button until all is painted.
Turns: TypeAlias = Sequence[float]
Step: TypeAlias = Callable[[], Turns]


def measure() -> Iterator[Measure]:
    application()
    yield from _many(3000)
    yield from _tidied()
    for nodes in (3000, 10_000):
        yield from _released(nodes)


def _many(nodes: int) -> Iterator[Measure]:
    """Edits of all layers, each made and undone again."""
    ours, words = Ours(network(nodes)), f"{nodes:,} nodes"
    document, selection, screen = ours.document, ours.selection, ours.screen
    rubbish = Rubbish(document)
    known, ids = document.catalogue, frozenset(document.graph.nodes)
    part, inner = document.graph, ids - {"n1"}

    def select() -> None:
        selection.set(ids)

    def answer(found: Report) -> None:
        document.take_report(document.generation, found)

    yield _figure(f"{words} selected", lambda: _after(lambda: selection.set(()), partial(ours.turns, select)))
    answers = cycle([Report(), report(document.graph)])
    yield _figure(f"{words}, a new answer of the checker", lambda: ours.turns(lambda: answer(next(answers))))
    made: dict[str, Callable[[], object]] = {
        "a value set": lambda: document.edit("Set", with_value(document.graph, known, inner, "trainable", False)),
        "moved": lambda: document.edit("Move", edits.shifted(document.graph, ids, (24.0, 24.0))),
        "deleted": lambda: document.edit("Delete", document.graph.without(ids)),
        "pasted": lambda: document.edit("Paste", edits.pasted(document.graph, part, (0.0, 90_000.0))[0]),
    }
    for what, edit in made.items():
        select()
        done, undone, redone = [], [], []
        for _ in range(RUNS):
            done.append(ours.turns(edit))
            undone.append(ours.turns(document.undo.undo))
            redone.append(ours.turns(document.undo.redo))
            ours.turns(document.undo.undo)
            ours.turns(select)
        yield _told(f"{words}, {what}", done)
        yield _told(f"{words}, {what}, undone", undone)
        yield _told(f"{words}, {what}, redone", redone)
    rubbish.end()
    screen.close()


def _tidied() -> Iterator[Measure]:
    """Put the places of a tidied drawing into the document and on the screen."""
    graph = nasnet(CELLS)
    boxes = dict.fromkeys(graph.nodes, Box(168, 110, 26))
    found = arranged(graph, boxes)
    ours = Ours(arranged(graph, boxes, view=VIEW).put(graph))
    put: list[Turns] = []
    back: list[Turns] = []
    for _ in range(RUNS):
        put.append(ours.turns(lambda: ours.document.edit("Tidy", found.put(ours.document.graph))))
        back.append(ours.turns(ours.document.undo.undo))
    yield _told(f"{len(graph.nodes):,} tidied nodes put in place", put)
    yield _told(f"{len(graph.nodes):,} tidied nodes put back", back)
    ours.screen.close()


def _released(nodes: int) -> Iterator[Measure]:
    """Drag a layer, or all, let go, and take it back."""
    ours = Ours(network(nodes))
    id, rubbish = ours.node(), Rubbish(ours.document)
    for words, ids in (("one", frozenset({id})), ("all", frozenset(ours.document.graph.nodes))):
        let_go, undone = [], []
        for _ in range(RUNS):
            ours.turns(partial(ours.selection.set, ids))
            at = ours.head(id)
            ours.screen.press(at)
            ours.turns(partial(ours.screen.move, at + QPointF(30, 30)))
            let_go.append(ours.turns(ours.screen.let_go))
            undone.append(ours.turns(ours.document.undo.undo))
        yield _told(f"{nodes:,} nodes, {words} dragged and let go", let_go)
        yield _told(f"{nodes:,} nodes, {words} dragged and let go, undone", undone)
    rubbish.end()
    ours.screen.close()


def _after(before: Callable[[], object], run: Step) -> Turns:
    before()
    return run()


def _figure(name: str, step: Step) -> Measure:
    return _told(name, [step() for _ in range(RUNS)])


def _told(name: str, taken: Sequence[Turns]) -> Measure:
    longest = [max(turns) for turns in taken]
    whole = statistics.median(sum(turns) for turns in taken)
    return Measure(name, statistics.median(longest), "ms", STALL, note=f"slowest {max(longest):.1f}, whole {whole:.1f}")
