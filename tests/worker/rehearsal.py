"""A trainer in this process, with an ear that hears it. For tests that ask what it says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import keras
import numpy as np

from engine.graph import Graph
from engine.messages import Failed, Steps, Train
from engine.recipe import Recipe
from engine.worker.trainer import Trainer
from tests.worker.drawings import DIGITS, SMALL, dense
from tests.worker.ear import Ear

THREE = replace(DIGITS.recipe, epochs=3)


class Bench:
    """A trainer and the ear that hears it."""

    def __init__(self, ear: Ear) -> None:
        self.ear = ear
        self.trainer = Trainer(ear.wire, {"keras": keras.__version__})

    def train(self, graph: Graph | None = None, recipe: Recipe = SMALL, **more: Any) -> None:
        self.trainer.train(Train(graph or dense(), recipe, **more))
        for failed in self.ear.of(Failed):
            print(failed.traceback)


def rows(steps: list[Steps]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Put the numbers and the values of messages of steps together."""
    return np.concatenate([s.numbers.numpy() for s in steps]), np.concatenate([s.values.numpy() for s in steps])
