"""Working drawings, something changed: what Keras refuses has a problem on its node, what has none runs."""

from __future__ import annotations

from collections import Counter

import pytest

from engine.catalogue import catalogue
from engine.graph import Graph
from engine.graph_json import graph_from_json, graph_to_json
from engine.report import Report
from engine.resolve import resolved
from engine.structure import NAME
from tests.worker.asking import ask
from tests.worker.planted.mutations import mutated

SOME, MANY = range(25), range(600)


def judged(graph: Graph, report: Report) -> str:
    """Compare what is said of a drawing with what Keras makes of it; return what does not agree, or nothing."""
    from tests.worker.planted.trial import refused

    if any("too large" in problem.sentence or "than any machine" in problem.sentence for problem in report.errors):
        return ""  # Keras would try
    found, nodes = refused(graph), resolved(graph, catalogue()).nodes.values()
    if found is not None and {node.layer for node in nodes} <= {"InputLayer"}:
        return ""  # inputs alone are no model; that a recipe says
    if found is None:
        wrong = [problem.sentence for problem in report.errors if problem.parameter != NAME]
        return f"said, though it runs: {wrong}" if wrong else ""
    node, text = found
    places = {id for problem in report.problems for id in problem.nodes[:1]}
    if not report.errors and not any("GPU" in problem.sentence for problem in report.problems):
        return f"refused, though nothing was said: {text}"
    if node and node not in places:
        return f"refused at {node}, said at {sorted(places)}: {text}"
    return ""


def disagreeing(seeds: range) -> dict[str, str]:
    graphs = dict(mutated(seed) for seed in seeds)
    for graph in graphs.values():
        assert graph_from_json(graph_to_json(graph)) == graph
    reports = ask(graphs).reports
    found = {name: judged(graph, reports[name]) for name, graph in graphs.items()}
    refusals = Counter(bool(report.errors) for report in reports.values())
    assert min(refusals[True], refusals[False]) > len(seeds) // 8, "some are wrong, some are not"
    return {name: wrong for name, wrong in found.items() if wrong}


def test_some_mutations() -> None:
    assert disagreeing(SOME) == {}


@pytest.mark.long
def test_many_mutations() -> None:
    wrong = disagreeing(MANY)
    assert not wrong, "\n".join(f"{name}: {text}" for name, text in wrong.items())
