"""One sample through the epochs as a strip: chances, right words, numbers, pictures. Knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPolygonF

from engine.scores import Floats
from engine.verdict import HALF, Tensor, Verdict
from gui.results.shown import Shown
from gui.results.wall import made
from gui.theme import colour

HIGH: Final = 48
THUMB: Final = 40
#: Thumbnails in a strip, and those that are kept, at most.
MOST_THUMBS, MOST_KEPT = 12, 4_000
#: From so many pixels on, epochs stand apart.
APART: Final = 5
#: How a strip is read, by what is drawn in it.
READ: Final[Mapping[str, str]] = {
    "chances": "Epoch by epoch: blue is the chance of the right class, orange of the likeliest wrong",
    "places": "Epoch by epoch: blue is the share that was said rightly, orange wrongly",
    "numbers": "From the first epoch to the last: the line is what was said, the dashed rule what is true",
    "picture": "From the first epoch to the last: what was made of the sample",
}


class Thumbs:
    """The pictures that were made of samples, as far as they were looked at."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int], QImage] = {}
        self._first: Verdict | None = None

    def of(self, shown: Shown, moment: Verdict, place: int) -> QImage:
        """Return what was made of a sample in an epoch."""
        if shown.history[0] is not self._first or len(self._kept) > MOST_KEPT:
            self._kept, self._first = {}, shown.history[0]
        key = moment.step, place
        if key not in self._kept:
            self._kept[key] = made(Shown(moment, shown.samples, (), shown.column), place, said=True)
        return self._kept[key]


def draw(painter: QPainter, shown: Shown, place: int, strip: QRectF, thumbs: Thumbs) -> None:
    """Draw what was said of a sample, by its place in the verdict, in every epoch of the history."""
    _DRAW[_manner(shown.verdict)](painter, shown, place, strip, thumbs)


def read(found: Verdict) -> str:
    """Say how the strips of a verdict are read."""
    return READ[_manner(found)]


def _manner(found: Verdict) -> str:
    return "places" if found.has_places else "chances" if found.is_classes else found.kind


def _said(shown: Shown, place: int) -> Tensor:
    """What was said of a sample in every epoch: shape (epochs, ...)."""
    return np.stack([each.predictions[place] for each in shown.history])


def _stack(painter: QPainter, strip: QRectF, right: Floats, wrong: Floats) -> None:
    """Fill a column for each epoch from below: what is right, then what is wrong; of both shares."""
    height = (np.arange(HIGH)[::-1, np.newaxis] + 0.5) / HIGH
    level = np.where(height < right, 0, np.where(height < right + wrong, 1, 2)).astype(np.uint8)
    width = level.shape[1]
    data = np.ascontiguousarray(level)
    image = QImage(data.data, width, HIGH, width, QImage.Format.Format_Indexed8)
    image.setColorTable([colour(token).rgba() for token in ("train", "validation", "raised")])
    painter.drawImage(strip, image)
    wide = strip.width() / width
    painter.setPen(QPen(colour("panel"), 1))
    for column in range(1, width if wide >= APART else 1):
        x = strip.left() + column * wide
        painter.drawLine(QPointF(x, strip.top()), QPointF(x, strip.bottom()))


def _chances(painter: QPainter, shown: Shown, place: int, strip: QRectF, _thumbs: Thumbs) -> None:
    """From below the chance of the right class, then that of the likeliest wrong one."""
    true, said = int(shown.verdict.targets[place]), _said(shown, place)
    if shown.verdict.kind == "binary":
        said = np.stack([1 - said, said], axis=-1)
    if true < 0:
        _stack(painter, strip, np.zeros(len(said)), np.zeros(len(said)))
        return
    right = said[:, true].astype(np.float64)
    said[:, true] = 0
    _stack(painter, strip, right, said.max(axis=1).astype(np.float64))


def _places(painter: QPainter, shown: Shown, place: int, strip: QRectF, _thumbs: Thumbs) -> None:
    """From below the share of what was said rightly."""
    found, true = _said(shown, place), shown.verdict.targets[place]
    said = found >= HALF if shown.verdict.kind == "binary" else found.argmax(axis=-1)
    asked = true >= 0
    right = (said == true)[:, asked].mean(axis=1) if asked.any() else np.zeros(len(said))
    _stack(painter, strip, right, 1 - right)


def _numbers(painter: QPainter, shown: Shown, place: int, strip: QRectF, _thumbs: Thumbs) -> None:
    """What was said as a line for each number, what is true as a rule."""
    painter.fillRect(strip, colour("field"))
    true = np.ravel(shown.verdict.targets[place])[:4].astype(np.float64)
    said = _said(shown, place).reshape(len(shown.history), -1)[:, :4].astype(np.float64)
    # From the least to the greatest of all samples: at a scale of its own a small error would look like a large one.
    known = np.concatenate([said[np.isfinite(said)], np.ravel(shown.verdict.targets)])
    low, high = float(known.min()), float(known.max())
    scale = (strip.height() - 8) / ((high - low) or 1.0)
    across = strip.left() + (np.arange(len(said)) + 0.5) * strip.width() / len(said)
    for number, wanted in enumerate(true.tolist()):
        y = strip.bottom() - 4 - (wanted - low) * scale
        painter.setPen(QPen(colour("third"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(strip.left(), y), QPointF(strip.right(), y))
        painter.setPen(QPen(colour("train"), 1.5))
        ups = (strip.bottom() - 4 - (said[:, number] - low) * scale).tolist()
        points = [QPointF(x, up) for x, up in zip(across.tolist(), ups, strict=True) if np.isfinite(up)]
        painter.drawPolyline(QPolygonF(points))
        if len(points) == 1:
            painter.drawEllipse(points[0], 2, 2)


def _pictures(painter: QPainter, shown: Shown, place: int, strip: QRectF, thumbs: Thumbs) -> None:
    """What was made of it, as often as there is room."""
    count = min(len(shown.history), MOST_THUMBS, max(1, int(strip.width() // (THUMB + 4))))
    for at in np.linspace(0, len(shown.history) - 1, count).round().astype(int).tolist():
        image = thumbs.of(shown, shown.history[at], place)
        size = image.size().scaled(THUMB, THUMB, Qt.AspectRatioMode.KeepAspectRatio)
        x = strip.left() + (at + 0.5) * strip.width() / len(shown.history) - size.width() / 2
        x = min(max(x, strip.left()), strip.right() - size.width())
        painter.drawImage(QRect(round(x), round(strip.top()) + 4, size.width(), size.height()), image)


_DRAW: Final = {"chances": _chances, "places": _places, "numbers": _numbers, "picture": _pictures}
