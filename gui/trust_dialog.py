"""Asks whether a file of layers is trusted: its path, hash and source to be read first. Runs nothing, keeps nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from engine.foreign import Standing, State
from engine.layerfiles import Source, difference
from gui.cards import text_label
from gui.editors.lists import Choice
from gui.source_view import SourceView
from gui.theme import TEXT, icon_pixmap, mono_font, themes

#: How a file stands, in words, with the colour and the icon that go with them.
STATES: Final[dict[State, tuple[str, str, str]]] = {
    "on": ("On: you trust this file as it is", "good", "circle-check"),
    "off": ("Off: you have not trusted this file", "warning", "lock"),
    "changed": ("Off: it has changed since you trusted it", "warning", "triangle-alert"),
    "unreadable": ("Off: it cannot be used as it is", "bad", "octagon-alert"),
}
WARNING: Final = (
    "To trust it is to run it on this computer with your rights: it can read, change and send whatever you can. "
    "Trust it only if you have read it, or know who wrote it. Any change of the file turns it off again."
)
_WIDTH, _HEIGHT, _LABEL = 860, 720, 80


class TrustDialog(QDialog):
    """Shows one file of several at a time; `trusted` carries the very text that was shown.

    Args:
        standings: The files and how they stand.
        kept: What a file held when it was trusted last, by its path.
        held: Whether the project takes layers from them already.
    """

    trusted = Signal(object)
    forgotten = Signal(str)
    removed = Signal(str)

    def __init__(
        self, standings: Sequence[Standing], kept: Callable[[str], Source | None], *, held: bool,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle("Layers from a Python file")
        self._standings, self._kept, self._held = standings, kept, held
        self._shown = standings[0]
        self.choice = Choice(tuple(each.file.name for each in standings))
        self.choice.setAccessibleName("File")
        self.title, self._sign, self.state = QLabel(), QLabel(), QLabel()
        self.facts = [text_label("") for _ in range(4)]
        self._warned, self.warning = QLabel(), text_label(WARNING)
        self.source = SourceView()
        self.trust, self.cancel = QPushButton("Trust and run"), QPushButton("Cancel")
        self.forget, self.remove = QPushButton("Trust it no longer"), QPushButton("Take it out of the project")
        self._lay_out()
        self._wire()
        self.show_file(0)
        self.cancel.setFocus()

    # -- places

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(16)
        column.addLayout(self._head())
        column.addLayout(self._grid())
        column.addWidget(self.source, 1)
        column.addLayout(_beside(self._warned, self.warning))
        column.addLayout(self._foot())
        self.resize(_WIDTH, _HEIGHT)

    def _head(self) -> QHBoxLayout:
        self.title.setProperty("role", "title")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.choice)
        row.addStretch(1)
        row.addWidget(self._sign)
        row.addWidget(self.state)
        self.title.setVisible(len(self._standings) == 1)
        self.choice.setVisible(len(self._standings) > 1)
        return row

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, _LABEL)
        grid.setColumnStretch(1, 1)
        for row, (name, fact) in enumerate(zip(("Path", "SHA-256", "File", "Classes"), self.facts, strict=True)):
            label = QLabel(name)
            label.setProperty("role", "second")
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(fact, row, 1)
        self.facts[1].setFont(mono_font(TEXT))
        return grid

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.remove)
        row.addWidget(self.forget)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.trust)
        for button in (self.trust, self.forget, self.remove):
            button.setAutoDefault(False)
        self.cancel.setDefault(True)
        return row

    def _wire(self) -> None:
        self.choice.chosen.connect(lambda _name: self.show_file(self.choice.currentIndex()))
        self.cancel.clicked.connect(self.reject)
        self.trust.clicked.connect(self._trust)
        self.forget.clicked.connect(lambda: self._done(self.forgotten.emit))
        self.remove.clicked.connect(lambda: self._done(self.removed.emit))
        themes().changed.connect(self._tint)

    # -- what is shown

    def show_file(self, index: int) -> None:
        """Show one of the files."""
        self._shown = shown = self._standings[index]
        self.title.setText(shown.file.name)
        for fact, words in zip(self.facts, _facts(shown), strict=True):
            fact.setText(words)
        kept = self._kept(shown.file.file) if shown.state == "changed" else None
        text = shown.source.text if shown.source else shown.words
        self.source.show_text(text, difference(kept.text, text) if kept is not None and shown.source else "")
        asks = shown.state in ("off", "changed")
        self.trust.setVisible(asks)
        self.warning.setVisible(asks)
        self._warned.setVisible(asks)
        self.forget.setVisible(shown.state == "on")
        self.remove.setVisible(self._held)
        self.cancel.setText("Cancel" if asks else "Close")
        self._tint()

    def _tint(self) -> None:
        words, token, name = STATES[self._shown.state]
        ratio = self.devicePixelRatioF()
        self._sign.setPixmap(icon_pixmap(name, token, 16, ratio))
        self._warned.setPixmap(icon_pixmap("triangle-alert", "warning", 16, ratio))
        self.state.setText(words)

    # -- what is answered

    def _trust(self) -> None:
        source = self._shown.source
        self.accept()
        self.trusted.emit(source)

    def _done(self, say: Callable[[str], None]) -> None:
        self.accept()
        say(self._shown.file.file)


def _facts(shown: Standing) -> tuple[str, str, str, str]:
    """Path, hash, size with date, and the classes that it defines."""
    source = shown.source
    if source is None:
        return shown.file.file, "–", "–", ", ".join(shown.file.layers) or "–"
    size = QLocale.c().formattedDataSize(len(source.text.encode()), 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
    return source.path, source.sha256, f"{size}, changed {_when(source.path)}", ", ".join(source.layers) or "none"


def _when(path: str) -> str:
    try:
        seconds = Path(path).stat().st_mtime
    except OSError:
        return "at an unknown time"
    return QDateTime.fromSecsSinceEpoch(int(seconds)).toString("yyyy-MM-dd HH:mm")


def _beside(sign: QLabel, words: QLabel) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return row
