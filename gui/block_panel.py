"""The block that is seen, in the inspector: what it is, and its parameters. Edits through the document, a step each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from engine import block_edits, entering
from engine.errors import EngineError
from engine.graph import BLOCK, Block, BlockParameter, Graph
from gui.cards import Stack, text_label
from gui.document import Document
from gui.editors.fields import Field
from gui.theme import icon

if TYPE_CHECKING:
    from gui.parameter_card import ParameterCard

NONE: Final = "No value of this block can be set from outside yet. Add one, or expose a value of a layer by its ƒ."
Edit = Callable[[Graph], Graph]


class BlockPanel(QWidget):
    """Shows the definition that is seen; hidden where that is the outermost drawing, or something is selected."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self.note = Field()
        self.note.setPlaceholderText("What this block is")
        self.note.setAccessibleName("What this block is")
        self.note.committed.connect(self._write)
        title = QLabel("PARAMETERS")
        title.setProperty("role", "label")
        self.none = text_label(NONE)
        self.none.setProperty("role", "second")
        self.cards = Stack(16)
        self.refusal = text_label("")
        self.refusal.setProperty("role", "bad")
        self.add = QPushButton(icon("plus"), "Add a parameter")
        self.add.clicked.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (self.note, title, self.none, self.cards, self.refusal):
            column.addWidget(widget)
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def block(self) -> Block | None:
        return entering.block(self._document.root, self._document.steps)

    def show_block(self) -> None:
        """Show the block that is seen as it is now; what is being typed elsewhere in it stays."""
        block = self.block
        if block is None:
            return
        if block.note != self.note.settled:
            self.note.settle(block.note)
        self.note.setToolTip(block.note)
        self.refusal.hide()
        self.none.setVisible(not block.parameters)
        kinds = [(parameter.name, parameter.kind) for parameter in block.parameters]
        if [card.key for card in self._cards] != kinds:
            self.cards.fill(self._card(parameter) for parameter in block.parameters)
        known = self._document.catalogue.layer(BLOCK + block.name)
        for card, parameter in zip(self._cards, block.parameters, strict=True):
            card.show_parameter(
                parameter, known.parameter(parameter.name), used=block_edits.used(block, parameter.name)
            )

    @property
    def _cards(self) -> list[ParameterCard]:
        from gui.parameter_card import ParameterCard

        return [card for card in self.cards.items if isinstance(card, ParameterCard)]

    def _card(self, parameter: BlockParameter) -> QWidget:
        from gui.parameter_card import ParameterCard

        card = ParameterCard(parameter, self._document.catalogue)
        name = parameter.name
        card.changed.connect(lambda after, title: self._change(name, after, title))
        card.moved.connect(lambda by: self._move(name, by))
        card.removed.connect(lambda: self._remove(name))
        return card

    # -- edits

    def _edit(self, title: str, change: Callable[[Graph, Block], Graph]) -> None:
        """Edit the definition in one undo step, or say why it cannot be."""
        block, document = self.block, self._document
        if block is None:
            return
        try:
            root = change(document.root, block)
        except EngineError as error:
            self.show_block()
            self.refusal.setText(error.sentence)
            self.refusal.show()
            return
        document.edit_whole(f"{title} of {block.name}", root)

    def _write(self, note: str) -> None:
        self._edit("Write the note", lambda root, block: block_edits.with_note(root, block.name, note))

    def _add(self) -> None:
        def added(root: Graph, block: Block) -> Graph:
            name = block_edits.free_parameter(block, "width")
            return block_edits.with_parameter(root, block.name, BlockParameter(name, "int", 1))

        self._edit("Add a parameter", added)
        if self._cards:
            self._cards[-1].name.setFocus()
            self._cards[-1].name.selectAll()

    def _change(self, name: str, after: BlockParameter, title: str) -> None:
        self._edit(title, lambda root, block: block_edits.with_changed(root, block.name, name, after))

    def _move(self, name: str, by: int) -> None:
        self._edit(f"Move {name}", lambda root, block: block_edits.with_moved(root, block.name, name, by))

    def _remove(self, name: str) -> None:
        self._edit(f"Remove {name}", lambda root, block: block_edits.without_parameter(root, block.name, name))

    def rename(self, name: str) -> None:
        """Give the block another name, with all its instances, in one undo step; raise EngineError where it cannot."""
        document, block = self._document, self.block
        if block is None or name == block.name:
            return
        root = block_edits.renamed_block(document.root, block.name, name)
        steps = tuple(replace(s, block=name) if s.block == block.name else s for s in document.steps)
        document.edit_whole(f"Rename the block {block.name} to {name}", root, steps=steps)
