"""How layers take part and which colour they have: a switch of three and a row of swatches. Knows no document."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolTip, QWidget

from engine.graph import COLOURS
from gui.editors.fields import IconButton
from gui.theme import colour, swatch

#: Icon and words of each mode.
MODES: Final[Mapping[str, tuple[str, str]]] = {
    "": ("power", "On: the layer takes part"),
    "bypass": ("redo-dot", "Bypassed: its first input passes on"),
    "disable": ("power-off", "Disabled: left out, with all that only it feeds"),
}
SIDE, DISC, PITCH = 26, 10, 18
KIND: Final = "The colour of its kind"
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Marks(QWidget):
    """The switch and the swatches; `mode_chosen` and `colour_chosen` carry what a person chose."""

    mode_chosen = Signal(str)
    colour_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.switch = Switch()
        self.swatches = Swatches()
        self.switch.chosen.connect(self.mode_chosen)
        self.swatches.chosen.connect(self.colour_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.switch)
        row.addWidget(self.swatches, 1)

    def show_marks(self, modes: Collection[str], colours: Collection[str]) -> None:
        """Show what layers have: the one mode and colour of all of them, or none where they differ."""
        self.switch.show_mode(next(iter(modes)) if len(modes) == 1 else None)
        self.swatches.show_colour(next(iter(colours)) if len(colours) == 1 else None)


class Switch(QFrame):
    """Three buttons of which one is pressed, or none where layers differ."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self.buttons = {mode: self._button(mode) for mode in MODES}
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        for button in self.buttons.values():
            row.addWidget(button)

    def show_mode(self, mode: str | None) -> None:
        self._group.setExclusive(False)
        for each, button in self.buttons.items():
            button.setChecked(each == mode)
        self._group.setExclusive(True)

    def _button(self, mode: str) -> IconButton:
        made = IconButton(*MODES[mode], px=14, side=SIDE)
        made.setProperty("role", "segment")
        made.setCheckable(True)
        made.clicked.connect(lambda: self.chosen.emit(mode))
        self._group.addButton(made)
        return made


class Swatches(QWidget):
    """A row of discs, the chosen one in a ring; arrow keys walk along it, Enter and Space choose."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName("Colour")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shown: str | None = ""
        self._at = 0

    def sizeHint(self) -> QSize:
        return QSize(PITCH * len(COLOURS), SIDE)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, SIDE)

    def show_colour(self, name: str | None) -> None:
        """Put the ring around a colour, around none where layers differ."""
        self._shown = name
        self._at = COLOURS.index(name) if name in COLOURS else 0
        self.setAccessibleDescription("mixed" if name is None else name or KIND)
        self.update()

    def place(self, name: str) -> QPointF:
        """Return the middle of a disc."""
        return QPointF((COLOURS.index(name) + 0.5) * self._pitch, self.height() / 2)

    @property
    def _pitch(self) -> float:
        return min(PITCH, self.width() / len(COLOURS))

    def _under(self, at: QPointF) -> str | None:
        place = int(at.x() / self._pitch)
        return COLOURS[place] if 0 <= place < len(COLOURS) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        name = self._under(event.position())
        if name is not None:
            self.chosen.emit(name)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()  # the press has chosen; what lies below is not meant

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if steps is not None:
            self._at = min(max(self._at + steps, 0), len(COLOURS) - 1)
            self.setAccessibleDescription(COLOURS[self._at] or KIND)
            self.update()
        elif event.key() in _ENTER:
            self.chosen.emit(COLOURS[self._at])
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_colour(self._shown)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            name = self._under(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), "" if name is None else name.capitalize() or KIND, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = min(DISC, self._pitch - 4) / 2
        for place, name in enumerate(COLOURS):
            self._paint_disc(painter, name, radius)
            focused = self.hasFocus() and place == self._at
            if focused or (name and name == self._shown):
                painter.setPen(QPen(colour("accent" if focused else "text"), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(self.place(name), radius + 2, radius + 2)

    def _paint_disc(self, painter: QPainter, name: str, radius: float) -> None:
        """Paint a colour; that of its kind as a hollow disc with a line through it, clearer where it is chosen."""
        middle = self.place(name)
        if name:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(swatch(name))
            painter.drawEllipse(middle, radius, radius)
            return
        painter.setPen(QPen(colour("text" if self._shown == "" else "third"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        box = QRectF(0, 0, 2 * radius - 1.5, 2 * radius - 1.5)
        box.moveCenter(middle)
        painter.drawEllipse(box)
        slant = QPointF(radius - 0.75, 1 - radius) * 0.7
        painter.drawLine(middle - slant, middle + slant)
