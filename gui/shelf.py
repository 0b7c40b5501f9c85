"""The palette's rows as Qt sees them: groups that fold, layers below them, or what a search found. Paints them too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from engine.catalogue import Catalogue, LayerSpec
from gui.fuzzy import rank
from gui.kindred import ordered
from gui.theme import LABEL, TEXT, category_colour, colour, font, icon_pixmap

MIME: Final = "application/x-layerloom-layer"
ENTRY: Final = Qt.ItemDataRole.UserRole
ROW_HEIGHT, GROUP_HEIGHT, GAP, BAR, RADIUS, INSET = 30, 32, 4, 4, 6, 12
Index: TypeAlias = QModelIndex | QPersistentModelIndex
#: Stands on the card of a layer that Keras lacks.
OWN: Final = "own"
#: A group's title, or a layer.
Entry: TypeAlias = str | LayerSpec
_NOWHERE: Final = QModelIndex()


class Shelf(QAbstractListModel):
    """Layers in their groups while nothing is searched for; what was found, the likeliest first, otherwise."""

    def __init__(self, catalogue: Catalogue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._groups = catalogue.groups()
        self._query = ""
        self.folded: frozenset[str] = frozenset()
        self.entries: Sequence[Entry] = ()
        self._arrange()

    def use(self, catalogue: Catalogue) -> None:
        """Show the layers of another catalogue."""
        self._catalogue, self._groups = catalogue, catalogue.groups()
        self._arrange()

    def search(self, query: str) -> None:
        """Show what a query finds; all in groups where it is empty."""
        if query.strip() != self._query:
            self._query = query.strip()
            self._arrange()

    def fold(self, groups: Iterable[str]) -> None:
        """Show these groups as titles alone."""
        self.folded = frozenset(groups) & frozenset(self._groups)
        self._arrange()

    def toggle(self, group: str) -> None:
        self.fold(self.folded ^ {group})

    def row_of(self, entry: Entry) -> int:
        return next((row for row, other in enumerate(self.entries) if other == entry), -1)

    @property
    def groups(self) -> Iterable[str]:
        """The titles of all groups, in order."""
        return self._groups.keys()

    def count(self, group: str) -> int:
        return len(self._groups[group])

    def _arrange(self) -> None:
        self.beginResetModel()
        self.entries = self._found() if self._query else list(self._grouped())
        self.endResetModel()

    def _found(self) -> list[LayerSpec]:
        return rank(self._query, ordered(self._catalogue.layers.values()))

    def _grouped(self) -> Iterable[Entry]:
        for group, specs in self._groups.items():
            yield group
            if group not in self.folded:
                yield from specs

    # -- Qt's own

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if isinstance(entry, str):
            return self._group_data(entry, role)
        return _layer_data(entry, role)

    def _group_data(self, group: str, role: int) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return group
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{group}, {self.count(group)} layers, {'folded' if group in self.folded else 'open'}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags if isinstance(self.entries[index.row()], str) else flags | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        for entry in (self.entries[index.row()] for index in indexes):
            if isinstance(entry, LayerSpec):
                data.setData(MIME, QByteArray(entry.name.encode()))
        return data


def _layer_data(spec: LayerSpec, role: int) -> object:
    if role == Qt.ItemDataRole.DisplayRole:
        return spec.title
    if role == Qt.ItemDataRole.ToolTipRole:
        return _tip(spec)
    if role == Qt.ItemDataRole.AccessibleTextRole:
        own = ", not in Keras" if spec.own else ""
        return f"{spec.title}{own}: {spec.summary}" if spec.summary else f"{spec.title}{own}"
    return None


def _tip(spec: LayerSpec) -> str:
    """Tell a layer's name, what it does, what it takes and gives, and whether it is one of ours."""
    from gui.help.tip import tip  # the pages of help are read with the first tooltip

    return tip(spec)


# -- paint


