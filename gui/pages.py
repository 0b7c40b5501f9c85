"""The monitor's pages under the canvas: made after the first paint, one a turn of the event loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from gui.code import CodePane
from gui.document import Document
from gui.log import LogPane
from gui.problems import ProblemList
from gui.runner import Runner
from gui.selection import Selection
from gui.training import TrainingPage

if TYPE_CHECKING:
    from gui.monitor.maps import MapsView

TITLES: Mapping[str, str] = {
    "curves": "Curves",
    "maps": "Feature maps",
    "training": "Training",
    "code": "Code",
    "results": "Test results",
    "problems": "Problems",
    "log": "Log",
}


class Pages(QTabWidget):
    """Holds a place for every page at once, and the page itself as soon as it is made."""

    filled = Signal()

    def __init__(self, document: Document, selection: Selection, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self._document, self._selection, self._runner = document, selection, runner
        self.pages: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {
            "problems": lambda: ProblemList(document, selection),
            "log": lambda: LogPane(runner),
            "training": lambda: TrainingPage(document),
            "code": lambda: CodePane(document, selection=selection),
            "curves": self._make_curves,
            "maps": self._make_maps,
            "results": self._make_results,
        }
        self._places: dict[str, QVBoxLayout] = {}
        for name, title in TITLES.items():
            place = QWidget()
            place.setObjectName(name)
            self._places[name] = QVBoxLayout(place)
            self._places[name].setContentsMargins(0, 0, 0, 0)
            self.addTab(place, title)
        self._waiting = list(self._makers)

    @property
    def names(self) -> list[str]:
        return list(TITLES)

    def fill(self) -> None:
        """Make the pages that are not made yet, one a turn, so that the window stays quick."""
        if not self._waiting:
            self.filled.emit()
            return
        self.page(self._waiting[0])
        QTimer.singleShot(0, self, self.fill)

    def page(self, name: str) -> QWidget:
        """Return a page, made now where it is not there yet."""
        if name not in self.pages:
            self._waiting.remove(name)
            made = self._makers[name]()
            self.pages[name] = made
            self._places[name].addWidget(made)
        return self.pages[name]

    @property
    def problems(self) -> ProblemList:
        return cast("ProblemList", self.page("problems"))

    @property
    def code(self) -> CodePane:
        return cast("CodePane", self.page("code"))

    @property
    def training(self) -> TrainingPage:
        return cast("TrainingPage", self.page("training"))

    @property
    def maps(self) -> MapsView:
        return cast("MapsView", self.page("maps"))

    def open(self, name: str) -> None:
        """Bring a page to the front."""
        self.page(name)
        self.setCurrentIndex(self.names.index(name))

    @property
    def opened(self) -> str:
        return self.names[self.currentIndex()]

    def count_problems(self, count: int) -> None:
        """Say in the tab how many problems there are."""
        self.setTabText(self.names.index("problems"), f"Problems · {count}" if count else "Problems")

    # pyqtgraph costs more than all the rest of the window: it is imported here, after the first paint

    def _make_curves(self) -> QWidget:
        from gui.monitor.curves import CurvesView

        return CurvesView(self._runner)

    def _make_maps(self) -> QWidget:
        from gui.monitor.maps import MapsView

        return MapsView(self._runner, self._document, self._selection)

    def _make_results(self) -> QWidget:
        from gui.monitor.results import ResultsView

        return ResultsView(self._runner)
