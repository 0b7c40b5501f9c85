"""One walk through a drawing: what Keras says of each node, asked again only of what an edit touched and what follows.

Where the wires are those of the drawing before, only the nodes that an edit touched are looked at, and those that they
feed as long as something else comes to them: an edit of one in a thousand layers costs what that one costs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from heapq import heapify, heappop, heappush
from typing import Final

from engine import wiring
from engine.drawing import Drawing
from engine.graph import Edge, Graph, Node
from engine.naming import ASKING
from engine.reader import Reader
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap
from engine.worker import rules
from engine.worker.answers import Answers, Key
from engine.worker.carrying import Carrying, Kept
from engine.worker.findings import Finding, Load
from engine.worker.sentences import refusal
from engine.worker.site import Arrival, Refusal, Site
from engine.worker.symbolic import Answer, Call, Question, Signal

UNKNOWN: Final = NodeReport()


@dataclass(frozen=True, slots=True)
class Seen:
    """A node of the last drawing that shares no layer, its wires, also port by port, what was found, what feeds it."""

    node: Node
    edges: Sequence[Edge]
    by_port: Sequence[Edge]
    found: Finding
    sources: frozenset[str]


@dataclass(frozen=True, slots=True)
class Walk:
    """What a walk left behind, by node: the drawing's wires by identity, reports, signals by port, what they carry.

    Attributes:
        open: The nodes that are looked at each time: those of which not all was well, that share a layer or whose
            answer hangs on more than what comes to them.
    """

    graph: Graph
    into: Mapping[str, Sequence[Edge]]
    reports: FrozenMap[NodeReport]
    signals: dict[str, dict[str, Signal]]
    loads: dict[str, Mapping[str, Load]]
    open: frozenset[str]


@dataclass(slots=True)
class Memory:
    """What is remembered of the last drawing, so that only what an edit touched is looked at again.

    Attributes:
        last: What was found of each node, where nobody had anything against it.
        walk: What the last walk left behind.
    """

    reader: Reader
    last: dict[str, Seen] = field(default_factory=dict)
    kept: Kept = field(default_factory=dict)
    walk: Walk | None = None

    def fork(self) -> Memory:
        """Return the same memory, for a look that leaves no trace in this one."""
        return Memory(replace(self.reader), self.last, dict(self.kept), self.walk)


class Visit:
    """One walk, in the order of the wires; nodes behind a problem are passed over."""

    def __init__(self, answers: Answers, drawing: Drawing, stopped: frozenset[str], memory: Memory) -> None:
        self._answers, self._drawing, self._stopped = answers, drawing, stopped
        self._graph = graph = drawing.graph
        self._catalogue = answers.catalogue
        self._calls: dict[str, list[tuple[Node, Call]]] = {}
        self._memory, self._before = memory, memory.last
        #: Nodes that may give something else than in the last drawing.
        self._fresh: set[str] = set()
        self._shared = drawing.traits.owners
        walk = memory.walk if memory.walk is not None and memory.walk.into is drawing.into else None
        self._walk = walk
        self._signals: dict[str, dict[str, Signal]] = {} if walk is None else dict(walk.signals)
        self._reports: dict[str, NodeReport] = dict.fromkeys(graph.nodes, UNKNOWN) if walk is None else {}
        self._carrying = Carrying(drawing, memory.kept, {} if walk is None else dict(walk.loads))
        memory.last = {} if walk is None else dict(memory.last)

    def report(self, found: list[Problem]) -> Report:
        more = [problem for id in self._way() if not self._known(id) for problem in self._visit(id)]
        more += self._carrying.problems()
        self._carrying.forget()
        walk = self._walk
        reports = FrozenMap(self._reports) if walk is None else walk.reports.with_items(self._reports)
        still = frozenset() if walk is None else walk.open - self._reports.keys()
        self._memory.walk = Walk(
            self._graph, self._drawing.into, reports, self._signals, self._carrying.loads, still | self._open()
        )  # fmt: skip
        return Report(reports, self._drawing.told([*found, *more]))

    def _open(self) -> set[str]:
        """The nodes, of those that were looked at, that are to be looked at each time."""
        last = self._memory.last
        return {id for id in self._reports if id not in last or last[id].found.asks or last[id].found.ends}

    def _way(self) -> Iterator[str]:
        """Give the nodes to look at, in the order of the wires: all, or those that are touched as it goes on."""
        ids, places = self._drawing.order.ids, self._drawing.places
        if self._walk is None:
            yield from ids
            return
        waiting = [places[id] for id in self._touched(self._walk) if id in places]
        seen = set(waiting)
        heapify(waiting)
        while waiting:
            id = ids[heappop(waiting)]
            self._forget(id)
            yield id
            if id in self._fresh or self._carrying.gives_other(id):
                for edge in self._drawing.feeds.get(id, ()):
                    place = places.get(edge.target.node)
                    if place is not None and place not in seen:
                        seen.add(place)
                        heappush(waiting, place)

    def _touched(self, walk: Walk) -> set[str]:
        """The nodes that are others than in the last drawing, and those that are looked at each time."""
        return {*self._graph.nodes.others(walk.graph.nodes), *walk.open, *self._stopped, *self._shared}

    def _forget(self, id: str) -> None:
        """Take back what is known of a node from the last walk."""
        self._reports[id] = UNKNOWN
        self._signals.pop(id, None)
        self._memory.last.pop(id, None)
        self._carrying.loads.pop(id, None)

    def _known(self, id: str) -> bool:
        """Take what was found of a node in the last drawing, where nothing that it depends on is another."""
        seen, node = self._before.get(id), self._graph.nodes[id]
        if seen is None or seen.node is not node or id in self._stopped or id in self._shared:
            return self._doubt(id)
        edges = self._drawing.into[id]
        if edges != seen.edges or not self._fresh.isdisjoint(seen.sources):
            return self._doubt(id)
        self._memory.last[id] = seen
        self._take(node, node, seen.found, self._carrying.again(node, seen.by_port, seen.found))
        return True

    def _doubt(self, id: str) -> bool:
        self._fresh.add(id)
        return False

    def _visit(self, id: str) -> Iterable[Problem]:
        node = self._graph.node(id)
        owner = node if node.shares is None else self._graph.nodes.get(node.shares, node)
        edges = None if {id, owner.id} & self._stopped else self._edges(node)
        if edges is None:
            return ()
        arriving = tuple((edge.target.port, self._signals[edge.source.node][edge.source.port]) for edge in edges)
        calls = tuple(call for _, call in self._calls.get(owner.id, ()))
        key = (node.layer, repr(owner.values), repr(node.values) if node.shares else "", calls, arriving)
        found = self._answers.found.get(key)
        if found is not None and found.clean:
            self._keep(node, owner, edges, found)
            return ()
        return list(self._ask(node, owner, edges, key))

    def _edges(self, node: Node) -> Sequence[Edge] | None:
        """The wires into a node, port by port; None where what comes through one is not known."""
        edges = self._drawing.into[node.id]
        if any(edge.source.port not in self._signals.get(edge.source.node, ()) for edge in edges):
            return None
        return wiring.by_port(self._catalogue.layer(node.layer), edges)

    def _ask(self, node: Node, owner: Node, edges: Sequence[Edge], key: Key) -> Iterator[Problem]:
        """Ask of one node; where several call one layer, the calls before it are told as well."""
        before = self._calls.get(owner.id, [])
        made, called = wiring.values(self._graph, self._catalogue, node.id)
        site = Site(
            node, self._catalogue.layer(node.layer), self._catalogue, self._graph, FrozenMap({**made, **called}),
            tuple(Arrival(e.target.port, self._graph.node(e.source.node), signal, self._carrying.axes(e))
                  for e, (_, signal) in zip(edges, key[4], strict=True)),
            before[0][0] if before else None,
        )  # fmt: skip
        wrong = rules.before(site)
        if wrong is None:
            call = Call(key[4], called)
            answer = self._answers.of(Question(node.layer, made, (*key[3], call)))
            wrong = _refused(site, answer) or rules.after(site, answer)
        if wrong is not None:
            yield self._drawing.noted(wrong.problem(site), *wrong.mends)
            return
        warnings = [
            self._drawing.noted(warned.problem(site, "warning"), *warned.mends) for warned in rules.warned(site, answer)
        ]
        masks = self._passed(Question(node.layer, made, (*key[3], call)), answer)
        found = _finding(site, call, answer, masks, clean=not warnings)
        self._answers.note(key, found)
        self._keep(node, owner, edges, found)
        yield from warnings

    def _passed(self, question: Question, answer: Answer) -> tuple[bool, tuple[int, ...]]:
        """Whether a layer makes a mask by itself, else the inputs whose masks it passes on.

        Found by asking without the others. A mask that takes several inputs' is of all of them.
        """
        masked = [place for place, (_, signal) in enumerate(question.calls[-1].inputs) if signal.mask is not None]
        if not masked or all(signal.mask is None for signal in answer.outputs):
            return any(signal.mask is not None for signal in answer.outputs), ()
        if self._masks(question, but=()):
            return True, ()
        alone = [place for place in masked if len(masked) > 1 and self._masks(question, but=(place,))]
        return False, tuple(alone or masked)

    def _masks(self, question: Question, but: Sequence[int]) -> bool:
        """Whether a mask comes out where no mask comes in, but for some inputs'."""
        *before, call = question.calls
        bare = tuple(
            (port, signal if place in but else replace(signal, mask=None))
            for place, (port, signal) in enumerate(call.inputs)
        )
        alone = self._answers.of(replace(question, calls=(*before, replace(call, inputs=bare))))
        return any(signal.mask is not None for signal in alone.outputs)

    def _keep(self, node: Node, owner: Node, edges: Sequence[Edge], found: Finding) -> None:
        """Take what was found; what a node feeds need not be visited for its sake where it gives what it gave."""
        if found.clean and node.shares is None:
            self._memory.last[node.id] = Seen(
                node, self._drawing.into[node.id], edges, found, frozenset(edge.source.node for edge in edges)
            )  # fmt: skip
            seen = self._before.get(node.id)
            if seen is not None and seen.found.outputs == found.outputs:
                self._fresh.discard(node.id)
        self._take(node, owner, found, self._carrying.told(node, edges, found))

    def _take(self, node: Node, owner: Node, found: Finding, report: NodeReport) -> None:
        self._calls.setdefault(owner.id, []).append((node, found.call))
        self._reports[node.id] = report
        self._signals[node.id] = dict(found.outputs)


def _finding(site: Site, call: Call, answer: Answer, masks: tuple[bool, tuple[int, ...]], *, clean: bool) -> Finding:
    ports = [port.name for port in site.catalogue.outputs(site.whole)]
    outputs = tuple(zip(ports, answer.outputs, strict=True))
    specs = {port: TensorSpec(signal.shape, signal.dtype) for port, signal in outputs}
    counts = (0, 0) if site.node.shares else (answer.parameters, answer.trainable)
    report = NodeReport(FrozenMap(specs), *counts, answer.dtype, answer.multiply_adds, answer.counted)
    came = any(signal.mask is not None for _, signal in call.inputs)
    ends = came and not answer.reads and all(signal.mask is None for signal in answer.outputs)
    return Finding(call, outputs, report, clean, *masks, answer.reads, ends, answer.dropped, site.spec.axes in ASKING)


def _refused(site: Site, answer: Answer) -> Refusal | None:
    if not answer.error:
        return None
    if answer.made:
        return refusal(site, answer.error)
    return replace(refusal(replace(site, arrivals=()), answer.error), alone=True)
