"""The log: the trainer's own output and full tracebacks, as they come. Knows no message of the wire."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from gui.editors.fields import IconButton
from gui.runner import Runner
from gui.theme import mono_font

MOST_LINES: Final = 10_000
#: How long output gathers before it is shown: a talkative trainer must not slow the window.
GATHER_MS: Final = 50
#: Colours and cursor moves that programs write for a terminal.
_ESCAPES: Final = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\-_])")
_BEGUN_ESCAPE: Final = re.compile(r"\x1b(?:[\[\]][0-9;?]{0,16})?$")
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class LogPane(QWidget):
    """Shows the last lines of output; stays at the end unless a person has scrolled up."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[str] = []
        self._raw = self._seen = ""
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setMaximumBlockCount(MOST_LINES)
        self.text.setUndoRedoEnabled(False)
        self.text.setFont(mono_font(12))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName("Log")
        self.text.setPlaceholderText("What the trainer prints stands here.")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GATHER_MS)
        self._timer.timeout.connect(self.flush)
        self._lay_out()
        runner.logged.connect(self.add)

    def add(self, text: str) -> None:
        """Take a piece of output, not always whole lines."""
        self._waiting.append(text)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Show what has come."""
        text, self._waiting = "".join(self._waiting), []
        begun = _BEGUN_ESCAPE.search(text)
        if begun:
            text, self._waiting = text[: begun.start()], [begun[0]]
        text = _ESCAPES.sub("", text).replace("\r\n", "\n")
        bar = self.text.verticalScrollBar()
        at_end, place = bar.value() >= bar.maximum() - 1, bar.value()
        dropped = max(0, self.text.blockCount() + text.count("\n") - MOST_LINES)
        cursor = QTextCursor(self.text.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        self._write(cursor, text)
        cursor.endEditBlock()
        bar.setValue(bar.maximum() if at_end else place - dropped)

    def copy(self) -> None:
        """Put what is selected, or all, on the clipboard."""
        selected = self.text.textCursor().selection().toPlainText()
        QGuiApplication.clipboard().setText(selected or self.text.toPlainText())

    def clear(self) -> None:
        self._waiting, self._raw, self._seen = [], "", ""
        self.text.clear()

    def _write(self, cursor: QTextCursor, text: str) -> None:
        head, *lines = text.split("\n")
        self._continue(cursor, head)
        for line in lines[-MOST_LINES:]:
            cursor.insertText("\n")
            self._raw = self._seen = ""
            self._continue(cursor, line)

    def _continue(self, cursor: QTextCursor, text: str) -> None:
        """Go on with the last line as a terminal does: a carriage return has it written anew, as progress bars ask."""
        self._raw = _last_writing(self._raw + text)
        seen = _CONTROLS.sub("", self._raw)
        if seen.startswith(self._seen):
            cursor.insertText(seen[len(self._seen) :])
        else:
            cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(seen)
        self._seen = seen

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(16, 4, 12, 0)
        row.setSpacing(4)
        title = QLabel("What the trainer prints, tracebacks included")
        title.setProperty("role", "third")
        row.addWidget(title)
        row.addStretch(1)
        for name, words, slot in (
            ("copy", "Copy what is selected, or all", self.copy),
            ("trash-2", "Clear the log", self.clear),
        ):
            button = IconButton(name, words)
            button.clicked.connect(slot)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.text, 1)
        self.text.setViewportMargins(12, 0, 0, 8)


def _last_writing(line: str) -> str:
    """What is left of a line in the end: the last that was written over it, and its last carriage return."""
    written = line.rstrip("\r")
    return written[written.rfind("\r") + 1 :] + ("\r" if written != line else "")
