"""What an action of the program is, as data. Knows no action."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. What it does is the slot of the same id: in `Canvas.commands`, else in `Commands.slots`.

    `menu` is where it stands, a submenu as "Edit > Align". The keys of a `canvas` action work while the canvas has
    the focus. `needs` is a word of `gui.needs`: what must be selected or drawn for it. `blocked` says why it cannot
    be done while the window has it disabled. `words` are other words by which it is found.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    canvas: bool = False
    needs: str = ""
    blocked: str = ""
    words: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its words without the dots that say that it asks for more."""
        return self.text.rstrip("…")


def separator(menu: str) -> ActionSpec:
    """Return the row that draws a line in a menu."""
    return ActionSpec("", menu, "")
