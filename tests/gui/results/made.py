"""Verdicts and messages that tests of the results show, worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.data.columns import Column
from engine.judging_messages import Judged
from engine.messages import Array
from engine.verdict import Verdict, verdict
from gui.monitor.sample import ProbeSamples
from gui.results.shown import Shown

DIGIT = Column("digit", (), "classes", tuple("0123456789"))


def judged(asked: int = 1, epoch: int = 1, **more: Any) -> Judged:
    """The digits' validation samples: 270 of which every tenth is taken for the next class."""
    true = np.arange(270) % 10
    said = np.where(np.arange(270) % 30 == 3, (true + 1) % 10, true)
    chances = np.full((270, 10), 0.02, "float32")
    chances[np.arange(270), said] = 0.82
    told: dict[str, Any] = {
        "asked": asked, "part": "validation", "epoch": epoch, "step": epoch * 40, "output": "digit", "kind": "classes",
        "sentence": "", "whole": 270, "indices": Array.of(np.arange(270)), "predictions": Array.of(chances),
        "targets": Array.of(true.astype("int32")),
    }  # fmt: skip
    return Judged(**{**told, **more})


def digits(epoch: int = 1) -> Verdict:
    return verdict(judged(epoch=epoch))


def made(kind: str, predictions: Any, targets: Any, column: Column | None = None) -> Shown:
    """A verdict of some samples, alone in its history."""
    said = np.array(predictions, "float32")
    true = np.array(targets, "int32" if kind in ("classes", "binary") else "float32")
    found = Verdict("validation", 1, 40, "out", kind, "", len(true), np.arange(len(true)), said, true)
    return Shown(found, ProbeSamples(), (found,), column)


def shown_digits(epochs: int = 1) -> Shown:
    history = [digits(epoch) for epoch in range(1, epochs + 1)]
    return Shown(history[-1], ProbeSamples(), history, DIGIT)
