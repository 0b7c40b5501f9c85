"""Samples as points in two or three dimensions, coloured by class; one is shown, and pinned. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.messages import Array, Embedded
from engine.plotting.pyramid import Floats
from engine.plotting.turning import FLAT
from gui.studies.colours import class_colour
from gui.studies.dots import Stamp
from gui.studies.stepping import ENTER, ORDER, WAYS, middlemost, neighbour
from gui.studies.turnable import Turnable
from gui.theme import LABEL, colour, font, themes

DOT: Final = 3.2
NEAR: Final = 9.0
#: Up to so many words are all written; of more, the one that is pointed at.
MOST_WORDS: Final = 90
MARGIN: Final = 18
#: How many depths of space are told apart.
LAYERS: Final = 6
HOW: Final = (
    "Arrow keys go from point to point, Page Up and Page Down by number; Enter keeps one, Esc lets it go.\n"
    "In 3-D, drag or Shift and the arrow keys turn it, the wheel or + and - zoom, Home puts it back."
)


class CloudView(Turnable):
    """Emits `chosen` with the sample that is pointed at or pinned, -1 for none, and `pointed` with words about it."""

    chosen = Signal(int)
    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: Embedded | None = None
        self.classes: tuple[str, ...] = ()
        self.pinned: int | None = None
        self.hovered: int | None = None
        self._points: Floats = np.empty((0, 3))
        self._targets = np.empty(0, np.int64)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 120)
        self.setAccessibleName("Samples in what the layer puts out")
        themes().changed.connect(self.update)
        self.turns = False

    def show_answer(self, answer: Embedded) -> None:
        """Show points; an axis that has turned over since the last look at the same samples is turned back."""
        points = answer.points.numpy().astype(np.float64)
        points = points - points.mean(axis=0)
        if self.answer is not None and len(self._points) == len(points):
            points *= np.where((points * self._points).sum(axis=0) < 0, -1.0, 1.0)
        else:
            self.pinned = self.hovered = None
        self.answer, self._points, self._targets = answer, points, answer.targets.numpy()
        self._tell()

    def clear(self) -> None:
        self.answer, self.pinned, self.hovered = None, None, None
        self._points = np.empty((0, 3))
        self.update()

    def show_solid(self, solid: bool) -> None:
        """Show three axes, or two."""
        self.turns = solid
        self.update()

    @property
    def groups(self) -> list[int]:
        """The classes that are shown."""
        return sorted({int(target) for target in self._targets if target >= 0})

    # -- drawing

    def seen(self) -> Floats:
        """Return the points in pixels: across, down, toward."""
        points = self._points
        if not len(points):
            return points
        flat = np.stack([points[:, 0], np.zeros(len(points)), points[:, 1]], axis=-1)
        # In space the farthest point stays in sight from every side.
        reach = float((np.linalg.norm(points, axis=1) if self.turns else np.abs(points[:, :2])).max()) or 1.0
        turned = self.turn.seen(points[:, [0, 2, 1]] / reach) if self.turns else FLAT.seen(flat / reach)
        width, height = self.width() / 2, self.height() / 2
        # Two axes fill the room at one scale: each at its own would lie about distances.
        scale = self._space if self.turns else self._flat_scale(turned, width, height)
        middle = (turned.max(axis=0) + turned.min(axis=0)) / 2 if not self.turns else np.zeros(3)
        return np.stack(
            [width + (turned[:, 0] - middle[0]) * scale, height - (turned[:, 1] - middle[1]) * scale, turned[:, 2]],
            axis=-1,
        )

    @property
    def _space(self) -> float:
        """How many pixels the farthest point is from the middle, in space."""
        return min(self.width(), self.height()) / 2 - MARGIN / 2

    def _flat_scale(self, turned: Floats, width: float, height: float) -> float:
        half = np.maximum(np.ptp(turned[:, :2], axis=0) / 2, 1e-9)
        return float(min((width - MARGIN) / half[0], (height - MARGIN) / half[1]))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.answer is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = self.seen()
        if self.turns:
            self._draw_axes(painter)
        self._draw_points(painter, seen)
        self._draw_words(painter, seen, self.answer.words)
        self._draw_rings(painter, seen)
        painter.end()

    def _draw_rings(self, painter: QPainter, seen: Floats) -> None:
        """Ring what is pinned and what is looked at; what the keys go on from bears the colour of the focus."""
        at = self.hovered if self.hovered is not None else self.pinned
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in {self.pinned, self.hovered} - {None}:
            painter.setPen(QPen(colour("accent" if self.hasFocus() and place == at else "text"), 2))
            painter.drawEllipse(QPointF(*seen[place][:2]), DOT + 3, DOT + 3)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 1))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _draw_points(self, painter: QPainter, seen: Floats) -> None:
        """Stamp the points, the nearest last, larger and stronger."""
        span = (np.ptp(seen[:, 2]) if len(seen) else 0.0) or 1.0
        depths = np.round((seen[:, 2] - seen[:, 2].min(initial=0.0)) / span * (LAYERS - 1)).clip(0, LAYERS - 1)
        depths = depths.astype(int) if self.turns else np.full(len(seen), LAYERS - 2)
        for layer in range(LAYERS):
            near = layer / (LAYERS - 1)
            painter.setOpacity(0.45 + 0.55 * near)
            for target in {-1, *self.groups}:
                stamp = Stamp(painter, class_colour(target), DOT * (0.75 + 0.5 * near), colour("panel"))
                for x, y, _ in seen[(depths == layer) & (self._targets == target)].tolist():
                    stamp.put(x, y)
        painter.setOpacity(1)

    def _draw_words(self, painter: QPainter, seen: Floats, words: tuple[str, ...]) -> None:
        if not words or len(words) > MOST_WORDS:
            return
        painter.setFont(font(LABEL))
        painter.setPen(colour("second"))
        taken: list[QRectF] = []
        for (x, y, _), word in zip(seen, words, strict=True):
            wide = painter.fontMetrics().horizontalAdvance(word)
            place = QRectF(x + 6 if x + 6 + wide < self.width() else x - 6 - wide, y - 6, wide, 12)
            if not any(place.intersects(other) for other in taken):  # what is covered is told where one points
                taken.append(place)
                painter.drawText(place.bottomLeft() - QPointF(0, 2), word)

    def _draw_axes(self, painter: QPainter) -> None:
        ends = self.turn.seen(np.eye(3)[:, [0, 2, 1]] * 0.9)
        scale, middle = self._space, QPointF(self.width() / 2, self.height() / 2)
        painter.setFont(font(LABEL))
        for number, (x, y, _) in enumerate(ends):
            end = middle + QPointF(x * scale, -y * scale)
            painter.setPen(QPen(colour("line"), 1))
            painter.drawLine(middle, end)
            painter.setPen(colour("third"))
            painter.drawText(QRectF(end.x() - 8, end.y() - 8, 16, 16), Qt.AlignmentFlag.AlignCenter, str(number + 1))

    # -- pointing

    def at(self, place: QPointF) -> int | None:
        """Return the point nearest to a place, None where none is near."""
        seen = self.seen()
        if not len(seen):
            return None
        far = np.hypot(seen[:, 0] - place.x(), seen[:, 1] - place.y())
        nearest = int(far.argmin())
        return nearest if far[nearest] <= NEAR else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(self.at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.moved:
            self.pin(self.at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)

    # -- keys

    def event(self, event: QEvent) -> bool:
        """Take Escape before the window's own, while there is a point to let go."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._lets_go(event):
            event.accept()
            return True
        return super().event(event)

    def _lets_go(self, event: QKeyEvent) -> bool:
        return event.key() == Qt.Key.Key_Escape and (self.pinned, self.hovered) != (None, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, turns = event.key(), self.turns and event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if self._lets_go(event):
            self.hovered = None
            self.pin(None)
        elif key in ENTER and self.hovered is not None:
            self.pin(self.hovered)
        elif len(self._points) and not turns and (key in WAYS or key in ORDER):
            self._hover(self._next(key))
        else:
            super().keyPressEvent(event)

    def _next(self, key: int) -> int:
        """Return the point to which a key goes: from the one that is looked at, else from the middle."""
        at, seen = self.hovered if self.hovered is not None else self.pinned, self.seen()
        if at is None:
            return middlemost(seen)
        return neighbour(seen, at, WAYS[key]) if key in WAYS else (at + ORDER[key]) % len(seen)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._hover(None)
        self.update()

    # -- the point that is looked at

    def pin(self, place: int | None) -> None:
        """Keep one point shown; None lets go."""
        self.pinned = place
        self._tell()

    def _hover(self, place: int | None) -> None:
        if place != self.hovered:
            self.hovered = place
            self._tell()

    def _tell(self) -> None:
        place = self.hovered if self.hovered is not None else self.pinned
        if place is None or self.answer is None:
            self.chosen.emit(-1)
            self.pointed.emit("")
        else:
            sample = int(self.answer.samples.numpy()[place])
            self.chosen.emit(sample if not self.answer.words else -1)
            self.pointed.emit(self._words(place, sample))
        self.update()

    def _words(self, place: int, sample: int) -> str:
        if self.answer is not None and self.answer.words:
            return f"{self.answer.words[place] or '(fills up)'}, row {sample}"
        target = int(self._targets[place])
        name = self.classes[target] if 0 <= target < len(self.classes) else f"class {target}" if target >= 0 else ""
        return f"sample {sample}{f', {name}' if name else ''}"

    def rows(self) -> Iterator[str]:
        """Spell the points as a table."""
        if self.answer is None:
            return
        yield "sample,class,1,2,3\n"
        for sample, target, (x, y, z) in zip(_ints(self.answer.samples), self._targets, self._points, strict=True):
            yield f"{sample},{target if target >= 0 else ''},{x:.6g},{y:.6g},{z:.6g}\n"


def _ints(array: Array) -> list[int]:
    return [int(number) for number in array.numpy()]
