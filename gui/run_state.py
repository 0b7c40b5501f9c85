"""Where a run stands, as one value. Knows no process and no widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from time import monotonic
from typing import Final, Literal

Phase = Literal[
    "waking", "ready", "starting", "compiling", "training", "paused", "evaluating", "finished", "stopped", "failed"
]  # fmt: skip
BUSY: Final = frozenset({"starting", "compiling", "training", "paused", "evaluating"})


@dataclass(frozen=True, slots=True)
class RunState:
    """Where the run stands, all that a button or a status bar can say of it.

    `epoch` counts the epochs that ended, `step` the steps of the whole run, `steps` an epoch's; `queued` says that a
    run waits for TensorFlow; `seconds_left` is None until it can be told; `rate` is the learning rate, 0 until then.
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
    rate: float = 0.0

    @property
    def busy(self) -> bool:
        return self.phase in BUSY

    @property
    def progress(self) -> float:
        """The share of the run that is done, 0 to 1."""
        total = self.steps * self.epochs
        return min(1.0, self.step / total) if total else 0.0

    def at_step(self, step: int, seconds: float, since: int = 0) -> RunState:
        """Return the state after a step of the whole run, so many seconds of training after the step `since`."""
        left = (self.steps * self.epochs - step) * seconds / max(1, step - since)
        return replace(self, step=step, seconds_left=max(0.0, left))


class Clock:
    """How long the run has been training since a step: pauses, and what came before it was trained on, left out."""

    def __init__(self) -> None:
        self.since = 0
        self._began = monotonic()
        self._held: float | None = None

    def turn(self, to: str, state: RunState) -> None:
        """Stop while a run is paused, and begin where one begins or goes on from an end."""
        if to == "paused":
            self._held = monotonic()
        elif to == "training" and self._held is not None:
            self._began += monotonic() - self._held
            self._held = None
        elif to == "training":
            self._began, self.since = monotonic(), state.step

    @property
    def seconds(self) -> float:
        return monotonic() - self._began


def folder_name(title: str) -> str:
    """Name a run's folder by the moment and the project."""
    now = datetime.now(UTC)
    return f"{now:%Y%m%d-%H%M%S}-{now.microsecond // 1000:03}-{title}"[:120]
