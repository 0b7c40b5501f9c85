"""What the page of studies says while it has nothing to show: a title, and what to do. Knows no run."""

from __future__ import annotations

from typing import Final

NO_RUN: Final = ("No run yet", "Press Train: a study asks the network that is being trained.")
GONE: Final = ("No network to ask", "The network of this run is gone: train again.")
WAKING: Final = ("The run is being prepared", "The network can be asked once it trains.")
DRAWN: Final = "It is being drawn: the first of it comes in a moment."
MOVING: Final = ("The weights are moving", "A loss landscape is drawn around weights that stand still.")
NOTHING_DRAWN: Final = "There is nothing to save before something is drawn here."
