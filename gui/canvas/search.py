"""The search at the cursor: a few letters, the layers that they may mean, one is chosen. Knows no document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QSizePolicy, QVBoxLayout, QWidget

from engine.catalogue import LayerSpec
from gui.canvas.ink import category_icon
from gui.canvas.within import within
from gui.focus_left import focus_left
from gui.fuzzy import rank
from gui.theme import themes

WIDTH, ROWS, ROW = 288, 9, 26
_ICON: Final = 16
#: Keys that move in the list while the cursor stays in the field.
_MOVES: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: ROWS, Qt.Key.Key_PageUp: -ROWS}
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class LayerSearch(QFrame):
    """A small panel over the canvas; `chosen` carries the layer's name, `left` says that it went without one."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setObjectName("search")
        self.setAccessibleName("Search for a layer to add")
        self._specs: Sequence[LayerSpec] = ()
        self._weights: Mapping[str, float] = {}
        self.field = QLineEdit()
        self.field.setAccessibleName("Name of a layer")
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Layers found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.setIconSize(QSize(_ICON, _ICON))
        self.list.setFixedHeight(ROWS * ROW)
        self.list.itemClicked.connect(self._take)
        self.list.currentItemChanged.connect(lambda item, _old: self._tell(item))
        self._told = QLabel()
        self._told.setProperty("role", "third")
        self._told.setWordWrap(True)
        self._told.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        for part in (self.field, self.list, self._told):
            column.addWidget(part)
        self.hide()

    def open(self, at: QPoint, specs: Iterable[LayerSpec], asks: str, weights: Mapping[str, float]) -> None:
        """Show these layers near a place of the parent, those used most first, the cursor in the empty field."""
        theme = themes().current
        self.setStyleSheet(
            f"#search {{ background: {theme.panel}; border: 1px solid {theme.line}; border-radius: 8px; }}"
        )
        self._specs, self._weights = tuple(specs), weights
        self.field.setPlaceholderText(asks)
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self._told.setFixedHeight(self._told.fontMetrics().lineSpacing() * 2 + 2)
        self._find("")
        self.adjustSize()
        self.resize(WIDTH, self.sizeHint().height())
        self.setGeometry(within(QRect(at, self.size()), self._ground))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close without a choice."""
        if self.isVisible():
            self.hide()
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if focus_left(event, self, self._ground):
            self.leave()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MOVES:
            last = self.list.count() - 1
            self.list.setCurrentRow(min(max(self.list.currentRow() + _MOVES[key], 0), last))
        elif key in _ENTER:
            self._take(self.list.currentItem())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return key == Qt.Key.Key_Tab
        return True

    def _find(self, text: str) -> None:
        self.list.clear()
        for spec in rank(text, self._specs, lambda spec: self._weights.get(spec.name, 0.0)):
            item = QListWidgetItem(_icon(spec.group), spec.title)
            item.setSizeHint(QSize(0, ROW))
            item.setData(Qt.ItemDataRole.UserRole, spec)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not self.list.count():
            self._told.setText("No layer is called that. Try another word, or fewer letters.")

    def _tell(self, item: QListWidgetItem | None) -> None:
        spec = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self._told.setText(spec.summary if isinstance(spec, LayerSpec) else "")

    def _take(self, item: QListWidgetItem | None) -> None:
        spec = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if isinstance(spec, LayerSpec):
            self.hide()
            self.chosen.emit(spec.name)


def _icon(group: str) -> QIcon:
    """A category's icon in its own colour, selected or not."""
    made = QIcon()
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):
        made.addPixmap(category_icon(group, _ICON * 2), mode)
    return made
