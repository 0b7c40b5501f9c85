"""The checker: shapes, weights and problems of every node of a drawing, by asking Keras what it has not asked before.

It makes no weights. An edit asks again only of what lies downstream of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, TypeAlias, TypeVar

from engine import structure, wiring
from engine.catalogue import Catalogue
from engine.datasets import DataSpec, dataset
from engine.drawing import Drawing
from engine.errors import EngineError
from engine.fitting import judged
from engine.graph import Edge, Graph, Node
from engine.naming import ASKING
from engine.proving import Case, Told
from engine.reader import Reader
from engine.recipe import Recipe
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap
from engine.worker import rules
from engine.worker.carrying import Carrying, Kept
from engine.worker.findings import Finding
from engine.worker.known import catalogue
from engine.worker.sentences import refusal
from engine.worker.site import Arrival, Refusal, Site
from engine.worker.symbolic import Answer, Call, Question, Signal, ask

K = TypeVar("K")
V = TypeVar("V")
#: Answers that are kept; a drawing of a thousand nodes can be edited many times before one is forgotten.
KEPT: Final = 20_000
UNKNOWN: Final = NodeReport()
#: What decides a node's answer, cheap to make: its layer, its values as they are spelled (True is not 1), the calls of
#: its layer before it, and what arrives.
Key: TypeAlias = tuple[str, str, str, tuple[Call, ...], tuple[tuple[str, Signal], ...]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A node of the last drawing that shares no layer, its wires, also port by port, what was found, what feeds it."""

    node: Node
    edges: Sequence[Edge]
    by_port: Sequence[Edge]
    found: Finding
    sources: frozenset[str]


@dataclass(slots=True)
class Memory:
    """What is remembered of the last drawing, so that only what an edit touched is looked at again.

    Attributes:
        last: What was found of each node, where nobody had anything against it.
    """

    reader: Reader
    last: dict[str, Seen] = field(default_factory=dict)
    kept: Kept = field(default_factory=dict)

    def fork(self) -> Memory:
        """Return the same memory, for a look that leaves no trace in this one."""
        return Memory(replace(self.reader), self.last, dict(self.kept))


class Checker:
    """Answers what can be known of a drawing before any data.

    Attributes:
        asked: How many questions Keras was asked, all drawings together.
    """

    def __init__(self, known: Catalogue | None = None) -> None:
        self.catalogue = known or catalogue()
        self.found: dict[Key, Finding] = {}
        self._answers: dict[Question, Answer] = {}
        self.memory = Memory(Reader(self.catalogue))
        self.asked = 0

    def check(self, graph: Graph, recipe: Recipe | None = None, spec: DataSpec | None = None) -> Report:
        """Return what is known of each node, and the problems with the fixes that work.

        Those of wires and values stand first, then those of shapes, then, where a recipe is given, those of the recipe.
        """
        case = self.case(graph, recipe, spec)
        return case.told.whole(case.proven())

    def case(self, graph: Graph, recipe: Recipe | None = None, spec: DataSpec | None = None) -> Case:
        """Return what is known, and what can be tried out; `spec` describes other data than the recipe names."""

        def ask(after: Graph, chosen: Recipe | None) -> Told:
            return self._look(after, chosen, spec, self.memory.fork())

        return Case(graph, recipe, self._look(graph, recipe, spec, self.memory), self.catalogue, ask)

    def _look(self, graph: Graph, recipe: Recipe | None, spec: DataSpec | None, memory: Memory) -> Told:
        """Return what is known, and what might mend the problems."""
        data, wrong = (None, ()) if recipe is None else _data(recipe, spec)
        drawing, found = memory.reader.read(graph, None if data is None else data.shape)
        report = _Visit(self, drawing, structure.stopped(found), memory).report(found)
        mends = {problem: partial(structure.mends, drawing, problem) for problem in found} | drawing.mends
        if recipe is None or data is None:
            return Told(report, wrong, mends)
        problems, more = judged(graph, report, recipe, data, self.catalogue)
        return Told(report, problems, {**mends, **more})

    def answer(self, question: Question) -> Answer:
        """Return Keras's answer, remembered where the same was asked before."""
        answer = self._answers.get(question)
        if answer is None:
            self.asked += 1
            answer = ask(question, self.catalogue.layer(question.layer))
            _put(self._answers, question, answer)
        return answer


