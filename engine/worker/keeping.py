"""The weights of some epochs, the best among them, kept in the run's folder in a bounded number. No wire."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import keras

from engine.best import Best
from engine.choices import Keeping
from engine.record import checkpoint, in_place_of


class Checkpoints:
    """Writes and removes the files; Keras reads each alone, with the model that the drawing makes."""

    def __init__(self, keeping: Keeping | None, folder: Path | None, model: keras.Model) -> None:
        self._keeping, self._folder, self._model = keeping, folder, model
        self._best = Best(keeping.metric if keeping is not None else "loss")
        self._kept: list[int] = []

    def epoch(self, epoch: int, metrics: Mapping[str, float]) -> None:
        """Keep an epoch's weights where they are to be kept; raise ProjectError where they cannot be written."""
        if self._keeping is None or self._folder is None:
            return
        better = self._best.sees(epoch, metrics.get(self._keeping.metric, math.nan))
        if epoch % self._keeping.every and not better:
            return
        path = checkpoint(self._folder, epoch)
        path.parent.mkdir(parents=True, exist_ok=True)
        with in_place_of(path) as place:
            self._model.save_weights(place)
        self._kept.append(epoch)
        self._thin(self._folder, self._keeping.most)

    def _thin(self, folder: Path, most: int) -> None:
        """Let the oldest go, but never the best."""
        while len(self._kept) > most:
            old = next((each for each in self._kept if each != self._best.epoch), self._kept[0])
            self._kept.remove(old)
            with suppress(OSError):
                checkpoint(folder, old).unlink(missing_ok=True)
