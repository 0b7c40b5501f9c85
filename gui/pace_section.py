"""The section of the training page for how fast a run goes and what it uses. Knows no document and no worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from engine.pace_messages import GPU, GPU_MEMORY, MEMORY, PROCESSOR, SAMPLES, STEP, WAITING
from gui import pace_words
from gui.cards import Rule, text_label
from gui.columns import Columns
from gui.pace_tile import PaceTile

if TYPE_CHECKING:
    from engine.messages import Pace

GAP: Final = 8
NARROW: Final = 112


#: By figure: its title, what it means, how it is written, and what the top of its picture is.
TILES: Final[Mapping[str, tuple[str, str, Callable[[float], str], float | None]]] = {
    SAMPLES: (
        "samples a second", "Samples trained on in a second; validation and pauses left out.", pace_words.speed, None,
    ),
    STEP: ("step", "How long a step takes, with all that is watched meanwhile.", pace_words.time, None),
    WAITING: (
        "waiting for data",
        "The share of the time in which a step waited for its batch. Near nothing: the network is what takes the "
        "time. Much: a faster network would not help.",
        pace_words.share, 1.0,
    ),
    PROCESSOR: ("CPU", "Processor time that the run uses: 1 core is one, wholly busy.", pace_words.cores, None),
    MEMORY: ("memory", "What the run's process has, TensorFlow itself included.", pace_words.size, None),
    GPU: ("GPU", "The share of the time in which the card was busy, whoever used it.", pace_words.share, 1.0),
    GPU_MEMORY: ("GPU memory", "What of the card's memory is in use, by whomever.", pace_words.size, None),
}  # fmt: skip


class PaceSection(QWidget):
    """A tile for each figure that the run tells, and what the last switch did to speed; hidden before the first."""

    def __init__(self) -> None:
        super().__init__()
        heading = QLabel("PACE")
        heading.setProperty("role", "label")
        self.tiles = {name: PaceTile(*told) for name, told in TILES.items()}
        self.speed = text_label("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(heading)
        column.addWidget(Columns(tuple(self.tiles.values()), least=NARROW, gap=GAP))
        column.addWidget(self.speed)
        column.addWidget(Rule())
        self.clear()

    def clear(self) -> None:
        """Forget a run, as another begins."""
        for tile in self.tiles.values():
            tile.clear()
            tile.hide()
        self.say_speed("")
        self.hide()

    def show_pace(self, pace: Pace) -> None:
        """Add a reading; what a machine does not tell has no tile."""
        for name, figure in pace.figures.items():
            if name in self.tiles and isfinite(figure):
                self.tiles[name].add(figure)
                self.tiles[name].show()
        self.show()

    def say_speed(self, words: str) -> None:
        """Say what a switch did to speed."""
        self.speed.setText(words)
        self.speed.setVisible(bool(words))
        if words:
            self.show()
