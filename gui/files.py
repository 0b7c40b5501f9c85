"""New, Open, Save, recent files, dropped files and the question about unsaved changes. Knows no canvas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from engine.catalogue import RESOURCES
from engine.errors import EngineError
from engine.project import Project, load
from engine.sizes import sized
from gui.document import Document
from gui.settings import Settings

FILTER = "Layerloom projects (*.loom)"
FIRST = RESOURCES / "templates" / "digits-cnn.loom"


class Files(QObject):
    """Carries the document to and from the disk; every failure is a sentence on `refused`, and changes nothing."""

    refused = Signal(str)
    said = Signal(str)

    def __init__(self, document: Document, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._document, self._settings, self._window = document, settings, window

    def new(self) -> bool:
        """Begin an empty drawing, the recipe at its defaults."""
        return self._replace(lambda: self._document.start(Project()))

    def new_from(self, template: Path, size: str = "") -> bool:
        """Begin with a copy of a template, at one of its sizes."""
        return self._replace(lambda: self.start_from(template, size))

    def start_from(self, template: Path, size: str = "") -> None:
        """Put a template here without a question, as at the first start; or raise EngineError."""
        project = load(template, self._document.catalogue)
        project = sized(project, size, self._document.catalogue) if size else project
        self._document.start(project, called=template.stem)

    def ask_open(self) -> bool:
        from PySide6.QtWidgets import QFileDialog

        name, _ = QFileDialog.getOpenFileName(self._window, "Open a project", str(self._settings.folder), FILTER)
        return bool(name) and self.open(Path(name))

    def open(self, path: Path) -> bool:
        """Open a file after the question about unsaved changes; say whether it is open now."""
        return self._replace(lambda: self._open(path))

    def save(self) -> bool:
        """Save under the document's own path, or ask for one."""
        return self._save(self._document.path) if self._document.path else self.save_as()

    def save_as(self) -> bool:
        path = self.ask_path("Save the project", ".loom", FILTER)
        return path is not None and self._save(path)

    def ask_path(self, title: str, ending: str, filter: str) -> Path | None:
        """Ask where to write a file, its ending put right."""
        from PySide6.QtWidgets import QFileDialog

        proposed = self._settings.folder / (self._document.stem + ending)
        name, _ = QFileDialog.getSaveFileName(self._window, title, str(proposed), filter)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix.lower() == ending else path.with_name(path.name + ending)

    def may_leave(self) -> bool:
        """Ask what becomes of unsaved changes; say whether the document may go."""
        if self._document.clean:
            return True
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(self._window)
        box.setWindowTitle("Unsaved changes")
        box.setText(f"Save the changes to {self._document.name}?")
        box.setInformativeText("They are lost otherwise.")
        buttons = QMessageBox.StandardButton
        box.setStandardButtons(buttons.Save | buttons.Discard | buttons.Cancel)
        box.setDefaultButton(buttons.Save)
        answer = box.exec()
        box.deleteLater()
        return answer == buttons.Discard or (answer == buttons.Save and self.save())

    def fill_recent(self, menu: QMenu) -> None:
        """Put the recent files into a menu."""
        menu.clear()
        for path in self._settings.recent:
            action = menu.addAction(path.name)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _checked=False, path=path: self.open(path))
        if menu.isEmpty():
            menu.addAction("No recent files").setEnabled(False)
        else:
            menu.addSeparator()
            menu.addAction("Forget these").triggered.connect(self._settings.clear_recent)

    # -- files dropped on the window

    @staticmethod
    def dropped(data: QMimeData) -> Path | None:
        """Return the one local file that is being dropped, or None."""
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        return paths[0] if len(paths) == 1 else None

    # --

    def _replace(self, act: Callable[[], None]) -> bool:
        if not self.may_leave():
            return False
        try:
            act()
        except EngineError as error:
            self.refused.emit(error.sentence)
            return False
        return True

    def _open(self, path: Path) -> None:
        self._document.open(path)
        self._settings.add_recent(path)

    def _save(self, path: Path) -> bool:
        try:
            self._document.save(path)
        except EngineError as error:
            self.refused.emit(error.sentence)
            return False
        self._settings.add_recent(path)
        self.said.emit(f"Saved {path.name}.")
        return True
