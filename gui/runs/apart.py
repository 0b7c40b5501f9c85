"""Two drawings over the canvas as one, what came, went and changed marked, until Escape. Edits nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.catalogue import Catalogue
from engine.graph import Edge
from engine.project import Project
from engine.runs.compare import DrawingDifference
from engine.runs.union import ghost_edges, union
from gui.canvas import measure
from gui.canvas.ground import Ground
from gui.canvas.scene import Scene
from gui.canvas.wires import path_of
from gui.document import Document
from gui.editors.fields import IconButton
from gui.editors.labels import ElidedLabel
from gui.selection import Selection
from gui.theme import LABEL, colour, font, themes

#: What each mark means: its sign, the token of its colour, its word.
MARKS: Final = {"added": ("+", "good", "added"), "removed": ("−", "bad", "removed"),
                "changed": ("≠", "warning", "changed")}  # fmt: skip
BADGE, PITCH = 18.0, 82
STEP: Final = 120.0
HINT: Final = "Esc closes"
_ARROWS: Final = {
    Qt.Key.Key_Left: (STEP, 0.0), Qt.Key.Key_Right: (-STEP, 0.0), Qt.Key.Key_Up: (0.0, STEP),
    Qt.Key.Key_Down: (0.0, -STEP),
}  # fmt: skip


class Apart(QFrame):
    """Covers the canvas with the difference of two drawings; `left` says that it was closed."""

    left = Signal()

    def __init__(self, catalogue: Catalogue, over: QWidget) -> None:
        super().__init__(over)
        self._catalogue, self._over = catalogue, over
        self.ground: Ground | None = None
        self.marks: Marked | None = None
        self._inside: Document | None = None
        self.setObjectName("apart")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title, hint = ElidedLabel(), QLabel(HINT)
        self.title.setProperty("role", "changed")
        hint.setProperty("role", "third")
        self.close_button = IconButton("x", "Close (Esc)")
        self.close_button.clicked.connect(self.leave)
        self.legend = Legend()
        head = QHBoxLayout()
        head.setContentsMargins(12, 6, 8, 6)
        head.setSpacing(12)
        head.addWidget(self.title, 1)
        head.addWidget(self.legend)
        head.addWidget(hint)
        head.addWidget(self.close_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        over.installEventFilter(self)
        themes().changed.connect(self._tint)
        self._tint()
        self.hide()

    def open(self, old: str, new: str, found: DrawingDifference) -> None:
        """Show how one drawing became another, both by their titles."""
        self._drop()
        self.title.setText(f"{old} → {new} · {found.words}")
        self._inside = inside = Document(self._catalogue, self)
        inside.start(Project(union(found)))
        scene = Scene(inside, Selection(inside))
        scene.settle()
        self.ground = Ground(scene, self)
        scene.setParent(self.ground)
        self.ground.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.marks = Marked(self.ground, found)
        self._column.addWidget(self.ground, 1)
        self.setGeometry(self._over.rect())
        self.show()
        self.raise_()
        self._column.activate()
        self.marks.follow()
        self.ground.fit(scene.bounds(), quiet=True)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close it."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _drop(self) -> None:
        if self.ground is not None:
            self._column.removeWidget(self.ground)
            self.ground.hide()
            self.ground.deleteLater()
        if self._inside is not None:
            self._inside.deleteLater()
        self.ground = self.marks = self._inside = None

    def _tint(self) -> None:
        self.setStyleSheet(f"#apart {{ background: {colour('panel').name()}; border: none; }}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in _ARROWS and self.ground is not None:
            self.ground.pan(*_ARROWS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False


class Marked(QWidget):
    """Rings, signs and wires over a drawing; the mouse goes through it."""

    def __init__(self, ground: Ground, found: DrawingDifference) -> None:
        super().__init__(ground)  # what stands on the viewport itself scrolls with it
        self._ground = ground
        self.kinds = {
            **dict.fromkeys(found.changes.added, "added"),
            **dict.fromkeys(found.changes.changed, "changed"),
            **dict.fromkeys(found.changes.removed, "removed"),
        }
        self._new, self._gone = found.changes.wired, ghost_edges(found)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        ground.looked.connect(self.update)
        ground.viewport().installEventFilter(self)
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.follow()
        return False

    def follow(self) -> None:
        """Cover what is seen of the drawing."""
        self.setGeometry(self._ground.viewport().geometry())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(self._ground.viewportTransform())
        for edges, token, style in (
            (self._gone, "bad", Qt.PenStyle.DashLine), (self._new, "good", Qt.PenStyle.SolidLine)
        ):  # fmt: skip
            pen = QPen(colour(token), 2.0, style)
            pen.setCosmetic(True)
            painter.setPen(pen)
            for edge in edges:
                self._wire(painter, edge)
        painter.resetTransform()
        nodes = self._ground.drawing.nodes
        for id, kind in self.kinds.items():
            if id in nodes:
                self._ring(painter, self._ground.viewportTransform().mapRect(nodes.frame(id)), kind)

    def _wire(self, painter: QPainter, edge: Edge) -> None:
        nodes = self._ground.drawing.nodes
        ends = nodes.grip(edge.source, output=True), nodes.grip(edge.target, output=False)
        if ends[0] is not None and ends[1] is not None:
            painter.drawPath(path_of(measure.route(ends[0], ends[1])))

    def _ring(self, painter: QPainter, box: QRectF, kind: str) -> None:
        sign, token, _ = MARKS[kind]
        style = Qt.PenStyle.DashLine if kind == "removed" else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour(token), 2.0, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 9, 9)
        badge(painter, box.topRight() + QPointF(1, -1), sign, colour(token))


def badge(painter: QPainter, middle: QPointF, sign: str, tint: QColor) -> None:
    """Paint a sign in a disc."""
    disc = QRectF(0, 0, BADGE, BADGE)
    disc.moveCenter(middle)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawEllipse(disc)
    painter.setPen(colour("window" if themes().current.name == "dark" else "panel"))
    face = font(LABEL + 1, bold=True)
    face.setWeight(QFont.Weight.Bold)
    painter.setFont(face)
    painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, sign)


class Legend(QWidget):
    """Says what each mark means."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("+ added, − removed, ≠ changed")
        self.setFixedSize(len(MARKS) * PITCH, 24)
        themes().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (sign, token, word) in enumerate(MARKS.values()):
            badge(painter, QPointF(place * PITCH + 10, 12), sign, colour(token))
            painter.setFont(font(LABEL))
            painter.setPen(colour("second"))
            painter.drawText(QRectF(place * PITCH + 24, 0, 56, 24), Qt.AlignmentFlag.AlignVCenter, word)
