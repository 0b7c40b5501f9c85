"""The templates as Qt's list sees them, and the paint of a card. Knows not what opening one does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from engine.cards import Card
from engine.templates import Template
from gui.gallery import thumbnail
from gui.theme import LABEL, TEXT, colour, font, themes

CARD: Final = Qt.ItemDataRole.UserRole
#: A card with its share of the space between cards; the picture's height; inner space.
SIZE: Final = QSize(268, 240)
GAP: Final = 6
PICTURE: Final = 96
PAD: Final = 12
CHIP: Final = 20
Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NOWHERE: Final = QModelIndex()


@dataclass(frozen=True, slots=True)
class Shown:
    """A template and its card."""

    template: Template
    card: Card

    @property
    def spoken(self) -> str:
        """What a screen reader says of it."""
        template = self.template
        return f"{template.title}, {_year(template)}, {template.line} Sizes: {', '.join(self.sizes().values())}"

    def sizes(self) -> dict[str, str]:
        """Return each size in words, with what it counts: `paper · 61,706`."""
        return {size: f"{size} · {count_words(self.card.counts.get(size, 0))}" for size in self.template.sizes}


def count_words(count: int) -> str:
    """Spell a number of parameters shortly: `650`, `61.7k`, `138M`."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if count >= 10 * size or (letter == "M" and count >= size):
            amount = count / size
            return f"{amount:.0f}{letter}" if amount >= 99.5 else f"{amount:.1f}{letter}".replace(".0", "")
    return f"{count:,}"


def _year(template: Template) -> str:
    return str(template.year) if template.year else ""


def _topics(shown: Shown, between: str) -> str:
    """The year, where it is known, and what the template is about."""
    return between.join(word for word in (_year(shown.template), *shown.template.tags) if word)


class Cards(QAbstractListModel):
    """The templates that are found, in their order."""

    _shown: Sequence[Shown] = ()

    def show(self, found: Sequence[Shown]) -> None:
        self.beginResetModel()
        self._shown = found
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        shown = self._shown[index.row()]
        words: dict[int, object] = {
            CARD: shown,
            Qt.ItemDataRole.DisplayRole: shown.template.title,
            Qt.ItemDataRole.AccessibleTextRole: shown.spoken,
            Qt.ItemDataRole.ToolTipRole: "\n".join((shown.template.title, shown.template.line, _topics(shown, ", "))),
        }
        return words.get(role)


def chips(box: QRect, shown: Shown) -> Iterator[tuple[str, str, QRect]]:
    """Give each size of a card with its words and where it stands at the card's foot; as many as have room."""
    metrics, left = QFontMetrics(font(LABEL)), box.left() + PAD
    for size, words in shown.sizes().items():
        width = metrics.horizontalAdvance(words) + 14
        if left + width > box.right() - PAD + 4:
            return
        yield size, words, QRect(left, box.bottom() - PAD - CHIP + 1, width, CHIP)
        left += width + 6


def size_at(box: QRect, shown: Shown, at: QPoint) -> str:
    """Return the size whose chip is at a place; the first anywhere else on the card."""
    inner = box.adjusted(GAP, GAP, -GAP, -GAP)
    return next((size for size, _, area in chips(inner, shown) if area.contains(at)), shown.template.sizes[0])


class CardPainter(QStyledItemDelegate):
    """Paints a card: picture, title, a line, year and topics, sizes."""

    #: Where the mouse is over the list; what is under it is lit up.
    at = QPoint(-1, -1)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        #: Cards as they lie there, by name and pixels: drawn anew, those in sight together take longer than a frame.
        self._lying: dict[tuple[str, QSize, float], QPixmap] = {}
        themes().changed.connect(lambda _theme: self._lying.clear())

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return SIZE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown = index.data(CARD)
        if not isinstance(shown, Shown):
            return
        current = bool(option.state & QStyle.StateFlag.State_Selected)
        over = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if current or over:
            at = self.at if over else QPoint(-1, -1)
            painter.save()
            _card(painter, option.rect, shown, at, current=current, over=over)
            painter.restore()
        else:
            painter.drawPixmap(option.rect.topLeft(), self._drawn(shown, option.rect.size(), painter))

    def _drawn(self, shown: Shown, size: QSize, painter: QPainter) -> QPixmap:
        ratio = painter.device().devicePixelRatio()
        key = shown.template.name, size, ratio
        if key not in self._lying:
            made = self._lying[key] = QPixmap(size * ratio)
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            inner = QPainter(made)
            _card(inner, QRect(QPoint(0, 0), size), shown, QPoint(-1, -1), current=False, over=False)
            inner.end()
        return self._lying[key]


def _card(painter: QPainter, room: QRect, shown: Shown, at: QPoint, *, current: bool, over: bool) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    box = room.adjusted(GAP, GAP, -GAP, -GAP)
    _frame(painter, box, current=current, over=over)
    _picture(painter, box, shown)
    _words(painter, box, shown)
    _sizes(painter, box, shown, at)


def _frame(painter: QPainter, box: QRect, *, current: bool, over: bool) -> None:
    painter.setBrush(colour("raised" if over else "field"))
    painter.setPen(QPen(colour("accent" if current else "line"), 2 if current else 1))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)


def _picture(painter: QPainter, box: QRect, shown: Shown) -> None:
    area = QRectF(box.left() + 2, box.top() + 2, box.width() - 4, PICTURE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour("window"))
    painter.drawRoundedRect(area, 6, 6)
    thumbnail.paint(painter, area.adjusted(PAD, PAD, -PAD, -PAD), shown.card)


def _words(painter: QPainter, box: QRect, shown: Shown) -> None:
    room = QRect(box.left() + PAD, box.top() + PICTURE + 8, box.width() - 2 * PAD, 18)
    painter.setFont(font(TEXT, bold=True))
    painter.setPen(colour("text"))
    _line(painter, room, shown.template.title)
    painter.setFont(font(LABEL))
    painter.setPen(colour("second"))
    below = _paragraph(painter, room.translated(0, 22), shown.template.line, 3)
    painter.setPen(colour("third"))
    _line(painter, QRect(room.left(), below + 4, room.width(), 14), _topics(shown, " · "))


def _line(painter: QPainter, room: QRect, words: str) -> None:
    shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


def _paragraph(painter: QPainter, room: QRect, words: str, most: int) -> int:
    """Draw words on at most so many lines, the last one elided; return where they end."""
    metrics, top = painter.fontMetrics(), room.top()
    layout = QTextLayout(words, painter.font())
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    layout.beginLayout()
    for number in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(room.width())
        text = words[line.textStart() :] if number == most - 1 else words[line.textStart() :][: line.textLength()]
        _line(painter, QRect(room.left(), top, room.width(), metrics.height()), text.strip())
        top += metrics.height()
    layout.endLayout()
    return top


def _sizes(painter: QPainter, box: QRect, shown: Shown, at: QPoint) -> None:
    painter.setFont(font(LABEL))
    for _, words, area in chips(box, shown):
        over = area.contains(at)
        painter.setPen(QPen(colour("third" if over else "line"), 1))
        painter.setBrush(colour("panel"))
        painter.drawRoundedRect(QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(colour("text" if over else "second"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words)
