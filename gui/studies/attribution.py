"""A sample, and beside it what of it the answer hangs on, laid over it. Knows no run and no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.messages import Attributed
from engine.plotting.pyramid import Floats
from gui.monitor.sample import as_image
from gui.studies.colours import AGAINST, FOR, enlarged, overlay, strengths
from gui.studies.written import FILLER, place_at, stripes, word_boxes, worded
from gui.theme import LABEL, colour, font, swatch, themes

GAP, HEAD, FOOT = 16, 20, 26
LARGEST: Final = 420
#: What lies over the sample stands out where the sample itself is fainter.
FAINT: Final = 0.45


@dataclass(frozen=True, slots=True)
class Manner:
    """How it is shown: `look` is "strength" or "times", for gradients; `opacity` of what lies over the sample."""

    look: str = "strength"
    opacity: float = 0.8


def shown(answer: Attributed, look: str) -> tuple[Floats, bool]:
    """Return the values to show, one for each place of the sample, and whether less than nought has a meaning.

    Of colours the strongest counts where only strength is shown (Simonyan et al. 2013), else their sum.
    """
    values, given = answer.values.numpy().astype(np.float64), answer.given.numpy()
    if answer.signed and values.shape == given.shape and values.size and np.issubdtype(given.dtype, np.floating):
        values = np.abs(values) if look == "strength" else values * given
        if values.ndim == 3:
            values = values.max(axis=-1) if look == "strength" else values.sum(axis=-1)
        return values, look != "strength"
    return values, answer.signed


def _kind(given: Floats) -> str:
    """Say how a sample is drawn: as a picture, as words, or as numbers in a row."""
    if given.ndim == 3 and given.shape[-1] in (1, 3):
        return "picture"
    return "words" if given.ndim == 1 and not np.issubdtype(given.dtype, np.floating) else "numbers"


class AttributionView(QWidget):
    """Emits `pointed` with words about the place under the pointer."""

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answers: dict[str, Attributed] = {}
        self.words: Mapping[str, tuple[str, ...]] = {}
        self.manner = Manner()
        self._asked = 0
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAccessibleName("What of the sample the answer hangs on")
        themes().changed.connect(self.update)

    def show_answer(self, answer: Attributed) -> None:
        if answer.asked != self._asked:
            self.answers, self._asked = {}, answer.asked
        self.answers[answer.input] = answer
        self.update()

    def show_manner(self, manner: Manner) -> None:
        self.manner = manner
        self.update()

    def clear(self) -> None:
        self.answers = {}
        self.update()

    # -- drawing

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        signed = False
        for name, room in self._rooms():
            signed |= shown(self.answers[name], self.manner.look)[1]
            self._draw(painter, room, self.answers[name])
        if self.answers:
            self._draw_scale(painter, signed=signed)
        painter.end()

    def _rooms(self) -> Iterator[tuple[str, QRectF]]:
        """The room of each input, one below the other."""
        height = (self.height() - FOOT) / max(1, len(self.answers))
        for place, name in enumerate(self.answers):
            yield name, QRectF(0, place * height, self.width(), height - 4)

    def _draw(self, painter: QPainter, room: QRectF, answer: Attributed) -> None:
        given = answer.given.numpy()
        values, signed = shown(answer, self.manner.look)
        kind = _kind(given)
        if kind == "picture":
            self._draw_pictures(painter, room, given, values, signed=signed)
        elif kind == "words":
            worded(painter, room, self.spelled(answer), strengths(_at_places(values, given.shape)), self.manner.opacity)
        else:
            stripes(painter, room, given, _at_places(values, given.shape[:1]), self.manner.opacity, signed=signed)

    def spelled(self, answer: Attributed) -> list[str]:
        words, numbers = self.words.get(answer.input, ()), answer.given.numpy().reshape(-1)
        return [words[number] if 0 <= number < len(words) else str(number) for number in numbers.tolist()]

    def _squares(self, room: QRectF, shape: tuple[int, ...]) -> tuple[QRectF, QRectF]:
        """Where the plain sample and the one that is laid over stand, as large as they can be."""
        side = min((room.width() - GAP) / 2 / shape[1], (room.height() - HEAD) / shape[0], LARGEST / max(shape[:2]))
        width, height = side * shape[1], side * shape[0]
        return QRectF(0, room.top() + HEAD, width, height), QRectF(width + GAP, room.top() + HEAD, width, height)

    def _draw_pictures(
        self, painter: QPainter, room: QRectF, given: Floats, values: Floats, *, signed: bool
    ) -> None:  # fmt: skip
        plain, covered = self._squares(room, given.shape)
        sample = as_image(given)
        painter.setFont(font(LABEL))
        painter.setPen(colour("third"))
        hangs = "what the answer hangs on" if values.any() else "nothing here speaks for the answer"
        for place, word in ((plain, "the sample"), (covered, hangs)):
            painter.drawText(QRectF(place.left(), room.top(), 240, HEAD - 4), Qt.AlignmentFlag.AlignBottom, word)
            painter.setOpacity(1.0 if place is plain else FAINT)
            painter.drawImage(place, sample)
            painter.setOpacity(1.0)
        coarse = values.shape != given.shape[:2]
        fine = enlarged(values, (4 * given.shape[0], 4 * given.shape[1])) if coarse else values
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, coarse)
        painter.drawImage(covered, overlay(fine, self.manner.opacity))

    def _draw_scale(self, painter: QPainter, *, signed: bool) -> None:
        """Say which colour speaks for the answer."""
        painter.setFont(font(LABEL))
        words = (("for it", swatch(FOR)), ("against it", swatch(AGAINST))) if signed else ()
        x = 0
        for word, tint in words:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tint)
            painter.drawRoundedRect(QRectF(x, self.height() - 16, 10, 10), 2, 2)
            painter.setPen(colour("second"))
            painter.drawText(QPointF(x + 16, self.height() - 7), word)
            x += 84

    # -- pointing

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointed.emit(self.words_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit("")

    def words_at(self, at: QPointF) -> str:
        """Say the value at a point: of a pixel, a word, a step of a series or a number of a vector."""
        name, room = next(((name, room) for name, room in self._rooms() if room.contains(at)), ("", QRectF()))
        answer = self.answers.get(name)
        if answer is None:
            return ""
        given, values = answer.given.numpy(), shown(answer, self.manner.look)[0]
        tellers = {"picture": self._pixel_words, "words": self._word_words, "numbers": self._number_words}
        told = tellers[_kind(given)](at, room, answer, values)
        return f"{name} · {told}" if told and len(self.answers) > 1 else told

    def _pixel_words(self, at: QPointF, room: QRectF, answer: Attributed, values: Floats) -> str:
        height, width = answer.given.numpy().shape[:2]
        for square in self._squares(room, (height, width)):
            if square.contains(at):
                x, y = (at.x() - square.left()) / square.width(), (at.y() - square.top()) / square.height()
                value = values[int(y * values.shape[0]), int(x * values.shape[1])]
                return f"row {int(y * height)}, column {int(x * width)}: {value:.4g}"
        return ""

    def _word_words(self, at: QPointF, room: QRectF, answer: Attributed, values: Floats) -> str:
        words, strong = self.spelled(answer), _at_places(values, answer.given.numpy().shape)
        place = next((place for place, box in enumerate(word_boxes(room, words)) if box.contains(at)), None)
        return "" if place is None else f"word {place}, {words[place] or FILLER}: {strong[place]:.4g}"

    def _number_words(self, at: QPointF, room: QRectF, answer: Attributed, values: Floats) -> str:
        given = answer.given.numpy()
        place, strong = place_at(at, room, given), _at_places(values, given.shape[:1])
        if place is None:
            return ""
        what = f"column {place}, {float(given[place]):.3g}" if given.ndim == 1 else f"step {place}"
        return f"{what}: {strong[place]:.4g}"

    def rows(self) -> Iterator[str]:
        """Spell the values as a table: input, place, sample, value."""
        yield "input,place,sample,value\n"
        for name, answer in self.answers.items():
            given, values = answer.given.numpy(), answer.values.numpy()
            same = given.shape == values.shape
            for place in np.ndindex(values.shape):
                sample = given[place] if same else ""
                yield f"{name},{' '.join(map(str, place))},{sample},{values[place]:.8g}\n"


def _at_places(values: Floats, shape: tuple[int, ...]) -> Floats:
    """Return one value for each place: features are summed, a map of fewer places is spread."""
    if values.ndim > 1:
        values = values.sum(axis=tuple(range(1, values.ndim)))
    if len(values) == shape[0]:
        return values
    spread: Floats = enlarged(values[np.newaxis], (1, shape[0]))[0]
    return spread
