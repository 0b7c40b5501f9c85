"""The one writer: the project on screen, its undo stack, its path and what the checker said of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoStack

from engine import entering
from engine import project as files
from engine.catalogue import Catalogue
from engine.changes import diff
from engine.feeding import followed
from engine.graph import Graph
from engine.layerfiles import LayerFile
from engine.library import Library
from engine.mending import fixed, fixed_recipe
from engine.project import Project
from engine.recipe import Recipe
from engine.report import Fix, Report
from engine.sizes import sized
from engine.values import Value
from gui import undoing
from gui.findings import Seen
from gui.seeing import Seeing
from gui.undoing import Merge

#: The most edits that can be undone; each holds only what it changed.
DEEPEST = 1000


class Document(Seeing):
    """Holds the project and changes it, one undo step an edit.

    Every change is said once: `changed` with what differs and who did it, so that each view updates itself and the
    one that began the change skips its own echo. `reset` says that another project stands here, `turned` that another
    of its drawings is seen: a block was entered or left. `graph` is the drawing that is seen, `root` the outermost.
    """

    changed = Signal(object, object)
    recipe_changed = Signal(object, object)
    layers_changed = Signal()
    catalogue_changed = Signal()
    reset = Signal()
    titled = Signal()

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(catalogue, parent)
        self.undo = QUndoStack(self)
        self.undo.setUndoLimit(DEEPEST)
        self.undo.cleanChanged.connect(self._clean_changed)
        self.path: Path | None = None
        self._called = ""
        self._leaping = False

    @property
    def recipe(self) -> Recipe:
        return self._project.recipe

    @property
    def clean(self) -> bool:
        return self.undo.isClean()

    @property
    def name(self) -> str:
        return self.path.name if self.path else self._called or "Untitled"

    @property
    def stem(self) -> str:
        """How a file of this project is best called, without its ending."""
        return self.path.stem if self.path else self._called or "network"

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

    def edit_whole(
        self, title: str, root: Graph, initiator: object = None, *, steps: entering.Steps | None = None
    ) -> None:
        """Put another outermost drawing, with its blocks, in the place of the one that is, as one undo step.

        Args:
            steps: The way to what is seen after it, where what was entered is called otherwise then.
        """
        if root != self.root:
            self._push(title, replace(self._project, graph=root), initiator, steps=steps)

    def _rooted(self, graph: Graph) -> Graph:
        """The whole drawing after an edit of the one that is seen; kept blocks that it lacks are taken in."""
        graph = self.library.completed(graph)
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
        before, self._leaping = (self._project, self._seen), True
        try:
            self.undo.setIndex(step)
        finally:
            self._leaping = False
            self._tell(*before, None)

    def note_layers(self, layers: tuple[LayerFile, ...]) -> None:
        """Keep what the files of layers hold now; no undo step, and the document stays clean."""
        self._project = replace(self._project, layers=layers)

    def note_view(self, name: str, value: object) -> None:
        """Keep how the drawing is looked at, for its file; no undo step, and the document stays clean."""
        self._project = replace(self._project, view=self._project.view.with_items({name: value}))

    def use_catalogue(self, catalogue: Catalogue) -> None:
        """Know other layers from now on: what was said of the drawing may be otherwise."""
        self._known = catalogue
        self._use_blocks()
        self._network_changed()
        self.catalogue_changed.emit()

    def use_library(self, library: Library) -> None:
        """Know other blocks that are kept for every drawing."""
        self.library = library
        if self._use_blocks():
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
            self._see(steps)
            self._findings.look(self._seen)
            self.turned.emit()

    # -- files

    def start(self, project: Project, path: Path | None = None, called: str = "") -> None:
        """Put another project here, called as is said until it has a file; nothing of the old one can be undone."""
        self._project, self.path, self._called = project, path, called
        self._see(())
        self.undo.clear()
        known = self._use_blocks()
        self._network_changed()
        self._findings.look(self._seen, Report())
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

    def show(self, project: Project, initiator: object, steps: entering.Steps) -> None:
        """Make a state current, where it was edited, and say what differs; called by the undo command alone."""
        before = self._project, self._seen
        self._project = replace(project, view=self._project.view)
        self._see(entering.valid(self.root, steps))
        if not self._leaping:
            self._tell(*before, initiator)

    def _tell(self, project: Project, seen: Seen, initiator: object) -> None:
        changes = diff(seen.graph, self.graph)
        if changes.network or (seen.steps != self.steps and diff(project.graph, self.root).network):
            self._network_changed()
        if project.graph.blocks is not self.root.blocks and self._use_blocks():
            self.catalogue_changed.emit()
        if seen.steps != self.steps:
            self._findings.look(self._seen)
            self.turned.emit()
        elif changes:
            self.changed.emit(changes, initiator)
        if project.layers != self._project.layers:
            self.layers_changed.emit()
        if project.recipe != self.recipe:
            self.generation += 1
            self.recipe_changed.emit(self.recipe, initiator)

    @Slot(bool)
    def _clean_changed(self, _clean: bool) -> None:
        self.titled.emit()

    def _push(
        self, title: str, project: Project, initiator: object, merge: Merge = ("", 0), within: float | None = None,
        steps: entering.Steps | None = None,
    ) -> None:  # fmt: skip
        """Make a step; `steps` lead to what is seen after it, where that is another drawing."""
        project = replace(project, recipe=followed(project.recipe, self.root, project.graph))
        before, after = (self._project, self.steps), (project, self.steps if steps is None else steps)
        within = undoing.MERGED_WITHIN if within is None else within
        self.undo.push(undoing.Edit(self, title, before, after, initiator, merge, within))
