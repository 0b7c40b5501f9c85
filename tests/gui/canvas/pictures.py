"""Golden pictures of the canvas: what is drawn in them, how they are painted and compared. Checks nothing itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter
from PySide6.QtWidgets import QApplication

from engine.catalogue import catalogue
from engine.graph import Edge, End, Frame, Graph, Node, Note
from engine.project import Project
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap, Value
from gui.canvas import Canvas
from gui.document import Document
from gui.selection import Selection
from gui.theme import THEMES, themes
from tests.gui.fonts import own_fonts

FOLDER: Final = Path(__file__).resolve().parent / "golden"
WIDE, HIGH = 1200, 560
#: By name: the zoom, and the place of the scene in the middle.
VIEWS: Final = {"far": (0.22, (960.0, 240.0)), "names": (0.5, (960.0, 240.0)), "near": (1.0, (570.0, 160.0))}
#: A channel of a pixel may differ by so much: FreeType's releases differ by less at the edges of letters and curves,
#: a wire differs from the ground by twice as much.
LEVELS: Final = 40
#: In each tile of so many pixels by as many, so many pixels may differ by more. A share of the whole picture would
#: have to be large enough for the edges of a hundred letters, and a wire seen from afar would be lost in it; of a tile
#: that it crosses, a wire takes at least this.
TILE, FEW = 16, 10

Pixels = NDArray[np.int16]


def drawing() -> Graph:
    """All that the canvas can show of a drawing."""
    nodes = (
        _node("n1", "InputLayer", 0, 0, "image", shape=(28, 28, 3)),
        _node("n2", "Conv2D", 252, 0, "conv", filters=32, kernel_size=(3, 3), activation="relu"),
        replace(_node("n3", "BatchNormalization", 504, 0, "norm"), mode="bypass"),
        _node("n4", "Conv2D", 756, -60, "left", filters=64, kernel_size=(3, 3), padding="same", trainable=False),
        replace(_node("n5", "Conv2D", 756, 100, "right", filters=64, kernel_size=(1, 1)), colour="teal"),
        _node("n6", "Add", 1008, 20, "sum"),
        replace(_node("n7", "Dropout", 1260, 20, "dropout", rate=0.25), collapsed=True),
        _node("n8", "Flatten", 1512, 20, "flatten"),
        _node("n9", "Dense", 1764, 20, "classes", units=10, activation="softmax"),
        _node("n10", "InputLayer", 0, 320, "words", shape=(None,), dtype="int32"),
        _node("n11", "Embedding", 252, 320, "embedding", input_dim=5000, output_dim=64),
        _node("n12", "LSTM", 504, 320, "reader", units=32, return_sequences=True, return_state=True),
        _node("n13", "MultiHeadAttention", 756, 340, "attention", num_heads=4, key_dim=16),
        replace(_node("n14", "Dense", 1008, 340, "a_name_longer_than_its_node", units=10), mode="disable"),
        replace(_node("n15", "LSTM", 504, 560, "reader_again"), shares="n12"),
        _node("n16", "Reroute", 960, 520, "dot"),
        _node("n17", "GlobalAveragePooling1D", 1260, 480, "mean"),
    )
    wires = (
        "n1 n2", "n2 n3", "n3 n4", "n3 n5", "n4 n6.inputs", "n5 n6.inputs", "n6 n7", "n7 n8", "n8 n9", "n10 n11",
        "n11 n12", "n12 n13.query", "n12.state_h n13.value", "n13 n14", "n11 n15", "n15 n16", "n16 n17",
    )  # fmt: skip
    return Graph(
        FrozenMap({node.id: node for node in nodes}), tuple(_wire(words) for words in wires),
        FrozenMap({"f1": Frame("f1", "Features", (228.0, -110.0), (960.0, 330.0), "orange")}),
        FrozenMap({"t1": Note("t1", "**Two ways in**\n\nan image and its words", (0.0, 130.0), (190.0, 110.0))}),
    )  # fmt: skip


def _node(id: str, layer: str, x: float, y: float, name: str, **values: Value) -> Node:
    return Node(id, layer, name, FrozenMap(values), (x, y))


def _wire(words: str) -> Edge:
    source, target = ((*word.split("."), "")[:2] for word in words.split())
    return Edge(End(source[0], source[1] or "output"), End(target[0], target[1] or "input"))


def report() -> Report:
    """Shapes of several kinds, counts, an error between two nodes and a warning."""
    shapes: dict[str, tuple[int | None, ...]] = {
        "n1": (28, 28, 3), "n2": (26, 26, 32), "n3": (26, 26, 32), "n4": (26, 26, 64), "n5": (26, 26, 64),
        "n6": (26, 26, 64), "n7": (26, 26, 64), "n8": (43264,), "n10": (None,), "n11": (None, 64), "n12": (None, 32),
        "n15": (None, 32), "n16": (None, 32),
    }  # fmt: skip
    counts = {"n2": 896, "n4": 18_496, "n5": 2112, "n9": 432_650, "n11": 320_000, "n12": 12_416}
    found = {
        id: NodeReport(FrozenMap({"output": TensorSpec((None, *shape))}), counts.get(id, 0), counts.get(id, 0))
        for id, shape in shapes.items()
    }
    return Report(
        FrozenMap(found),
        (Problem("error", "They do not fit.", ("n13", "n12")), Problem("warning", "It drops too much.", ("n7",))),
    )


@contextmanager
def stage(theme: str, graph: Graph | None = None, told: Report | None = None) -> Iterator[Canvas]:
    """Show a canvas in a theme and in the tests' own fonts; put everything back afterwards."""
    before = themes().current
    try:
        with own_fonts():
            themes().use(THEMES[theme])
            canvas = _canvas(drawing() if graph is None else graph, told or report())
            yield canvas
            canvas.close()
            canvas.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    finally:
        themes().use(before)


