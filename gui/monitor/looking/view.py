"""What every view of the feature-map page is: it shows moments, and says what is pointed at. Knows no run."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.monitor.looking.moment import Moment


class View(QWidget):
    """Emits `pointed` with words about what is under the pointer; `controls` are what goes above it."""

    pointed = Signal(str)
    controls: QWidget | None = None
    #: What is read where nothing is pointed at: which way the axes go, and what the colours mean.
    rest: str = ""

    def show_moment(self, moment: Moment) -> None:
        """Show another moment of a layer."""
        raise NotImplementedError

    @property
    def room(self) -> int:
        """How wide the controls are with all their words."""
        return 0

    def show_narrow(self, narrow: bool) -> None:
        """Show the words of the controls as icons, where there is no room for them."""
