"""The bar above: menus, the project's name, device, Stop and the one coloured button. Knows no document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenuBar, QPushButton, QSizePolicy, QToolButton, QWidget

from gui.runner import RunState
from gui.search_button import SearchButton
from gui.theme import TEXT, colour, font, icon

_WORDS: Final[Mapping[str, str]] = {
    "waking": "TensorFlow is starting…",
    "ready": "Train",
    "starting": "Reading the data…",
    "compiling": "Compiling…",
    "evaluating": "Evaluating…",
    "finished": "Train again",
    "stopped": "Train again",
    "failed": "Train again",
}
#: The icons of the actions that stand in the bar.
ICONS: Final[Mapping[str, str]] = {"undo": "undo-2", "redo": "redo-2", "undo_history": "history"}


def clock(seconds: float) -> str:
    """Spell a time left: `0:41`, `1:02:09`."""
    whole = round(seconds)
    hours, minutes = whole // 3600, whole % 3600 // 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def words(state: RunState) -> str:
    """What the button says: what happens next, or how far the run is."""
    if state.queued:
        return "Trains once TensorFlow is up…"
    if state.phase == "paused":
        return f"Paused in epoch {min(state.epoch + 1, state.epochs)} of {state.epochs}"
    if state.phase == "training":
        left = "" if state.seconds_left is None else f" · {clock(state.seconds_left)} left"
        return f"Epoch {min(state.epoch + 1, state.epochs)} of {state.epochs}{left}"
    return _WORDS[state.phase]


class TrainButton(QPushButton):
    """The one coloured button; a line along its foot fills as the run goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "primary")
        self.setFont(font(TEXT, bold=True))
        self._progress = 0.0
        #: The key that trains, as people read it.
        self.key = ""
        self.show_state(RunState())

    def show_state(self, state: RunState) -> None:
        """Say where the run stands."""
        self.state = state
        text = words(state)
        self._progress = state.progress if state.phase in ("training", "paused") else 0.0
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
        ready = "Train the network" + (f" ({self.key})" if self.key else "")
        self.setToolTip(state.sentence or (ready if not state.busy else text))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for its longest usual words, so that the bar does not jump while it counts."""
        widest = self.fontMetrics().horizontalAdvance("Epoch 88 of 88 · 00:00 left")
        return QSize(max(super().sizeHint().width(), widest + 32), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._progress <= 0:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), 6, 6)
        painter.setClipPath(shape)
        foot = QRectF(0, self.height() - 3, self.width() * self._progress, 3)
        painter.fillRect(foot, colour("on_accent"))
        painter.end()


class Bar(QWidget):
    """Menus and the project's name at the left; undo, redo, their history, device, Stop and Train at the right."""

    def __init__(self, menus: QMenuBar, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.menus = menus
        self.title = QLabel()
        self.title.setFont(font(TEXT, bold=True))
        self.saved = QLabel()
        self.saved.setProperty("role", "second")
        self.device = QLabel()
        self.device.setProperty("role", "second")
        self.train = TrainButton()
        self.stop = QToolButton()
        self.pause = self._button(actions["pause"])
        self.pause.setProperty("role", "")
        self._buttons = {name: self._button(actions[name]) for name in ICONS}
        self.search = SearchButton()
        self.search.clicked.connect(actions["find_action"].trigger)
        self.stop.setDefaultAction(actions["stop"])
        self.stop.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.train.clicked.connect(actions["train"].trigger)
        self._lay_out()

    def show_title(self, name: str, saved: bool, path: str) -> None:
        """Show the project's name and whether it is saved."""
        self.title.setText(name)
        self.title.setToolTip(path)
        self.saved.setText("" if not path and saved else "· saved" if saved else "· edited")

    def button_of(self, action: str) -> QWidget | None:
        """The button of an action, where it has one here."""
        named: Mapping[str, QWidget] = {"train": self.train, "stop": self.stop, "pause": self.pause}
        return {**named, "find_action": self.search, **self._buttons}.get(action)

    def show_keys(self, label: Callable[[str], str]) -> None:
        """Name the keys of the buttons, as they are now."""
        self.search.show_key(label("find_action"))
        self.train.key = label("train")
        self.train.show_state(self.train.state)

    def show_state(self, state: RunState) -> None:
        self.train.show_state(state)
        self._show_pause()

    def _show_pause(self) -> None:
        """Show what a click would do: hold the run, or let it go on."""
        held = self.train.state.phase == "paused"
        if self.pause.property("held") != held or self.pause.property("tint") != colour("text").name():
            self.pause.setProperty("held", held)
            self.pause.setProperty("tint", colour("text").name())
            self.pause.defaultAction().setIcon(icon("play" if held else "pause", "text"))

    def show_device(self, text: str, tip: str) -> None:
        self.device.setText(text)
        self.device.setToolTip(tip)

    def retint(self) -> None:
        """Follow the theme."""
        self.search.retint()
        for name, button in self._buttons.items():
            button.defaultAction().setIcon(icon(ICONS[name]))
        self.stop.defaultAction().setIcon(icon("square", "text"))
        self._show_pause()

    @property
    def history(self) -> QToolButton:
        """The button under which the history opens."""
        return self._buttons["undo_history"]

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton()
        button.setDefaultAction(action)
        button.setProperty("role", "flat")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button

    def _steps(self) -> QHBoxLayout:
        """Undo, redo and the history, close together: they are one thing."""
        group = QHBoxLayout()
        group.setSpacing(2)
        for button in self._buttons.values():
            group.addWidget(button)
        return group

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row.addWidget(self.menus, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.saved)
        row.addStretch(1)
        row.addWidget(self.search, 20)
        row.addStretch(1)
        row.addLayout(self._steps())
        row.addSpacing(8)
        row.addWidget(self.device)
        row.addSpacing(4)
        row.addWidget(self.pause)
        row.addWidget(self.stop)
        row.addWidget(self.train)
