"""Shows a file of code to be read, and what changed in it; nothing can be typed into it, and nothing is run."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from gui.highlight import Highlighter
from gui.monitor.switch import Switch
from gui.theme import TEXT, colour, mono_font, themes

WAYS: Final = {"changes": "What changed", "whole": "Whole file"}
#: Colours of a line of a difference by how it begins; the longest beginning counts.
_MARKS: Final = (("+++", "third"), ("---", "third"), ("@@", "third"), ("+", "good"), ("-", "bad"))


class SourceView(QWidget):
    """A text in mono, its lines wrapped: nothing of it can stand out of sight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = self._difference = ""
        self.switch = Switch("Show", WAYS)
        self.switch.chosen.connect(lambda _way: self._show())
        self.editor = QPlainTextEdit()
        self.editor.setReadOnly(True)
        self.editor.setFont(mono_font(TEXT))
        self.editor.setProperty("role", "field")
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self.editor.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.editor.setAccessibleName("Source")
        self._python, self._marks = Highlighter(self.editor.document()), Marks(self.editor.document())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.switch, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.editor, 1)

    def show_text(self, text: str, difference: str = "") -> None:
        """Show a file's text; where there is a difference from what it was, that first."""
        self._text, self._difference = text, difference
        self.switch.setVisible(bool(difference))
        self.switch.blockSignals(True)
        self.switch.choose("changes" if difference else "whole")
        self.switch.blockSignals(False)
        self._show()

    def _show(self) -> None:
        changes = self.switch.choice == "changes"
        self._python.setDocument(None if changes else self.editor.document())
        self._marks.setDocument(self.editor.document() if changes else None)
        text = self._difference if changes else self._text
        self._python.read(text)
        self.editor.setPlainText(text)


class Marks(QSyntaxHighlighter):
    """Colours a difference: what came, what went."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        themes().changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        token = next((token for mark, token in _MARKS if text.startswith(mark)), "")
        if token:
            form = QTextCharFormat()
            form.setForeground(colour(token))
            self.setFormat(0, len(text), form)