def _canvas(graph: Graph, told: Report) -> Canvas:
    document = Document(catalogue())
    document.start(Project(graph))
    document.take_report(document.generation, told)
    selection = Selection(document)
    canvas = Canvas(document, selection)
    selection.set(["n6"])
    canvas.resize(WIDE, HIGH)
    canvas.show_thumbnail("n2", _thumbnail())
    canvas.show()
    return canvas


def _thumbnail() -> QImage:
    image = QImage(64, 32, QImage.Format.Format_RGB32)
    shade = QLinearGradient(0, 0, 64, 32)
    shade.setColorAt(0, QColor("black"))
    shade.setColorAt(1, QColor("white"))
    painter = QPainter(image)
    painter.fillRect(image.rect(), shade)
    painter.end()
    return image


def shot(canvas: Canvas, view: str) -> QImage:
    """Paint the canvas as one of the views shows it, each letter in its place."""
    zoom, middle = VIEWS[view]
    canvas.zoom_to(zoom)
    canvas.look_at(QPointF(*middle))
    for _ in range(50):
        picture = canvas.grab().toImage()
        if not canvas.drawing.painter.sprites.behind:
            break
    return picture.convertToFormat(QImage.Format.Format_RGB32)


def differing(one: QImage, other: QImage) -> list[tuple[int, int]]:
    """Return the corners of the tiles in which two pictures differ by more than a little."""
    if one.size() != other.size():
        return [(0, 0)]
    far = (np.abs(pixels(one) - pixels(other)) > LEVELS).any(-1)
    tall, wide = (-(-length // TILE) for length in far.shape)
    whole = np.zeros((tall * TILE, wide * TILE), np.bool_)
    whole[: far.shape[0], : far.shape[1]] = far
    counts = whole.reshape(tall, TILE, wide, TILE).sum((1, 3))
    return [(int(x) * TILE, int(y) * TILE) for y, x in np.argwhere(counts >= FEW)]


def marked(picture: QImage, tiles: list[tuple[int, int]]) -> QImage:
    """Return a picture with a frame around each of some tiles."""
    shown = picture.copy()
    painter = QPainter(shown)
    painter.setPen(QColor("magenta"))
    for x, y in tiles:
        painter.drawRect(x, y, TILE - 1, TILE - 1)
    painter.end()
    return shown


def pixels(picture: QImage) -> Pixels:
    """The colours as an array of height, width, channels."""
    held = picture.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(held.constBits(), np.uint8).reshape(held.height(), held.bytesPerLine())
    return lines[:, : held.width() * 3].reshape(held.height(), held.width(), 3).astype(np.int16)
