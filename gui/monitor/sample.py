"""The sample under watch: its picture and its right answer, read from the data that ships. Knows no run."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.data.columns import Tensor
from engine.datasets import DataSpec, dataset, split
from engine.errors import EngineError
from engine.recipe import DataChoice
from gui.monitor.mosaic import colour_table, image
from gui.monitor.tiles import levels

#: The samples that can be chosen: the first of the validation set, the same in every run with one seed.
SAMPLES: Final = 16
SIDE: Final = 88


class ProbeSamples:
    """The first validation samples of a data set, read once for a choice and a seed."""

    def __init__(self) -> None:
        self._key: tuple[DataChoice, int] | None = None
        self._inputs: Tensor = np.empty(0)
        self._targets: Tensor = np.empty(0)
        self.spec: DataSpec | None = None

    def choose(self, data: DataChoice, seed: int) -> None:
        """Read the samples of a recipe, where they are others than before."""
        if (data, seed) == self._key:
            return
        self._key = (data, seed)
        try:
            spec, parts = dataset(data), split(data, seed)
        except EngineError:
            self.spec, self._inputs, self._targets = None, np.empty(0), np.empty(0)
            return  # the training page says what is wrong with the data; here there is just nothing to show
        # As the trainer does: where no sample is kept for validation, those of training are watched.
        samples = parts.validation if len(parts.validation) else parts.train
        self.spec = spec
        self._inputs = samples.inputs[spec.inputs[0].name][:SAMPLES]
        self._targets = samples.targets[spec.targets[0].name][:SAMPLES]

    def __len__(self) -> int:
        return len(self._inputs)

    def picture(self, index: int) -> Tensor | None:
        """Return a sample as an image of height × width × 1 or 3, None where it is none."""
        if not 0 <= index < len(self) or self._inputs.ndim != 4 or self._inputs.shape[-1] not in (1, 3):
            return None
        return np.asarray(self._inputs[index])

    def answer(self, index: int) -> int | None:
        """Return the index of the right class, None where the targets are no classes."""
        if self.spec is None or not self.spec.classes or not 0 <= index < len(self._targets) or self._targets.ndim > 1:
            return None
        return int(self._targets[index])

    @property
    def classes(self) -> tuple[str, ...]:
        return self.spec.classes if self.spec is not None else ()


class SampleCard(QWidget):
    """Shows one sample and, below it, what it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture, self._caption = _Picture(), QLabel()
        self._caption.setProperty("role", "second")
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._picture)
        layout.addWidget(self._caption)
        layout.addStretch()

    def show_sample(self, samples: ProbeSamples, index: int) -> None:
        """Show a sample; nothing where it is no image."""
        picture, answer = samples.picture(index), samples.answer(index)
        self.setVisible(picture is not None)
        self._picture.show_image(as_image(picture) if picture is not None else None)
        self._caption.setText(f"is {samples.classes[answer]}" if answer is not None else "")
        self._caption.setToolTip("The right answer for this validation sample")

    @property
    def caption(self) -> str:
        return self._caption.text()


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
