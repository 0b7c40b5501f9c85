"""How a person brings in, looks at and trusts files of layers. Knows the window's parts, no file's text."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from engine.errors import EngineError
from engine.layerfiles import LayerFile, Source, read
from gui.frame import Frame

if TYPE_CHECKING:
    from engine.foreign import Standing
    from gui.trust_dialog import TrustDialog

LOOK = "Look at the file"


class LayerAsking:
    """Opens the dialog for a chosen file, or for those of the project; what it answers is done here."""

    def __init__(self, window: Frame) -> None:
        self._window = window
        self.dialog: TrustDialog | None = None
        window.layer_files.off.connect(self._say_off)
        window.layer_files.noted.connect(lambda note: window.notice.say(note, "warning"))
        window.layer_files.changed.connect(self.enable)
        window.inspector.asked.connect(lambda action: window.actions_by_id[action].trigger())

    def slots(self) -> Mapping[str, Callable[[], object]]:
        return {"add_layer_file": self.add, "layer_files": self.look}

    def add(self) -> None:
        """Ask for a file, show it, and take its layers where it is trusted."""
        window = self._window
        name, _ = QFileDialog.getOpenFileName(
            window, "Layers from a Python file", str(window.settings.folder), "Python files (*.py)"
        )
        if name:
            self.show(Path(name))

    def show(self, path: Path) -> None:
        """Show a file before its layers are taken."""
        from engine.foreign import standing
        from engine.trust import Trust

        try:
            source = read(path)
        except EngineError as error:
            self._window.refuse(error.sentence)
            return
        if source.path in {file.file for file in self._window.layer_files.files}:
            self.look(source.path)
            return
        found = standing(LayerFile(source.path, source.sha256, source.layers), Trust())
        if found.state == "on" and found.source is not None:
            self._trust(found.source)
        else:
            self._open([found], held=False)

    def look(self, path: str = "") -> None:
        """Show the files of the project, one of them or those that are off first."""
        self._window.layer_files.refresh()
        standings = sorted(
            self._window.layer_files.standings, key=lambda each: (each.file.file != path, each.state == "on")
        )
        if standings:
            self._open(standings, held=True)
        else:
            self.add()

    def _open(self, standings: Sequence[Standing], *, held: bool) -> None:
        from engine.trust import Trust
        from gui.trust_dialog import TrustDialog  # imported when it is first asked for

        files = self._window.layer_files
        self.dialog = TrustDialog(standings, Trust().kept, held=held, parent=self._window)
        self.dialog.trusted.connect(self._trust)
        self.dialog.forgotten.connect(files.forget)
        self.dialog.removed.connect(files.remove)
        self.dialog.finished.connect(self.dialog.deleteLater)
        self.dialog.open()

    def _trust(self, source: Source) -> None:
        try:
            self._window.layer_files.add(source)
        except EngineError as error:
            self._window.refuse(error.sentence)

    def _say_off(self, names: list[str]) -> None:
        files = " and ".join(names)
        are = "is" if len(names) == 1 else "are"
        self._window.notice.say(f"Layers of this project come from {files}, which {are} off.", "warning", LOOK)

    def enable(self) -> None:
        """Let the files be looked at where the project has some."""
        self._window.actions_by_id["layer_files"].setEnabled(bool(self._window.layer_files.files))