class _Visit:
    """One walk through a drawing, in the order of its wires; nodes behind a problem are passed over."""

    def __init__(self, checker: Checker, drawing: Drawing, stopped: frozenset[str], memory: Memory) -> None:
        self._checker, self._drawing, self._stopped = checker, drawing, stopped
        self._graph = graph = drawing.graph
        self._catalogue = checker.catalogue
        self._signals: dict[tuple[str, str], Signal] = {}
        self._nodes: dict[str, NodeReport] = dict.fromkeys(graph.nodes, UNKNOWN)
        self._calls: dict[str, list[tuple[Node, Call]]] = {}
        self._carrying = Carrying(drawing, memory.kept)
        self._memory, self._before, memory.last = memory, memory.last, {}
        #: Nodes that may give something else than in the last drawing.
        self._fresh: set[str] = set()
        self._shared = {node.shares for node in graph.nodes.values() if node.shares is not None}

    def report(self, found: list[Problem]) -> Report:
        more = [problem for id in self._drawing.order.ids if not self._known(id) for problem in self._visit(id)]
        more += self._carrying.problems()
        self._carrying.forget()
        return Report(FrozenMap(self._nodes), self._drawing.told([*found, *more]))

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
        arriving = tuple((edge.target.port, self._signals[edge.source.node, edge.source.port]) for edge in edges)
        calls = tuple(call for _, call in self._calls.get(owner.id, ()))
        key = (node.layer, repr(owner.values), repr(node.values) if node.shares else "", calls, arriving)
        found = self._checker.found.get(key)
        if found is not None and found.clean:
            self._keep(node, owner, edges, found)
            return ()
        return list(self._ask(node, owner, edges, key))

    def _edges(self, node: Node) -> Sequence[Edge] | None:
        """The wires into a node, port by port; None where what comes through one is not known."""
        edges = self._drawing.into[node.id]
        if any((edge.source.node, edge.source.port) not in self._signals for edge in edges):
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
            answer = self._checker.answer(Question(node.layer, made, (*key[3], call)))
            wrong = _refused(site, answer) or rules.after(site, answer)
        if wrong is not None:
            yield self._drawing.noted(wrong.problem(site), *wrong.mends)
            return
        warnings = [
            self._drawing.noted(warned.problem(site, "warning"), *warned.mends) for warned in rules.warned(site, answer)
        ]
        masks = self._passed(Question(node.layer, made, (*key[3], call)), answer)
        found = _finding(site, call, answer, masks, clean=not warnings)
        _put(self._checker.found, key, found)
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
        alone = self._checker.answer(replace(question, calls=(*before, replace(call, inputs=bare))))
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
        self._nodes[node.id] = report
        for port, signal in found.outputs:
            self._signals[node.id, port] = signal


def _finding(site: Site, call: Call, answer: Answer, masks: tuple[bool, tuple[int, ...]], *, clean: bool) -> Finding:
    ports = [port.name for port in site.catalogue.outputs(site.whole)]
    outputs = tuple(zip(ports, answer.outputs, strict=True))
    specs = {port: TensorSpec(signal.shape, signal.dtype) for port, signal in outputs}
    counts = (0, 0) if site.node.shares else (answer.parameters, answer.trainable)
    report = NodeReport(FrozenMap(specs), *counts, answer.dtype, answer.multiply_adds)
    came = any(signal.mask is not None for _, signal in call.inputs)
    ends = came and not answer.reads and all(signal.mask is None for signal in answer.outputs)
    return Finding(call, outputs, report, clean, *masks, answer.reads, ends, answer.dropped, site.spec.axes in ASKING)


def _data(recipe: Recipe, spec: DataSpec | None) -> tuple[DataSpec | None, tuple[Problem, ...]]:
    """The data that a recipe is for; where there are none such, the problem."""
    try:
        return spec or dataset(recipe.data.source), ()
    except EngineError as error:
        return None, (Problem("error", error.sentence),)


def _refused(site: Site, answer: Answer) -> Refusal | None:
    if not answer.error:
        return None
    if answer.made:
        return refusal(site, answer.error)
    return replace(refusal(replace(site, arrivals=()), answer.error), alone=True)


def _put(kept: dict[K, V], key: K, value: V) -> None:
    """Keep an answer, forgetting the oldest where there are too many."""
    if len(kept) >= KEPT:
        del kept[next(iter(kept))]
    kept[key] = value
