"""The monitor's pages under the canvas: made after the first paint, one a turn of the event loop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from gui.document import Document
from gui.monitor.figures import History
from gui.runner import Runner
from gui.runs.keeper import Keeper
from gui.selection import Selection

if TYPE_CHECKING:
    from gui.analysis.page import AnalysisPage
    from gui.code import CodePane
    from gui.monitor.curves import CurvesView
    from gui.monitor.layers.page import LayersView
    from gui.monitor.maps import MapsView
    from gui.problems import ProblemList
    from gui.results.page import ResultsPage
    from gui.runs.page import RunsPage
    from gui.studies.page import StudiesPage
    from gui.training import TrainingPage

TITLES: Mapping[str, str] = {
    "curves": "Curves",
    "maps": "Feature maps",
    "layers": "Layers",
    "studies": "Studies",
    "training": "Training",
    "code": "Code",
    "runs": "Runs",
    "results": "Results",
    "writing": "Writing",
    "problems": "Problems",
    "analysis": "Analysis",
    "log": "Log",
}
#: Narrower, and the tabs stand closer, one with a shorter title, in pixels.
TIGHT: Final = 960
SHORT: Final = "Maps"
#: As narrow as the pages may get, in pixels: a window of 1280 has room for the help beside them.
LEAST: Final = 440


class Pages(QTabWidget):
    """Holds a place for every page at once, and the page itself as soon as it is made."""

    filled = Signal()

    def __init__(self, document: Document, selection: Selection, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDocumentMode(True)
        self._document, self._selection, self._runner = document, selection, runner
        self.keeper = Keeper(runner, self)
        self.history = History(runner, self)
        self.pages: dict[str, QWidget] = {}
        self._makers: dict[str, Callable[[], QWidget]] = {
            "problems": self._make_problems,
            "analysis": self._make_analysis,
            "log": self._make_log,
            "training": self._make_training,
            "code": self._make_code,
            "curves": self._make_curves,
            "maps": self._make_maps,
            "layers": self._make_layers,
            "results": self._make_results,
            "writing": self._make_writing,
            "runs": self._make_runs,
            "studies": self._make_studies,
        }
        self._places: dict[str, QVBoxLayout] = {}
        for name, title in TITLES.items():
            place = QWidget()
            place.setObjectName(name)
            place.setMinimumWidth(LEAST)
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
    def analysis(self) -> AnalysisPage:
        return cast("AnalysisPage", self.page("analysis"))

    @property
    def runs(self) -> RunsPage:
        return cast("RunsPage", self.page("runs"))

    @property
    def curves(self) -> CurvesView:
        return cast("CurvesView", self.page("curves"))

    @property
    def maps(self) -> MapsView:
        return cast("MapsView", self.page("maps"))

    @property
    def layers(self) -> LayersView:
        return cast("LayersView", self.page("layers"))

    @property
    def results(self) -> ResultsPage:
        return cast("ResultsPage", self.page("results"))

    @property
    def studies(self) -> StudiesPage:
        return cast("StudiesPage", self.page("studies"))

    def open(self, name: str) -> None:
        """Bring a page to the front."""
        self.page(name)
        self.setCurrentIndex(self.names.index(name))

    @property
    def opened(self) -> str:
        return self.names[self.currentIndex()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width() < TIGHT)

    def _fit(self, tight: bool) -> None:
        """Let tabs stand closer together where they would not all be seen."""
        bar = self.tabBar()
        if bar.property("tight") != tight:
            bar.setProperty("tight", tight)
            self.setTabText(self.names.index("maps"), SHORT if tight else TITLES["maps"])
            bar.style().unpolish(bar)
            bar.style().polish(bar)

    def count_problems(self, count: int) -> None:
        """Say in the tab how many problems there are."""
        place, words = self.names.index("problems"), f"Problems · {count}" if count else "Problems"
        if self.tabText(place) != words:  # tabs that are told their words lay themselves out anew
            self.setTabText(place, words)

    # What a page imports is imported here, after the first paint; pyqtgraph alone costs more than the window.

    def _make_problems(self) -> QWidget:
        from gui.problems import ProblemList

        return ProblemList(self._document, self._selection)

    def _make_analysis(self) -> QWidget:
        from gui.analysis.page import AnalysisPage

        return AnalysisPage(self._document, self._selection)

    def _make_log(self) -> QWidget:
        from gui.log import LogPane

        return LogPane(self._runner)

    def _make_training(self) -> QWidget:
        from gui.runs.speeds import Speeds
        from gui.steering import Steering
        from gui.training import TrainingPage

        page = TrainingPage(self._document, Steering(self._runner))
        Speeds(self.keeper, self._runner, page.pace.say_speed)
        return page

    def _make_code(self) -> QWidget:
        from gui.code import CodePane

        return CodePane(self._document, selection=self._selection)

    def _make_curves(self) -> QWidget:
        from gui.monitor.curves import CurvesView
        from gui.settings import Settings

        made = CurvesView(self._runner, settings=Settings(self))
        made.noting.noted.connect(self.keeper.mark)
        made.noting.unnoted.connect(self.keeper.unmark)
        return made

    def _make_maps(self) -> QWidget:
        from gui.monitor.maps import MapsView

        return MapsView(self._runner, self._document, self._selection)

    def _make_layers(self) -> QWidget:
        from gui.monitor.layers.page import LayersView

        return LayersView(self._runner, self._document, self._selection, self.history)

    def _make_results(self) -> QWidget:
        from gui.results.page import ResultsPage

        return ResultsPage(self._runner, self._document)

    def _make_writing(self) -> QWidget:
        from gui.monitor.writing import WritingPage

        return WritingPage(self._runner, self._document)

    def _make_runs(self) -> QWidget:
        from gui.runs.page import RunsPage

        return RunsPage(self.keeper)

    def _make_studies(self) -> QWidget:
        from gui.studies.page import StudiesPage

        return StudiesPage(self._runner, self._document)
