"""The row above the results: which samples, which output, which epoch, export. Knows no verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from engine.judging_messages import Share
from gui.editors.boxes import Listed
from gui.editors.labels import ElidedLabel
from gui.monitor.switch import Switch
from gui.results.scrubber import Scrubber
from gui.theme import icon, themes

EXPORTS: Final[Mapping[str, str]] = {"csv": "Table (CSV)…", "png": "Picture (PNG, twice as fine)…"}
#: A longer slider goes through the epochs no finer.
WIDEST: Final = 420
PARTS: Final[Mapping[str, str]] = {"validation": "Validation", "test": "Test"}
WHY_NOT: Final = "Use the test set first, in the view Test set"
COLLECT: Final = (
    "Keep the predictions of every epoch, whether or not this page is open: then the epochs begin at the first. "
    "It costs up to a tenth of the time."
)


class Head(QWidget):
    """Emits `chosen` where other samples or another output are, `collected`, and `export_asked` with a kind."""

    chosen = Signal()
    collected = Signal(bool)
    export_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = Switch("Samples", PARTS, "")
        self.outputs, self.scrubber, self.stamp = Listed(), Scrubber(), ElidedLabel()
        self.keep, self.save = QToolButton(), QToolButton()
        self._prepare()
        self._lay_out()
        self.parts.chosen.connect(lambda _word: self.chosen.emit())
        self.outputs.activated.connect(lambda _place: self.chosen.emit())
        self.keep.toggled.connect(self.collected)
        themes().changed.connect(self._tint)
        self._tint()
        self.offer((), tested=False)

    def _prepare(self) -> None:
        self.outputs.setAccessibleName("Output")
        self.outputs.setToolTip("The output that is judged")
        self.stamp.setProperty("role", "second")
        self.scrubber.setMaximumWidth(WIDEST)
        self.keep.setCheckable(True)
        self.keep.setProperty("role", "flat")
        self.keep.setToolTip(COLLECT)
        self.keep.setAccessibleName("Keep the predictions of every epoch")
        self.save.setProperty("role", "flat")
        self.save.setToolTip("Export what is shown")
        self.save.setAccessibleName("Export")
        self.save.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(self.save)
        for kind, words in EXPORTS.items():
            menu.addAction(words).triggered.connect(partial(self._export, kind))
        self.save.setMenu(menu)
        for button in (self.keep, self.save):
            button.setIconSize(QSize(16, 16))

    def _export(self, kind: str, _checked: bool = False) -> None:
        self.export_asked.emit(kind)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget, stretch in (
            (self.parts, 0), (self.outputs, 0), (self.stamp, 1), (self.scrubber, 2), (self.keep, 0), (self.save, 0),
        ):  # fmt: skip
            layout.addWidget(widget, stretch)

    def _tint(self) -> None:
        self.keep.setIcon(icon("history"))
        self.save.setIcon(icon("download"))

    def offer(self, outputs: Sequence[str], *, tested: bool) -> None:
        """Have these outputs to choose from, and the test samples where they were used."""
        if [self.outputs.itemText(place) for place in range(self.outputs.count())] != list(outputs):
            before = self.outputs.currentText()
            self.outputs.clear()
            self.outputs.addItems(outputs)
            self.outputs.setCurrentText(before)
        self.outputs.setVisible(len(outputs) > 1)
        if not tested and self.parts.choice == "test":
            self.parts.choose("validation")
        self.parts.allow("test", tested, WHY_NOT)
        self.save.setEnabled(bool(outputs))

    def say(self, words: str, tip: str) -> None:
        """Say which samples these are."""
        self.stamp.setText(words)
        self.stamp.setToolTip(tip)

    @property
    def part(self) -> Share:
        return "test" if self.parts.choice == "test" else "validation"

    @property
    def output(self) -> str:
        return self.outputs.currentText()
