"""The checker: shapes, weights and problems of every node of a drawing, by asking Keras what it has not asked before.

It makes no weights. An edit asks again only of what lies downstream of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias, TypeVar

from engine import structure, wiring
from engine.catalogue import Catalogue, catalogue
from engine.drawing import Drawing
from engine.graph import Edge, Graph, Node
from engine.mending import MOST
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap
from engine.worker import rules
from engine.worker.sentences import Arrival, Refusal, Site, refusal
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
class Finding:
    """What was found of a node, whoever it is: its call, what goes out by port, its report.

    `clean` says that nobody has anything against it; else its sentences are made for each node that asks.
    """

    call: Call
    outputs: tuple[tuple[str, Signal], ...]
    report: NodeReport
    clean: bool


class Checker:
    """Answers what can be known of a drawing before any data.

    Attributes:
        asked: How many questions Keras was asked, all drawings together.
    """

    def __init__(self, known: Catalogue | None = None) -> None:
        self.catalogue = known or catalogue()
        self.found: dict[Key, Finding] = {}
        self._answers: dict[Question, Answer] = {}
        self.asked = 0

    def check(self, graph: Graph) -> Report:
        """Return what is known of each node, and the problems: those of wires and values first, then of shapes."""
        drawing = Drawing(graph, self.catalogue)
        found = structure.found(drawing)
        return _Visit(self, drawing, structure.stopped(found)).report(found)

    def mended(self, graph: Graph, node: str) -> tuple[Problem, ...]:
        """Return the problems that show on a node, with their fixes, however large the drawing."""
        drawing = Drawing(graph, self.catalogue)
        found = structure.found(drawing)
        problems = _Visit(self, drawing, structure.stopped(found)).problems(found)
        return drawing.with_fixes((problem for problem in problems if problem.nodes[:1] == (node,)), MOST)

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

    def __init__(self, checker: Checker, drawing: Drawing, stopped: frozenset[str]) -> None:
        self._checker, self._drawing, self._stopped = checker, drawing, stopped
        self._graph = graph = drawing.graph
        self._catalogue = checker.catalogue
        self._signals: dict[tuple[str, str], Signal] = {}
        self._nodes: dict[str, NodeReport] = dict.fromkeys(graph.nodes, UNKNOWN)
        self._calls: dict[str, list[tuple[Node, Call]]] = {}

    def report(self, found: list[Problem]) -> Report:
        problems = self.problems(found)
        return Report(FrozenMap(self._nodes), self._drawing.with_fixes(problems))

    def problems(self, found: list[Problem]) -> list[Problem]:
        """Visit every node; return what was found before, and on the way."""
        return [*found, *(problem for id in self._drawing.order.ids for problem in self._visit(id))]

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
            self._keep(node, owner, found)
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
            tuple(Arrival(e.target.port, self._graph.node(e.source.node), signal)
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
        found = _finding(site, call, answer, clean=not warnings)
        _put(self._checker.found, key, found)
        self._keep(node, owner, found)
        yield from warnings

    def _keep(self, node: Node, owner: Node, found: Finding) -> None:
        self._calls.setdefault(owner.id, []).append((node, found.call))
        self._nodes[node.id] = found.report
        for port, signal in found.outputs:
            self._signals[node.id, port] = signal


def _finding(site: Site, call: Call, answer: Answer, *, clean: bool) -> Finding:
    ports = [port.name for port in site.catalogue.outputs(site.whole)]
    outputs = tuple(zip(ports, answer.outputs, strict=True))
    specs = {port: TensorSpec(signal.shape, signal.dtype) for port, signal in outputs}
    counts = (0, 0) if site.node.shares else (answer.parameters, answer.trainable)
    return Finding(call, outputs, NodeReport(FrozenMap(specs), *counts, answer.dtype), clean)


def _refused(site: Site, answer: Answer) -> Refusal | None:
    if not answer.error:
        return None
    return refusal(site if answer.made else replace(site, arrivals=()), answer.error)


def _put(kept: dict[K, V], key: K, value: V) -> None:
    """Keep an answer, forgetting the oldest where there are too many."""
    if len(kept) >= KEPT:
        del kept[next(iter(kept))]
    kept[key] = value
