"""The pictures of what nodes give, made a few at a time from what comes of the run. Knows no wire and no page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QObject, QSize, QTimer, Signal
from PySide6.QtGui import QColor

from engine.graph import Graph
from gui.canvas.canvas import Canvas
from gui.canvas.measure import INSET, THUMB, WIDTH
from gui.document import Document
from gui.living.thumbnails import picture
from gui.theme import category_colour

if TYPE_CHECKING:
    from engine.messages import Maps

#: How long pictures are made in one turn of the event loop, in seconds, and how long it then has for other things.
TURN, REST_MS = 0.006, 4
#: What came last of all nodes together, in bytes; the least lately told go first.
ROOM: Final = 64 * 2**20
#: The well's room for a picture, in scene pixels.
WELL: Final = (WIDTH - 2 * INSET - 6, THUMB - 6)
#: Pictures are made as large as they are seen, up to this zoom.
LARGEST: Final = 3.0


class Pictures(QObject):
    """Holds what came last of each node of the network, and paints it; `told` says that some new ones are there."""

    told = Signal()

    def __init__(self, document: Document, canvas: Canvas, shown: Callable[[], Iterable[str]]) -> None:
        super().__init__(canvas)
        self._document, self._canvas, self._shown = document, canvas, shown
        #: What came last, by the node of the network, and the root of the mean square of that.
        self._newest: dict[str, Maps] = {}
        self.sizes: dict[str, float] = {}
        self._bytes = 0
        #: The nodes of the drawing that wait for their pictures, and at which zoom each was made.
        self._waiting: dict[str, None] = {}
        self._made: dict[str, tuple[int, int, float]] = {}
        #: The sample of which pictures are made.
        self.sample = 0
        self._given: Mapping[str, str] = {}
        self._by_node: dict[str, list[str]] = defaultdict(list)
        #: The network, and the nodes of it that feed others.
        self._network: Graph | None = None
        self._inner: frozenset[str] = frozenset()
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.timeout.connect(self._make_some)

    def take(self, message: Maps) -> None:
        """Take what a node gave; it is painted in a moment where it is seen."""
        before = self._newest.pop(message.node, None)
        self._bytes += len(message.values.data) - (len(before.values.data) if before is not None else 0)
        self._newest[message.node] = message
        while self._bytes > ROOM and len(self._newest) > 1:
            self._bytes -= len(self._newest.pop(next(iter(self._newest))).values.data)
        self._due(self._givers.get(message.node, ()))

    @property
    def _givers(self) -> Mapping[str, list[str]]:
        """The nodes of the drawing that show what a node of the network gives."""
        gives = self._document.gives
        if self._given is not gives:
            self._given, self._by_node = gives, defaultdict(list)
            for id, node in gives.items():
                self._by_node[node].append(id)
        return self._by_node

    def look(self) -> None:
        """Make the pictures in sight that are not there, or were made for another zoom."""
        self._due(id for id in self._shown() if self._is_due(id))

    def repaint(self) -> None:
        """Make all pictures in sight anew: the colours are others."""
        self._made.clear()
        self.look()

    def forget(self, ids: Iterable[str]) -> None:
        """Forget what nodes gave, and take it off the drawing."""
        gives = self._document.gives
        for id in ids:
            gone = self._newest.pop(gives.get(id, id), None)
            self._bytes -= len(gone.values.data) if gone is not None else 0
            self._made.pop(id, None)
            self._canvas.show_thumbnail(id, None)

    def clear(self) -> None:
        """Forget everything; the drawing has taken its pictures off."""
        self._newest.clear()
        self._made.clear()
        self._waiting.clear()
        self.sizes = {}
        self._bytes = 0

    def _due(self, ids: Iterable[str]) -> None:
        self._waiting.update(dict.fromkeys(ids))
        if self._waiting and not self._next.isActive():
            self._next.start(0)

    def _is_due(self, id: str) -> bool:
        held = self._newest.get(self._document.gives.get(id, ""))
        there = id in self._canvas.drawing.painter.thumbnails
        return held is not None and not (there and self._made.get(id) == (held.step, self.sample, self._scale))

    @property
    def _scale(self) -> float:
        """Device pixels a scene pixel."""
        return min(self._canvas.zoom, LARGEST) * self._canvas.devicePixelRatioF()

    def _make_some(self) -> None:
        end, shown = perf_counter() + TURN, frozenset(self._shown())
        for id in self._ready(shown):
            self._make(id)
            if perf_counter() > end:
                break
        if self._waiting:
            self._next.start(REST_MS)
        else:
            self.told.emit()

    def _ready(self, shown: frozenset[str]) -> Iterator[str]:
        """Take those that wait and are in sight, one after the other."""
        while self._waiting:
            id = next(iter(self._waiting))
            del self._waiting[id]
            if id in shown:
                yield id

    def _make(self, id: str) -> None:
        node = self._document.gives.get(id, "")
        message = self._newest.get(node)
        if message is None or self.sample not in message.samples:
            return
        scale = self._scale
        values = message.values.numpy()[message.samples.index(self.sample)]
        size = QSize(max(1, round(WELL[0] * scale)), max(1, round(WELL[1] * scale)))
        self.sizes[id] = _magnitude(values)
        self._made[id] = (message.step, self.sample, scale)
        self._canvas.show_thumbnail(id, picture(values, self._tint(node), size, whole=self._is_image(node)))

    def _tint(self, node: str) -> QColor:
        return category_colour(self._document.catalogue.layer(self._document.network.node(node).layer).group)

    def _is_image(self, node: str) -> bool:
        """Whether what a node gives is a picture if it looks like one: it comes in, or goes out of the network."""
        network = self._document.network
        if self._network is not network:
            self._network, self._inner = network, frozenset(edge.source.node for edge in network.edges)
        return network.node(node).layer == "InputLayer" or node not in self._inner


def _magnitude(values: np.ndarray[Any, Any]) -> float:
    """The root of the mean square; 0 where there is no number."""
    some = values.reshape(-1)[:: max(1, values.size // 65536)]
    size = float(np.sqrt(np.mean(np.square(some, dtype=np.float64)))) if some.size else 0.0
    return size if np.isfinite(size) else 0.0
