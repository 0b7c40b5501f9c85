"""What is done to the chosen runs: each action by its id. Made when one is first asked for; knows no wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from time import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from engine.errors import EngineError
from gui.facts import plural
from gui.frame import Frame
from gui.late import late

if TYPE_CHECKING:
    from engine.runs import compare, eventfiles, report
    from engine.runs.store import Store
    from engine.runs.values import RunRow
    from gui.monitor.series import Series
    from gui.runs.apart import Apart
    from gui.runs.page import RunsPage
    from gui.runs.weights import Act, Weights
else:
    compare, eventfiles, report = (late(f"engine.runs.{name}") for name in ("compare", "eventfiles", "report"))

#: What the notice's button says after runs were deleted.
PUT_BACK: Final = "Put back"
NONE: Final = "Choose a run in the table of runs first."
HERE: Final = "the drawing now"
#: What can be seen of the chosen runs, as the page calls it.
VIEWS: Final = ("curves", "details", "differences", "parallel")


class RunCommands:
    """Asks the page which runs are meant, and does it to them."""

    def __init__(self, window: Frame, open_page: Callable[[str], None]) -> None:
        self._window, self._open_page = window, open_page
        self._apart: Apart | None = None
        self._weights: Weights | None = None
        self._deleted: Sequence[RunRow] = ()

    def slots(self) -> Mapping[str, Callable[[], object]]:
        """What each action calls, by its id."""
        table: Mapping[str, Callable[[RunsPage], object]] = {
            "run_restore": self._restore, "run_compare": self._compare, "run_report": self._report,
            "run_events": self._events, "run_folder": lambda page: page.open_folder(),
            "run_archive": lambda page: page.archive(), "run_delete": self._delete, "run_overlay": self._overlay,
            "run_export": lambda page: self._use(page, self.weights.export),
            "run_evaluate": lambda page: self._use(page, self.weights.evaluate),
        }  # fmt: skip
        views = {f"runs_{view}": partial(self._see, view) for view in VIEWS}
        more = {"runs_columns": self._choose_columns, "runs_filter": self._filter}
        return {**{id: partial(self._do, act) for id, act in table.items()}, **views, **more}

    def wire(self) -> None:
        """Hear the page, once it is made."""
        page = self._window.pages.runs
        slots = {**self.slots(), "run_apart": lambda: self._do(self._show_apart)}
        page.asked.connect(lambda action: _call(slots[action]))
        page.said.connect(lambda words: self._window.notice.say(words))
        self._window.pages.keeper.refused.connect(lambda words: self._window.refuse(words))

    def _do(self, act: Callable[[RunsPage], object]) -> None:
        page = self._window.pages.runs
        if not page.chosen:
            self._open_page("runs")
            self._window.notice.say(NONE)
            return
        try:
            act(page)
        except EngineError as error:
            self._window.refuse(error.sentence)

    @property
    def _store(self) -> Store:
        return self._window.pages.keeper.store

    @property
    def weights(self) -> Weights:
        """What is done with weights, made when it is first asked for."""
        from gui.runs.weights import Weights

        if self._weights is None:
            self._weights = Weights(self._window)
        return self._weights

    def _use(self, page: RunsPage, act: Act) -> None:
        """Act on the weights that are chosen among the details; where none are, on those that a person chooses."""
        meant, row = page.pane.meant, page.chosen[0]
        if meant is not None:
            act(row, meant.path, meant.named)
        else:
            self.weights.offer(row, act)

    def _see(self, view: str) -> None:
        """Show a view of the runs; where none is chosen, of the newest."""
        self._open_page("runs")
        page = self._window.pages.runs
        if not page.chosen:
            page.enter_table()
        page.pane.see(view)

    def _choose_columns(self) -> None:
        self._open_page("runs")
        self._window.pages.runs.columns_button.click()

    def _filter(self) -> None:
        self._open_page("runs")
        self._window.pages.runs.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- drawings

    def _restore(self, page: RunsPage) -> None:
        """Put a run's drawing and recipe in the place of those that are, as one undo step."""
        from engine.recipe import check_recipe, recipe_from_json

        document, row = self._window.document, page.chosen[0]
        graph = self._store.drawing(row.id)
        recipe = check_recipe(recipe_from_json(dict(row.recipe), document.catalogue), document.catalogue)
        if (graph, recipe) == (document.root, document.recipe):
            self._window.notice.say("The drawing and the recipe are those of this run already.")
            return
        document.see(())
        document.edit_both(f"Restore the drawing of {row.title}", graph, recipe)
        self._window.canvas.fit_all(quiet=True)
        undo = self._window.shortcuts.label("undo")
        self._window.notice.say(f"Drawing and recipe of {row.title}. {undo} takes it back.")

    def _compare(self, page: RunsPage) -> None:
        """Show on the canvas how the drawing of a run became the one that is."""
        row = page.chosen[0]
        found = compare.drawing_difference(self._store.drawing(row.id), self._window.document.root)
        self._open_apart(row.title, HERE, found)

    def _show_apart(self, page: RunsPage) -> None:
        old, new = sorted(page.chosen[:2], key=lambda row: row.began)
        if page.pane.apart is not None:
            self._open_apart(old.title, new.title, page.pane.apart)

    def _open_apart(self, old: str, new: str, found: compare.DrawingDifference) -> None:
        from gui.runs.apart import Apart

        window = self._window
        if self._apart is None:
            self._apart = Apart(window.document.catalogue, window.canvas)
            self._apart.left.connect(window.canvas.setFocus)
        self._apart.open(old, new, found)

    def _overlay(self, page: RunsPage) -> None:
        """Lay the chosen runs over the run under way; that one itself is shown already."""
        from gui.runs.laying import laid

        pages = self._window.pages
        shown = pages.keeper.run if pages.curves.series else ""
        ids = [row.id for row in page.chosen if row.id != shown]
        if ids:
            pages.keeper.aside(lambda store: laid(store, ids), self._lay)
        else:
            self._window.notice.say("This run's curves are shown already.")

    def _lay(self, runs: tuple[Series, ...]) -> None:
        self._window.pages.curves.lay(runs)
        self._open_page("curves")

    # -- files

    def _report(self, page: RunsPage) -> None:
        from engine.project import write_whole

        path = self._window.files.ask_path("Write the report", ".html", "Web pages (*.html)")
        if path is None:
            return
        groups = {name: layer.group for name, layer in self._window.document.catalogue.layers.items()}
        ids = [row.id for row in page.chosen]

        def write(store: Store) -> str:
            write_whole(path, report.report(report.told(store, ids), groups, time()).encode("utf-8", "replace"))
            return f"Wrote {path.name}."

        self._window.pages.keeper.aside(write, lambda words: self._window.notice.say(words))

    def _events(self, page: RunsPage) -> None:
        """Write the chosen runs for TensorBoard, each beside its record."""
        rows = page.chosen

        def write(store: Store) -> str:
            return _write_events(store, rows)

        self._window.pages.keeper.aside(write, lambda words: self._window.notice.say(words))

    # -- deleting

    def _delete(self, page: RunsPage) -> None:
        self._deleted = page.delete()
        if self._deleted:
            words = f"Deleted {plural(len(self._deleted), 'run')}; the files go after 30 days."
            self._window.notice.say(words, "news", PUT_BACK)

    def put_back(self) -> None:
        """Take the last deletion back."""
        self._window.pages.runs.put_back(self._deleted)
        self._deleted = ()
        self._window.notice.hide()


def _call(slot: Callable[[], object]) -> None:
    slot()


def _write_events(store: Store, rows: Sequence[RunRow]) -> str:
    """Write runs for TensorBoard; return a sentence that says where they are."""
    folders = []
    for row in rows:
        folder = Path(row.folder) / "tensorboard"
        if eventfiles.write_events(folder, row.began, store.epochs(row.id), store.steps(row.id)):
            folders.append(folder)
    if not folders:
        return "These runs have no figures yet."
    place = folders[0] if len(folders) == 1 else folders[0].parent.parent
    return f"Wrote {plural(len(folders), 'run')}. See: tensorboard --logdir {place}"
