"""Blocks as commands: group, ungroup, enter and leave, unit by unit. Edits through the document; knows no mouse."""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import partial
from itertools import count

from engine import entering, grouping
from engine.errors import EngineError
from engine.ways import block_of, is_instance
from gui.canvas import edits
from gui.canvas.scene import Scene


class Blocking:
    """`say` gets the sentence of what was refused, `rename` the id of what is to be renamed.

    `turn` shows the unit of a row that is so many further on.
    """

    def __init__(
        self, scene: Scene, say: Callable[[str], object], rename: Callable[[str], object],
        turn: Callable[[int], object],
    ) -> None:  # fmt: skip
        self._scene, self._say, self._rename, self._turn = scene, say, rename, turn

    def commands(self) -> dict[str, Callable[[], object]]:
        return {
            "group": self.group, "ungroup": self.ungroup, "enter": self.open, "leave": self.leave_or_say,
            "next_unit": partial(self.go, 1), "previous_unit": partial(self.go, -1),
        }  # fmt: skip

    def group(self) -> None:
        """Make a block of the selected layers, and let its instance be named."""
        graph, ids = self._scene.graph, self._scene.selection.ids
        try:
            after, id = grouping.grouped(graph, ids, _free("block", graph.blocks))
        except EngineError as error:
            self._say(error.sentence)
            return
        self._scene.document.edit(f"Group {edits.count(graph, ids)}", after, self._scene)
        self._scene.selection.set([id], self._scene)
        self._rename(id)

    def ungroup(self) -> None:
        """Put what is inside the selected blocks in their places."""
        graph, chosen = self._scene.graph, frozenset[str]()
        ids = [id for id in self._scene.selection.ids if is_instance(graph.nodes[id])]
        if not ids:
            self._say("No block is selected. Select one to ungroup.")
            return
        after = graph
        try:
            for id in ids:
                after, inside = grouping.ungrouped(after, id, self._scene.document.catalogue)
                chosen |= inside
        except EngineError as error:
            self._say(error.sentence)
            return
        self._scene.document.edit(f"Ungroup {edits.count(graph, ids)}", grouping.without_unused(after), self._scene)
        self._scene.selection.set(chosen, self._scene)

    def open(self, id: str | None = None) -> None:
        """See the inside of a block; name what is none."""
        one = id if id is not None else self._scene.selection.one
        node = self._scene.graph.nodes.get(one or "")
        if node is not None and block_of(node, self._scene.graph.blocks) is not None:
            self._scene.document.enter(node.id)
        elif id is not None or self._scene.selection.all:
            self._rename(id or next(iter(self._scene.selection.all)))

    def leave_or_say(self) -> None:
        if not self.leave():
            self._say("No block is open. Open one with Return first.")

    def go(self, by: int) -> None:
        """See another unit of the row that is open."""
        if entering.row(self._scene.document.root, self._scene.document.steps) < 2:
            self._say("No block that stands in a row is open. Open one, or set its repeat first.")
        else:
            self._turn(by)

    def leave(self) -> bool:
        """See the drawing that the entered block stands in, with its instance selected; return whether there is one."""
        document = self._scene.document
        if not document.steps:
            return False
        instance = document.steps[-1].instance
        document.leave()
        if instance in document.graph.nodes:
            self._scene.selection.set([instance], self._scene)
        return True


def _free(stem: str, taken: Container[str]) -> str:
    return next(name for number in count(1) if (name := f"{stem}{number}") not in taken)
