"""What the actions on the monitor's pages do: they bring the page to the front, then act on it. Knows no run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from gui.curving import Curving
from gui.frame import Frame
from gui.looking import Looking

#: What the pages Layers and Results can be seen as, as they call it.
INSIDE: Final = ("histograms", "gradients", "activations", "updates")
RESULTS: Final = ("confusion", "classes", "roc", "precision", "residuals", "worst", "fixed")
FILES: Final = ("png", "csv")
TABLES: Final = ("markdown", "csv")
COLLECTED: Final = {
    True: "From now on the predictions of every epoch are kept, for the page Results.",
    False: "Predictions are kept of the epochs during which the page Results is open.",
}


class Leafing:
    """One method an action, by the action's id."""

    def __init__(self, window: Frame, open_page: Callable[[str], None]) -> None:
        self._window, self._open_page = window, open_page

    def slots(self) -> Mapping[str, Callable[[], object]]:
        """What each action on a page calls."""
        pages, open_page = self._window.pages, self._open_page
        exports: Mapping[str, tuple[str, Callable[[str], object]]] = {
            "inside": ("layers", lambda kind: pages.layers.export(kind)),
            "results": ("results", lambda kind: pages.results.export(kind)),
            "study": ("studies", lambda kind: pages.studies.export(kind)),
        }
        return {
            **Curving(self._window, open_page).slots(),
            **Looking(self._window, open_page).slots(),
            **{f"inside_{view}": partial(self._see_inside, view) for view in INSIDE},
            **{f"results_{view}": partial(self._see_results, view) for view in RESULTS},
            **{f"{stem}_{kind}": partial(self._act, page, partial(export, kind))
               for stem, (page, export) in exports.items() for kind in FILES},
            **{f"analysis_{table}": partial(self._copy, table) for table in TABLES},
            "results_collect": self._collect,
        }  # fmt: skip

    def _act(self, page: str, act: Callable[[], object]) -> None:
        self._open_page(page)
        act()

    def _see_inside(self, view: str) -> None:
        self._act("layers", lambda: self._window.pages.layers.views.choose(view))

    def _see_results(self, view: str) -> None:
        self._act("results", lambda: self._window.pages.results.choose(view))

    def _copy(self, table: str) -> None:
        self._window.pages.analysis.copy(table)
        self._window.notice.say("The analysis is on the clipboard.")

    def _collect(self) -> None:
        """Keep what is predicted in every epoch, or no more; it is remembered."""
        on = self._window.actions_by_id["results_collect"].isChecked()
        self._window.pages.results.collect(on)
        self._window.settings.keep_collecting(on)
        self._window.notice.say(COLLECTED[on])
