"""What the actions on curves do: they bring the page to the front, then act on it. Knows no run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Final, cast

from gui.frame import Frame

if TYPE_CHECKING:
    from gui.monitor.curves import CurvesView

#: What one action smooths more or less.
STEP: Final = 0.1
MOST: Final = 0.99
ALONG: Final = ("epoch", "step", "elapsed", "wall")
FLAGS: Final = ("log_x", "log_y", "band", "gap", "marks", "best", "before")
EXPORTS: Final = ("png", "svg", "csv")


class Curving:
    """One method an action, by the action's id."""

    def __init__(self, window: Frame, open_page: Callable[[str], None]) -> None:
        self._window, self._open_page = window, open_page

    def slots(self) -> Mapping[str, Callable[[], object]]:
        """What each action on curves calls."""
        return {
            **{f"curves_{name}": partial(self._run_along, name) for name in ALONG},
            **{f"curves_{name}": partial(self._switch, name) for name in FLAGS},
            **{f"curves_{kind}": partial(self._export, kind) for kind in EXPORTS},
            "curves_smoother": partial(self._smooth, STEP),
            "curves_rougher": partial(self._smooth, -STEP),
            "curves_fit": lambda: self._view().fit(),
            "curves_pin": lambda: self._view().grid.toggle_pin(),
            "curves_note": lambda: self._view().noting.ask(),
            "curves_bare": lambda: self._view().lay(()),
            "curves_full": lambda: self._view().full.toggle(),
        }

    def _run_along(self, across: str) -> None:
        self._view().use(across=across)

    def _export(self, kind: str) -> None:
        self._view().export(kind)

    def _view(self) -> CurvesView:
        """The page, in front."""
        view = cast("CurvesView", self._window.pages.page("curves"))
        if not view.full.on:
            self._open_page("curves")
        return view

    def _switch(self, name: str) -> None:
        view = self._view()
        view.use(**{name: not getattr(view.bar.manner, name)})

    def _smooth(self, more: float) -> None:
        view = self._view()
        view.use(smoothing=round(min(MOST, max(0.0, view.bar.manner.smoothing + more)), 2))
