"""What a document shows of its project and what is known of that: one of its drawings, report, problems. Edits none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from engine import entering
from engine.catalogue import Catalogue
from engine.graph import Graph
from engine.library import Library
from engine.project import Project
from engine.report import Problem, Report
from engine.resolve import resolved
from engine.totals import Tally
from gui.findings import Findings, Seen, Within


class Seeing(QObject):
    """Knows the project, the drawing of it that is seen, and what the checker said of it.

    `generation` numbers what the checker is asked about; an answer to an older question is dropped.
    """

    report_changed = Signal(object)
    turned = Signal()

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalogue = self._known = catalogue
        #: The blocks that can be taken into any drawing.
        self.library = Library()
        self.generation = 0
        self._drawn = 0
        self._reported = -1
        self._project = Project()
        self._seen = Seen(self._project.graph, (), catalogue)
        self._findings = Findings(catalogue)

    @property
    def project(self) -> Project:
        return self._project

    @property
    def graph(self) -> Graph:
        return self._seen.graph

    @property
    def root(self) -> Graph:
        return self._project.graph

    @property
    def steps(self) -> entering.Steps:
        """The way from the outermost drawing to the one that is seen."""
        return self._seen.steps

    @property
    def gives(self) -> Mapping[str, str]:
        """The node of the flat network that makes what each node that is seen gives: itself, or one inside it."""
        return self._seen.gives

    @property
    def network(self) -> Graph:
        """The flat network that the project means."""
        return resolved(self.root, self.catalogue)

    @property
    def within(self) -> Within:
        """What blocks make of the drawing that is seen."""
        return self._seen.within

    # -- which drawing is seen

    def _see(self, steps: entering.Steps) -> None:
        self._seen = Seen(self.root, steps, self.catalogue)

    def _use_blocks(self) -> bool:
        """Know the project's blocks as layers; return whether one is another than before."""
        catalogue = self._known.with_blocks(self.root.blocks, self.library.blocks)
        if catalogue.layers == self.catalogue.layers and catalogue.absent == self.catalogue.absent:
            return False
        self.catalogue = catalogue
        self._findings.use(catalogue)
        self._see(self.steps)
        return True

    # -- what is wrong with it

    @property
    def checked(self) -> bool:
        """Whether the report is about the drawing as it is now."""
        return self._reported >= self._drawn

    @property
    def mendable(self) -> bool:
        """Whether the report's fixes are of the drawing and the recipe as they are now."""
        return self._reported == self.generation

    @property
    def report(self) -> Report:
        """What the checker said, told of the drawing that is seen."""
        return self._findings.report

    @property
    def flat(self) -> Report:
        """What the checker said of the network, blocks unfolded."""
        return self._findings.flat

    @property
    def costs(self) -> Tally:
        """What each layer costs and all together, by the last report."""
        return self._findings.tally()

    def problems_now(self) -> tuple[Problem, ...]:
        """Return what can be said of the drawing at once, without the checker; fixes only it knows."""
        return self._findings.at_once(self._seen)

    def problems(self) -> tuple[Problem, ...]:
        """Join what can be said at once and what the checker said: each once, errors first, as they were told."""
        return self._findings.problems(self._seen)

    def problems_everywhere(self) -> tuple[Problem, ...]:
        """Return the problems of the whole project, by the ids of the flat drawing; `entering.way` leads to each."""
        return self._findings.everywhere(self._seen)

    def seen_as(self, flat: str) -> str | None:
        """The node that stands for one of the flat drawing in what is seen; None where it is elsewhere."""
        return self._seen.sight.seen(flat)

    def take_report(self, generation: int, report: Report) -> None:
        """Keep what the checker said, unless drawing or recipe have changed since it was asked."""
        if generation == self.generation:
            self._reported = generation
            self._findings.look(self._seen, report)
            self.report_changed.emit(self.report)

    def take_mended(self, generation: int, problems: Sequence[Problem]) -> None:
        """Put problems that have fixes now in the places of those that the report has without."""
        report = self._findings.mended(problems)
        if generation == self._reported and report is not None:
            self.take_report(generation, report)

    def _network_changed(self) -> None:
        self.generation += 1
        self._drawn = self.generation
        self._findings.forget()
