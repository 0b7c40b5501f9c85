"""The checker and the oracle side by side, asked the same case at once. Imports no Keras."""

from __future__ import annotations

from engine.catalogue import catalogue
from engine.graph_json import graph_to_json
from engine.report import report_from_json
from tests.worker.sweep.cases import Case
from tests.worker.sweep.judging import differing, stricter
from tests.worker.sweep.talk import Program


class Pair:
    """Programs that live for many cases; as in the window, what TensorFlow alone can make has a checker of its own."""

    def __init__(self) -> None:
        self.checkers = {
            False: Program("tests.worker.sweep.checking"), True: Program("tests.worker.sweep.checking", "--full")
        }  # fmt: skip
        self.oracle = Program("tests.worker.sweep.oracle")

    def differing(self, case: Case) -> tuple[str, str]:
        """Return where the two part, or nothing; and what became of the case: flawed, shown, refused or died.

        Where we refuse what runs, for a reason of `STRICTER`, that is what became of it.

        What the catalogue refuses is not asked of the oracle: an input of 2³¹ numbers would be made.
        """
        drawing = graph_to_json(case.graph)
        checker = self.checkers[catalogue().needs_tensorflow(case.graph)]
        checker.tell(drawing)
        if not case.flawed:
            self.oracle.tell(drawing)
        said, truth = checker.heard(), {"nodes": {}} if case.flawed else self.oracle.heard()
        if said is None or "raised" in said:
            return f"the checker ends: {said}", "raised"
        report = report_from_json(said)
        if truth is None:
            return ("" if report.errors else "no problem, though TensorFlow dies of it"), "died"
        kind = "flawed" if case.flawed else "refused" if "text" in truth else "shown"
        return differing(case, report, truth), stricter(report, truth) or kind

    def end(self) -> None:
        for program in (*self.checkers.values(), self.oracle):
            program.end()
