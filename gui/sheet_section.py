"""One group of the sheet of shortcuts, painted: what is done at the left, its keys at the right. Knows no action."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui import key_chips
from gui.theme import LABEL, TEXT, colour, font

TITLE, ROW, GAP = 28, 26, 4
_WRAPPED: Final = int(Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value)


@dataclass(frozen=True, slots=True)
class Line:
    """What is done, and how: its keys, or how the mouse does it."""

    words: str
    hows: tuple[str, ...]

    def fits(self, query: str) -> bool:
        """Whether every typed word stands in it; a key is found as it is written."""
        text = f"{self.words} {' '.join(self.hows)}".lower()
        return all(word in text for word in query.lower().split())


class Section(QWidget):
    """A title and its lines; words that have no room beside their keys go on in the next row."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.lines: Sequence[Line] = ()
        #: Where the lines stand, by the width: a layout asks often.
        self._laid: dict[int, list[QRect]] = {}
        self._words = QFontMetrics(font(TEXT))
        self.setAccessibleName(title)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show these lines, or nothing at all where there are none."""
        self.lines = lines
        self._laid.clear()
        self.setAccessibleDescription("; ".join(f"{line.words}: {' or '.join(line.hows)}" for line in lines))
        self.setVisible(bool(lines))
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return TITLE + sum(box.height() for box in self._places(width))

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.heightForWidth(self.width()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(LABEL, bold=True))
        painter.setPen(colour("third"))
        painter.drawText(QRect(0, 0, self.width(), TITLE - 7), Qt.AlignmentFlag.AlignVCenter, self._title.upper())
        for line, box in zip(self.lines, self._places(self.width()), strict=True):
            self._paint_line(painter, line, box)

    def _places(self, width: int) -> Sequence[QRect]:
        if width not in self._laid:
            self._laid[width] = list(self._lay(width))
        return self._laid[width]

    def _lay(self, width: int) -> Iterator[QRect]:
        top = TITLE
        for line in self.lines:
            room = QRect(0, 0, width - key_chips.width(line.hows) - 2 * GAP, 10_000)
            tall = max(ROW, self._words.boundingRect(room, _WRAPPED, line.words).height() + 2 * GAP)
            yield QRect(0, top, width, tall)
            top += tall

    def _paint_line(self, painter: QPainter, line: Line, box: QRect) -> None:
        painter.setFont(font(TEXT))
        painter.setPen(colour("text"))
        room = box.adjusted(0, GAP + 1, -key_chips.width(line.hows) - 2 * GAP, 0)
        painter.drawText(room, _WRAPPED, line.words)
        key_chips.paint(painter, box.right() + 1, box.top() + ROW / 2, line.hows)
