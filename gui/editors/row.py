"""A row of a form: a label, an editor beside it, what is said below both, and the way back to the default.

Knows no form.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gui.editors.base import Editor
from gui.editors.fields import IconButton, restyle
from gui.editors.labels import RowLabel
from gui.editors.sections import default_words, help_html

RESET_WIDTH: Final = 18
#: The row's width at which its label is as wide as the form says, and how far that may shrink and grow.
USUAL_WIDTH: Final = 260
LEAST, MOST = 0.85, 1.4
GAP: Final = 8


class Row(QWidget):
    """A label, an editor beside it, and what the editor says below both; a changed value stands out.

    `reset` asks for the default.
    """

    reset = Signal()

    def __init__(self, editor: Editor, words: str) -> None:
        super().__init__()
        self.editor = editor
        self.label = self._make_label(words)
        self._reset: IconButton | None = None
        self._changed = self._faulty = False
        self._line = QHBoxLayout()
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._line.addWidget(self.label)
        self._line.addSpacing(GAP)
        self._line.addWidget(editor, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._line)
        editor.use_row(column)
        self._colour()

    def show_changed(self, *, changed: bool) -> None:
        """Set a value apart that is not the default, and offer the default back."""
        self._changed = changed
        if changed and self._reset is None:
            self._reset = self._make_reset()
        if self._reset is not None:
            self._reset.setVisible(changed)
        self._colour()
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        """Give the label its share of the row's width: the two columns keep their balance as a panel is resized."""
        usual = self.editor.context.label_width
        share = round(min(max(self.width() * usual / USUAL_WIDTH, LEAST * usual), MOST * usual))
        width = share - (RESET_WIDTH if self._changed else 0)
        if width != self.label.width():
            self.label.setFixedWidth(width)

    def show_fault(self, *, faulty: bool) -> None:
        """Mark that a problem is about this value."""
        if faulty is not self._faulty:
            self._faulty = faulty
            self._colour()

    def _colour(self) -> None:
        role = "bad" if self._faulty else "changed" if self._changed else "second"
        if role != self.label.property("role"):
            self.label.setProperty("role", role)
            restyle(self.label)

    def _make_label(self, words: str) -> RowLabel:
        made = RowLabel(words)
        made.setFixedWidth(self.editor.context.label_width)
        made.tip = lambda: help_html(self.editor.parameter)
        made.setBuddy(self.editor)
        made.pressed.connect(self.editor.setFocus)
        if self.editor.steps:
            made.setCursor(Qt.CursorShape.SizeHorCursor)
            made.scrubbed.connect(self.editor.step)
        return made

    def _make_reset(self) -> IconButton:
        parameter = self.editor.parameter
        words = f"Reset {parameter.label} to {default_words(parameter) if not parameter.required else 'the default'}"
        made = IconButton("rotate-ccw", words, px=12, side=RESET_WIDTH)
        made.setAccessibleName(words.replace(parameter.label, self.editor.spoken, 1))
        made.clicked.connect(self.reset)
        self._line.insertWidget(1, made)
        for widget in (made, self.editor, self.label):  # the Tab key meets it before a form that stands below
            widget.lower()
        return made
