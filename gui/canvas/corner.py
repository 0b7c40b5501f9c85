"""Whether the minimap is shown, and in which corner: where it hides the least of what is worked on."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, QSize, QTimer, Signal
from PySide6.QtGui import QMouseEvent

from gui.canvas.ground import Ground
from gui.canvas.minimap import Minimap
from gui.canvas.scene import Scene

#: How far the map stands from the canvas's edges.
MARGIN: Final = 12
#: A canvas smaller than this has no room for a map.
ROOM: Final = QSize(420, 280)
#: More selected nodes than so many are not looked after one by one.
FEW: Final = 8


class Corner(QObject):
    """Shows, hides and moves the map; `shown` says which, `chosen` carries the mode that a person chose."""

    shown = Signal(bool)
    chosen = Signal(str)

    def __init__(self, ground: Ground, scene: Scene) -> None:
        super().__init__(ground)
        self._ground, self._scene = ground, scene
        self._map: Minimap | None = None
        self.mode = "needed"
        self._aside = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(120)
        self._soon.timeout.connect(lambda: scene.when_settled(self.settle))
        ground.looked.connect(self._look)
        scene.redrawn.connect(self._expire)
        scene.selection.changed.connect(lambda _ids, _initiator: self._expire())

    @property
    def map(self) -> Minimap:
        """The map; made when it is first shown, since making it would delay the first paint."""
        if self._map is None:
            self._map = Minimap(self._ground, self._scene)
            self._map.sized.connect(self._place)
            self._ground.viewport().installEventFilter(self)
        return self._map

    @property
    def visible(self) -> bool:
        return self._map is not None and self._map.isVisibleTo(self._ground)

    def use(self, mode: str) -> None:
        """Show the map "always", "never", or where it is "needed": not all of the drawing is seen."""
        self.mode = mode
        self.settle()

    def toggle(self) -> None:
        """Show the map where it is hidden, and hide it where it is shown, and go on so."""
        self.use("never" if self.visible else "needed" if self._useful() else "always")
        self.chosen.emit(self.mode)

    def settle(self) -> None:
        """Show or hide the map, and put it in its corner."""
        wanted = self._wanted()
        if wanted != self.visible:
            self.map.setVisible(wanted)
            self.shown.emit(wanted)
        if wanted:
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the map make way for what is dragged to where it stands."""
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent) and event.buttons():
            if self.visible and self.map.geometry().adjusted(-24, -24, 24, 24).contains(event.position().toPoint()):
                self._aside = True
                self.settle()
        elif event.type() == QEvent.Type.MouseButtonRelease and self._aside:
            self._aside = False
            self._soon.start()
        return False

    def _look(self) -> None:
        if self._map is not None:
            self._map.follow()
        if self.mode != "never":
            self._soon.start()

    def _expire(self) -> None:
        if self._map is not None:
            self._map.expire()
        if self.mode != "never":
            self._soon.start()

    def _useful(self) -> bool:
        """Whether some of the drawing is not seen."""
        bounds = self._scene.bounds()
        return not bounds.isEmpty() and not self._ground.area().contains(bounds)

    def _wanted(self) -> bool:
        size = self._ground.size()
        room = (
            size.width() >= ROOM.width()
            and size.height() >= ROOM.height()
            and bool(len(self._scene.nodes) or len(self._scene.annotations))
        )
        return room and not self._aside and (self.mode == "always" or (self.mode == "needed" and self._useful()))

    def _place(self) -> None:
        if self._map is not None:
            self._map.fit()
            left, right = self._corners(self._map.size())
            self._map.move((right if self._covers(left) and not self._covers(right) else left).topLeft())

    def _corners(self, size: QSize) -> tuple[QRect, QRect]:
        top = self._ground.height() - MARGIN - size.height()
        right = self._ground.width() - MARGIN - size.width()
        return QRect(MARGIN, top, size.width(), size.height()), QRect(right, top, size.width(), size.height())

    def _covers(self, corner: QRect) -> bool:
        """Whether one of the selected nodes, as far as they are few, stands in a corner."""
        ids = self._scene.selection.ids
        transform = self._ground.viewportTransform()
        nodes = self._scene.nodes
        return len(ids) <= FEW and any(
            transform.mapRect(nodes.frame(id)).intersects(QRectF(corner)) for id in ids if id in nodes
        )
