"""What the actions on the feature-map page do: they bring it to the front, then act on it. Knows no run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from gui.frame import Frame

if TYPE_CHECKING:
    from gui.monitor.maps import MapsView

VIEWS: Final = ("maps", "filters", "likeness", "attention", "states")


class Looking:
    """One method an action, by the action's id."""

    def __init__(self, window: Frame, open_page: Callable[[str], None]) -> None:
        self._window, self._open_page = window, open_page

    def slots(self) -> Mapping[str, Callable[[], object]]:
        """What each action on feature maps calls."""
        return {
            **{f"look_{name}": partial(self._see, name) for name in VIEWS},
            "look_before": lambda: self._view().scrubber.step(-1),
            "look_after": lambda: self._view().scrubber.step(1),
            "look_now": lambda: self._view().scrubber.follow(),
            "look_play": lambda: self._view().scrubber.play(),
            "look_full": lambda: self._view().full.toggle(),
            "look_png": lambda: self._view().export(),
        }

    def _see(self, view: str) -> None:
        self._view().see(view)

    def _view(self) -> MapsView:
        """The page, in front."""
        view = self._window.pages.maps
        if not view.full.on:
            self._open_page("maps")
        return view
