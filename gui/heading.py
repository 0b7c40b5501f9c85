"""The inspector's head: a name that can be edited in its place, what the layer is, and whose weights it uses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.graph import Node
from gui.cards import text_label
from gui.editors.fields import Field, IconButton

BLOCK_TIP: Final = "The block's name, in the palette and in the code; its instances have names of their own"
NAME_TIP: Final = "The layer's name, in the drawing and in the code"


class Heading(QWidget):
    """Shows a title, fixed or to be edited; `renamed` carries a new name, `followed` the id of a node named here.

    `help_asked` says that the layer's page of help is wanted.
    """

    renamed = Signal(str)
    followed = Signal(str)
    help_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = Field()
        self.name.setProperty("role", "bare")
        self.name.setAccessibleName("Name of the layer")
        # The bare role and the title's size are one rule each in the style sheet; a widget has one role.
        self.name.setStyleSheet("font-size: 16px; font-weight: 600;")
        self.name.committed.connect(self._named)
        self.name.reverted.connect(self._accept)
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.kind = text_label("")
        self.kind.setProperty("role", "second")
        self.refusal = text_label("")
        self.refusal.setProperty("role", "bad")
        self.sharing = QLabel()
        self.sharing.setWordWrap(True)
        self.sharing.setProperty("role", "second")
        self.sharing.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.sharing.linkActivated.connect(self.followed)
        self.help = IconButton("circle-help", "Help on this layer")
        self.help.clicked.connect(self.help_asked)
        above = QHBoxLayout()
        above.setSpacing(4)
        above.addWidget(self.name, 1)
        above.addWidget(self.title, 1)
        above.addWidget(self.help, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(above)
        for widget in (self.refusal, self.kind, self.sharing):
            column.addWidget(widget)

    def show_node(self, name: str, kind: str) -> None:
        """Show a node whose name can be edited; a name being typed is kept where it did not change."""
        self.name.show()
        self.help.show()
        self.title.hide()
        self.name.setToolTip(f"{name}\n{NAME_TIP}")
        if name != self.name.settled:
            self.name.settle(name)
            self._accept()
        self.kind.setText(kind)

    def show_block(self, name: str, kind: str) -> None:
        """Show a block whose name can be edited, and that has no page of help."""
        self.show_node(name, kind)
        self.name.setToolTip(f"{name}\n{BLOCK_TIP}")
        self.help.hide()
        self.show_sharing("", ())

    def show_title(self, title: str, kind: str) -> None:
        """Show what has no one name."""
        self.name.settle("")
        self._accept()
        self.name.hide()
        self.help.hide()
        self.title.setText(title)
        self.title.show()
        self.kind.setText(kind)
        self.show_sharing("", ())

    def show_sharing(self, beginning: str, nodes: Iterable[Node]) -> None:
        """Say whose weights are used, each node a link; nothing where the beginning is empty."""
        from html import escape

        links = ", ".join(f'<a href="{escape(node.id)}">{escape(node.name)}</a>' for node in nodes)
        self.sharing.setText(f"{beginning} {links}.")
        self.sharing.setVisible(bool(beginning))

    def refuse(self, sentence: str) -> None:
        """Show why a name cannot be, and keep what was typed."""
        self.refusal.setText(sentence)
        self.refusal.show()

    def _accept(self) -> None:
        self.refusal.hide()

    def _named(self, name: str) -> None:
        self._accept()
        self.renamed.emit(name.strip())
