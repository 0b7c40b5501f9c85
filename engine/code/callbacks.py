"""Spells what a script has watch over its run: what forgets, keeps weights, slows and ends it. Knows no drawing."""

from __future__ import annotations

import ast
from typing import Final

from engine.choices import Keeping
from engine.code.spell import call
from engine.plotting.figures import direction
from engine.recipe import Recipe

#: Metrics of which Keras knows whether more is better, however the outputs are named.
KNOWN: Final = ("loss", "accuracy")
#: What the script carries where layers remember from batch to batch.
FORGET: Final = """\
class Forget(keras.callbacks.Callback):
    \"\"\"Lets layers that remember begin anew: at each epoch's start, and before what is not trained on.\"\"\"

    def on_epoch_begin(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self.forget()

    def on_test_begin(self, logs: dict[str, float] | None = None) -> None:
        self.forget()

    def forget(self) -> None:
        for layer in self.model.layers:
            if getattr(layer, "stateful", False):
                layer.reset_state()
"""
#: What the script carries where weights are kept on the way: Keras itself keeps all of them, or the best alone.
CHECKPOINTS: Final = """\
class Checkpoints(keras.callbacks.ModelCheckpoint):
    \"\"\"Keeps the weights of each so many epochs, and of the best so far; the oldest go.\"\"\"

    def __init__(self, monitor: str, mode: str, every: int, most: int) -> None:
        \"\"\"Keep so many at most, the best among them.\"\"\"
        # Keras fills in what stands in braces: those of the folder are meant.
        folder = str(CHECKPOINTS).replace("{", "{{").replace("}", "}}")
        path = folder + "/epoch-{epoch:04}.weights.h5"
        super().__init__(path, monitor=monitor, mode=mode, save_weights_only=True)
        self.every, self.most = every, most
        self.kept: list[int] = []
        self.best_epoch, self.least = 0, np.inf

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        \"\"\"Keep the weights of an epoch, where they are to be kept.\"\"\"
        number, value = epoch + 1, (logs or {}).get(self.monitor, np.nan)
        value = -value if self.mode == "max" else value
        better = np.isfinite(value) and value < self.least
        if better:
            self.best_epoch, self.least = number, value
        if better or number % self.every == 0:
            super().on_epoch_end(epoch, logs)
            self.kept.append(number)
        while len(self.kept) > self.most:
            old = next((each for each in self.kept if each != self.best_epoch), self.kept[0])
            self.kept.remove(old)
            Path(self.filepath.format(epoch=old)).unlink(missing_ok=True)
"""


def sources(recipe: Recipe, *, remembers: bool) -> list[str]:
    """Return the classes that a script carries."""
    return [*([FORGET] if remembers else []), *([CHECKPOINTS] if recipe.keeping is not None else [])]


def overseeing(recipe: Recipe) -> list[ast.expr]:
    """Spell what keeps weights, lowers the rate and ends the run early, in the order in which the program looks."""
    found: list[ast.expr] = []
    if recipe.keeping is not None:
        found.append(_keeping(recipe.keeping))
    if (low := recipe.plateau) is not None:
        found.append(_callback(
            "ReduceLROnPlateau", monitor=low.metric, **_way(low.metric), factor=low.factor, patience=low.patience,
            min_delta=0.0, min_lr=low.lowest,
        ))  # fmt: skip
    if (end := recipe.stopping) is not None:
        found.append(_callback(
            "EarlyStopping", monitor=end.metric, **_way(end.metric), patience=end.patience, min_delta=end.least,
            restore_best_weights=end.restore,
        ))  # fmt: skip
    return found


def _keeping(keeping: Keeping) -> ast.expr:
    return _spelled(
        "Checkpoints", monitor=keeping.metric, mode=_mode(keeping.metric), every=keeping.every, most=keeping.most
    )


def _mode(metric: str) -> str:
    """Whether more is better, or less, as the program takes a metric."""
    return "max" if direction(metric) > 0 else "min"


def _way(metric: str) -> dict[str, str]:
    """Say whether more is better, unless Keras knows: of the metrics of one output among several it does not."""
    return {} if metric.removeprefix("val_") in KNOWN else {"mode": _mode(metric)}


def _callback(name: str, **values: str | float | bool) -> ast.expr:
    return _spelled(f"keras.callbacks.{name}", **values)


def _spelled(path: str, **values: str | float | bool) -> ast.expr:
    return call(path, [], {word: ast.Constant(value) for word, value in values.items()})
