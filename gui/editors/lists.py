"""The drop-down list that editors are made of. It knows no parameter."""

from __future__ import annotations

from time import monotonic
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QToolTip,
)

#: What a list's frame, padding and arrow take of its width.
EDGES: Final = 34
#: As many letters have room in a list at least.
LEAST: Final = 4
#: A list of more words is searched within them, and not by their beginnings alone.
LONG: Final = 12
#: Letters that follow each other within this time are one word.
PAUSE: Final = 1.0
_COMBO: Final = QStyle.ComplexControl.CC_ComboBox


class WordList(QListView):
    """A long list in which typed letters go to the first word that begins with them, or else holds them."""

    def __init__(self) -> None:
        super().__init__()
        self._typed, self._at = "", 0.0
        self.setUniformItemSizes(True)  # else each word is measured anew whenever the list is touched

    def keyboardSearch(self, letters: str) -> None:
        now = monotonic()
        self._typed, self._at = (self._typed if now - self._at < PAUSE else "") + letters.lower(), now
        model = self.model()
        words = [str(model.index(row, 0).data()).lower() for row in range(model.rowCount())]
        rows = [row for row in range(len(words)) if model.index(row, 0).flags() & Qt.ItemFlag.ItemIsEnabled]
        fits = [row for row in rows if words[row].startswith(self._typed)]
        fits += [row for row in rows if self._typed in words[row]]
        if fits:
            self.setCurrentIndex(model.index(fits[0], 0))


class Choice(QComboBox):
    """A drop-down list that a turning wheel passes over; `chosen` is a person's choice."""

    chosen = Signal(str)

    def __init__(self, words: tuple[str, ...], placeholder: str = "") -> None:
        super().__init__()
        #: Paints the words of the list, where they are painted in a way of their own.
        self._drawer: QStyledItemDelegate | None = None
        self.addItems(words)
        self.setPlaceholderText(placeholder)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(LEAST)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(16)
        self.textActivated.connect(self.chosen)

    def sizeHint(self) -> QSize:
        """Ask for no more room than it needs at least: Qt counts the placeholder, and panels would be that wide."""
        return QSize(self.minimumSizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST * self.fontMetrics().averageCharWidth() + EDGES, super().minimumSizeHint().height())

    def show_word(self, word: str | None) -> None:
        """Show a word of the list, or, for None or a word that is not in it, the placeholder."""
        self.setCurrentIndex(-1 if word is None else self.findText(word))

    def showPopup(self) -> None:
        """Open the list wide enough for its longest word."""
        self._make_searched()
        self.view().setMinimumWidth(min(360, self.view().sizeHintForColumn(0) + 32))
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._make_searched()
        super().keyPressEvent(event)

    def draw_with(self, drawer: QStyledItemDelegate) -> None:
        """Paint the words of the list in a way of their own."""
        self._drawer = drawer
        self.setItemDelegate(drawer)

    def _make_searched(self) -> None:
        """Let a long list be searched from its first use on: making that with each form takes too long."""
        if self.count() > LONG and not isinstance(self.view(), WordList):
            self.setView(WordList())
            if self._drawer is not None:
                self.setItemDelegate(self._drawer)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a list that was just used has the focus, and would change under the pointer."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint as Qt does, but end a word that has no room in an ellipsis."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.seen()
        painter.drawComplexControl(_COMBO, option)
        if self.currentIndex() >= 0:
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
            return
        # A style sheet paints every word in the field's own colour, a placeholder too.
        box = self.style().subControlRect(_COMBO, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        painter.setPen(self.palette().placeholderText().color())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), option.currentText)

    @property
    def beside(self) -> int:
        """Pixels that something beside the word takes."""
        return 0

    def seen(self) -> str:
        """The word as it is painted."""
        room = self.width() - EDGES - self.beside
        return self.fontMetrics().elidedText(self._whole(), Qt.TextElideMode.ElideRight, room)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self.seen() != self._whole():
            QToolTip.showText(event.globalPos(), self._whole(), self)
            return True
        return super().event(event)

    def _whole(self) -> str:
        return self.currentText() if self.currentIndex() >= 0 else self.placeholderText()
