"""Where a run stands, as one value. Knows no process and no widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

Phase = Literal[
    "waking", "ready", "starting", "compiling", "training", "paused", "evaluating", "finished", "stopped", "failed"
]  # fmt: skip
BUSY: Final = frozenset({"starting", "compiling", "training", "paused", "evaluating"})


@dataclass(frozen=True, slots=True)
class RunState:
    """Where the run stands, all that a button or a status bar can say of it.

    `epoch` counts the epochs that ended, `step` the steps of the whole run, `steps` an epoch's; `queued` says that a
    run waits for TensorFlow; `seconds_left` is None until it can be told.
    """

    phase: Phase = "waking"
    epoch: int = 0
    epochs: int = 0
    step: int = 0
    steps: int = 0
    device: str = ""
    seconds_left: float | None = None
    sentence: str = ""
    queued: bool = False

    @property
    def busy(self) -> bool:
        return self.phase in BUSY

    @property
    def progress(self) -> float:
        """The share of the run that is done, 0 to 1."""
        total = self.steps * self.epochs
        return min(1.0, self.step / total) if total else 0.0

    def at_step(self, step: int, seconds: float) -> RunState:
        """Return the state after a step of the whole run, so many seconds after its first began."""
        left = (self.steps * self.epochs - step) * seconds / step
        return replace(self, step=step, seconds_left=max(0.0, left))
