"""A look into a block where it stands: its inside over the canvas, read-only, until Escape. Edits nothing."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from engine import entering
from engine.errors import EngineError
from engine.layout import Box, arranged
from engine.project import Project
from engine.ways import is_instance
from gui.canvas.ground import Ground
from gui.canvas.scene import Scene
from gui.canvas.within import within
from gui.document import Document
from gui.editors.labels import ElidedLabel
from gui.focus_left import focus_left
from gui.selection import Selection
from gui.theme import themes

#: The zoom at which the inside is read at least: a wider one is laid out anew, for the look alone, to be read at READ.
LEAST, READ = 0.5, 0.6
#: How much of the canvas it takes at most, across and down, and what stands around the drawing in it.
SHARES, AROUND, HEAD = (0.86, 0.62), 24, 34
#: How far below its node it stands.
BELOW: Final = 8
LEAST_WIDTH: Final = 420
HINT: Final = "Arrows move it · Enter opens it · Esc closes"
#: How far an arrow key moves it, and in which direction.
STEP: Final = 120.0
ARROWS: Final = {
    Qt.Key.Key_Left: (STEP, 0.0), Qt.Key.Key_Right: (-STEP, 0.0), Qt.Key.Key_Up: (0.0, STEP),
    Qt.Key.Key_Down: (0.0, -STEP),
}  # fmt: skip


class Peek(QFrame):
    """A panel with the inside of an instance; `entered` carries its id, where that is to be opened."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, document: Document, over: Ground) -> None:
        super().__init__(over)
        self._document, self._over = document, over
        self._id = ""
        self.ground: Ground | None = None
        self._inside: Document | None = None
        self.setObjectName("peek")
        self.title = QLabel()
        self.title.setObjectName("here")
        self._values = ElidedLabel()
        hint = QLabel(HINT)
        for label in (self._values, hint):
            label.setProperty("role", "third")
        above = QHBoxLayout()
        above.setContentsMargins(8, 4, 12, 0)
        above.addWidget(self.title)
        above.addWidget(self._values, 1)
        above.addWidget(hint)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.addLayout(above)
        for signal in (document.turned, document.reset):
            signal.connect(self.leave)
        document.changed.connect(lambda _changes, _by: self._again())
        document.report_changed.connect(self._report)
        self.hide()

    @property
    def shown(self) -> str:
        """The id of the instance that is looked into; empty where none is."""
        return self._id

    def open(self, id: str) -> None:
        """Look into an instance of the drawing that is seen, or raise GraphError."""
        steps = entering.entered(self._document.root, self._document.steps, id)
        self._drop()
        self._id = id
        self._inside = inside = Document(self._document.catalogue, self)
        inside.library = self._document.library
        inside.start(Project(self._document.root))
        inside.see(steps)
        inside.take_report(inside.generation, self._document.flat)
        self._fill(inside)
        self._tell(inside)
        self.show()
        self.raise_()
        self._place(id)
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    def leave(self) -> None:
        """Close it."""
        if self._id:
            self._id = ""
            self.hide()
            QTimer.singleShot(0, self, self._drop_closed)  # it may be one of its own events that closes it
            self.left.emit()

    def _fill(self, inside: Document) -> None:
        scene = Scene(inside, Selection(inside))
        room = self._room()
        if _zoom(scene.bounds(), room) <= LEAST:
            _arrange(inside, scene, room)
        self.ground = Ground(scene, self)
        scene.setParent(self.ground)
        self.ground.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ground.viewport().installEventFilter(self)
        self.installEventFilter(self)
        self._column.addWidget(self.ground, 1)
        box = scene.bounds()
        zoom = _zoom(box, room)
        wide, high = round(box.width() * zoom) + 2 * AROUND, round(box.height() * zoom) + 2 * AROUND
        self.resize(min(max(wide, LEAST_WIDTH), room.width()), min(high, room.height()) + HEAD)

    def _tell(self, inside: Document) -> None:
        node, block = self._document.graph.nodes[self._id], entering.block(inside.root, inside.steps)
        count = entering.row(inside.root, inside.steps)
        times = f" ×{count}" if count > 1 else ""
        self.title.setText(f"{node.name}{times}")
        self._values.setText(f"{block.name if block is not None else ''} · the first of the row" if times else "")

    def _room(self) -> QRect:
        return QRect(0, 0, round(self._over.width() * SHARES[0]), round(self._over.height() * SHARES[1]))

    def _place(self, id: str) -> None:
        """Stand below the node, within the canvas."""
        theme = themes().current
        self.setStyleSheet(
            f"#peek {{ background: {theme.panel}; border: 1px solid {theme.third}; border-radius: 8px; }}"
        )
        frame = self._over.viewportTransform().mapRect(self._over.drawing.nodes.frame(id)).toRect()
        corner = QPoint(frame.center().x() - self.width() // 2, frame.bottom() + BELOW)
        self.setGeometry(within(QRect(corner, self.size()), self._over))
        self._column.activate()
        if self.ground is not None:
            box = self.ground.drawing.bounds()
            zoom = _zoom(box, self._room())
            self.ground.zoom_to(zoom)
            free = self.ground.viewport().rect()
            across = min(box.center().x(), box.left() + (free.width() / 2 - AROUND) / zoom)
            self.ground.look_at(QPointF(max(across, box.left()), box.center().y()))

    def _again(self) -> None:
        """Show the inside anew after an edit; close where the instance is gone."""
        node = self._document.graph.nodes.get(self._id)
        if node is not None and is_instance(node):
            self.open(self._id)
        else:
            self.leave()

    def _report(self, _report: object) -> None:
        if self._inside is not None and self._id:
            self._inside.take_report(self._inside.generation, self._document.flat)

    def _drop_closed(self) -> None:
        if not self._id:
            self._drop()

    def _drop(self) -> None:
        if self.ground is not None:
            self._column.removeWidget(self.ground)
            self.ground.hide()
            self.ground.deleteLater()
        if self._inside is not None:
            self._inside.deleteLater()
        self.ground, self._inside = None, None

    # -- Qt's own

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() in ARROWS and self.ground is not None:
            self.ground.pan(*ARROWS[Qt.Key(event.key())])
        else:
            self.leave()

    def _enter(self) -> None:
        id = self._id
        self.leave()
        self.entered.emit(id)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._id and focus_left(event, self, self._over):
            self.leave()
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonDblClick:
            self._enter()
            return True
        return False


def _zoom(box: QRectF, room: QRect) -> float:
    """The zoom at which a drawing fits into a room, as far as it can be read then."""
    if box.isEmpty():
        return 1.0
    across, down = room.width() - 2 * AROUND, room.height() - HEAD - 2 * AROUND
    return max(LEAST, min(1.0, across / box.width(), down / box.height()))


def _arrange(inside: Document, scene: Scene, room: QRect) -> None:
    """Put the nodes of the look in rows that can be read."""
    nodes = scene.nodes
    boxes = {
        id: Box(frame[2], frame[3], nodes.face(id).middle)
        for id, frame in zip(nodes.ids, nodes.frames.tolist(), strict=True)
    }
    view = (room.width() / READ, room.height() / READ)
    try:
        inside.edit("Tidy", arranged(inside.graph, boxes, view=view).put(inside.graph))
    except EngineError:
        return
    scene.settle()
