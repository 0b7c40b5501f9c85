"""Watches over a run's epochs: which was the best, when to lower the rate, when to end. Knows no wire."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path

import keras

from engine.best import Best
from engine.choices import Plateau, Stopping
from engine.choices_json import OVERSIGHT
from engine.errors import RecipeError
from engine.recipe import Recipe
from engine.wiring import listed
from engine.worker import rates
from engine.worker.keeping import Checkpoints
from engine.worker.weights import Weights, copied


class Overseer:
    """Takes each epoch's metrics, and does what the recipe says about runs that get no better.

    Args:
        happened: Told in words what was done: a kind of happening, and its text.
        folder: Where weights are kept on the way; empty keeps none.
    """

    def __init__(
        self, recipe: Recipe, model: keras.Model, happened: Callable[[str, str], None], folder: str = ""
    ) -> None:
        self._model, self._happened = model, happened
        self._checkpoints = Checkpoints(recipe.keeping, Path(folder) if folder else None, model)
        self._stopping: Stopping | None = recipe.stopping
        self._plateau: Plateau | None = recipe.plateau
        self._best = Best(recipe.stopping.metric, recipe.stopping.least) if recipe.stopping is not None else None
        self._low = Best(recipe.plateau.metric) if recipe.plateau is not None else None
        self._kept: Weights | None = None

    def epoch(self, epoch: int, metrics: Mapping[str, float]) -> bool:
        """Take the metrics of an epoch, counted from 1; return whether the run is to end."""
        self._checkpoints.epoch(epoch, metrics)
        if self._low is not None and self._plateau is not None:
            self._low.sees(epoch, metrics.get(self._low.metric, math.nan))
            if self._low.waited >= self._plateau.patience:
                self._low.waited = 0
                self._lower(self._plateau, self._low)
        return self._is_over(epoch, metrics)

    def _lower(self, plateau: Plateau, best: Best) -> None:
        before = rates.now(self._model.optimizer)
        rate = max(before * plateau.factor, plateau.lowest)
        if rate < before:
            rates.change(self._model.optimizer, rate)
            words = f"{best.metric} has not got better for {plateau.patience} epochs"
            self._happened("rate", f"Learning rate {before:.3g} → {rate:.3g}: {words}")

    def _is_over(self, epoch: int, metrics: Mapping[str, float]) -> bool:
        best, stopping = self._best, self._stopping
        if best is None or stopping is None:
            return False
        if best.sees(epoch, metrics.get(best.metric, math.nan)) and stopping.restore:
            self._kept = copied(self._model.weights)
        if best.waited < stopping.patience:
            return False
        best.waited = 0  # who trains on has the same patience again
        words = f"{best.metric} has not got better for {stopping.patience} epochs"
        found = f"; the best was {best.value:.4g}, in epoch {best.epoch}" if best.epoch else ""
        self._happened("stopped", f"Ended: {words}{found}")
        return True

    def restore(self, epoch: int) -> Weights | None:
        """Put the best epoch's weights back; return those of the last, or None where they stay."""
        if self._kept is None or self._best is None or self._best.epoch == epoch:
            return None
        last = copied(self._model.weights)
        for variable, value in zip(self._model.weights, self._kept, strict=True):
            variable.assign(value)
        self._happened("best", f"The weights of epoch {self._best.epoch} are put back: {self._best.metric} was "
                               f"{self._best.value:.4g}")  # fmt: skip
        return last


def check_metrics(recipe: Recipe, logged: list[str], *, validated: bool) -> None:
    """Raise RecipeError where what is to get better is nothing that the run measures."""
    known = [*logged, *(f"val_{name}" for name in logged if validated)]
    for name in OVERSIGHT:
        choice = getattr(recipe, name)
        if choice is not None and choice.metric not in known:
            hint = f"Choose one of {listed(known)}"
            if choice.metric.startswith("val_") and not validated:
                hint = "Keep some samples apart for validation, or watch what is measured in training"
            raise RecipeError(
                f"What {name} watches is measured after each epoch", received=choice.metric, hint=hint
            )  # fmt: skip
