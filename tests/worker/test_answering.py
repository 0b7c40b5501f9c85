"""A checker that is told what changed says, bit by bit, what one says that is asked anew."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_bit_by_bit_is_as_from_scratch() -> None:
    """In a process of its own, on the numpy backend: values, wires, layers gone and come, shared, bypassed, broken."""
    command = [sys.executable, "-W", "error", "-m", "tests.worker.test_answering"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["steps"] > 100
    assert told["patched"] > told["steps"] / 2, "most are told as changes"
    assert told["broken"] > 10, "some were broken"
    assert told["wrong"] == []


def _main() -> None:
    from engine.worker.backend import use_numpy

    use_numpy()
    from dataclasses import replace

    from engine.catalogue import catalogue
    from engine.graph import Graph, Node
    from engine.messages import Check, Checked, Recheck, Rechecked
    from engine.patch import patch
    from engine.report import Report
    from engine.worker.answering import Answering
    from engine.worker.check import Checker
    from tests.nets import nasnet

    chance, known = random.Random(4), catalogue()
    answering, fresh = Answering(Checker()), Checker()

    def stepped(graph: Graph, number: int) -> Graph:
        ids = list(graph.nodes)
        node = graph.nodes[chance.choice(ids)]
        kind = chance.choice(("value", "value", "value", "mode", "drop", "cut", "share", "rename", "name"))
        if kind == "value" and "kernel_size" in node.values:
            return known.with_value(graph, node.id, "kernel_size", (chance.choice((1, 3, 40)),) * 2)
        if kind == "value" and "filters" in node.values:
            return known.with_value(graph, node.id, "filters", chance.choice((8, 32)))
        if kind == "mode":
            return graph.with_node(replace(node, mode=chance.choice(("", "bypass", "disable"))))
        if kind == "drop":
            return graph.without([node.id])
        if kind == "cut":
            return replace(graph, edges=tuple(edge for edge in graph.edges if edge != chance.choice(graph.edges)))
        if kind == "share" and node.layer == "Conv2D" and node.shares is None:
            return graph.with_node(Node(f"s{number}", "Conv2D", f"s{number}", shares=node.id))
        return graph.renamed(node.id, f"name{number}") if kind == "rename" else graph

    start = graph = nasnet(2)
    said, steps, changes, broken, wrong = Report(), 0, 0, 0, []
    before: Graph | None = None
    for number in range(260):
        after = start if number % 40 == 39 else stepped(graph, number)
        change = None if before is None else patch(before, after)
        question = Check(number, after) if change is None else Recheck(number, change)
        answer = answering.answer([question])
        said = answer.report if isinstance(answer, Checked) else answer.merged(said)
        assert isinstance(answer, Checked | Rechecked)
        whole = fresh.check(after)
        fresh = Checker() if number % 20 == 0 else fresh
        if dict(said.nodes) != dict(whole.nodes) or said.problems != whole.problems:
            wrong.append(number)
        before = graph = after
        steps, changes, broken = steps + 1, changes + (change is not None), broken + bool(whole.errors)
    print(json.dumps({"steps": steps, "patched": changes, "broken": broken, "wrong": wrong}))


if __name__ == "__main__":
    _main()
