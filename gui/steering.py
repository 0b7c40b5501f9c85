"""What a person does to a run: holds it, lets it go on, ends it at an epoch's end, trains on, changes its rate.

Knows no widget; the worker does all of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from gui.late import late
from gui.runner import Runner

if TYPE_CHECKING:
    from engine import messages
else:
    messages = late("engine.messages")

#: As many epochs more as are offered first, and as can be asked for at once.
MORE: Final = 10
MOST: Final = 100_000


class Steering(QObject):
    """Steers the run of a runner; what cannot be done now does nothing, and `can_...` says so before."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.runner = runner

    @property
    def paused(self) -> bool:
        return self.runner.state.phase == "paused"

    @property
    def can_pause(self) -> bool:
        return self.runner.state.phase in ("training", "paused")

    @property
    def can_go_on(self) -> bool:
        """Whether the model of the last run is there, and is still what is drawn."""
        return self.runner.trained_this

    def pause(self) -> None:
        """Hold the run after the step under way, or let it go on."""
        if self.can_pause:
            self.runner.say(messages.Resume() if self.paused else messages.Pause())

    def stop_after_epoch(self) -> None:
        """End the run once the epoch is through; a run that is held goes on until then."""
        if self.can_pause:
            self.runner.say(messages.Stop("epoch"))
            if self.paused:
                self.runner.say(messages.Resume())

    def go_on(self, epochs: int) -> None:
        """Train the last run's model so many epochs more."""
        if self.can_go_on:
            state = self.runner.state
            self.runner.show(replace(state, phase="training", epochs=state.epoch + epochs, sentence=""))
            self.runner.say(messages.Continue(epochs))

    def set_rate(self, rate: float) -> None:
        """Change the learning rate from the next step on."""
        if self.can_pause:
            self.runner.say(messages.SetRate(rate))
