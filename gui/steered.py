"""The actions that steer a run: what each does in the window, and when it can be done. Knows no run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.frame import Frame


class Steered:
    """The slots of the actions, and whether they are enabled."""

    def __init__(self, window: Frame) -> None:
        self._window = window

    def slots(self) -> Mapping[str, Callable[[], object]]:
        steering = self._window.steering
        return {
            "pause": steering.pause,
            "stop_after_epoch": steering.stop_after_epoch,
            "train_on": partial(self._open, "epochs"),
            "set_rate": partial(self._open, "rate"),
        }

    def show_run(self) -> None:
        """Let menus and buttons say what can be done to the run as it stands."""
        steering, actions = self._window.steering, self._window.actions_by_id
        for id in ("pause", "stop_after_epoch", "set_rate"):
            actions[id].setEnabled(steering.can_pause)
        actions["train_on"].setEnabled(steering.can_go_on)
        actions["pause"].setText("Go on" if steering.paused else "Pause")

    def _open(self, field: str) -> None:
        """Open the page where the run is steered, the keyboard in one of its fields."""
        self._window.actions_by_id["page_training"].trigger()
        section = self._window.pages.training.steering
        if section is not None:
            section.take_focus(field)
