"""Samples as a wall of cards: picture or words, what each is, what was said. Only what is in sight is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QMenu

from engine.datasets import DataSpec
from gui.monitor.sample import ProbeSamples, as_image
from gui.results.shown import Shown
from gui.theme import LABEL, TEXT, colour, font, themes

WIDE, WORDY, PICTURE, WORDS_HIGH, LINE, GAP, PAD = 148, 190, 72, 46, 16, 8, 8
WORDED: Final = 248
MASKED: Final = "the sample, what it is, what was said"
MOST_IMAGES: Final = 1_000
ARROWS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
ROWS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SampleWall(QAbstractScrollArea):
    """Emits `followed` with a sample's place where it is double-clicked or entered, `pointed` with a place or None."""

    followed = Signal(int)
    pointed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.places: tuple[int, ...] = ()
        self.current = -1
        self._shown: Shown | None = None
        self._images = Images()
        self._fonts = font(TEXT), font(TEXT, bold=True), font(LABEL)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Samples")
        self.setMinimumWidth(WIDE + 2 * GAP)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)
        themes().changed.connect(self._retint)

    def _retint(self, _theme: object) -> None:
        self.viewport().update()

    def show_samples(self, shown: Shown, places: Sequence[int]) -> None:
        """Show samples of a verdict, by their places in it."""
        self._shown = shown
        if tuple(places) != self.places:
            self.places, self.current = tuple(places), -1
            self.verticalScrollBar().setValue(0)
        self._measure()
        self.viewport().update()

    # -- where cards are

    @property
    def _pictures(self) -> int:
        """How many pictures a card has: the sample, and what was made of it, or is to be told apart in it."""
        if self._shown is None or not self.places:
            return 0
        seen = self._shown.samples.picture(self._shown.index(self.places[0])) is not None
        return int(seen or self._is_made) + self._is_made + 2 * self._shown.is_mask

    @property
    def _is_made(self) -> bool:
        return self._shown is not None and self._shown.verdict.kind == "picture"

    def _size(self) -> tuple[int, int]:
        pictures = self._pictures
        wide = max(WIDE if pictures else WORDY, pictures * (PICTURE + 4) + 2 * PAD)
        top = PICTURE if pictures else WORDS_HIGH if self._has_words else 0
        if self._has_words and not pictures:
            wide = WORDED
        return wide, top + (2 + self._is_asked) * LINE + 2 * PAD + (4 if top else 0)

    @property
    def _is_asked(self) -> bool:
        """Whether a card tells what was to be said, one line above what was."""
        return bool(self._shown and self.places and self._shown.wanted(self.places[0]))

    @property
    def _has_words(self) -> bool:
        return bool(self._shown and self.places and self._shown.samples.words(self._shown.index(self.places[0])))

    def _columns(self) -> int:
        return max(1, (self.viewport().width() + GAP) // (self._size()[0] + GAP))

    def box(self, card: int) -> QRect:
        """Where a card is in the viewport."""
        (wide, high), columns = self._size(), self._columns()
        top = card // columns * (high + GAP) - self.verticalScrollBar().value()
        return QRect(card % columns * (wide + GAP), top, wide, high)

    def _at(self, at: QPoint) -> int:
        (wide, high), columns = self._size(), self._columns()
        row, column = (at.y() + self.verticalScrollBar().value()) // (high + GAP), at.x() // (wide + GAP)
        card = row * columns + column
        return card if column < columns and card < len(self.places) and self.box(card).contains(at) else -1

    def _measure(self) -> None:
        high = self._size()[1] + GAP
        whole = -(-len(self.places) // self._columns()) * high - GAP
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, whole - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(high // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    # -- pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        card = self._at(event.position().toPoint())
        self.pointed.emit(self.places[card] if card >= 0 else None)
        words = ""
        if card >= 0 and self._shown is not None:
            place = self.places[card]
            told = (self._shown.title(place), self._shown.wanted(place), self._shown.detail(place))
            words = "\n".join(part for part in told if part)
        self.viewport().setToolTip(words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go_to(self._at(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._follow(self._at(event.position().toPoint()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        card = self._at(event.pos()) if event.reason() == QContextMenuEvent.Reason.Mouse else self.current
        if card >= 0:
            menu = QMenu(self)
            menu.addAction("Follow this sample through the epochs", lambda: self._follow(card))
            menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        step = ARROWS.get(key, 0) + ROWS.get(key, 0) * self._columns()
        if step and self.places:
            self._go_to(max(0, min(len(self.places) - 1, self.current + step if self.current >= 0 else 0)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self._follow(self.current)
        else:
            super().keyPressEvent(event)

    def _go_to(self, card: int) -> None:
        self.current = card
        if card >= 0:
            box, bar = self.box(card), self.verticalScrollBar()
            bar.setValue(bar.value() + min(0, box.top()) + max(0, box.bottom() - self.viewport().height()))
            self.pointed.emit(self.places[card])
        self.viewport().update()

    def _follow(self, card: int) -> None:
        if card >= 0:
            self.followed.emit(self.places[card])

    # -- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._shown is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._fonts = font(TEXT), font(TEXT, bold=True), font(LABEL)
        pictures, worded = self._pictures, self._has_words
        high, bar = self._size()[1] + GAP, self.verticalScrollBar()
        first = bar.value() // high * self._columns()
        last = (bar.value() + self.viewport().height()) // high * self._columns() + self._columns()
        for card in range(first, min(last, len(self.places))):
            self._card(painter, self._shown, card, pictures, worded)
        painter.end()

    def _card(self, painter: QPainter, shown: Shown, card: int, pictures: int, worded: bool) -> None:
        box, place = self.box(card), self.places[card]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour("field"))
        painter.drawRoundedRect(box, 6, 6)
        if card == self.current:
            painter.setPen(QPen(colour("accent" if self.hasFocus() else "third"), 1))
            painter.drawRoundedRect(box.adjusted(0, 0, -1, -1), 6, 6)
        room = box.adjusted(PAD, PAD, -PAD, -PAD)
        if pictures:
            self._draw_pictures(painter, shown, place, room)
            room.setTop(room.top() + PICTURE + 4)
        elif worded:
            self._draw_words(painter, shown, place, QRect(room.topLeft(), room.topRight() + QPoint(0, WORDS_HIGH)))
            room.setTop(room.top() + WORDS_HIGH + 4)
        self._draw_lines(painter, shown, place, room)

    def _draw_pictures(self, painter: QPainter, shown: Shown, place: int, room: QRect) -> None:
        if self._is_made:
            found: list[QImage | None] = [made(shown, place, said=False), made(shown, place, said=True)]
        else:
            found = [self._images.of(shown.samples, shown.index(place))]
            found += [mask(shown, place, said=said) for said in (False, True) if shown.is_mask]
        for number, image in enumerate(found):
            if image is not None:
                size = image.size().scaled(PICTURE, PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
                at = room.topLeft() + QPoint(number * (PICTURE + 4), (PICTURE - size.height()) // 2)
                painter.drawImage(QRect(at, size), image)

    def _draw_words(self, painter: QPainter, shown: Shown, place: int, room: QRect) -> None:
        painter.setFont(font(LABEL))
        painter.setPen(colour("second"))
        wrap = QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        words = "\n".join(shown.samples.words(shown.index(place)))
        painter.save()
        painter.setClipRect(room)
        painter.drawText(room, words if len(words) < 150 else words[:149] + "…", wrap)
        painter.restore()

    def _draw_lines(self, painter: QPainter, shown: Shown, place: int, room: QRect) -> None:
        plain, bold, small = self._fonts
        detail = MASKED if shown.is_mask else shown.detail(place)
        lines = [(shown.title(place), bold if shown.is_wrong(place) else plain, "text"),
                 (shown.wanted(place), small, "second"), (detail, small, "second")]  # fmt: skip
        lines = [line for line in lines if line[0]]
        for number, (words, letters, token) in enumerate(lines):
            painter.setFont(letters)
            painter.setPen(colour(token))
            at = QRect(room.left(), room.top() + number * LINE, room.width(), LINE)
            words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(at, Qt.AlignmentFlag.AlignVCenter, words)


class Images:
    """The pictures of samples, as far as they were looked at lately."""

    def __init__(self) -> None:
        self._kept: dict[int, QImage | None] = {}
        self._spec: DataSpec | None = None

    def of(self, samples: ProbeSamples, index: int) -> QImage | None:
        """Return a sample's picture; None where it has none, or is not read yet."""
        if samples.spec is not self._spec or len(self._kept) > MOST_IMAGES:
            self._kept, self._spec = {}, samples.spec
        if index not in self._kept:
            picture = samples.picture(index)
            self._kept[index] = None if picture is None else as_image(picture)
        return self._kept[index]


def made(shown: Shown, place: int, *, said: bool) -> QImage:
    """Return an image that was to be made, or that was made; both between the same darkest and brightest."""
    values = shown.verdict.predictions[place] if said else shown.verdict.targets[place]
    image = np.asarray(values if values.ndim == 3 else values[..., np.newaxis], np.float32)
    low, high = (shown.column.least, shown.column.highest) if shown.column is not None else (0.0, 1.0)
    return as_image(np.clip(image, low, high))


def mask(shown: Shown, place: int, *, said: bool) -> QImage:
    """Return the class of each pixel, as it is or as it was said: the first dark, the last bright; of many, some."""
    labels = shown.labels(place, said=said)
    every = max(1, min(labels.shape) // (2 * PICTURE))
    labels = labels[::every, ::every].astype(np.int64).clip(0)
    grey = np.ascontiguousarray(labels * 255 // max(1, shown.verdict.width - 1), np.uint8)
    return QImage(grey.data, grey.shape[1], grey.shape[0], grey.shape[1], QImage.Format.Format_Grayscale8).copy()
