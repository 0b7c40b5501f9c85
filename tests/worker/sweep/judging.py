"""Where what the window would show of a case is not what Keras makes of it: a sentence, or nothing."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final

from engine.catalogue import Catalogue, catalogue
from engine.errors import EngineError
from engine.graph import Graph
from engine.report import Report
from engine.values import Json
from tests.worker.sweep.cases import Case

#: What we say although Keras would do it, by words of the sentence: each is meant, for the reason beside it.
STRICTER: Final[Mapping[str, str]] = {
    "too large for any machine": "Keras would try",
    "than any machine holds": "Keras would try",
    "leaves nothing of its input": "Keras goes on with tensors without a number",
    "joins at least two wires": "Keras hands one on as it is",
    "looks from a query at values of as many axes": "a sample would be taken for a step",
    "computes with numbers": "it fails when compiled for training, or runs with some of its values by chance",
    "takes masks for a sequence": "several axes are masked by chance where their lengths agree",
    "hides what comes later": "as above",
    "slides a window": "as above",
    "attends along axes between": "samples would look at each other",
    "takes a mask of one yes or no": "a mask of free lengths is spread by chance",
    "reads a mask of time alone": "a mask of more is spread by chance where lengths are 1",
    "takes a mask of as many axes": "the batch of a mask of fewer would be laid along another axis, by chance",
    "the first of them the batch": "Keras reads the letters along other axes, and lengths agree by chance",
    "normalizes the last axes only": "it runs where a free length happens to agree",
    "draws its noise once": "without noise no one looks at its shape",
    "crosses one number": "a free length would have to be 1",
    "feature by feature": "one feature would be laid along all of the others",
    "gives shares along one axis": "a function that is called takes several, and fails on them in a model",
    "spreads values over a range": "what it draws decides, and what comes out is no number",
    "(rank ": "measured: it runs, and mixes samples or gives another shape than it promised",
}
#: What says that a layer runs on some machines only.
ON_GPU: Final = ("on a GPU only", "on few machines")


def differing(case: Case, report: Report, truth: Json) -> str:
    """Compare a report with what the oracle found; return where they part, or nothing."""
    if case.flawed:
        return _must_refuse(report, case.flawed, "a value that cannot be")
    for node in case.graph.nodes.values():
        if not _sound(case.graph, node.id):
            return _must_refuse(report, node.id, "a value that cannot be")
        told = truth["nodes"].get(node.id)
        if told is None:
            if any(word in problem.sentence for problem in report.at(node.id) for word in ON_GPU):
                return ""
            return _must_refuse(report, node.id, truth.get("text", "the program died"))
        if "heavy" in told:
            return ""
        said = _other(report, node.id, told)
        if said or report.nodes[node.id].outputs == {}:
            return said
    wrong = [problem.sentence for problem in report.errors]
    return f"said, though it runs: {wrong}" if wrong else ""


def _sound(graph: Graph, id: str, known: Catalogue | None = None) -> bool:
    try:
        (known or catalogue()).values(graph.node(id))
    except EngineError:
        return False
    return True


def _must_refuse(report: Report, id: str, why: str) -> str:
    if report.nodes[id].outputs:
        return f"{id} shows {[spec.label for spec in report.nodes[id].outputs.values()]}, though: {why}"
    if not any(problem.nodes[:1] == (id,) for problem in report.errors):
        return f"{id} has no problem, though: {why}"
    return ""


def _other(report: Report, id: str, told: Json) -> str:
    """Compare what is shown of a node with what Keras made, and what Keras promised with what ran."""
    node = report.nodes[id]
    real = told.get("real", told["outputs"])
    if not node.outputs:
        if _strictly(report, id) or not _kept(told["outputs"], real):
            return ""
        return f"{id} shows no shape, though it runs: {[problem.sentence for problem in report.at(id)]}"
    specs = list(node.outputs.values())
    shown: Json = [[list(spec.shape), spec.dtype] for spec in specs]
    if len(shown) != len(real) or not all(_fits(a, b) for a, b in zip(shown, real, strict=True)):
        return f"{id} shows {shown}, and gives {real} when run"
    if not all((shape == a[0] or not _fits(a, b)) and dtype in (a[1], b[1])
               for (shape, dtype), a, b in zip(shown, told["outputs"], real, strict=True)):  # fmt: skip
        return f"{id} shows {shown}, and Keras says {told['outputs']}"
    if [spec.label for spec in specs] != [_label(shape) for shape, _ in shown]:
        return f"{id} is labelled {[spec.label for spec in specs]} for {shown}"
    counts = [node.parameters, node.trainable]
    if counts != [told["parameters"], told["trainable"]]:
        return f"{id} counts {counts}, and Keras {[told['parameters'], told['trainable']]}"
    return ""


def stricter(report: Report, truth: Json) -> str:
    """The words of `STRICTER` by which a node is refused that runs; empty where none is."""
    told = truth["nodes"]
    runs = [id for id in told if not report.nodes[id].outputs and "heavy" not in told[id]]
    return next((word for id in runs if (word := _strictly(report, id))), "")


def _strictly(report: Report, id: str) -> str:
    return next((word for problem in report.at(id) for word in STRICTER if word in problem.sentence), "")


def _kept(promised: Json, real: Json) -> bool:
    """Whether Keras keeps what it promises without data: where it does not, no shape is better than a wrong one."""
    return len(promised) == len(real) and all(map(_fits, promised, real))


def _fits(shown: Json, real: Json) -> bool:
    """Whether a real shape is the one shown; Keras's word on dtypes is taken as it stands."""
    return len(shown[0]) == len(real[0]) and all(a in (None, b) for a, b in zip(shown[0], real[0], strict=True))


def _label(shape: Sequence[int | None]) -> str:
    """Spell a sample's shape as a wire carries it."""
    words = ["any" if length is None else f"{length}" for length in shape[1:]]
    return "×".join(words) if words else "scalar"


def size(graph: Graph) -> int:
    """How many numbers one sample of a drawing's inputs holds: the smaller, the easier a case is to read."""
    return sum(
        math.prod(length or 1 for length in shape if isinstance(length, int))
        for node in graph.nodes.values() if isinstance(shape := node.values.get("shape"), tuple)
    )  # fmt: skip
