"""The editors that open in the place of what they edit: a name, a title, a note's text. Edits through the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF

from engine.graph import Point
from engine.graph_json import TITLE
from gui.canvas import framing
from gui.canvas.desk import Desk
from gui.canvas.grips import title_box
from gui.canvas.ground import Ground
from gui.canvas.nodepaint import name_room
from gui.canvas.scene import Scene

if TYPE_CHECKING:
    from gui.canvas.note_editor import NoteEditor
    from gui.canvas.rename import NameEditor

#: The id of a note that is being written and not in the drawing yet.
UNWRITTEN: Final = ""


class InPlace:
    """Holds the editor of one line and the one of notes; made when first needed, since they delay the first paint."""

    def __init__(self, ground: Ground, scene: Scene, desk: Desk) -> None:
        self._ground, self._scene, self._desk = ground, scene, desk
        self._names: NameEditor | None = None
        self._notes: NoteEditor | None = None
        #: Where the note that is being written will stand.
        self._unwritten = QRectF()

    @property
    def names(self) -> NameEditor:
        """The editor of names and titles."""
        if self._names is None:
            from gui.canvas.rename import NameEditor

            self._names = NameEditor(self._ground)
            self._names.left.connect(self._ground.setFocus)
        return self._names

    @property
    def notes(self) -> NoteEditor:
        """The editor of notes."""
        if self._notes is None:
            from gui.canvas.note_editor import NoteEditor

            self._notes = NoteEditor(self._ground)
            self._notes.left.connect(self._ground.setFocus)
        return self._notes

    def open(self, id: str) -> None:
        """Ask for another name of a node, title of a frame or text of a note, where it stands."""
        graph, take = self._scene.graph, self._desk
        self._ground.reveal(self._scene.bounds([id]))
        if id in graph.nodes:
            self.names.open(id, graph.nodes[id].name, self._place(id), partial(take.rename, id))
        elif id in graph.frames:
            title, place = graph.frames[id].title, self._place(id)
            self.names.open(id, title, place, partial(take.retitle, id), "Title of the frame", TITLE)
        elif id in graph.notes:
            self.notes.open(id, graph.notes[id].text, self._place(id), partial(take.rewrite, id))

    def write(self, at: Point, take: Callable[[str], None]) -> None:
        """Ask for the text of a note that will stand at a place of the scene."""
        self._unwritten = QRectF(QPointF(*at), QPointF(at[0] + framing.NOTE_SIZE[0], at[1] + framing.NOTE_SIZE[1]))
        self._ground.reveal(self._unwritten)
        self.notes.open(UNWRITTEN, "", self._place(UNWRITTEN), take)

    def follow(self) -> None:
        """Stand where what is edited stands now; close where it is gone."""
        for editor in (self._names, self._notes):
            about = editor.answer.about if editor is not None else None
            if editor is None or about is None:
                continue
            if self._known(about):
                editor.stand(self._place(about))
            else:
                editor.leave()

    def leave(self) -> None:
        """Close with nothing changed."""
        for editor in (self._names, self._notes):
            if editor is not None:
                editor.leave()

    def _known(self, id: str) -> bool:
        return id == UNWRITTEN or id in self._scene.nodes or id in self._scene.annotations

    def _place(self, id: str) -> QRect:
        """Where an editor stands on the viewport."""
        if id in self._scene.nodes or id in self._scene.graph.frames:
            return self._line_place(id)
        box = self._scene.annotations.box(id) if id in self._scene.annotations else self._unwritten
        return self._ground.viewportTransform().mapRect(box).toAlignedRect()

    def _line_place(self, id: str) -> QRect:
        """Where a line of text stands: over a node's name, or at the left of a frame's bar."""
        nodes, scale = self._scene.nodes, self._ground.zoom
        if id in nodes:
            room = name_room(nodes.face(id)).translated(nodes.frame(id).topLeft())
        else:
            bar = title_box(self._scene.annotations, id, scale)
            room = bar.adjusted(2 / scale, 0, -2 / scale, 0)
            room.setWidth(min(room.width(), 360 / scale))
        shown = self._ground.viewportTransform().mapRect(room)
        place = shown.toRect()
        place.setHeight(max(place.height(), self.names.sizeHint().height()))
        place.setWidth(max(place.width(), 140))
        place.moveCenter(shown.center().toPoint())
        return place
