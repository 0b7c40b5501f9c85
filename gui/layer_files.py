"""A project's files of layers as the window sees them: how each stands, told to the checker. Runs none, shows none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from engine.layerfiles import Described, LayerFile, Source
from gui.checking import Checking
from gui.document import Document
from gui.late import late

if TYPE_CHECKING:
    from engine import foreign, messages, trust
    from engine.foreign import Standing
    from engine.messages import Message
else:
    foreign, messages, trust = late("engine.foreign"), late("engine.messages"), late("engine.trust")

#: From a change of a file on the disk to the next look: editors write in several steps.
PAUSE_MS = 200


class LayerFiles(QObject):
    """Follows the document's files and the trust in them; gives document and checker the layers of those that are on.

    `changed` says that a file stands otherwise, `off` carries the names of those that a project was opened with and
    that are off, `noted` what was left out, as a sentence.
    """

    changed = Signal()
    off = Signal(object)
    noted = Signal(str)

    def __init__(self, document: Document, checking: Checking, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._checking = document, checking
        self._shipped = document.catalogue
        self._sent: messages.Layers | None = None
        self._told: messages.Layers | None = None
        self._found: dict[str, object] = {}
        self.standings: Sequence[Standing] = ()
        self._watcher: QFileSystemWatcher | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self.refresh)
        document.reset.connect(self._opened)
        document.layers_changed.connect(self.refresh)
        checking.found.connect(self._take)

    @property
    def files(self) -> tuple[LayerFile, ...]:
        return self._document.project.layers

    def refresh(self) -> None:
        """Read the files again and see how each stands; nothing is done where a project has none."""
        if not self.files and self._sent is None:
            return
        kept = trust.Trust()
        self.standings = [foreign.standing(file, kept) for file in self.files]
        sent = foreign.message(self.standings, how) if self.files else None
        if sent != self._sent:
            self._sent = self._told = sent
            self._tell()
        self._watch()
        self.changed.emit()

    def told(self) -> tuple[Message, ...]:
        """Return what a trainer is told before its work; nothing where the project takes layers from nowhere."""
        return () if self._told is None else (self._told,)

    # -- what a person does

    def add(self, source: Source) -> None:
        """Trust a file that was shown, and take its layers into the project."""
        trust.Trust().trust(source)
        others = tuple(file for file in self.files if file.file != source.path)
        known = next((file for file in self.files if file.file == source.path), None)
        file = LayerFile(source.path, source.sha256, known.layers if known else source.layers)
        if known is None:
            self._document.edit_layers(f"Take layers from {source.name}", (*others, file))
        self.refresh()

    def forget(self, path: str) -> None:
        """Trust a file no longer; the project keeps it, off."""
        trust.Trust().forget(path)
        self.refresh()

    def remove(self, path: str) -> None:
        """Take a file out of the project; who trusts it still does."""
        left = tuple(file for file in self.files if file.file != path)
        self._document.edit_layers(f"Take no layers from {Path(path).name}", left)

    # --

    def _opened(self) -> None:
        self.refresh()
        names = [each.file.name for each in self.standings if each.state != "on"]
        if self.files and names:
            self.off.emit(names)

    def _tell(self) -> None:
        """Let document and checker know the files; until the checker has described them, their layers are not there."""
        sent, self._found = self._told, {}
        self._document.use_catalogue(self._shipped if sent is None else foreign.with_files(self._shipped, sent, ()))
        self._checking.use(sent)

    def _take(self, message: messages.LayersFound) -> None:
        if self._told is None or not message.files:
            return
        stuck = [file for file in message.files if file.stuck]
        if stuck:
            for file in stuck:
                self._note(file)
            self._told = foreign.without(self._told, stuck)
            self._tell()
            return
        for file in message.files:
            self._note(file)
        found = {file.path: file for file in message.files}
        self._document.note_layers(foreign.described_files(self.files, self._told, found))
        self._document.use_catalogue(foreign.with_files(self._shipped, self._told, message.files))
        self.changed.emit()

    def _note(self, file: Described) -> None:
        for name, why in file.notes.items():
            self.noted.emit(f"{Path(file.path).name} gives no {name}: {why}")
        if file.fault:
            self.noted.emit(f"{Path(file.path).name} does not work: {file.fault}")

    def _watch(self) -> None:
        """Hear of changes on the disk; a file that an editor put in another's place is watched anew."""
        if self._watcher is None:
            self._watcher = QFileSystemWatcher(self)
            self._watcher.fileChanged.connect(lambda _path: self._soon.start())
            self._watcher.directoryChanged.connect(lambda _path: self._soon.start())
        paths = [Path(file.file) for file in self.files]
        wanted = {str(place) for path in paths for place in (path, path.parent) if place.exists()}
        watched = {*self._watcher.files(), *self._watcher.directories()}
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        if wanted - watched:
            self._watcher.addPaths(sorted(wanted - watched))


def how(_path: str) -> str:
    return "Look at the file, and trust it if you know who wrote it"
