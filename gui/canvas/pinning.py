"""The layers that show a picture, or none, whatever the others carry. Knows no picture and no run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from PySide6.QtCore import QObject, Signal

from engine import marks
from gui.canvas.scene import Scene

#: The blocks that a drawing stands in, and a node of it: what is pinned in a block is so in each of its instances.
Key: TypeAlias = tuple[tuple[str, ...], str]
#: Where they stand in a project's view, and so many of them at most.
VIEW: Final = "pictures"
MOST: Final = 10_000


class Pinning(QObject):
    """Holds the exceptions of one project; `changed` says that they are others."""

    changed = Signal()

    def __init__(self, scene: Scene, usual: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._scene, self._usual = scene, usual
        self._pins: dict[Key, bool] = {}
        scene.document.reset.connect(self._read)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"pin_picture": self.turn}

    @property
    def any(self) -> bool:
        """Whether a layer is an exception."""
        return bool(self._pins)

    def shows(self, id: str) -> bool:
        """Whether a node of the drawing that is seen shows a picture."""
        return self._pins.get(self._key(id), self._usual()) if self._pins else self._usual()

    def turn(self) -> None:
        """Make the selected layers exceptions from what all carry, or, where all of them are, do so no more."""
        keys = [self._key(id) for id in marks.layers(self._scene.graph, self._scene.selection.ids)]
        if all(key in self._pins for key in keys):
            for key in keys:
                del self._pins[key]
        else:
            self._pins.update(dict.fromkeys(keys, not self._usual()))
        self._keep()
        self.changed.emit()

    def _keep(self) -> None:
        rows = [[*blocks, id, shown] for (blocks, id), shown in self._pins.items()]
        self._scene.document.note_view(VIEW, rows)

    def _read(self) -> None:
        """Take what the project's file has of them; what makes no sense there is passed over."""
        kept = self._scene.document.project.view.get(VIEW)
        self._pins = dict(map(_pin, filter(_is_pin, kept[:MOST]))) if isinstance(kept, list) else {}

    def _key(self, id: str) -> Key:
        return tuple(step.block for step in self._scene.document.steps), id


def _is_pin(row: object) -> bool:
    """Whether a row is the names of blocks, a node's id and whether it shows a picture."""
    if not isinstance(row, list) or len(row) < 2:
        return False
    return isinstance(row[-1], bool) and all(isinstance(name, str) for name in row[:-1])


def _pin(row: list[Any]) -> tuple[Key, bool]:
    return (tuple(row[:-2]), row[-2]), row[-1]
