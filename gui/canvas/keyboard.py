"""What a key or an action does on the canvas, and why it cannot be done now. Knows not what a command does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtGui import QKeyEvent

from engine.ways import is_instance
from gui.actions import BY_ID
from gui.canvas.keys import spellings
from gui.canvas.scene import Scene
from gui.needs import Standing, unmet
from gui.shortcuts import Shortcuts

#: What the canvas tells a screen reader of its keys.
_TOLD: Final = {"search": "adds a layer", "rename": "renames", "sheet": "shows every key"}


class Keyboard:
    """Does the canvas's commands by their action's id; `busy` says that a gesture is under way."""

    def __init__(
        self,
        scene: Scene,
        commands: Mapping[str, Callable[[], object]],
        busy: Callable[[], bool],
        say: Callable[[str], object],
    ) -> None:
        self._scene, self._commands, self._busy, self._say = scene, commands, busy, say
        self.shortcuts = Shortcuts()

    def action(self, event: QKeyEvent) -> str:
        """Return the action of a key, empty where it has none."""
        ids = (self.shortcuts.action(key) for key in spellings(event))
        return next((id for id in ids if id), "")

    def do(self, id: str) -> None:
        """Do a command, or say why it cannot be done; during a gesture nothing but to end it."""
        if self._busy() and id != "escape":
            return
        why = self.why_not(id)
        if why:
            self._say(why)
        else:
            self._commands[id]()

    def why_not(self, id: str) -> str:
        """Return why an action cannot be done to what is selected, empty where it can."""
        return unmet(BY_ID[id].needs, self.standing)

    @property
    def standing(self) -> Standing:
        """How much of each kind is selected and drawn."""
        scene, graph = self._scene, self._scene.graph
        frames = len(scene.annotations.frames_of(scene.selection.annotations))
        return Standing(
            len(scene.selection.ids), len(scene.overlay.chosen), len(graph.nodes), frames,
            len(scene.selection.annotations) - frames, len(graph.frames) + len(graph.notes),
            sum(is_instance(graph.nodes[id]) for id in scene.selection.ids) if graph.blocks else 0,
        )  # fmt: skip

    @property
    def words(self) -> str:
        """Tell of the most useful keys, as they are now."""
        label = self.shortcuts.label
        return ", ".join(f"{label(id)} {does}" for id, does in _TOLD.items() if label(id))
