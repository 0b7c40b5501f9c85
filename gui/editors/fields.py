"""The small widgets that editors are made of: a typed field, a button with an icon. They know no parameter."""

from __future__ import annotations

from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QStyleOptionFrame,
    QStylePainter,
    QToolButton,
    QWidget,
)

from gui.theme import icon, icon_pixmap

#: Degrees of a wheel's turn, in eighths, that make one step.
NOTCH: Final = 120
STEP_KEYS: Final = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 10, Qt.Key.Key_PageDown: -10}
#: What a held button waits before it repeats, and between two repeats.
REPEAT_AFTER_MS, REPEAT_MS = 350, 60
CHEVRONS: Final = 16
#: What a field's frame and padding take of its width.
EDGES: Final = 20


@runtime_checkable
class Typed(Protocol):
    """What holds text that is typed and not taken yet."""

    def commit(self) -> None: ...


class Field(QLineEdit):
    """One line of text: `committed` carries it on Enter or when the focus leaves, if a person changed it.

    Escape brings back the text that stood there. Where it `steps`, arrow keys, wheel and chevrons emit `stepped`.
    `left` says that the focus went.
    """

    committed = Signal(str)
    reverted = Signal()
    stepped = Signal(int)
    left = Signal()

    def __init__(self, *, steps: bool = False) -> None:
        super().__init__()
        self._settled = ""
        self._turned = 0
        self._unit = self._limits = ""
        #: Where on the screen it was when a person turned to it.
        self._was = QPoint()
        self._chevrons = Chevrons(self) if steps else None
        if self._chevrons is not None:
            self._chevrons.stepped.connect(self.stepped)
        # Qt insets a line's text by 2; without it the text stands in one line with a list's.
        self.setTextMargins(-2, 0, CHEVRONS - 4 if steps else 0, 0)
        self.editingFinished.connect(self.commit)

    @property
    def settled(self) -> str:
        """The text that stands, whatever is being typed."""
        return self._settled

    def settle(self, text: str) -> None:
        """Show a text as the one that stands."""
        self._settled = text
        self.setText(text)
        self.setCursorPosition(0)
        self.setModified(False)

    def commit(self) -> None:
        """Say what was typed, if it was."""
        if self.isModified():
            self.setModified(False)
            self.committed.emit(self.text())

    def show_notes(self, unit: str, limits: str) -> None:
        """Show quietly at the right what the number counts, and what it may be while a person is at the field."""
        self._unit, self._limits = unit, limits
        self.update()

    def note(self) -> str:
        """What stands at the right now; what the text leaves no room for is left out."""
        near = self.hasFocus() or self.underMouse()
        both = " · ".join(words for words in (self._limits if near else "", self._unit) if words)
        metrics, text = self.fontMetrics(), self.text() or self.placeholderText()
        room = self.width() - EDGES - self.textMargins().right()
        fits = (words for words in (both, self._unit) if metrics.horizontalAdvance(f"{text}  {words}") <= room)
        return next(fits, "")

    def seen(self) -> str:
        """The text as it is painted: while nobody is at it, what has no room ends in an ellipsis."""
        if self.hasFocus():
            return self.text()
        room = self.width() - EDGES - self.textMargins().right()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, event: QPaintEvent) -> None:
        if (seen := self.seen()) != self.text():
            self._paint_cut(seen)
            return
        super().paintEvent(event)
        if self.isEnabled() and (words := self.note()):
            painter = QPainter(self)
            painter.setPen(self.palette().placeholderText().color())
            box = self.rect().adjusted(0, 0, -EDGES // 2 - self.textMargins().right(), 0)
            painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_cut(self, words: str) -> None:
        painter, option = QStylePainter(self), QStyleOptionFrame()
        self.initStyleOption(option)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        box = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        painter.setPen(self.palette().text().color())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._was = self.mapToGlobal(QPoint())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.left.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self._was = self.mapToGlobal(QPoint())

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the document while nothing is being typed; Qt would take them for the empty text."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            keys = QKeySequence.StandardKey
            if not self.isModified() and (event.matches(keys.Undo) or event.matches(keys.Redo)):
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._settled:
            self.settle(self._settled)
            self.reverted.emit()
        elif self._chevrons is not None and event.key() in STEP_KEYS:
            self.stepped.emit(STEP_KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step where the field has the focus and stands where it got it; else the page scrolls, under the pointer."""
        if self._chevrons is None or not self.hasFocus() or self.mapToGlobal(QPoint()) != self._was:
            event.ignore()
            return
        turned = self._turned + event.angleDelta().y()
        steps = int(turned / NOTCH)
        self._turned = turned - steps * NOTCH
        if steps:
            self.stepped.emit(steps)
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._chevrons is not None:
            self._chevrons.setGeometry(self.width() - CHEVRONS - 2, 2, CHEVRONS, self.height() - 4)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._show_chevrons()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._show_chevrons()

    def _show_chevrons(self) -> None:
        if self._chevrons is not None:
            self._chevrons.setVisible(self.underMouse() and self.isEnabled())


class Chevrons(QWidget):
    """Up and down at a field's right edge, seen while the pointer is over it; a held press repeats."""

    stepped = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._held = 0
        self._timer = 0
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for name, box in (("chevron-up", self._half(1)), ("chevron-down", self._half(-1))):
            place = QRect(QPoint(), QSize(10, 10))
            place.moveCenter(box.center())
            painter.drawPixmap(place, icon_pixmap(name, "second", 10, self.devicePixelRatioF()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = 1 if self._half(1).contains(event.position().toPoint()) else -1
        self.stepped.emit(self._held)
        self._timer = self.startTimer(REPEAT_AFTER_MS)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.killTimer(self._timer)
        self._timer = 0

    def timerEvent(self, _event: QEvent) -> None:
        self.stepped.emit(self._held)
        self.killTimer(self._timer)
        self._timer = self.startTimer(REPEAT_MS)

    def _half(self, way: int) -> QRect:
        half = self.height() // 2
        return QRect(0, 0 if way > 0 else half, self.width(), half)


class IconButton(QToolButton):
    """A small square button with an icon that follows the theme."""

    def __init__(self, name: str, words: str, px: int = 14, side: int = 24) -> None:
        super().__init__()
        self._name = name
        self._side = side
        self.setProperty("role", "small")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.setIconSize(QSize(px, px))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_icon(name)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def show_icon(self, name: str) -> None:
        self._name = name
        self.setIcon(icon(name))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self.show_icon(self._name)
        super().changeEvent(event)


def restyle(widget: QWidget) -> None:
    """Let the style sheet see a widget's new properties; one that is not styled yet sees them when it is."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def commit_pending() -> None:
    """Take what is being typed, where something is: before it is saved, trained or run."""
    focused = QApplication.focusWidget()
    if isinstance(focused, Typed):
        focused.commit()
