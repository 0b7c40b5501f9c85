"""Leads through a template step by step, pointing at parts of the window. Edits no drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QWidget

from engine.tours import Step
from gui.actions import BY_ID
from gui.frame import Frame
from gui.gallery.bubble import Bubble
from gui.gallery.ring import AROUND, Ring

#: How often it looks where what it points at stands now, in milliseconds.
LOOK_MS: Final = 60
#: The pages of the monitor that a step may open.
PAGES: Final = ("training", "problems", "curves", "maps", "code", "analysis", "results")

#: The page that is meant where the whole monitor is pointed at.
_SHOWN: Final[Mapping[str, str]] = {"monitor": "curves"}
#: How far the ring around a wire's label keeps from the nodes, its own width being outside of it.
CLEAR: Final = AROUND + 2


class Tour(QObject):
    """One tour at a time; each step opens what it speaks of."""

    def __init__(self, window: Frame, open_page: Callable[[str], object]) -> None:
        super().__init__(window)
        self._window, self._open_page = window, open_page
        self._steps: Sequence[Step] = ()
        self._at = 0
        self.bubble, self.ring = Bubble(window), Ring(window)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._follow)
        self.bubble.stepped.connect(self._step)
        self.bubble.closed.connect(self.end)

    @property
    def step(self) -> Step | None:
        """The step that is shown; None while there is no tour."""
        return self._steps[self._at] if self._steps else None

    def begin(self, steps: Sequence[Step]) -> None:
        """Lead through some steps, from the first."""
        self._steps, self._at = steps, 0
        self._show()

    def end(self) -> None:
        """End the tour; the canvas has the keyboard."""
        if self._steps:
            self._steps = ()
            self._look.stop()
            self.bubble.hide()
            self.ring.hide()
            self._window.canvas.setFocus()

    def _step(self, by: int) -> None:
        if not 0 <= self._at + by < len(self._steps):
            if by > 0:
                self.end()
            return
        self._at += by
        self._show()

    def _show(self) -> None:
        step = self._steps[self._at]
        self._open(step)
        self.bubble.say(step.say + _way(step), self._at + 1, len(self._steps))
        self._follow()
        self._look.start()

    def _open(self, step: Step) -> None:
        """Open what a step points at: a panel that is hidden, a page, the part of the drawing."""
        page = _SHOWN.get(step.target, step.target)
        if step.kind == "panel" and page in PAGES:
            self._open_page(page)
        elif step.kind == "panel" and step.target in self._window.docks:
            self._window.docks[step.target].show()
        elif step.kind in ("node", "wire"):
            self._seek([id for name in step.target.split(">") if (id := self._id(name))])

    def _seek(self, ids: Sequence[str]) -> None:
        """Select a node, and bring it into view; of a wire both its nodes, with neither selected."""
        frame = self._window.canvas.drawing.nodes.frame
        self._window.selection.set(ids if len(ids) == 1 else ())
        if ids:
            self._window.canvas.reveal(frame(ids[0]).united(frame(ids[-1])))

    def _follow(self) -> None:
        """Stand where what is pointed at stands now; without a ring where it is not to be seen."""
        step = self.step
        if step is None:
            return
        area = _AREAS[step.kind](self, step.target)
        if area is None:
            self.ring.hide()
            self.bubble.stand_by(QRect(self._window.rect().center(), self._window.rect().center()))
            return
        self.ring.surround(area)
        self.bubble.stand_by(self.ring.geometry())
        self.bubble.raise_()

    # -- where things are

    def _id(self, name: str) -> str:
        nodes = self._window.document.graph.nodes.values()
        return next((node.id for node in nodes if node.name == name), "")

    def _node(self, name: str) -> QRect | None:
        id = self._id(name)
        return self._on_canvas(id) if id else None

    def _on_canvas(self, id: str) -> QRect | None:
        canvas = self._window.canvas
        shown = canvas.mapFromScene(canvas.drawing.nodes.frame(id)).boundingRect()
        seen = shown.intersected(canvas.viewport().rect())
        return None if seen.isEmpty() else QRect(self._at_window(canvas.viewport(), seen.topLeft()), seen.size())

    def _wire(self, names: str) -> QRect | None:
        """Between the nearer sides of the two nodes of a wire."""
        first, _, last = names.partition(">")
        one, other = self._node(first), self._node(last)
        if one is None or other is None:
            return one or other
        between = other.left() - one.right()
        if between > 4 * AROUND:
            high = max(min(one.height(), other.height()), 24)
            middle = (one.center().y() + other.center().y()) // 2
            return QRect(one.right() + CLEAR, middle - high // 2, between - 2 * CLEAR, high)
        return one.united(other)

    def _panel(self, name: str) -> QRect | None:
        if name == "canvas":
            return self._area(self._window.canvas)
        dock = self._window.docks.get("monitor" if name in PAGES else name)
        return self._area(dock) if dock is not None else None

    def _action(self, name: str) -> QRect | None:
        """A button of the bar, where the action has one; the menus else."""
        button = self._window.bar.button_of(name)
        return self._area(button if button is not None else self._window.bar.menus)

    def _area(self, widget: QWidget) -> QRect | None:
        return QRect(self._at_window(widget, QPoint(0, 0)), widget.size()) if widget.isVisible() else None

    def _at_window(self, widget: QWidget, place: QPoint) -> QPoint:
        return widget.mapTo(self._window, place)


_AREAS: Final[Mapping[str, Callable[[Tour, str], QRect | None]]] = {
    "node": Tour._node, "wire": Tour._wire, "panel": Tour._panel, "action": Tour._action,
}  # fmt: skip


def _way(step: Step) -> str:
    """Say where an action stands in the menus."""
    if step.kind != "action" or step.target not in BY_ID:
        return ""
    spec = BY_ID[step.target]
    return f" ({spec.menu.replace(' > ', ' › ')} › {spec.text.rstrip('…')})"
