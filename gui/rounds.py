"""Leads the keyboard's focus from panel to panel, and to the values of what is selected. Knows no drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from gui.frame import Frame

_BY_KEY = Qt.FocusReason.ShortcutFocusReason


class Rounds:
    """Goes round the panels that are shown, the canvas first."""

    def __init__(self, window: Frame) -> None:
        self._window = window

    def slots(self) -> Mapping[str, Callable[[], object]]:
        """What each action of this part calls, by the action's id."""
        return {
            "edit_values": partial(self._with_values, self._window.inspector.enter),
            "find_value": partial(self._with_values, self._window.inspector.parameters.seek),
            "reset_values": partial(self._with_values, self._window.inspector.parameters.reset_all),
            "next_panel": partial(self.step, 1),
            "previous_panel": partial(self.step, -1),
        }

    def step(self, ways: int) -> None:
        """Go to the next panel, or to the one before; all around."""
        panels = self._panels()
        focused = QApplication.focusWidget()
        here = next((place for place, panel in enumerate(panels) if _holds(panel, focused)), 0)
        self._enter(panels[(here + ways) % len(panels)])

    def _with_values(self, act: Callable[[], object]) -> None:
        """Do something with the values of what is selected, in sight; say so where there are none."""
        window = self._window
        if not window.selection.ids:
            window.canvas.said.emit("Nothing is selected. Select the layers whose values are to change first.")
        elif window.inspector.form is None:
            window.canvas.said.emit("What is selected has no values to change.")
        else:
            window.docks["inspector"].show()
            act()

    def _panels(self) -> list[QWidget]:
        window = self._window
        docks = [window.docks[name] for name in ("help", "inspector", "monitor", "palette") if name in window.docks]
        return [window.canvas, *(dock.widget() for dock in docks if not dock.isHidden())]

    def _enter(self, panel: QWidget) -> None:
        window = self._window
        ways: Mapping[QWidget, Callable[[], object]] = {
            window.inspector: window.inspector.enter,
            window.pages: partial(window.pages.tabBar().setFocus, _BY_KEY),
            window.palette_panel: window.palette_panel.focus_search,
        }
        ways.get(panel, partial(panel.setFocus, _BY_KEY))()


def _holds(panel: QWidget, focused: QWidget | None) -> bool:
    return focused is not None and (panel is focused or panel.isAncestorOf(focused))
