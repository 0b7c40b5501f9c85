"""Copies the values of one layer and gives them to others, through the clipboard. Knows no view and no mouse."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtGui import QGuiApplication

from engine.errors import EngineError, GraphError
from engine.giving import Given, with_values
from engine.graph import Node
from engine.wiring import listed
from gui.canvas import edits
from gui.canvas.clipboard import from_text, to_text
from gui.canvas.scene import Scene


class Values:
    """Edits through the document; `say` gets the sentence of what was refused, `tell` of what was done.

    A layer's values travel as the layer itself does, so that what was copied whole can give its values too.
    """

    def __init__(self, scene: Scene, say: Callable[[str], object], tell: Callable[[str], object]) -> None:
        self._scene, self._say, self._tell = scene, say, tell
        self._document, self._selection = scene.document, scene.selection

    def commands(self) -> Mapping[str, Callable[[], object]]:
        return {"copy_values": self.copy, "paste_values": self.paste}

    def copy(self) -> None:
        """Put the selected layer on the clipboard as text."""
        ids, graph = self._selection.ids, self._document.graph
        QGuiApplication.clipboard().setText(to_text(edits.piece(graph, ids)))
        self._tell(f"Copied the values of {edits.count(graph, ids)}.")

    def paste(self) -> None:
        """Give the values of the layer on the clipboard to the selected ones, or say why they cannot be given."""
        try:
            source = self._source()
        except EngineError as error:
            self._say(error.sentence)
            return
        ids = [id for id in self._document.graph.nodes if id in self._selection.ids]
        given = with_values(self._document.graph, self._document.catalogue, ids, source)
        if not given.nodes:
            self._say(unchanged_words(source, given))
            return
        self._document.edit(f"Paste values of {source.name} into {count(given)}", given.graph, self._scene)
        self._tell(given_words(given))

    def _source(self) -> Node:
        part = from_text(QGuiApplication.clipboard().text(), self._document.catalogue)
        if len(part.nodes) > 1:
            raise GraphError(
                "Values are pasted from one layer", received=f"{len(part.nodes):,} layers", hint="Copy one of them"
            )
        return next(iter(part.nodes.values()))


def count(given: Given) -> str:
    return f"{given.nodes:,} layer{'s' if given.nodes != 1 else ''}"


def given_words(given: Given) -> str:
    """Tell how many values were set, and which could not be."""
    set_words = f"Set {given.taken:,} value{'s' if given.taken != 1 else ''} in {count(given)}."
    left = listed([name.replace("_", " ") for name in given.refused])
    return f"{set_words} Left out, since not every layer takes them: {left}." if left else set_words


def unchanged_words(source: Node, given: Given) -> str:
    if given.refused:
        left = listed([name.replace("_", " ") for name in given.refused])
        return f"Nothing is set: the selected layers take no value of {source.name} ({left}). Select layers like it."
    return f"Nothing is set: the selected layers hold the values of {source.name} already."
