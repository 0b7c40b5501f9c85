"""What each action does: the table from action to method. Knows the window's parts, not their insides."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import EngineError
from engine.messages import Exported
from gui import motion
from gui.bar import words
from gui.editors.fields import commit_pending
from gui.frame import Frame
from gui.gallery.opening import TAKE, Opening
from gui.helping import Helping
from gui.layer_asking import LOOK, LayerAsking
from gui.leafing import Leafing
from gui.rounds import Rounds
from gui.runner import RunState
from gui.runs.commands import PUT_BACK, RunCommands
from gui.settings import THEMES
from gui.steered import Steered
from gui.theme import named, themes

if TYPE_CHECKING:
    from engine.forecast import Strain
    from gui.history import History
    from gui.launcher import Launcher
    from gui.settings_dialog import SettingsDialog
    from gui.sheet import Sheet

#: What the button says under the sentence that tells what repeats.
FOLD = "Fold them"
ABOUT = (
    "<b>Layerloom 0.1</b><br>Build, train and understand neural networks by drawing them.<br><br>"
    "MIT licence. Keras and TensorFlow train, Qt and pyqtgraph draw.<br>"
    "Pages of help: after Keras (Apache 2.0). Icons: Lucide (ISC).<br>"
    "Digits: Alpaydin and Kaynak, UCI Machine Learning Repository (CC BY 4.0)."
)


class Commands:
    """One method an action, by the action's id."""

    def __init__(self, window: Frame) -> None:
        self._window = window
        self.helping = Helping(window)
        self._hidden: list[str] = []
        self._history: History | None = None
        self._launcher: Launcher | None = None
        self._sheet: Sheet | None = None
        self._settings: SettingsDialog | None = None
        self.layer_asking = LayerAsking(window)
        self.opening = Opening(window, self.open_page)
        self.runs = RunCommands(window, self.open_page)
        self._strain: Strain | None = None

    @property
    def slots(self) -> Mapping[str, Callable[[], object]]:
        """What each action of the table calls."""
        window = self._window
        canvas, files = window.canvas, window.files
        pages = {f"page_{name}": (lambda name=name: self.open_page(name)) for name in window.pages.names}
        docks = {
            f"show_{name}": (lambda name=name: self._toggle_dock(name)) for name in ("palette", "inspector", "monitor")
        }
        return {
            "new": files.new,
            "open": files.ask_open,
            "save": lambda: self._typed(files.save),
            "save_as": lambda: self._typed(files.save_as),
            "export_code": self.export_code,
            "export_model": self.export_model,
            "quit": window.close,
            "undo_history": self._show_history,
            "find_layer": self._find_layer,
            "find_action": self._find_action,
            "settings": self.ask_settings,
            "sheet": self._show_sheet,
            "canvas_only": self._toggle_canvas_only,
            "move_panels": lambda: window.show_dock_titles(window.actions_by_id["move_panels"].isChecked()),
            "reset_panels": window.place_docks,
            "less_motion": self._toggle_motion,
            "train": self.train,
            "stop": window.runner.stop,
            "evaluate": self._evaluate,
            "mend": self._mend,
            "about": self._about,
            **Rounds(window).slots(),
            **Leafing(window, self.open_page).slots(),
            **Steered(window).slots(),
            "keep_block": lambda: window.shelves.keep(window.block_meant()),
            "forget_block": lambda: window.shelves.forget(window.block_meant()),
            **self.layer_asking.slots(),
            **self.helping.slots(),
            **self.opening.slots(),
            **self.runs.slots(),
            **{id: partial(canvas.keyboard.do, id) for id in canvas.commands},
            **{name: partial(self.use_theme, name) for name in THEMES},
            **pages,
            **docks,
        }

    def _typed(self, act: Callable[[], bool]) -> bool:
        """Take what is still being typed, then act."""
        commit_pending()
        return act()

    # -- running

    def train(self) -> None:
        """Start a run and bring its curves to the front; a value still being typed counts."""
        commit_pending()
        self._window.layer_files.refresh()
        self._window.runner.train()
        if self._window.runner.state.busy and self._window.pages.opened not in ("curves", "maps"):
            self.open_page("curves")

    def show_run(self, state: RunState) -> None:
        """Let buttons and menus say where the run stands."""
        window = self._window
        window.bar.show_state(state)
        window.actions_by_id["train"].setEnabled(not state.busy and not state.queued)
        window.actions_by_id["train"].setStatusTip(words(state))
        window.actions_by_id["stop"].setEnabled(state.busy or state.queued)
        window.actions_by_id["evaluate"].setEnabled(window.runner.can_evaluate)
        Steered(window).show_run()

    def _evaluate(self) -> None:
        self.open_page("results")
        self._window.runner.evaluate()

    # -- taking away

    def export_code(self) -> None:
        """Ask where, and write the script with its data beside it."""
        from engine.code.export import export_script

        commit_pending()
        window = self._window
        path = window.files.ask_path("Export the Python script", ".py", "Python scripts (*.py)")
        if path is None:
            return
        try:
            written = export_script(
                window.document.project, window.document.catalogue, path, style=window.settings.imports
            )
        except EngineError as error:
            window.refuse(error.sentence)
        else:
            window.notice.say("Wrote " + " and ".join(item.name for item in written) + ".")

    def export_model(self) -> None:
        """Ask where, and let the worker write the model, trained where the last run was of this drawing."""
        window = self._window
        path = window.files.ask_path("Export the Keras model", ".keras", "Keras models (*.keras)")
        if path is not None:
            window.runner.export(path, trained=window.runner.trained_this)

    def show_exported(self, message: Exported) -> None:
        """Say what was written, and what it takes to read it back."""
        from engine.code.reload import reloading

        document = self._window.document
        needs = reloading(document.graph, document.recipe, document.catalogue)
        self._window.notice.say(f"Wrote {Path(message.path).name}. {needs}".rstrip())

    # -- mending

    def _mend(self) -> None:
        """Do the first fix of the problem that is meant, or say why there is none."""
        window = self._window
        problem = window.pages.problems.meant()
        if problem is not None and window.document.mendable:
            fix = problem.fixes[0]
            window.document.mend(fix)
            window.notice.say(f"{fix.title}: done. {window.shortcuts.label('undo')} takes it back.")
        else:
            window.notice.say("No problem here has a mend that works.")

    # -- looking

    def open_page(self, name: str) -> None:
        """Show a page of the monitor."""
        self._window.docks["monitor"].show()
        self._window.pages.open(name)

    def show_strain(self, strain: Strain) -> None:
        """Say that memory is short; the batch that fits is the notice's button."""
        self._strain = strain
        self._window.notice.say(strain.sentence, "error" if strain.impossible else "warning", strain.title)

    def show_more(self) -> None:
        """Answer the notice's button: what failed is in the log, what was refused among the problems, a fix is made."""
        window, more = self._window, self._window.notice.more
        if more == TAKE:
            self.opening.begin_tour()
        elif more == LOOK:
            self.layer_asking.look()
        elif more == PUT_BACK:
            self.runs.put_back()
        elif more == FOLD:
            window.notice.hide()
            window.canvas.blocking.repeats.fold()
        elif self._strain is not None and more == self._strain.title:
            window.document.edit_recipe(more, self._strain.mended(window.document.recipe))
            window.notice.say(f"The batch size is {self._strain.batch:,}.")
        else:
            self.open_page("problems" if more == "Show problems" else "log")

    def _find_layer(self) -> None:
        self._window.docks["palette"].show()
        self._window.palette_panel.focus_search()

    def _find_action(self) -> None:
        """Open the command palette; it is imported when it is first asked for."""
        from gui.entries import entries
        from gui.going import Places
        from gui.launcher import Launcher

        window = self._window
        if self._launcher is None:
            self._launcher = Launcher(window, window.canvas)
            self._launcher.chosen.connect(window.settings.count_entry)
        places = Places(window.document.graph, window.document.catalogue, window.canvas.focus_node)
        self._launcher.open(entries(window), window.settings.entry_weights, places.find)

    def ask_settings(self, page: str = "general") -> None:
        """Open the settings; they are imported when they are first asked for."""
        from gui.settings_dialog import SettingsDialog

        window = self._window
        if self._settings is None:
            self._settings = SettingsDialog(window.settings, window.shortcuts, window)
            self._settings.theme_chosen.connect(self.use_theme)
            self._settings.imports_chosen.connect(self._import_by)
            self._settings.less_motion_chosen.connect(self._use_less_motion)
            self._settings.snap_chosen.connect(window.canvas.arranging.use_snap)
            self._settings.measuring_chosen.connect(window.settings.keep_measuring)
        self._settings.open_at(page)

    def _import_by(self, style: str) -> None:
        self._window.settings.choose_imports(style)
        if "code" in self._window.pages.pages:
            self._window.pages.code.choose_import(style)

    def _show_sheet(self) -> None:
        """Open the sheet of keys; it is imported when it is first asked for."""
        from gui.sheet import Sheet

        if self._sheet is None:
            self._sheet = Sheet(self._window.shortcuts, self._window)
            self._sheet.settings_asked.connect(lambda: self.ask_settings("keyboard"))
        self._sheet.open_anew()

    def _show_history(self) -> None:
        """Show the steps under their button; made when it is first asked for, after the first paint."""
        from gui.history import History

        commit_pending()
        if self._history is None:
            self._history = History(self._window.document, self._window)
        self._history.open_below(self._window.bar.history)

    def _toggle_dock(self, name: str) -> None:
        dock = self._window.docks[name]
        dock.setVisible(dock.isHidden())

    def _toggle_motion(self) -> None:
        self._use_less_motion(self._window.actions_by_id["less_motion"].isChecked())

    def _use_less_motion(self, less: bool) -> None:
        self._window.actions_by_id["less_motion"].setChecked(less)
        self._window.settings.keep_less_motion(less)
        motion.use_less(less)

    def _toggle_canvas_only(self) -> None:
        docks = self._window.docks
        if self._window.actions_by_id["canvas_only"].isChecked():
            self._hidden = [name for name, dock in docks.items() if not dock.isHidden()]
            for name in self._hidden:
                docks[name].hide()
        else:
            for name in self._hidden:
                docks[name].show()

    def use_theme(self, name: str) -> None:
        """Use a theme, and remember it: "dark", "light" or "system"."""
        self._window.settings.theme = name
        themes().use(named(name))

    def _about(self) -> None:
        from PySide6.QtWidgets import QMessageBox

        QMessageBox.about(self._window, "About Layerloom", ABOUT)
