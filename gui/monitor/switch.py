"""A choice between two or three, all in sight: a row of small buttons of which one is down."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QToolButton, QWidget

from gui.theme import icon


class Switch(QWidget):
    """Emits `chosen` with the word of the button that a person pressed."""

    chosen = Signal(str)

    def __init__(self, name: str, choices: Mapping[str, str], tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for word, label in choices.items():
            layout.addWidget(self._button(name, word, label, tip))
        self._rooms = {word: button.sizeHint().width() for word, button in self._buttons.items()}
        self._group.idToggled.connect(self._toggled)
        self.choose(next(iter(choices)))

    def _button(self, name: str, word: str, label: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setToolTip(f"{label}\n{tip}" if tip else label)  # a narrow page cuts the label
        button.setText(label)
        button.setCheckable(True)
        button.setProperty("role", "choice")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setAccessibleName(f"{name}: {label}")
        self._group.addButton(button, len(self._buttons))
        self._buttons[word] = button
        return button

    def show_icons(self, names: Mapping[str, str]) -> None:
        """Show icons in the place of the labels, where there is no room for those; none for the labels again."""
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if names else Qt.ToolButtonStyle.ToolButtonTextOnly
        for word, button in self._buttons.items():
            if names:
                button.setIcon(icon(names[word]))
            button.setToolButtonStyle(style)

    def offer(self, words: Collection[str]) -> None:
        """Show the buttons of some of the choices; the others make no sense just now."""
        for word, button in self._buttons.items():
            button.setVisible(word in words)

    @property
    def room(self) -> int:
        """How wide the labels are together, of the choices that are offered."""
        shown = [self._rooms[word] for word, button in self._buttons.items() if not button.isHidden()]
        return sum(shown) + 4 * max(0, len(shown) - 1)

    @property
    def choice(self) -> str:
        return list(self._buttons)[self._group.checkedId()]

    def choose(self, word: str) -> None:
        """Press a button."""
        self._buttons[word].setChecked(True)

    def allow(self, word: str, able: bool, why_not: str) -> None:
        """Say whether a button can be pressed, and by its tooltip why not."""
        button = self._buttons[word]
        button.setEnabled(able)
        button.setToolTip(button.text() if able else f"{button.text()}\n{why_not}")

    def _toggled(self, id: int, down: bool) -> None:
        if down:
            self.chosen.emit(list(self._buttons)[id])
