"""The drawing as a screen reader walks it: the canvas is a list, and each node an item of it. Edits nothing.

Qt keeps what it was given once and may ask it at any time, so that nothing here is ever taken away: an item stands for
a place in the list, whichever node has that place now, and is not valid while none has.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget
from shiboken6 import Shiboken

from gui.canvas import tips
from gui.canvas.ground import Ground

_TEXT: Final = QAccessible.Text
#: Where this was seen to hold under a screen reader's questions, while nodes and canvases came and went. Elsewhere
#: the canvas says by itself what is selected.
SEEN_ON: Final = ("linux",)
#: The list of each canvas, and all that ever were.
_lists: dict[Ground, Listing] = {}
_kept: list[Listing] = []


class Item(QAccessibleInterface):
    """The node that has one place in the list."""

    def __init__(self, above: Listing, place: int) -> None:
        super().__init__()
        self._above, self._place = above, place

    @property
    def _id(self) -> str | None:
        ids = self._above.ids
        return ids[self._place] if self._place < len(ids) else None

    def isValid(self) -> bool:
        return self._id is not None

    def text(self, which: QAccessible.Text) -> str:
        """The name is the node's; the description all that its tooltip tells."""
        id, ground = self._id, self._above.ground
        if id is None or ground is None or which not in (_TEXT.Name, _TEXT.Description):
            return ""
        facts = ground.drawing.facts
        if id not in facts.graph.nodes:
            return ""
        return facts.graph.nodes[id].name if which == _TEXT.Name else tips.node_words(facts, id)

    def setText(self, which: QAccessible.Text, words: str) -> None:
        """A name is edited in the drawing, not here."""

    def role(self) -> QAccessible.Role:
        return QAccessible.Role.ListItem

    def rect(self) -> QRect:
        id, ground = self._id, self._above.ground
        if id is None or ground is None:
            return QRect()
        place = ground.viewportTransform().mapRect(ground.drawing.nodes.frame(id)).toRect()
        return QRect(ground.viewport().mapToGlobal(place.topLeft()), place.size())

    def state(self) -> QAccessible.State:
        found, id, ground = QAccessible.State(), self._id, self._above.ground
        if id is None or ground is None:
            found.invalid = 1
            return found
        ids = ground.drawing.selection.ids
        found.focusable = found.selectable = found.multiSelectable = 1
        found.selected = int(id in ids)
        found.focused = int(ids == {id} and ground.hasFocus())
        found.offscreen = int(not ground.area().intersects(ground.drawing.nodes.frame(id)))
        return found

    def object(self) -> QObject | None:  # type: ignore[override]  # Qt's own answer for what is no QObject is none
        return None

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        return self._above if Shiboken.isValid(self._above) else None

    def child(self, _index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childAt(self, _x: int, _y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        return None

    def childCount(self) -> int:
        return 0

    def indexOfChild(self, _child: QAccessibleInterface) -> int:
        return -1


class Listing(QAccessibleWidget):
    """The canvas: its widgets first, then the nodes in the order in which they are painted."""

    def __init__(self, ground: Ground) -> None:
        super().__init__(ground, QAccessible.Role.List, ground.accessibleName())
        self._ground = ground
        self._kept: list[Item] = []

    @property
    def ground(self) -> Ground | None:
        """The canvas, while it is there."""
        return self._ground if Shiboken.isValid(self._ground) else None

    @property
    def ids(self) -> list[str]:
        return self.ground.drawing.nodes.ids if self.ground is not None else []

    def item(self, place: int) -> Item:
        while len(self._kept) <= place:
            self._kept.append(Item(self, len(self._kept)))
        return self._kept[place]

    def place_of(self, id: str) -> int:
        """Return a node's index among the children."""
        return super().childCount() + self._ground.drawing.nodes.row[id]

    def childCount(self) -> int:
        return 0 if self.ground is None else super().childCount() + len(self.ids)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        if self.ground is None:
            return None
        widgets = super().childCount()
        if index < widgets:
            return super().child(index) if index >= 0 else None
        return self.item(index - widgets) if index - widgets < len(self.ids) else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        if self.ground is None:
            return -1
        if isinstance(child, Item):
            return super().childCount() + child._place
        return super().indexOfChild(child)


@cache
def install() -> None:
    """Let Qt ask for lists, from now on."""
    if sys.platform in SEEN_ON:
        QAccessible.installFactory(_make)


def tell_focus(ground: Ground, id: str) -> bool:
    """Say that the keyboard is on a node now; return whether anybody could be told so."""
    listing = _lists.get(ground)
    if listing is None or id not in ground.drawing.nodes or not ground.hasFocus() or not QAccessible.isActive():
        return False
    for said in (QAccessible.Event.NameChanged, QAccessible.Event.Focus):
        event = QAccessibleEvent(ground, said)
        event.setChild(listing.place_of(id))
        QAccessible.updateAccessibility(event)
    return True


def _make(_name: str, thing: QObject) -> QAccessibleInterface | None:
    """Make the list of a canvas: a new one whenever Qt asks, for it has thrown away the one that it had."""
    if not isinstance(thing, Ground):
        return None
    made = _lists[thing] = Listing(thing)
    _kept.append(made)
    return made
