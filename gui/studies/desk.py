"""The parts of the page of studies and their places: choices left, the answer right. Knows no run."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from gui.editors.fields import IconButton
from gui.editors.labels import ElidedLabel
from gui.monitor.empty import Empty
from gui.monitor.sample import SampleCard
from gui.studies.answer import Answer
from gui.studies.choice import STUDIES
from gui.studies.options import Options
from gui.studies.work import Work
from gui.tab_area import TabArea

SIDE: Final = 280
EXPORTS: Final = (("png", "image", "Save the picture (PNG)"), ("csv", "table", "Save the figures (CSV)"))


class Desk(QWidget):
    """Holds the widgets; what they do is the page's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.study, self.options, self.button = QComboBox(), Options(), QPushButton()
        self.about, self.words, self.stamp = QLabel(), ElidedLabel(), ElidedLabel()
        self.progress, self.pause = Work(), QPushButton("Pause the run")
        self.empty, self.answer, self.card = Empty("scan-eye"), Answer(), SampleCard()
        self.exports = {kind: IconButton(picture, words) for kind, picture, words in EXPORTS}
        self.stack = QStackedLayout()
        self._lay_out()

    def _lay_out(self) -> None:
        for name, study in STUDIES.items():
            self.study.addItem(study.title, name)
        self.study.setAccessibleName("Study")
        self.about.setWordWrap(True)
        for label in (self.about, self.words, self.stamp):
            label.setProperty("role", "second")
        for label in (self.words, self.stamp):
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side())
        row.addLayout(self._body(), 1)

    def _side(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (self.study, self.options, self.button, self.about):
            column.addWidget(widget)
        column.addStretch()
        area = TabArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.setFixedWidth(SIDE)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        return area

    def _body(self) -> QVBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.stamp, 1)
        for button in self.exports.values():
            head.addWidget(button)
        page, vacant = QWidget(), QWidget()
        inner = QHBoxLayout(page)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(self.answer, 1)
        inner.addWidget(self.card)
        outer = QVBoxLayout(vacant)
        outer.addWidget(self.empty)
        outer.addWidget(self.pause, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch()
        self.stack.addWidget(vacant)
        self.stack.addWidget(page)
        body = QVBoxLayout()
        body.setContentsMargins(8, 8, 16, 8)
        body.setSpacing(4)
        body.addLayout(head)
        body.addWidget(self.progress)
        body.addLayout(self.stack, 1)
        body.addWidget(self.words)
        return body
