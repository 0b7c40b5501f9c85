"""The view of the samples that the network is most wrong about, the worst first. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine import verdict
from gui.results.shown import Shown
from gui.results.view import View, line
from gui.results.wall import SampleWall

MOST: Final = 200


class WorstView(View):
    """Shows samples by their loss."""

    TITLE = "Worst mistakes"
    TIP = "The samples with the largest loss first"
    KINDS = frozenset({"classes", "binary", "numbers", "picture"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self.wall = SampleWall()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.wall)
        self.wall.pointed.connect(self._on_pointed)
        self.wall.followed.connect(self._on_followed)

    def show_verdict(self, shown: Shown) -> None:
        self._shown = shown
        self.wall.show_samples(shown, verdict.worst(shown.verdict, MOST).tolist())

    def _on_pointed(self, place: int | None) -> None:
        words = ""
        if place is not None and self._shown is not None:
            name = "loss" if self._shown.verdict.is_classes else "squared error"
            words = f"Sample {self._shown.index(place)} · {name} {self._shown.losses[place]:.4g}"
        self.said.emit(words)

    def _on_followed(self, place: int) -> None:
        if self._shown is not None:
            self.followed.emit(self._shown.index(place))

    def rows(self) -> Iterator[str]:
        if self._shown is None:
            return
        yield line("sample", "loss", "is and said", "detail")
        for place in verdict.worst(self._shown.verdict, self._shown.verdict.samples).tolist():
            shown = self._shown
            yield line(shown.index(place), f"{shown.losses[place]:.6g}", shown.title(place), shown.detail(place))
