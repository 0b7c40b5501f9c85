"""The person's own blocks as the window sees them: read after the first paint, kept and removed. Draws nothing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from engine import library
from engine.errors import EngineError
from engine.library import Library
from gui.document import Document


class Shelves(QObject):
    """Holds the library and gives the document its blocks; `said` carries what was done, `refused` what could not."""

    said = Signal(str)
    refused = Signal(str)

    def __init__(self, document: Document, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._folder = document, folder
        self.library = Library()

    def read(self) -> None:
        """Read what is kept; what could not be read is said."""
        self.library = library.read(self._folder, self._document.catalogue)
        self._document.use_library(self.library)
        if self.library.faults:
            more = len(self.library.faults) - 1
            words = f" {more} more of your blocks could not be read either." if more else ""
            self.refused.emit(self.library.faults[0] + words)

    def keep(self, name: str) -> None:
        """Keep a block of the drawing, with all that stand in it."""
        blocks = self._document.root.blocks
        if name not in blocks:
            self.refused.emit("Only a block of this drawing is kept. Select an instance, or open one.")
            return
        try:
            library.keep(self._folder, blocks, name)
        except EngineError as error:
            self.refused.emit(error.sentence)
            return
        self.read()
        self.said.emit(f"{name} is in your library: it is in the palette of every drawing.")

    def forget(self, name: str) -> None:
        """Remove a block from the library; drawings keep it."""
        if name not in self.library.kept:
            self.refused.emit(f"{name or 'That'} is not in your library.")
            return
        try:
            library.forget(self._folder, name)
        except EngineError as error:
            self.refused.emit(error.sentence)
            return
        self.read()
        self.said.emit(f"{name} is no more in your library. Drawings that have it keep it.")
