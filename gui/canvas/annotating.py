"""The commands on frames and notes: add, fit, resize, take apart, walk through them. Edits through the desk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QPoint, QRectF

from engine.graph import Frame
from gui.canvas import framing
from gui.canvas.desk import Desk
from gui.canvas.hand import Hand
from gui.canvas.in_place import InPlace
from gui.canvas.scene import Scene
from gui.canvas.walk import STEPS

#: What a key adds to a frame or a note, in scene pixels.
GROWTH: Final = 24.0


class Annotating:
    """Works on what is selected; a sentence says what cannot be done."""

    def __init__(self, canvas: Hand, scene: Scene, desk: Desk, in_place: InPlace) -> None:
        self._canvas, self._scene, self._desk, self._in_place = canvas, scene, desk, in_place
        self._selection = scene.selection

    def commands(self) -> dict[str, Callable[[], object]]:
        """The slots of the actions, by the action's id."""
        return {
            "frame_selection": self.frame_selection,
            "add_note": self.add_note,
            "fit_frame": self.fit_frame,
            "select_inside": self.select_inside,
            "unframe": self.unframe,
            "open_link": self.open_link,
            "next_annotation": partial(self.step, 1),
            "previous_annotation": partial(self.step, -1),
            **{f"grow_{way}": partial(self.grow, x * GROWTH, y * GROWTH) for way, (x, y) in STEPS.items()},
        }

    @property
    def _frames(self) -> list[str]:
        return self._scene.annotations.frames_of(sorted(self._selection.annotations))

    def frame_selection(self) -> None:
        """Put a frame around what is selected, an empty one where nothing is, and ask for its title."""
        chosen, graph = self._selection.all, self._scene.graph
        if chosen:
            box, words = framing.around(*_box(self._scene.bounds(chosen))), framing.words(graph, chosen)
        else:
            centre, (wide, high) = self._spot(), framing.FRAME_SIZE
            box, words = ((centre[0] - wide / 2, centre[1] - high / 2), framing.FRAME_SIZE), "nothing"
        graph, id = framing.framed(graph, box)
        self._desk.frame(f"Frame {words}" if chosen else "Add frame", graph, id)
        self._selection.set([id], self._scene)
        self._in_place.open(id)

    def add_note(self) -> None:
        """Ask for the text of a new note, at the mouse or in the middle; nothing is added while it is empty."""
        at = self._spot() if self._canvas.pointer is not None else self._clear_spot()
        self._in_place.write(at, lambda text: self._write(text, at))

    def _write(self, text: str, at: tuple[float, float]) -> None:
        if text.strip():
            graph, id = framing.noted(self._scene.graph, text, at)
            self._desk.edit("Add note", graph)
            self._selection.set([id], self._scene)

    def fit_frame(self) -> None:
        """Make selected frames as large as what lies in them needs; an empty one stays."""
        graph, done = self._scene.graph, []
        for id in self._frames:
            inside = self._scene.inside([id])
            if inside:
                graph = framing.boxed(graph, id, *framing.around(*_box(self._scene.bounds(inside))))
                done.append(id)
        if done:
            self._desk.edit(f"Fit {framing.words(graph, done)}", graph)
        else:
            self._canvas.said.emit("Nothing lies wholly within the frame. Move layers into it first.")

    def select_inside(self) -> None:
        """Select what lies in the selected frames, in their place."""
        inside = self._scene.inside(self._frames)
        if inside:
            self._selection.set(inside, self._scene)
        else:
            self._canvas.said.emit("Nothing lies wholly within the frame.")

    def unframe(self) -> None:
        """Remove the selected frames and select what lay in them."""
        frames, graph = self._frames, self._scene.graph
        inside = self._scene.inside(frames)
        self._desk.edit(f"Remove {framing.words(graph, frames)}", graph.without(frames))
        self._selection.set(inside, self._scene)

    def grow(self, across: float, down: float) -> None:
        """Move the right and lower edges of selected frames and notes."""
        chosen, graph = sorted(self._selection.annotations), self._scene.graph
        for id in chosen:
            item, least = self._scene.annotations.item(id), framing.least(graph, id)
            size = max(item.size[0] + across, least[0]), max(item.size[1] + down, least[1])
            graph = framing.boxed(graph, id, item.at, size)
        self._desk.edit(f"Resize {framing.words(graph, chosen)}", graph, merge="grow " + " ".join(chosen))

    def step(self, ways: int) -> None:
        """Go to the next frame or note, as they are read: row by row; the first after the last."""
        held = sorted(self._scene.annotations.items, key=lambda item: (item.at[1], item.at[0]))
        ids = [item.id for item in held]
        here = [ids.index(id) for id in self._selection.annotations]
        ends = (0, -1) if not here else (max(here) + 1, min(here) - 1)
        found = ids[ends[ways < 0] % len(ids)]
        self._canvas.pointer = None
        self._selection.set([found], self._scene)
        self._canvas.reveal(self._scene.annotations.box(found))

    def open_link(self) -> None:
        """Offer the links of the selected note, each to be opened after asking."""
        id = next(iter(self._selection.annotations))
        text = self._scene.painter.backdrop.text(id)
        from gui.canvas.notetext import links

        found = [] if text is None else links(text)
        if not found:
            self._canvas.said.emit("The note has no link to the web. Write one as [words](https://…).")
        elif len(found) == 1:
            self._canvas.link_asked.emit(found[0])
        else:
            from gui.canvas.links import offer

            corner = self._canvas.viewportTransform().map(self._scene.annotations.box(id).bottomLeft()).toPoint()
            offer(self._canvas, found, self._canvas.mapToGlobal(corner + QPoint(0, 4)), self._canvas.link_asked.emit)

    @property
    def chosen_words(self) -> str:
        """Tell of what is selected as it is read aloud, where a frame or a note is; else nothing."""
        from gui.canvas.tips import annotation_words

        chosen, held = self._selection.all, self._scene.annotations
        known = [id for id in chosen if id in held or id in self._scene.graph.nodes]
        if not self._selection.annotations or not known:
            return ""
        if len(known) > 1 or known[0] not in held:
            return f"{framing.words(self._scene.graph, known)} selected"
        item = held.item(known[0])
        return annotation_words(item, len(self._scene.inside([item.id])) if isinstance(item, Frame) else 0)

    def _spot(self) -> tuple[float, float]:
        """Where the mouse is, else the middle of what is seen; on whole pixels."""
        canvas = self._canvas
        place = canvas.to_scene(canvas.pointer) if canvas.pointer is not None else canvas.centre()
        return float(round(place.x())), float(round(place.y()))

    def _clear_spot(self) -> tuple[float, float]:
        """Where a new note covers no node and no note: in the middle of what is seen, or below."""
        x, y = self._spot()
        wide, high = framing.NOTE_SIZE
        notes = self._scene.annotations.boxes[~self._scene.annotations.framed]
        held = np.vstack([self._scene.nodes.frames, notes])
        across = held[(held[:, 0] < x + wide) & (held[:, 0] + held[:, 2] > x)]
        for top, height in across[np.argsort(across[:, 1])][:, [1, 3]].tolist():
            if top < y + high and y < top + height:
                y = float(round(top + height + GROWTH))
        return x, y


def _box(box: QRectF) -> framing.Box:
    return box.topLeft().toTuple(), box.size().toTuple()
