"""The small bar at the canvas's corner: what layers carry, and which sample is watched. Knows no document."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton

from gui.actions import ACTIONS
from gui.alive_actions import MENU
from gui.canvas.canvas import Canvas
from gui.canvas.heat import FIGURES
from gui.canvas.heating import NOTHING, PICTURES
from gui.editors.fields import IconButton
from gui.theme import icon, themes

MARGIN: Final = 8
HEIGHT: Final = 28
#: A canvas narrower than this has no room for it.
ROOM: Final = 420
WORDS: Final = {PICTURES: "Pictures", NOTHING: "Nothing", **{name: figure.title for name, figure in FIGURES.items()}}


class CarryBar(QFrame):
    """Opens the menu of what layers carry; `stepped` by its arrows, so many samples further on."""

    stepped = Signal(int)

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setObjectName("carries")
        self.setAccessibleName("What layers carry")
        self.choice = QToolButton()
        self.choice.setProperty("role", "flat")
        self.choice.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.choice.clicked.connect(self.open_menu)
        self.sample = QLabel()
        self.sample.setProperty("role", "second")
        self.before = IconButton("chevron-left", "Watch the sample before", px=12, side=22)
        self.after = IconButton("chevron-right", "Watch the next sample", px=12, side=22)
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 4, 0)
        row.setSpacing(2)
        for part in (self.choice, self.before, self.sample, self.after):
            row.addWidget(part)
        self.choice.setFixedHeight(HEIGHT - 4)
        self.setFixedHeight(HEIGHT)
        canvas.installEventFilter(self)
        canvas.heating.chosen.connect(self.show_carried)
        themes().changed.connect(self._tint)
        self._runs = False
        self._tint()
        self.show_carried(canvas.heating.carried)

    def show_carried(self, carried: str) -> None:
        """Say what layers carry."""
        self.choice.setText(f"{WORDS[carried]} ▾")
        self.choice.setAccessibleName(f"Layers carry: {WORDS[carried].lower()}")
        self.choice.setToolTip("What layers carry while they train")
        self._arrange()

    def show_sample(self, sample: int) -> None:
        """Say which sample is watched."""
        self.sample.setText(f"sample {sample}")
        self.sample.setToolTip("The sample of the validation set of which pictures are shown")
        self._arrange()

    def show_run(self, *, on: bool) -> None:
        """Show the sample where there is a run that has one, and layers carry pictures of it."""
        self._runs = on
        self._arrange()

    def open_menu(self) -> None:
        """Offer what layers can carry."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known: dict[str, QAction] = {action.objectName(): action for action in self._canvas.actions()}
        for spec in ACTIONS:
            if spec.menu == MENU and spec.id in known:
                menu.addAction(known[spec.id])
            elif spec.menu == MENU:
                menu.addSeparator()
        menu.popup(self.choice.mapToGlobal(self.choice.rect().bottomLeft()))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._arrange()
        return False

    def _arrange(self) -> None:
        pictured = self._runs and self._canvas.heating.carried == PICTURES
        for part in (self.before, self.sample, self.after):
            part.setVisible(pictured)
        self.resize(self.sizeHint().width(), HEIGHT)
        room = self._canvas.width()
        self.setVisible(room >= ROOM)
        self._canvas.crumbs.leave(self.width() + MARGIN if room >= ROOM else 0)
        self.move(room - self.width() - MARGIN, MARGIN)

    def _tint(self) -> None:
        self.choice.setIcon(icon("scan-eye"))
