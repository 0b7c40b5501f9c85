"""The drawing alive on stage: a canvas on which the recorded run of the digits is shown. Knows no test."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from engine.messages import Array, Figures, Maps, Message, Watch
from gui.alive import Alive
from gui.canvas import Canvas
from gui.monitor.watching import Watching
from tests.gui.monitor.stage import Stage


def is_digit(message: Message) -> bool:
    return isinstance(message, Maps) and message.node == "n8"


@dataclass
class Living:
    """A canvas on which a run is shown."""

    stage: Stage
    canvas: Canvas
    alive: Alive
    watching: Watching
    qtbot: QtBot

    @property
    def asked(self) -> tuple[str, ...]:
        """The nodes of which the trainer was last told to send what they put out."""
        sent: list[Message] = [message for message in self.stage.trainer.sent if hasattr(message, "samples")]
        last = sent[-1]
        return last.nodes if isinstance(last, Watch) else getattr(last, "watch", ())

    @property
    def shown(self) -> set[str]:
        return set(self.canvas.drawing.painter.thumbnails)

    def play(self) -> None:
        self.stage.play(is_digit, ended=False)
        self.qtbot.waitUntil(lambda: not self.alive.pictures._next.isActive())

    def rest(self) -> None:
        """Let panning, zooming and the making of pictures come to rest."""
        self.qtbot.waitUntil(lambda: not (self.alive.sight._pause.isActive() or self.alive.pictures._next.isActive()))


def tell(living: Living, step: int, **columns: tuple[float, ...]) -> None:
    """Let the run tell figures of n2, n4, n6 and n8, and show them at once."""
    values = Array.of(np.array([*columns.values()], np.float64).T)
    living.alive.readings._gap.stop()
    living.stage.runner.figured.emit(Figures(1, step, 1.0, ("n2", "n4", "n6", "n8"), tuple(columns), values, 1.0))


def picture(living: Living, id: str) -> QImage:
    return living.canvas.drawing.painter.thumbnails[id].toImage()
