"""The one writer: the project on screen, its undo stack, its path and what the checker said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from pathlib import Path
from time import monotonic
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from engine import entering
from engine import project as files
from engine.catalogue import Catalogue
from engine.changes import diff
from engine.folding import Sight, folded
from engine.graph import Graph
from engine.layerfiles import LayerFile
from engine.mending import fixed, fixed_recipe
from engine.project import Project
from engine.reader import Reader, joined
from engine.recipe import Recipe
from engine.report import Fix, Problem, Report
from engine.resolve import resolve
from engine.sizes import sized
from engine.totals import Tally
from engine.unfold import unfolded
from engine.values import Value

#: The most edits that can be undone; each holds only what it changed.
DEEPEST = 1000
#: Edits of one value that follow each other within this time are one step: a drag, a spin, a word being typed.
MERGED_WITHIN = 1.0
#: A project, the drawing of it that is seen, and the way to that.
State: TypeAlias = tuple[Project, Graph, entering.Steps]
#: What steps of one kind have alike, and the number of the drag that makes them; empty and 0 for a step by itself.
Merge: TypeAlias = tuple[str, int]


class Document(QObject):
    """Holds the project and changes it, one undo step an edit.

    Every change is said once: `changed` with what differs and who did it, so that each view updates itself and the
    one that began the change skips its own echo. `reset` says that another project stands here, `turned` that another
    of its drawings is seen: a block was entered or left. `graph` is the drawing that is seen, `root` the outermost.
    """

    changed = Signal(object, object)
    recipe_changed = Signal(object, object)
    layers_changed = Signal()
    catalogue_changed = Signal()
    report_changed = Signal(object)
    reset = Signal()
    turned = Signal()
    titled = Signal()

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalogue = self._known = catalogue
        self.undo = QUndoStack(self)
        self.undo.setUndoLimit(DEEPEST)
        self.undo.cleanChanged.connect(self._clean_changed)
        self.path: Path | None = None
        self.report = Report()
        self.generation = 0
        self._drawn = 0
        self._reported = -1
        self._project = Project()
        self.steps: entering.Steps = ()
        self._shown = self._project.graph
        self._flat = Report()
        self._problems: tuple[Problem, ...] | None = None
        self._all: tuple[Problem, ...] | None = None
        self._reader = Reader(catalogue)
        self._tally = Tally()
        self._leaping = False

    @property
    def project(self) -> Project:
        return self._project

    @property
    def graph(self) -> Graph:
        return self._shown

    @property
    def root(self) -> Graph:
        return self._project.graph

    @property
    def recipe(self) -> Recipe:
        return self._project.recipe

    @property
    def clean(self) -> bool:
        return self.undo.isClean()

    @property
    def name(self) -> str:
        return self.path.name if self.path else "Untitled"

    # -- edits

    def edit(
        self,
        title: str,
        graph: Graph,
        initiator: object = None,
        *,
        merge: str = "",
        within: float | None = None,
        drag: int = 0,
    ) -> None:
        """Put a graph in the place of the one that is, as one undo step.

        Args:
            merge: Steps with the same words that follow each other quickly become one, named as the first.
            within: So many seconds are quickly; MERGED_WITHIN if not said.
            drag: The number of the drag that makes this step; all of one drag are one, however slow it is.
        """
        if graph is not self.graph and graph != self.graph:
            self._push(title, replace(self._project, graph=self._rooted(graph)), initiator, (merge, drag), within)

    def edit_recipe(
        self, title: str, recipe: Recipe, initiator: object = None, *, merge: str = "", drag: int = 0
    ) -> None:
        """Put a recipe in the place of the one that is, as one undo step; `merge` and `drag` as in `edit`."""
        if recipe != self.recipe:
            self._push(title, replace(self._project, recipe=recipe), initiator, (merge, drag))

    def mend(self, fix: Fix, initiator: object = None) -> None:
        """Make a fix of the report an edit, of the drawing, the recipe or both."""
        recipe = fixed_recipe(self.recipe, fix, self.catalogue)
        self._push(fix.title, replace(self._project, graph=fixed(self.root, fix), recipe=recipe), initiator)

    def edit_both(self, title: str, graph: Graph, recipe: Recipe, initiator: object = None) -> None:
        """Change drawing and recipe in one undo step."""
        self._push(title, replace(self._project, graph=self._rooted(graph), recipe=recipe), initiator)

    def _rooted(self, graph: Graph) -> Graph:
        return entering.with_shown(self.root, self.steps, graph)

    def set_value(self, id: str, name: str, value: Value, initiator: object = None) -> None:
        """Set a parameter of a node, or raise EngineError where it cannot take the value."""
        graph = self.catalogue.with_value(self.graph, id, name, value)
        node = self.graph.node(id)
        self.edit(f"Set {name.replace('_', ' ')} of {node.name}", graph, initiator, merge=f"{id}.{name}")

    def edit_layers(self, title: str, layers: tuple[LayerFile, ...]) -> None:
        """Take layers from other files, as one undo step."""
        if layers != self._project.layers:
            self._push(title, replace(self._project, layers=layers), None)

    def resize(self, size: str) -> None:
        """Make the network as large as one of its sizes, recipe and all, as one undo step; or raise EngineError."""
        if size != self._project.size:
            self._push(f"Set size to {size}", sized(self._project, size, self.catalogue), None)

    def go_to(self, step: int) -> None:
        """Show the state after so many steps; however far that is, what differs is said once."""
        before, self._leaping = self._state, True
        try:
            self.undo.setIndex(step)
        finally:
            self._leaping = False
            self._tell(before, None)

    def note_layers(self, layers: tuple[LayerFile, ...]) -> None:
        """Keep what the files of layers hold now; no undo step, and the document stays clean."""
        self._project = replace(self._project, layers=layers)

    def use_catalogue(self, catalogue: Catalogue) -> None:
        """Know other layers from now on: what was said of the drawing may be otherwise."""
        self._known = catalogue
        self._use_blocks()
        self._network_changed()
        self.catalogue_changed.emit()

    # -- blocks

    def enter(self, id: str) -> None:
        """See the inside of an instance, or raise GraphError."""
        self.see(entering.entered(self.root, self.steps, id))

    def leave(self, count: int = 1) -> None:
        """See the drawing that so many entered blocks stand in."""
        self.see(self.steps[: max(len(self.steps) - count, 0)])

    def see(self, steps: entering.Steps) -> None:
        """See another drawing of the project, as far as its way is there."""
        steps = entering.valid(self.root, steps)
        if steps != self.steps:
            self.steps = steps
            self._look()
            self.turned.emit()

    def _look(self) -> None:
        """Take what is seen from the project, and what is known of it."""
        self._shown = entering.shown(self.root, self.steps)
        self._problems = self._all = None
        self._fold()

    def _fold(self) -> None:
        flat, meant = unfolded(self.root, self.catalogue), resolve(self.root, self.catalogue)
        self.report = folded(self._flat, self._sight, flat, meant)

    @property
    def _sight(self) -> Sight:
        return entering.sight(self.root, self.steps, self.catalogue)

    def _use_blocks(self) -> bool:
        """Know the project's blocks as layers; return whether one is another than before."""
        catalogue = self._known.with_blocks(self.root.blocks)
        if catalogue.layers == self.catalogue.layers and catalogue.absent == self.catalogue.absent:
            return False
        self.catalogue, self._reader = catalogue, Reader(catalogue)
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

    def problems_now(self) -> tuple[Problem, ...]:
        """Return what can be said of the drawing at once, without the checker; fixes only it knows."""
        if self._problems is None:
            found = Report(problems=self._reader.problems(self.root))
            flat, meant = unfolded(self.root, self.catalogue), resolve(self.root, self.catalogue)
            self._problems = folded(found, self._sight, flat, meant).problems
        return self._problems

    @property
    def flat(self) -> Report:
        """What the checker said of the network, blocks unfolded."""
        return self._flat

    @property
    def costs(self) -> Tally:
        """What each layer costs and all together, by the last report."""
        return self._tally.follow(self.report)

    def problems(self) -> tuple[Problem, ...]:
        """Join what can be said at once and what the checker said: each once, errors first, as they were told."""
        if self._all is None:
            self._all = joined(self.graph, self.problems_now(), self.report.problems)
        return self._all

    def take_report(self, generation: int, report: Report) -> None:
        """Keep what the checker said, unless drawing or recipe have changed since it was asked."""
        if generation == self.generation:
            self._flat, self._reported = report, generation
            self._all = None
            self._fold()
            self.report_changed.emit(self.report)

    def take_mended(self, generation: int, problems: Sequence[Problem]) -> None:
        """Put problems that have fixes now in the places of those that the report has without."""
        told = {(problem.sentence, problem.nodes): problem for problem in problems if problem.fixes}
        if generation == self._reported and told:
            found = tuple(told.get((problem.sentence, problem.nodes), problem) for problem in self._flat.problems)
            self.take_report(generation, replace(self._flat, problems=found))

    # -- files

    def start(self, project: Project, path: Path | None = None) -> None:
        """Put another project here; nothing of the old one can be undone."""
        self._project, self.path, self.steps = project, path, ()
        self.undo.clear()
        known = self._use_blocks()
        self._network_changed()
        self._flat = Report()
        self._look()
        if known:
            self.catalogue_changed.emit()
        self.reset.emit()
        self.titled.emit()

    def open(self, path: Path) -> None:
        """Open a project file, or raise ProjectError with nothing changed."""
        self.start(files.load(path, self.catalogue), path)

    def save(self, path: Path) -> None:
        """Save under a path, which becomes the document's, or raise ProjectError with the old file unharmed."""
        files.save(self._project, path)
        self.path = path
        self.undo.setClean()
        self.titled.emit()

    # -- the undo command's own way in

    @property
    def _state(self) -> State:
        return self._project, self._shown, self.steps

    def show(self, project: Project, initiator: object, steps: entering.Steps) -> None:
        """Make a state current, where it was edited, and say what differs; called by the undo command alone."""
        before, self._project = self._state, replace(project, view=self._project.view)
        self.steps = entering.valid(self.root, steps)
        self._shown = entering.shown(self.root, self.steps)
        if not self._leaping:
            self._tell(before, initiator)

    def _tell(self, state: State, initiator: object) -> None:
        before, seen, steps = state
        changes = diff(seen, self.graph)
        inside = before.graph.blocks is not self.root.blocks and before.graph.blocks != self.root.blocks
        if inside or changes.network:
            self._network_changed()
        if inside and self._use_blocks():
            self.catalogue_changed.emit()
        if steps != self.steps:
            self._look()
            self.turned.emit()
        elif changes:
            self.changed.emit(changes, initiator)
        if before.layers != self._project.layers:
            self.layers_changed.emit()
        if before.recipe != self.recipe:
            self.generation += 1
            self.recipe_changed.emit(self.recipe, initiator)

    def _network_changed(self) -> None:
        self.generation += 1
        self._drawn = self.generation
        self._problems = self._all = None

    @Slot(bool)
    def _clean_changed(self, _clean: bool) -> None:
        self.titled.emit()

    def _push(
        self, title: str, project: Project, initiator: object, merge: Merge = ("", 0), within: float | None = None
    ) -> None:
        self.undo.push(_Edit(self, title, project, initiator, merge, within))


class _Edit(QUndoCommand):
    """The one undo command: a state before and a state after."""

    def __init__(
        self, document: Document, title: str, after: Project, initiator: object, merge: Merge, within: float | None
    ) -> None:
        super().__init__(title)
        self._document = document
        self._before, self._after = document.project, after
        self._initiator, self._steps = initiator, document.steps
        self._merge, self._within = merge, MERGED_WITHIN if within is None else within
        if merge[1]:  # all of one drag
            self._within = inf
        self._at = monotonic()

    def redo(self) -> None:
        self._document.show(self._after, self._initiator, self._steps)
        self._initiator = None  # only the first time is it an echo; a redo is news to everyone

    def undo(self) -> None:
        self._document.show(self._before, None, self._steps)

    def id(self) -> int:
        return 1 if self._merge[0] else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Edit) or other._merge != self._merge or other._at - self._at > other._within:
            return False
        self._after, self._at = other._after, other._at
        self.setObsolete(self._after == self._before)
        return True
