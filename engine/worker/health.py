"""What a run's own figures say of its health, in a sentence once it shows. Knows no wire."""

from __future__ import annotations

import numpy as np

from engine.messages import Steps

ADVICE = "lower the learning rate, or clip the gradients"


class Health:
    """Looks at the loss of every step; what it found is said once a run."""

    def __init__(self) -> None:
        self._told = False

    def sees(self, steps: Steps) -> tuple[int, str] | None:
        """Return the first step whose loss is no finite number, with a sentence; None where all is well or said."""
        if self._told or "loss" not in steps.names:
            return None
        loss = steps.values.numpy()[:, steps.names.index("loss")]
        sick = np.flatnonzero(~np.isfinite(loss))
        if not len(sick):
            return None
        self._told = True
        step, word = int(steps.numbers.numpy()[sick[0]]), "NaN" if np.isnan(loss[sick[0]]) else "infinite"
        return step, f"The loss became {word} at step {step:,}: {ADVICE}."
