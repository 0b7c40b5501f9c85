"""The view of a few samples through the epochs: what was said of each, a strip for each sample. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QVBoxLayout, QWidget

from engine.verdict import Verdict
from gui.results.shown import Shown
from gui.results.strips import HIGH, Thumbs, draw, read
from gui.results.view import View, line
from gui.results.wall import Images
from gui.theme import LABEL, colour, font, themes

GAP, PICTURE, WORDS = 8, 40, 132
FIRST: Final = 8


class Strips(QAbstractScrollArea):
    """A row for each sample; `dropped` carries the index of one that is to be followed no more."""

    said = Signal(str)
    dropped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.indices: tuple[int, ...] = ()
        self.current = -1
        self._shown: Shown | None = None
        self._images, self._thumbs = Images(), Thumbs()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Samples through the epochs")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        themes().changed.connect(self._retint)

    def _retint(self, _theme: object) -> None:
        self.viewport().update()

    def show_samples(self, shown: Shown, indices: Sequence[int]) -> None:
        """Show samples by their places in their part of the data; those that are not judged are left out."""
        judged = set(shown.verdict.indices.tolist())
        self._shown, self.indices = shown, tuple(index for index in indices if index in judged)
        self.current = min(self.current, len(self.indices) - 1)
        self._measure()
        self.viewport().update()

    def place(self, index: int) -> int:
        assert self._shown is not None  # noqa: S101 - asked where something is shown
        return int(np.searchsorted(self._shown.verdict.indices, index))

    def _measure(self) -> None:
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, len(self.indices) * (HIGH + GAP) - GAP - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(HIGH + GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def _row(self, row: int) -> QRect:
        top = row * (HIGH + GAP) - self.verticalScrollBar().value()
        return QRect(0, top, self.viewport().width(), HIGH)

    def _strip(self, row: int) -> QRectF:
        box = self._row(row)
        return QRectF(box.left() + self._left, box.top(), max(20, box.width() - self._left - 8), HIGH)

    @property
    def _left(self) -> int:
        return PICTURE + GAP + WORDS if self._pictured else WORDS

    @property
    def _pictured(self) -> bool:
        shown = self._shown
        return bool(shown and self.indices and shown.samples.picture(self.indices[0]) is not None)

    # -- pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        row = (round(at.y()) + self.verticalScrollBar().value()) // (HIGH + GAP)
        if self._shown is None or not 0 <= row < len(self.indices):
            self.said.emit("")
            return
        strip, epochs = self._strip(row), self._shown.history
        moment = int((at.x() - strip.left()) / strip.width() * len(epochs))
        self.said.emit(self._told(row, epochs[moment]) if 0 <= moment < len(epochs) else "")

    def _told(self, row: int, moment: Verdict) -> str:
        assert self._shown is not None  # noqa: S101 - asked where something is shown
        shown = Shown(moment, self._shown.samples, (), self._shown.column)
        place = self.place(self.indices[row])
        words = " · ".join(part for part in (shown.title(place), shown.detail(place)) if part)
        return f"Sample {self.indices[row]}, epoch {moment.epoch}: {words}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = (round(event.position().y()) + self.verticalScrollBar().value()) // (HIGH + GAP)
        self._go_to(row if row < len(self.indices) else -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and self.indices:
            self._go_to(max(0, min(len(self.indices) - 1, self.current + step)))
        elif event.key() == Qt.Key.Key_Delete and 0 <= self.current < len(self.indices):
            self.dropped.emit(self.indices[self.current])
        else:
            super().keyPressEvent(event)

    def _go_to(self, row: int) -> None:
        self.current = row
        if row >= 0 and self._shown is not None:
            box, bar = self._row(row), self.verticalScrollBar()
            bar.setValue(bar.value() + min(0, box.top()) + max(0, box.bottom() - self.viewport().height()))
            self.said.emit(self._told(row, self._shown.verdict))
        self.viewport().update()

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        shown = self._shown
        if shown is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first = self.verticalScrollBar().value() // (HIGH + GAP)
        last = min(len(self.indices), first + self.viewport().height() // (HIGH + GAP) + 2)
        for row in range(first, last):
            self._head(painter, shown, row)
            draw(painter, shown, self.place(self.indices[row]), self._strip(row), self._thumbs)
            self._now(painter, shown, self._strip(row))
        painter.end()

    def _head(self, painter: QPainter, shown: Shown, row: int) -> None:
        box, index = self._row(row), self.indices[row]
        image = self._images.of(shown.samples, index)
        if image is not None:
            size = image.size().scaled(PICTURE, PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRect(box.topLeft() + QPoint(0, (HIGH - size.height()) // 2), size), image)
        words = QRect(box.left() + self._left - WORDS, box.top() + 4, WORDS - GAP, HIGH - 8)
        place = self.place(index)
        for number, (text, token) in enumerate(((shown.title(place), "text"), (shown.detail(place), "second"))):
            painter.setFont(font(LABEL + 1 - number, bold=not number and row == self.current))
            painter.setPen(colour(token))
            at = QRect(words.left(), words.top() + number * 18, words.width(), 18)
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, words.width())
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, text)

    def _now(self, painter: QPainter, shown: Shown, strip: QRectF) -> None:
        """Mark the epoch that the page shows."""
        count = len(shown.history)
        if count < 2:
            return
        place = next((at for at, each in enumerate(shown.history) if each is shown.verdict), count - 1)
        x = strip.left() + (place + 0.5) * strip.width() / max(1, count)
        painter.setPen(QPen(colour("text"), 1))
        painter.drawLine(QPointF(x, strip.top() - 2), QPointF(x, strip.bottom() + 2))


class FixedView(View):
    """Follows chosen samples, at first the first ones."""

    TITLE = "Fixed samples"
    TIP = "What was said of the same samples, epoch by epoch"
    KINDS = frozenset({"classes", "binary", "numbers", "picture"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._added: tuple[int, ...] = ()
        self._dropped: frozenset[int] = frozenset()
        self.strips = Strips()
        self.strips.said.connect(self.said)
        self.strips.dropped.connect(self.drop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.strips)

    @property
    def indices(self) -> list[int]:
        """The samples that are followed, by their places in their part of the data: those added, then the first."""
        first = self._shown.verdict.indices[:FIRST].tolist() if self._shown is not None else []
        return [index for index in dict.fromkeys((*self._added, *first)) if index not in self._dropped]

    def show_verdict(self, shown: Shown) -> None:
        self._shown, self.rest = shown, read(shown.verdict)
        self._refresh()

    def follow(self, index: int) -> None:
        """Follow a sample as well, as the first."""
        self._added = (index, *(other for other in self._added if other != index))
        self._dropped -= {index}
        self._refresh()

    def drop(self, index: int) -> None:
        """Follow a sample no more."""
        self._added = tuple(other for other in self._added if other != index)
        self._dropped |= {index}
        self._refresh()

    def _refresh(self) -> None:
        if self._shown is not None:
            self.strips.show_samples(self._shown, self.indices)

    def rows(self) -> Iterator[str]:
        if self._shown is None:
            return
        yield line("sample", "epoch", "is and said", "detail")
        for index in self.strips.indices:
            for each in self._shown.history:
                shown, place = Shown(each, self._shown.samples, (), self._shown.column), self.strips.place(index)
                yield line(index, each.epoch, shown.title(place), shown.detail(place))
