"""The picture of an answer, whichever study it is of: one view for each kind. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from engine.data.columns import Column
from engine.messages import Embedded, Heights, Plane
from gui.studies import cloud, turnable
from gui.studies.attribution import AttributionView, Manner
from gui.studies.cloud import CloudView
from gui.studies.colours import class_colour
from gui.studies.plane import PlaneView
from gui.studies.surface import SurfaceView
from gui.theme import LABEL, colour, font, themes

#: The view in which each study's answers are shown; the others are shown over the sample.
VIEWS: Final = {"boundary": "plane", "landscape": "surface", "embedding": "cloud"}
ROW: Final = 18


class Answer(QWidget):
    """Emits `pointed` with words, and `chosen` with a sample that is pointed at, -1 for none."""

    pointed = Signal(str)
    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views: dict[str, Any] = {
            "sample": AttributionView(), "plane": PlaneView(), "surface": SurfaceView(), "cloud": CloudView(),
        }  # fmt: skip
        self.key = ClassKey()
        self.told = ""
        self._study = ""
        self._filled: set[str] = set()
        self._classes: tuple[str, ...] = ()
        self._stack = QStackedLayout()
        for view in self.views.values():
            self._stack.addWidget(view)
            view.pointed.connect(self.pointed)
        self.views["cloud"].chosen.connect(self.chosen)
        for name, how in (("surface", turnable.HOW), ("cloud", cloud.HOW)):
            self.views[name].setToolTip(how)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._stack, 1)
        layout.addWidget(self.key)

    def show_study(self, study: str) -> None:
        """Show the view of a study, with what it showed last."""
        if study != self._study:
            self._study = study
            if self._view_name == "sample":
                self.views["sample"].clear()
                self._filled.discard("sample")
        self._stack.setCurrentWidget(self._view)
        self._show_key()

    @property
    def _view_name(self) -> str:
        return VIEWS.get(self._study, "sample")

    @property
    def _view(self) -> Any:
        return self.views[self._view_name]

    @property
    def filled(self) -> bool:
        """Whether there is something to see."""
        return self._view_name in self._filled

    @property
    def share(self) -> float:
        """The share of a landscape that is known."""
        return float(self.views["surface"].share)

    def name_classes(self, classes: tuple[str, ...], inputs: Sequence[Column]) -> None:
        """Take the names of the classes and of the words."""
        self._classes = classes
        for name in ("plane", "cloud"):
            self.views[name].classes = classes
        self.views["sample"].words = {column.name: column.words for column in inputs}
        self._show_key()

    def show_manner(self, manner: Manner, *, solid: bool) -> None:
        self.views["sample"].show_manner(manner)
        for name in ("surface", "cloud"):
            self.views[name].show_solid(solid)

    def show_answer(self, message: Any) -> None:
        """Show what was found."""
        self._view.show_answer(message)
        self._filled.add(self._view_name)
        self.told = _told(message, self._classes)
        self._show_key()

    def clear(self) -> None:
        for view in self.views.values():
            view.clear()
        self._filled.clear()
        self.key.show_classes(())

    def rows(self) -> Iterator[str]:
        """Spell what is shown as a table."""
        found: Iterator[str] = self._view.rows()
        return found

    def _show_key(self) -> None:
        plane, cloud = self.views["plane"].plane, self.views["cloud"]
        groups: list[int] = []
        if self._view_name == "cloud" and self.filled:
            groups = cloud.groups
        elif self._view_name == "plane" and plane is not None and plane.chances:
            groups = list(range(plane.values.shape[2]))
        names = [(self._classes[n] if n < len(self._classes) else f"class {n}", n) for n in groups]
        self.key.show_classes(names)


def _told(message: Any, classes: tuple[str, ...]) -> str:
    """Say what was found, in a line."""
    if isinstance(message, Heights):
        return f"mean loss of {message.samples} validation samples"
    if isinstance(message, Embedded):
        shares = message.explained.numpy()
        explained = ", ".join(f"{share:.0%}" for share in shares) if len(shares) else ""
        words = f"{len(message.points.numpy()):,} {'words' if message.words else 'samples'}, {message.about}"
        return f"{words} · the axes explain {explained}" if explained else words
    if isinstance(message, Plane):
        return f"{len(message.points.numpy()):,} samples"
    unnamed = f"number {message.number + 1} of the output" if message.number else "the output"
    name = classes[message.number] if message.number < len(classes) else unnamed
    return f"for {name}, {message.score:.3g} · {message.about}"


class ClassKey(QWidget):
    """Which colour is which class, in a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: list[tuple[str, int]] = []
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes().changed.connect(self.update)
        self.hide()

    def show_classes(self, names: Any) -> None:
        """Show classes by name and number; nothing hides the row."""
        self.names = list(names)
        self.setVisible(bool(self.names))
        self.setToolTip(", ".join(name for name, _ in self.names))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(LABEL))
        x, metrics = 2, painter.fontMetrics()
        for place, (name, number) in enumerate(self.names):
            width, left = 16 + metrics.horizontalAdvance(name) + 14, len(self.names) - place
            more = metrics.horizontalAdvance(f"+ {left}") if left > 1 else -14  # the gap after the last may go over
            if x + width + more > self.width():
                painter.setPen(colour("third"))
                painter.drawText(x, 13, f"+ {left}")
                break
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(class_colour(number))
            painter.drawEllipse(x, 4, 9, 9)
            painter.setPen(colour("second"))
            painter.drawText(x + 15, 13, name)
            x += width
        painter.end()
