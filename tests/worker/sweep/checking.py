"""A checker that is asked drawing by drawing, in a process of its own: on numpy, or, `--full`, on TensorFlow."""

from __future__ import annotations

import sys

from engine.values import Json
from tests.worker.sweep.talk import answer


def _main() -> None:
    from engine.worker.backend import use_numpy, use_tensorflow

    backend = use_tensorflow() if "--full" in sys.argv else use_numpy()
    assert backend == ("tensorflow" if "--full" in sys.argv else "numpy")
    from engine.graph_json import graph_from_json
    from engine.report import report_to_json
    from engine.worker.check import Checker

    checker = Checker()

    def say(drawing: Json) -> Json:
        try:
            return report_to_json(checker.case(graph_from_json(drawing)).told.whole())
        except Exception as error:  # noqa: BLE001 - nothing that is drawn may raise: the sweep tells of it
            return {"raised": f"{type(error).__name__}: {error}"}

    answer(say)


if __name__ == "__main__":
    _main()
