"""All by which a person finds the way over the drawing: map, search, places, keys, selection by relation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from gui.canvas.choosing import Choosing
from gui.canvas.corner import Corner
from gui.canvas.hand import Hand
from gui.canvas.scene import Scene
from gui.canvas.seeking import Seeking
from gui.canvas.walker import Walker
from gui.canvas.wire_keys import WireKeys


class Guide:
    """Puts the parts together; `show` selects a node and brings it to where it can be read."""

    def __init__(self, ground: Hand, scene: Scene, show: Callable[[str], object]) -> None:
        self._ground = ground
        self.corner = Corner(ground, scene)
        self.seeking = Seeking(ground, scene, show)
        self.choosing = Choosing(scene)
        self.walker = Walker(ground, scene)
        self.wire_keys = WireKeys(ground, scene)
        scene.document.reset.connect(ground.journey.forget)
        ground.stepped.connect(ground.step)

    def commands(self) -> Mapping[str, Callable[[], object]]:
        """What each action of this part calls, by the action's id."""
        return {
            "back": partial(self._ground.step, -1),
            "forward": partial(self._ground.step, 1),
            "minimap": self.corner.toggle,
            "start_wire": self.wire_keys.begin,
            **self.seeking.commands(),
            **self.choosing.commands(),
            **self.walker.commands(),
        }
