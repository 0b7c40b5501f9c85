"""The checker asked for what mends one node's problems, in a drawing too large for fixes of all."""

from __future__ import annotations

import pytest

from engine.graph import Edge, End, Graph
from engine.mending import ROOM, fixed
from engine.messages import Check, Checked, Mend, Mended, Ready, Rechecked
from tests.gui.drawings import node, wired
from tests.worker.test_worker_program import started, until

pytestmark = pytest.mark.worker


def large() -> Graph:
    """More layers than fixes are offered for unasked; beside them two LSTMs that are given images."""
    row = [node(f"a{number}", "Activation", activation="relu") for number in range(ROOM + 1)]
    graph = wired(node("i", "InputLayer", shape=(8, 8, 1)), *row)
    for name, source in (("first", "a3"), ("second", "a9")):
        graph = graph.with_node(node(name, "LSTM", units=4)).with_edge(Edge(End(source, "output"), End(name, "input")))
    return graph


def test_any_problem_of_a_large_drawing_has_its_fixes_when_it_is_asked_about() -> None:
    graph = large()
    with started("checker") as (worker, messages):
        assert isinstance(next(messages), Ready)
        worker.send(Check(4, graph))
        answers = (message for message in messages if isinstance(message, Checked | Rechecked))
        checked = next(answer for answer in answers if answer.whole)
        assert [bool(problem.fixes) for problem in checked.report.problems] == [True, False]
        worker.send(Mend(3, "first"))  # of an older drawing: nobody waits for it
        worker.send(Mend(4, "second"))
        mended = until(messages, Mended)
        assert mended.generation == 4
        (problem,) = mended.report.problems
        assert problem.nodes[0] == "second"
        assert problem.fixes
        worker.send(Check(5, fixed(graph, problem.fixes[0])))
        after = until(messages, Checked).report
        assert [problem.nodes[0] for problem in after.problems] == ["first"]
