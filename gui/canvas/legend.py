"""The legend of the scale by which nodes are coloured, over the canvas. Knows no document."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from gui.canvas.heat import STEPS, Heat
from gui.canvas.ramp import ramp
from gui.editors.fields import IconButton
from gui.theme import LABEL, TEXT, colour, font, themes

MARGIN: Final = 12
WIDTH, HEIGHT, INSET = 252, 68, 12
BAR: Final = 8.0
#: What a line of words below the scale adds.
LINE: Final = 16
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
UNKNOWN: Final = "Nothing to show yet"
UNTOLD: Final = "Train to see it"
UNMEASURED: Final = "This run does not measure it"
WAITING: Final = "The first look comes soon"
ASKED: Final = "The network is asked how long they take"


class Legend(QFrame):
    """Says which figure colours the nodes, and which colour is how much; `closed` by its button."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._heat: Heat | None = None
        self._shown: tuple[object, ...] = ()
        self._lines: tuple[str, ...] = ()
        self._empty = UNKNOWN
        self.resize(WIDTH, HEIGHT)
        self.move(MARGIN, MARGIN)
        self.close_button = IconButton("x", "Show layers in their own colours", px=14, side=22)
        self.close_button.setParent(self)
        self.close_button.move(WIDTH - 22 - 6, 5)
        self.close_button.clicked.connect(self.closed)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def show_heat(self, heat: Heat | None, *, runs: bool = False, blocks: bool = False) -> None:
        """Show a scale; without one, nothing. Say whether a run goes on, and how layers in blocks are told together."""
        shown = (heat, runs, blocks)
        if shown == self._shown:
            return
        self._shown, self._heat = shown, heat
        if heat is not None:
            self._tell(heat, runs, blocks)
        self.setVisible(heat is not None)
        self.update()

    def _tell(self, heat: Heat, runs: bool, blocks: bool) -> None:
        self._empty = _why_empty(heat, runs)
        ticks = heat.ticks()
        joined = (f"A block: the {heat.figure.joined_words}",) if blocks and heat.is_live else ()
        self._lines = (*_when(heat, runs), *joined) if ticks else ()
        self.resize(WIDTH, HEIGHT + LINE * len(self._lines))
        self.setAccessibleName(f"Colours by {heat.figure.title.lower()}")
        told = ", ".join(words for _, words in ticks) or self._empty
        self.setAccessibleDescription(". ".join((told, *self._lines)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._heat is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(colour("line"))
        painter.setBrush(colour("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setFont(font(TEXT, bold=True))
        painter.setPen(colour("text"))
        painter.drawText(QRectF(INSET, 6, WIDTH - 48, 20), Qt.AlignmentFlag.AlignVCenter, self._heat.figure.title)
        ticks = self._heat.ticks()
        if ticks:
            _bar(painter)
        _words(painter, ticks or [(0.0, self._empty)])
        for place, words in enumerate(self._lines):
            painter.drawText(QRectF(INSET, HEIGHT - 8 + place * LINE, WIDTH - 2 * INSET, LINE), _LEFT, words)


def _why_empty(heat: Heat, runs: bool) -> str:
    """Say why there is no scale, where there is none."""
    if not heat.is_live:
        return UNKNOWN
    if heat.step:
        return ASKED if heat.figure.column == "time" else heat.figure.nowhere or UNMEASURED
    return WAITING if runs else UNTOLD


def _when(heat: Heat, runs: bool) -> tuple[str, ...]:
    """Say of which step a scale is; nothing where it is of none."""
    return (f"live · step {heat.step:,}" if runs else f"as it was at step {heat.step:,}",) if heat.step else ()


def _bar(painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    wide = (WIDTH - 2 * INSET) / STEPS
    for step, tint in enumerate(ramp(themes().current.name)):
        left, right = round(INSET + step * wide), round(INSET + (step + 1) * wide)
        painter.fillRect(QRectF(left, 32, right - left, BAR), QColor(tint))


def _words(painter: QPainter, ticks: list[tuple[float, str]]) -> None:
    """Words under the bar: the first begins with it, the last ends with it."""
    painter.setFont(font(LABEL))
    painter.setPen(colour("second"))
    metrics, room = QFontMetrics(font(LABEL)), WIDTH - 2 * INSET
    for at, words in ticks:
        wide = metrics.horizontalAdvance(words)
        left = INSET + min(max(at * room - wide / 2, 0.0), room - wide)
        painter.drawText(QRectF(left, 43, wide + 1, 18), Qt.AlignmentFlag.AlignVCenter, words)
