"""Sections side by side in as many columns as there is room for: one where it is narrow, four where it is wide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

#: The least width of a column; with less room for all there is one column fewer.
LEAST: Final = 236
GAP: Final = 28


class Columns(QWidget):
    """Places its sections in columns of one width, each as tall as it needs to be at that width.

    They go into the columns by turns; where they are `packed`, each into the one that is shortest so far.
    """

    def __init__(
        self, sections: Sequence[QWidget], *, packed: bool = False, least: int = LEAST, gap: int = GAP
    ) -> None:
        super().__init__()
        self._sections, self._packed, self._least, self._gap = sections, packed, least, gap
        for section in sections:
            section.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 1 for _, place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(
            fitting(self.width(), len(self._sections), self._least, self._gap) * self._least,
            self.heightForWidth(self.width()),
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        for section, place in self._places(self.width()):
            section.setGeometry(place)

    def _places(self, width: int) -> Iterator[tuple[QWidget, QRect]]:
        shown = [section for section in self._sections if not section.isHidden()]
        count = fitting(width, len(shown), self._least, self._gap)
        wide = (width - (count - 1) * self._gap) // count
        tops = [0] * count
        for number, section in enumerate(shown):
            column = tops.index(min(tops)) if self._packed else number % count
            tall = section.heightForWidth(wide) if section.hasHeightForWidth() else section.sizeHint().height()
            yield section, QRect(column * (wide + self._gap), tops[column], wide, tall)
            tops[column] += tall + self._gap


def fitting(width: int, most: int, least: int = LEAST, gap: int = GAP) -> int:
    """How many columns fit a width."""
    return max(1, min(most, (width + gap) // (least + gap)))
