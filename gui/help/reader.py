"""Shows one page of help. Loads nothing from anywhere, and follows no link by itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QTextBrowser

from engine.catalogue import Catalogue
from engine.help import HelpPage
from gui.help import words
from gui.theme import TEXT, font


class Reader(QTextBrowser):
    """A text to read and copy; its links are only told of."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setAccessibleName("Page of help")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(False)
        self.document().setDocumentMargin(20)
        self.document().setDefaultFont(font(TEXT))
        self.document().setIndentWidth(16)

    def show_page(self, catalogue: Catalogue, told: HelpPage) -> None:
        """Show a page from its beginning; the same one anew where it was read."""
        same = self.documentTitle() == told.name
        place = self.verticalScrollBar().value() if same else 0
        self.document().setDefaultStyleSheet(words.style())
        self.setHtml(f"<title>{told.name}</title><body>{words.page(catalogue, told)}</body>")
        self.verticalScrollBar().setValue(place)

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        """Answer with nothing to see, whatever is asked for; Qt's own would open files."""
        return QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys that lead away to the panel."""
        away = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace)
        if away or (event.key() == Qt.Key.Key_Left and event.modifiers() & Qt.KeyboardModifier.AltModifier):
            event.ignore()
        else:
            super().keyPressEvent(event)
