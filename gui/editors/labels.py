"""The labels of forms: what has no room ends in an ellipsis, and a drag along one steps. They know no parameter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QHideEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QToolTip

from gui.editors import drags


class ElidedLabel(QLabel):
    """One line of text that ends in an ellipsis where there is no room; `scrubbed` are steps of a drag along it."""

    scrubbed = Signal(int)
    pressed = Signal()
    #: Pixels that the pointer travels for one step.
    TRAVEL: Final = 8

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._from: int | None = None
        #: Spells the tooltip when it is asked for, where it has one that takes long to spell.
        self.tip: Callable[[], str] | None = None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and self.tip is not None:
            QToolTip.showText(event.globalPos(), self.tip(), self)
            return True
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().windowText().color())
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = round(event.position().x())
        drags.begin()
        self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        steps = int((round(event.position().x()) - self._from) / self.TRAVEL)
        if steps:
            self._from += steps * self.TRAVEL
            self.scrubbed.emit(steps)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._from = None
        drags.end()

    def hideEvent(self, event: QHideEvent) -> None:
        """End a drag that will not see its release."""
        super().hideEvent(event)
        if self._from is not None:
            self._from = None
            drags.end()


class RowLabel(ElidedLabel):
    """The label of a form's row: what does not fit on one line goes on in a second, which ends in an ellipsis."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().lineSpacing() * len(self.lines()))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def lines(self) -> list[str]:
        """The text as it is painted: broken between words where it does not fit on one line."""
        metrics, words, first = self.fontMetrics(), self.text().split(" "), 1
        while first < len(words) and metrics.horizontalAdvance(" ".join(words[: first + 1])) <= self.width():
            first += 1
        lines = [" ".join(part) for part in (words[:first], words[first:]) if part]
        return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, self.width()) for line in lines]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().windowText().color())
        metrics, lines = self.fontMetrics(), self.lines()
        # Qt's own break of lines takes a pixel more for each, and cuts the last where the row has just their height.
        base = (self.height() - len(lines) * metrics.lineSpacing()) // 2 + metrics.ascent()
        for place, line in enumerate(lines):
            painter.drawText(0, base + place * metrics.lineSpacing(), line)
