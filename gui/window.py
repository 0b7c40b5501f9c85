"""The main window: its frame, what its actions do, and which part hears which. Knows no Keras."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QPaintEvent

from engine import entering
from engine.catalogue import Catalogue
from gui import motion
from gui.canvas.heat import FIGURES
from gui.canvas.heating import NOTHING, PICTURES
from gui.commands import FOLD, Commands
from gui.editors.fields import commit_pending
from gui.frame import Frame
from gui.menus import give_keys, make_actions, tint
from gui.settings import THEMES, Settings
from gui.theme import named, themes

#: Raised when the panels change, so that a state kept by an older window is not restored into this one.
LAYOUT = 1


class Window(Frame):
    """The frame, alive; `painted` says once that it was seen."""

    painted = Signal()

    def __init__(self, catalogue: Catalogue, settings: Settings, runs: Path) -> None:
        super().__init__(catalogue, settings, runs)
        self._awake = self._seen = False
        self.commands = Commands(self)
        self.lay_out(make_actions(self, self.canvas, self.commands.slots))
        self._give_keys()
        self._wire()
        self._retint()
        self._restore()

    # -- wires

    def _wire(self) -> None:
        document, runner = self.document, self.runner
        document.titled.connect(self._show_title)
        document.reset.connect(self._show_title)
        document.reset.connect(lambda: QTimer.singleShot(0, self, lambda: self.canvas.fit_all(quiet=True)))
        document.report_changed.connect(lambda _report: self.canvas.drawing.when_settled(self._count_problems))
        document.changed.connect(lambda _changes, _by: self.canvas.drawing.when_settled(self._count_problems))
        document.reset.connect(self._count_problems)
        document.turned.connect(self._count_problems)
        document.turned.connect(lambda: QTimer.singleShot(0, self, lambda: self.canvas.fit_all(quiet=True)))
        document.catalogue_changed.connect(lambda: self.canvas.drawing.when_settled(self._count_problems))
        document.undo.undoTextChanged.connect(self._name_steps)
        document.undo.redoTextChanged.connect(self._name_steps)
        document.undo.canUndoChanged.connect(self.actions_by_id["undo"].setEnabled)
        document.undo.canRedoChanged.connect(self.actions_by_id["redo"].setEnabled)
        self.actions_by_id["undo"].setEnabled(False)
        self.actions_by_id["redo"].setEnabled(False)
        runner.state_changed.connect(self.commands.show_run)
        runner.refused.connect(lambda sentence: self.refuse(sentence, "Show problems"))
        runner.strained.connect(self.commands.show_strain)
        runner.failed.connect(lambda message: self.notice.say(message.sentence, "error", "Show log"))
        runner.exported.connect(self.commands.show_exported)
        runner.started.connect(lambda _graph, _recipe: self.notice.hide())
        runner.devices_found.connect(self._show_devices)
        self.checking.failed.connect(lambda sentence: self.notice.say(sentence, "error", "Show log"))
        self.canvas.drawing.answer_near = self.checking.is_near
        self.checking.logged.connect(runner.logged.emit)
        self.selection.changed.connect(lambda _ids, _initiator: self.checking.mend(self.selection.one))
        self.files.refused.connect(lambda sentence: self.refuse(sentence))
        self.files.said.connect(lambda sentence: self.notice.say(sentence))
        self.canvas.asked.connect(lambda action: self.actions_by_id[action].trigger())
        self.shortcuts.changed.connect(self._give_keys)
        self.canvas.heating.chosen.connect(self._show_carried)
        self.canvas.heating.chosen.connect(self.settings.keep_carried)
        self.canvas.heating.pulse.chosen.connect(self.actions_by_id["pulse"].setChecked)
        self.canvas.heating.pulse.chosen.connect(self.settings.keep_pulse)
        self.canvas.arranging.snap_changed.connect(self.actions_by_id["snap"].setChecked)
        self.canvas.arranging.snap_changed.connect(self.settings.keep_snap)
        self.canvas.arranging.use_snap(self.settings.snap)
        self.canvas.said.connect(lambda sentence: self.notice.say(sentence, "warning"))
        self.canvas.guide.corner.shown.connect(lambda _shown: self._show_minimap())
        self.canvas.guide.corner.chosen.connect(self.settings.keep_minimap)
        self.canvas.guide.corner.chosen.connect(lambda _mode: self._show_minimap())
        self.canvas.offered.connect(lambda sentence: self.notice.say(sentence, "news", FOLD))
        self.canvas.layer_added.connect(self.settings.note_layer)
        self.canvas.finder.weights = self.settings.layer_weights
        self.canvas.told.connect(lambda sentence: self.notice.say(sentence))
        self.palette_panel.fold(self.settings.folded)
        self.palette_panel.folds_changed.connect(self.settings.keep_folded)
        self.palette_panel.chosen.connect(lambda layer: self.canvas.add_layer(layer, None))
        self.palette_panel.kept.connect(self.shelves.keep)
        self.palette_panel.forgotten.connect(self.shelves.forget)
        self.shelves.said.connect(lambda sentence: self.notice.say(sentence))
        self.shelves.refused.connect(lambda sentence: self.refuse(sentence))
        self.inspector.left.connect(self.canvas.setFocus)
        self.notice.asked.connect(self.commands.show_more)
        themes().changed.connect(self._retint)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.commands.show_run(runner.state)
        self.commands.layer_asking.enable()
        self._show_carried(self.canvas.heating.carried)

    def wire_pages(self) -> None:
        """Wire the pages, once they are made."""
        from gui.alive import Alive

        self._awake = True
        self._retint()
        pages = self.pages
        pages.problems.activated_node.connect(self.canvas.focus_node)
        pages.problems.field_asked.connect(lambda _field: self.commands.open_page("training"))
        pages.analysis.activated_node.connect(self._go_to)
        pages.analysis.choose_format(self.settings.table_format)
        pages.analysis.format_chosen.connect(self.settings.keep_table_format)
        pages.results.collect(self.settings.collecting)
        pages.results.head.collected.connect(self._keep_collecting)
        pages.code.save_asked.connect(self.commands.export_code)
        pages.code.choose_import(self.settings.imports)
        pages.code.import_chosen.connect(self.settings.choose_imports)
        self.commands.runs.wire()
        self._alive = Alive(self.document, self.runner, self.canvas, pages.maps.watching, pages.history)
        if self.runner.gate.devices:
            self._show_devices(self.runner.gate.devices)
        self.commands.helping.restore()

    def _keep_collecting(self, collecting: bool) -> None:
        self.settings.keep_collecting(collecting)
        self.actions_by_id["results_collect"].setChecked(collecting)

    def _go_to(self, flat: str) -> None:
        """Go to a node of the network, into the block that it stands in."""
        steps, id = entering.way(self.document.root, flat)
        self.document.see(steps)
        self.canvas.focus_node(id)

    # -- what is shown

    def _show_title(self) -> None:
        document = self.document
        self.bar.show_title(document.name, document.clean, str(document.path or ""))
        self.setWindowTitle(f"{document.name}[*] – Layerloom")
        self.setWindowModified(not document.clean)

    def _show_devices(self, devices: tuple[str, ...]) -> None:
        gpus = [device for device in devices if device.startswith("GPU")]
        tip = "TensorFlow sees " + ", ".join(devices) + "." if devices else ""
        self.bar.show_device("This machine · " + ("GPU" if gpus else "CPU"), tip)
        if "training" in self.pages.pages:
            self.pages.training.set_devices(devices)

    def _count_problems(self) -> None:
        self.pages.count_problems(len(self.document.problems_everywhere()))

    def _name_steps(self, _text: str = "") -> None:
        """Let undo and redo say in menu and tooltip what they take back or do again."""
        undo = self.document.undo
        for id, verb, step in (("undo", "Undo", undo.undoText()), ("redo", "Redo", undo.redoText())):
            words, keys = f"{verb} {step[:1].lower() + step[1:]}".rstrip(), self.shortcuts.label(id)
            self.actions_by_id[id].setText(words)
            self.actions_by_id[id].setToolTip(f"{words} ({keys})" if keys else words)

    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self.settings.theme == "system":
            themes().use(named("system"))

    def _show_carried(self, carried: str) -> None:
        for name in FIGURES:
            self.actions_by_id[f"heat_{name}"].setChecked(name == carried)
        for name in (PICTURES, NOTHING):
            self.actions_by_id[f"carry_{name}"].setChecked(name == carried)

    def _show_minimap(self) -> None:
        self.actions_by_id["minimap"].setChecked(self.canvas.guide.corner.visible)

    def _give_keys(self) -> None:
        give_keys(self.actions_by_id, self.shortcuts)
        self._name_steps()
        self.bar.show_keys(self.shortcuts.label)

    def _retint(self) -> None:
        if self._awake:
            tint(self.actions_by_id)
        self.bar.retint()
        for id in THEMES:
            self.actions_by_id[id].setChecked(id == self.settings.theme)

    # -- remembered

    def _restore(self) -> None:
        self.canvas.guide.corner.use(self.settings.minimap)
        self.canvas.heating.use(self.settings.carried)
        self.canvas.heating.pulse.use(on=self.settings.pulse)
        self.actions_by_id["less_motion"].setChecked(self.settings.less_motion)
        self.actions_by_id["results_collect"].setChecked(self.settings.collecting)
        motion.use_less(self.settings.less_motion)
        geometry, state = self.settings.window("geometry"), self.settings.window("state")
        if not geometry.isEmpty():
            self.restoreGeometry(geometry)
        if not state.isEmpty():
            self.restoreState(state, LAYOUT)
        page = bytes(self.settings.window("page").data()).decode()
        if page in self.pages.names:
            self.pages.setCurrentIndex(self.pages.names.index(page))

    def _remember(self) -> None:
        self.settings.keep_window("geometry", self.saveGeometry())
        self.settings.keep_window("state", self.saveState(LAYOUT))
        self.settings.keep_window("page", QByteArray(self.pages.opened.encode()))

    # -- Qt's own

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        commit_pending()
        if not self.files.may_leave():
            event.ignore()
            return
        self._remember()
        self.checking.end_now()
        self.runner.end_now()
        self.pages.keeper.close()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.files.dropped(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = self.files.dropped(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.files.open(path))
