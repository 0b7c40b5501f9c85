"""What the page of curves says while there are none. Knows no widget."""

from __future__ import annotations

from typing import Final

from gui.run_state import RunState

WAITING: Final = {
    "waking": ("No run yet", "TensorFlow is starting: Train can be pressed already."),
    "ready": ("No run yet", "Press Train to see loss and accuracy move, train and validation together."),
    "starting": ("Starting the run", "The data is being read and the network built."),
    "compiling": ("Compiling the network", "The first step takes longest; the curves begin right after it."),
    "training": ("Training", "The first figures are on their way."),
}


def why_empty(state: RunState) -> tuple[str, str]:
    """Return a title, and a hint at what to do."""
    title, hint = WAITING.get(state.phase, ("No figures came", "Press Train to run again."))
    if state.queued:
        title, hint = "TensorFlow is starting", "The run begins as soon as it is there."
    return title, state.sentence or hint
