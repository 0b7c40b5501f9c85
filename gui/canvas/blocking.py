"""Blocks as commands: group, ungroup, enter and leave, unit by unit. Edits through the document; knows no mouse."""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from engine import entering, grouping
from engine.errors import EngineError
from engine.ways import block_of, is_instance
from gui.canvas import edits
from gui.canvas.crumbs import Crumbs
from gui.canvas.ground import Ground
from gui.canvas.scene import Scene

if TYPE_CHECKING:
    from gui.canvas.peek import Peek
    from gui.canvas.repeats import Repeats


class Blocking:
    """What can be done with blocks on a canvas: `view` shows the scene, and the way above it.

    `say` gets the sentence of what was refused, `offer` one to agree to, `rename` the id of what is to be renamed.
    """

    def __init__(
        self, scene: Scene, view: Ground, crumbs: Crumbs, say: Callable[[str], object], offer: Callable[[str], object],
        rename: Callable[[str], object],
    ) -> None:  # fmt: skip
        self._scene, self._view, self._crumbs = scene, view, crumbs
        self._say, self._offer, self._rename = say, offer, rename
        self._repeats: Repeats | None = None
        self._peek: Peek | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        return {
            "group": self.group, "ungroup": self.ungroup, "enter": self.open, "leave": self.leave_or_say,
            "peek": self.look_into, "fold_repeats": lambda: self.repeats.look(), "next_unit": partial(self.go, 1),
            "previous_unit": partial(self.go, -1),
        }  # fmt: skip

    @property
    def peek(self) -> Peek:
        """The look into a block; made when one is first looked into."""
        if self._peek is None:
            from gui.canvas.peek import Peek

            self._peek = Peek(self._scene.document, self._view)
            self._peek.entered.connect(self.open)
            self._peek.left.connect(self._view.setFocus)
        return self._peek

    def look_into(self) -> None:
        """Look into the selected block where it stands; close the look that is open."""
        if self._peek is not None and self._peek.shown:
            self._peek.leave()
            return
        try:
            self.peek.open(self._scene.selection.one)
        except EngineError as error:
            self._say(error.sentence)

    @property
    def repeats(self) -> Repeats:
        """Made when it is first asked for: what it needs would delay the first paint."""
        if self._repeats is None:
            from gui.canvas.repeats import Repeats

            self._repeats = Repeats(self._scene, self._view, self._say, self._offer)
        return self._repeats

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
            self._crumbs.go(by)

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
