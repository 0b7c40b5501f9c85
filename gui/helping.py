"""Opens the help beside the inspector: on what is selected, or on the palette's layer. Edits no drawing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import Shiboken

from gui.frame import Frame

if TYPE_CHECKING:
    from gui.help.panel import HelpPanel


class Helping:
    """Makes the panel when it is first asked for, and gives the keyboard back when it is left."""

    def __init__(self, window: Frame) -> None:
        self._window = window
        self._panel: HelpPanel | None = None
        self._before: QWidget | None = None
        window.inspector.heading.help_asked.connect(self.open)
        window.palette_panel.help_asked.connect(self.open_page)
        window.help_asked.connect(self.open_page)

    def slots(self) -> Mapping[str, Callable[[], object]]:
        """What each action of this part calls, by the action's id."""
        return {"help": self.open, "show_help": self.toggle}

    @property
    def panel(self) -> HelpPanel:
        """The panel; made when it is first asked for."""
        from gui.help.panel import HelpPanel

        if self._panel is None:
            self._panel = HelpPanel(self._window.document.catalogue)
            self._panel.left.connect(self.leave)
            self._panel.add_asked.connect(self._window.canvas.add_layer)
            self._window.document.catalogue_changed.connect(lambda: self.panel.use(self._window.document.catalogue))
            dock = self._window.docks["help"]
            dock.widget().deleteLater()
            dock.setWidget(self._panel)
        return self._panel

    def open(self) -> None:
        """Show the page of the layer that is meant; the list of all pages where none is."""
        layer = self._meant()
        if layer:
            self.open_page(layer)
        else:
            self.panel.show_list()
            self._show()

    def open_page(self, layer: str) -> None:
        """Show the page of a layer."""
        self.panel.open(layer)
        self._show()

    def toggle(self) -> None:
        """Show the panel as it was left, or hide it."""
        if self._panel is None or self._window.docks["help"].isHidden():
            self._show()
        else:
            self.leave()

    def restore(self) -> None:
        """Fill the panel where the window came up with it open; else read its words, so that it opens at once."""
        if not self._window.docks["help"].isHidden():
            self.panel.show_list()
        else:
            QTimer.singleShot(0, self._window, warm)

    def leave(self) -> None:
        """Hide the panel; the keyboard goes back to where it was."""
        had = self.panel.isAncestorOf(QApplication.focusWidget() or self._window)
        self._window.show_help(shown=False)
        if had:
            self._return()

    def _return(self) -> None:
        """Focus what had the keyboard before; it may be gone or hidden by now: the canvas then."""
        before = self._before
        there = before is not None and Shiboken.isValid(before) and before.isVisible()
        (before if before is not None and there else self._window.canvas).setFocus()

    def _show(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None and not self.panel.isAncestorOf(focused):
            self._before = focused
        self._window.show_help(shown=True)
        self.panel.enter()

    def _meant(self) -> str:
        """The palette's layer while the palette has the keyboard, else the first one selected."""
        window, palette = self._window, self._window.palette_panel
        if palette.isAncestorOf(QApplication.focusWidget() or window) and palette.current:
            return palette.current
        nodes = window.document.graph.nodes
        chosen = (nodes[id].layer for id in nodes if id in window.selection.ids)
        return next((layer for layer in chosen if layer in window.document.catalogue.layers), "")


def warm() -> None:
    """Import the panel and read the pages, while the window has nothing else to do."""
    import gui.help.panel  # noqa: F401 - what it brings is wanted, not its name
    from engine.help import pages

    pages()
