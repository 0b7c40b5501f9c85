"""The sample under watch: its picture and its right answer, read from the data that ships. Knows no run."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Final, TypeAlias

import numpy as np
from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.data.columns import Column, Samples, Tensor
from engine.datasets import DataSpec, Split, dataset, is_quick, split
from engine.errors import EngineError
from engine.judging_messages import Share
from engine.recipe import DataChoice
from gui.monitor.mosaic import colour_table, image
from gui.monitor.tiles import levels

#: The samples that can be chosen: the first of the validation set, the same in every run with one seed.
SAMPLES: Final = 16
SIDE: Final = 88
WIDE: Final = 132
#: How often a thread is asked whether it is done.
ASK_MS: Final = 20
#: Lays samples out as a network is fed with them.
Arrange: TypeAlias = Callable[[Split, DataSpec], Split]
NONE: Final = Samples({"none": np.empty(0)}, {})


class ProbeSamples(QObject):
    """The first validation samples of a data set, or all of a part, read once for a choice and a seed.

    What takes long to make is made beside the event loop; `ready` says that it is there.

    Args:
        most: So many of the part; None for all of it.
    """

    ready = Signal()

    def __init__(
        self, parent: QObject | None = None, part: Share = "validation", most: int | None = SAMPLES
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._part, self._most = part, most
        self._key: tuple[DataChoice, int] | None = None
        self._read: _Read | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_MS)
        self._timer.timeout.connect(self._ask)
        self._samples = NONE
        self.spec: DataSpec | None = None

    def choose(self, data: DataChoice, seed: int, arrange: Arrange | None = None) -> None:
        """Read the samples of a recipe, where they are others than before, laid out as `arrange` does it."""
        if (data, seed) == self._key and arrange is None:
            return
        self._key = (data, seed)
        self.spec, self._samples = None, NONE
        self._read = _Read(data, seed, self._part, self._most, arrange)
        if is_quick(data) and arrange is None:
            self._read.run()
            self._ask()
        else:
            self._read.start()
            self._timer.start()

    def _ask(self) -> None:
        """Take what was read, once it is there."""
        if self._read is not None and not self._read.is_alive():
            self._timer.stop()
            self.spec, self._samples, self._read = self._read.spec, self._read.samples, None
            self.ready.emit()

    def __len__(self) -> int:
        return len(self._samples)

    def picture(self, index: int) -> Tensor | None:
        """Return a sample's first image, of height × width × 1 or 3; None where it has none."""
        for array in self._samples.inputs.values() if 0 <= index < len(self) else ():
            if array.ndim == 4 and array.shape[-1] in (1, 3):
                return np.asarray(array[index])
        return None

    def column(self, name: str) -> Tensor | None:
        """Return what all samples have of an input of the data."""
        return self._samples.inputs.get(name)

    def words(self, index: int) -> tuple[str, ...]:
        """Return what the words of a sample's inputs say; nothing where they are numbers."""
        if self.spec is None or not 0 <= index < len(self):
            return ()
        worded = [column for column in self.spec.inputs if column.words]
        return tuple(column.spell(self._samples.inputs[column.name][index]) for column in worded)

    def truth(self, index: int, target: str = "") -> str:
        """Return the right answer in words, empty where it has none; of the first target, if none is named."""
        column = self._target(target)
        if column is None or not 0 <= index < len(self):
            return ""
        return column.spell(self._samples.targets[column.name][index]) if len(column.shape) < 2 else ""

    def answer(self, index: int, target: str = "") -> int | None:
        """Return the index of the right class, None where the target is no class."""
        column = self._target(target)
        if column is None or not column.words or column.shape or not 0 <= index < len(self):
            return None
        return int(self._samples.targets[column.name][index])

    def _target(self, name: str) -> Column | None:
        """Return what is learned by its name, the first where there is none of it."""
        targets = self.spec.targets if self.spec is not None else ()
        return next((column for column in targets if column.name == name), targets[0] if targets else None)

    @property
    def classes(self) -> tuple[str, ...]:
        return self.spec.classes if self.spec is not None and not self.spec.targets[0].shape else ()


class _Read(Thread):
    """Some samples being read or made; the window's end does not wait for it."""

    def __init__(
        self, data: DataChoice, seed: int, part: Share, most: int | None, arrange: Arrange | None
    ) -> None:  # fmt: skip
        super().__init__(daemon=True, name="samples")
        self._data, self._seed, self._part, self._most = data, seed, part, most
        self._arrange = arrange
        self.spec: DataSpec | None = None
        self.samples = NONE

    def run(self) -> None:
        try:
            spec, parts = dataset(self._data), split(self._data, self._seed)
            parts = parts if self._arrange is None else self._arrange(parts, spec)
        except EngineError:
            return  # the training page says what is wrong with the data; here there is just nothing to show
        # As the trainer does: where no sample is kept for validation, those of training are watched.
        watched = parts.validation if len(parts.validation) else parts.train
        samples = {"validation": watched, "test": parts.test, "train": parts.train}[self._part]
        self.spec, self.samples = spec, samples.taken(slice(self._most))


class SampleCard(QWidget):
    """Shows one sample and, below it, what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture, self._words, self._caption = _Picture(), QLabel(), QLabel()
        self._caption.setProperty("role", "second")
        for label in (self._words, self._caption):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setFixedWidth(WIDE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._words)
        layout.addWidget(self._caption)
        layout.addStretch()

    def show_sample(self, samples: ProbeSamples, index: int, target: str = "") -> None:
        """Show a sample and what is right of a target; nothing where it is neither image nor words."""
        picture, words, truth = samples.picture(index), samples.words(index), samples.truth(index, target)
        self.setVisible(picture is not None or bool(words))
        self._picture.setVisible(picture is not None)
        self._picture.show_image(as_image(picture) if picture is not None else None)
        # Words are read by the line, one below the other; what an image is stands in its middle.
        side = Qt.AlignmentFlag.AlignHCenter if picture is not None else Qt.AlignmentFlag.AlignLeft
        for label in (self._words, self._caption):
            label.setAlignment(side)
        self._words.setVisible(bool(words))
        self._words.setText("\n".join(words))
        self._caption.setText(
            f"is {truth}" if truth and samples.answer(index, target) is not None else f"→ {truth}" if truth else ""
        )
        self._caption.setToolTip("The right answer for this validation sample")

    @property
    def caption(self) -> str:
        return self._caption.text()

    @property
    def words(self) -> str:
        return self._words.text()


class _Picture(QWidget):
    """An image with its pixels as squares."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self.setFixedSize(QSize(SIDE, SIDE))
        self.setAccessibleName("The sample")

    def show_image(self, image: QImage | None) -> None:
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._image is not None:
            size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter = QPainter(self)
            painter.drawImage(QRect(0, 0, size.width(), size.height()), self._image)
            painter.end()


def as_image(picture: Tensor) -> QImage:
    """Return an image of one channel in grey, of three in colour, from its own darkest to its brightest."""
    low, high = np.nanmin(picture, keepdims=True), np.nanmax(picture, keepdims=True)
    strength = levels(picture, low, high)
    if picture.shape[-1] == 1:
        return image(np.ascontiguousarray(strength[:, :, 0]), colour_table("grey", QColor("red"), QColor("black")))
    height, width, _ = picture.shape
    data = np.ascontiguousarray(strength)
    return QImage(data.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