class ShelfPainter(QStyledItemDelegate):
    """Paints a group's title in small capitals, and a layer as a card with a bar in its category's colour."""

    def __init__(self, shelf: Shelf, parent: QObject) -> None:
        super().__init__(parent)
        self._shelf = shelf

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, GROUP_HEIGHT if isinstance(self._shelf.entries[index.row()], str) else ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = self._shelf.entries[index.row()]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(entry, LayerSpec):
            _paint_layer(painter, _room(option), entry, option.state)
        else:
            _paint_group(painter, _room(option), entry, option, self._shelf)
        painter.restore()


def _room(option: QStyleOptionViewItem) -> QRectF:
    """A row without the insets; the scroll bar lies within the right one."""
    box = QRectF(option.rect).adjusted(INSET, 0, 0, 0)
    box.setRight(min(box.right(), option.widget.width() - INSET))
    return box


def _paint_group(painter: QPainter, box: QRectF, group: str, option: QStyleOptionViewItem, shelf: Shelf) -> None:
    folded = group in shelf.folded
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    words = f"{group.upper()} · {shelf.count(group)}" if folded else group.upper()
    painter.setFont(font(LABEL, bold=True))
    painter.setPen(colour("second" if hovered else "third"))
    text = box.adjusted(4, 8, 0, 0)
    painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
    if folded or hovered:
        mark = icon_pixmap("chevron-right" if folded else "chevron-down", "third", 12, _ratio(painter))
        painter.drawPixmap(round(box.right()) - 16, round(text.center().y()) - 6, mark)
    if option.state & QStyle.StateFlag.State_HasFocus:
        _outline(painter, box.adjusted(0, 8, 0, 0))


def _paint_layer(painter: QPainter, box: QRectF, spec: LayerSpec, state: QStyle.StateFlag) -> None:
    card = box.adjusted(0, 0, 0, -GAP)
    lit = state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected)
    paint_card(painter, card, spec, colour("raised" if lit else "field"))
    if state & QStyle.StateFlag.State_HasFocus:
        _outline(painter, card)


def paint_card(painter: QPainter, card: QRectF, spec: LayerSpec, ground: QColor) -> None:
    """Paint a layer's card: its bar, its name, an ellipsis where there is no room for it."""
    shape = QPainterPath()
    shape.addRoundedRect(card, RADIUS, RADIUS)
    painter.fillPath(shape, ground)
    painter.save()
    painter.setClipPath(shape)
    painter.fillRect(QRectF(card.left(), card.top(), BAR, card.height()), category_colour(spec.group))
    painter.restore()
    painter.setFont(font(TEXT))
    painter.setPen(colour("text"))
    room = card.adjusted(16, 0, -8, 0)
    left = room.width() - _mark(painter, room, spec)
    words = painter.fontMetrics().elidedText(spec.title, Qt.TextElideMode.ElideRight, round(left))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


def _mark(painter: QPainter, room: QRectF, spec: LayerSpec) -> float:
    """Paint a quiet word where Keras lacks a layer, and return the width that it takes."""
    if not spec.own or spec.file:
        return 0
    painter.save()
    painter.setFont(font(LABEL))
    painter.setPen(colour("third"))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, OWN)
    width = painter.fontMetrics().horizontalAdvance(OWN)
    painter.restore()
    return width + GAP


def drag_picture(spec: LayerSpec, ratio: float) -> QPixmap:
    """Draw what follows the pointer while a layer is dragged: a card as wide as the node that it becomes."""
    size = QSize(168, 34)
    picture = QPixmap(size * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(0.92)
    card = QRectF(0, 0, size.width(), size.height()).adjusted(1, 1, -1, -1)
    paint_card(painter, card, spec, colour("field"))
    _outline(painter, card)
    painter.end()
    return picture


def _outline(painter: QPainter, box: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour("accent"), 1))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def _ratio(painter: QPainter) -> float:
    return painter.device().devicePixelRatio()
