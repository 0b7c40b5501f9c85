"""The view of the samples that the network is most wrong about, the worst first. Knows no run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from engine.scores import Whole
from gui.results.long_work import LongWork
from gui.results.shown import Shown
from gui.results.view import View, line
from gui.results.wall import SampleWall

MOST: Final = 200
#: So many numbers are worked through in the window's own thread: a few milliseconds.
AT_ONCE: Final = 100_000


class WorstView(View):
    """Shows samples by their loss."""

    TITLE = "Worst mistakes"
    TIP = "The samples with the largest loss first"
    KINDS = frozenset({"classes", "binary", "numbers", "picture"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self.wall, self._work = SampleWall(), LongWork(self)
        self._work.done.connect(self._on_done)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.wall)
        self.wall.pointed.connect(self._on_pointed)
        self.wall.followed.connect(self._on_followed)

    def show_verdict(self, shown: Shown) -> None:
        if shown.verdict.predictions.size <= AT_ONCE:
            self._work.forget()
            self._on_done((shown, shown.worst))
        else:
            self._work.begin(lambda: (shown, shown.worst))

    def _on_done(self, found: tuple[Shown, Whole]) -> None:
        self._shown, order = found
        self.wall.show_samples(self._shown, order[:MOST].tolist())

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
        shown = self._shown
        for place in shown.worst.tolist():
            yield line(shown.index(place), f"{shown.losses[place]:.6g}", shown.title(place), shown.detail(place))
