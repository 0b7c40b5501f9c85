"""The commands that put nodes in order: tidy, align, distribute, snap to grid. Edits through the document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from engine.graph import Point
from gui.canvas import aligning, edits
from gui.canvas.aligning import SIDES, WAYS, Side, Way
from gui.canvas.ground import Ground
from gui.canvas.measure import Floats
from gui.canvas.scene import Scene

if TYPE_CHECKING:
    from gui.canvas.tidying import Tidying

#: As the steps are named in the history.
_TO: Mapping[Side, str] = {
    "left": "left", "centre": "centres", "right": "right", "top": "tops", "middle": "middles", "bottom": "bottoms"
}  # fmt: skip


class Arranging(QObject):
    """Arranges what is selected; `snap_changed` says whether dragged nodes snap to the grid from now on."""

    snap_changed = Signal(bool)

    def __init__(self, scene: Scene, view: Ground, say: Callable[[str], object]) -> None:
        super().__init__(view)
        self._scene, self._view, self._say = scene, view, say
        self._tidying: Tidying | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """The slots of the actions, by the action's id."""
        return {
            "tidy": lambda: self.tidying.tidy(),
            "tidy_row": lambda: self.tidying.tidy(wrap=False),
            **{f"align_{side}": partial(self.align, side) for side in SIDES},
            **{f"distribute_{way}": partial(self.distribute, way) for way in WAYS},
            "snap_selected": self.snap_selected,
            "snap": self.toggle_snap,
        }

    @property
    def tidying(self) -> Tidying:
        """Made when a drawing is first tidied, since the library behind it would delay the first paint."""
        if self._tidying is None:
            from gui.canvas.tidying import Tidying

            self._tidying = Tidying(self._scene, self._view, self._say)
        return self._tidying

    @property
    def busy(self) -> bool:
        """Whether a drawing is being tidied, or nodes are on their way to their new places."""
        return self._tidying is not None and self._tidying.busy

    def cancel(self) -> None:
        if self._tidying is not None:
            self._tidying.cancel()

    # -- the selected nodes

    def align(self, side: Side) -> None:
        """Bring one side of the selected nodes into line."""
        self._move(f"Align {_TO[side]} of", partial(aligning.aligned, side=side), least=2)

    def distribute(self, way: Way) -> None:
        """Leave equal gaps between the selected nodes."""
        self._move("Distribute", partial(aligning.distributed, way=way), least=3)

    def snap_selected(self) -> None:
        """Put the selected nodes on the grid."""
        self._move("Snap", lambda frames: aligning.on_grid(frames[:, :2]), least=1)

    def _move(self, verb: str, corners: Callable[[Floats], Floats], *, least: int) -> None:
        scene = self._scene
        ids = [id for id in scene.nodes.ids if id in scene.selection.ids]
        if len(ids) < least:  # the table of actions says what is needed
            return
        self.cancel()
        found = corners(scene.nodes.frames[[scene.nodes.row[id] for id in ids]])
        places: dict[str, Point] = {id: (x, y) for id, (x, y) in zip(ids, found.tolist(), strict=True)}
        scene.document.edit(f"{verb} {edits.count(scene.graph, ids)}", scene.graph.moved(places), scene)

    # -- the grid

    def toggle_snap(self) -> None:
        """Let dragged nodes snap to the grid, or let them no longer."""
        self.use_snap(not self._scene.on_grid)

    def use_snap(self, snap: bool) -> None:
        if snap is not self._scene.on_grid:
            self._scene.on_grid = snap
            self.snap_changed.emit(snap)
