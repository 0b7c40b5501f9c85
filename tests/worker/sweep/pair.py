"""The checker and the oracle side by side, asked the same case at once. Imports no Keras."""

from __future__ import annotations

from engine.graph_json import graph_to_json
from engine.report import report_from_json
from tests.worker.sweep.cases import Case
from tests.worker.sweep.judging import differing
from tests.worker.sweep.talk import Program


class Pair:
    """Two programs that live for many cases."""

    def __init__(self) -> None:
        self.checker = Program("tests.worker.sweep.checking")
        self.oracle = Program("tests.worker.sweep.oracle")

    def differing(self, case: Case) -> tuple[str, str]:
        """Return where the two part, or nothing; and what became of the case: flawed, shown, refused or died.

        What the catalogue refuses is not asked of the oracle: an input of 2³¹ numbers would be made.
        """
        drawing = graph_to_json(case.graph)
        asked = (self.checker,) if case.flawed else (self.checker, self.oracle)
        for program in asked:
            program.tell(drawing)
        said, truth = self.checker.heard(), {"nodes": {}} if case.flawed else self.oracle.heard()
        if said is None or "raised" in said:
            return f"the checker ends: {said}", "raised"
        report = report_from_json(said)
        if truth is None:
            truth = {"nodes": {}, "text": "the program died"}
            return ("" if report.errors else "no problem, though TensorFlow dies of it"), "died"
        kind = "flawed" if case.flawed else "refused" if "text" in truth else "shown"
        return differing(case, report, truth), kind

    def end(self) -> None:
        self.checker.end()
        self.oracle.end()
