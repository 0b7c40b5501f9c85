"""The canvas as the window sees it: its commands, its keys, its editor and its search. Edits through the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from engine.changes import Changes
from gui.canvas import aloud, tips
from gui.canvas.annotating import Annotating
from gui.canvas.annotations import BAR
from gui.canvas.arranging import Arranging
from gui.canvas.blocking import Blocking
from gui.canvas.crumbs import Crumbs
from gui.canvas.empty import Empty
from gui.canvas.finder import Finder
from gui.canvas.focus import FocusLine
from gui.canvas.gestures import Loose
from gui.canvas.guide import Guide
from gui.canvas.hand import Hand
from gui.canvas.heating import Heating
from gui.canvas.in_place import InPlace
from gui.canvas.keyboard import Keyboard
from gui.canvas.marking import Marking
from gui.canvas.menu import fill_menu, offer_mends, rows
from gui.canvas.near import NEAR
from gui.canvas.rename import NameEditor
from gui.canvas.scene import Scene
from gui.canvas.spoken import describe
from gui.canvas.surgery import Surgery
from gui.document import Document
from gui.selection import Selection
from gui.shortcuts import Shortcuts

DESCRIBED = "The drawing. Arrow keys walk along the wires"


class Canvas(Hand):
    """Shows the document's drawing and edits it; `said` carries the sentence of what was refused.

    `asked` carries the action of a key that was pressed here and that is not one of the canvas's own, `offered` a
    sentence that tells what folding would do.
    """

    asked = Signal(str)
    offered = Signal(str)

    def __init__(self, document: Document, selection: Selection, parent: QWidget | None = None) -> None:
        aloud.install()
        scene = Scene(document, selection)
        super().__init__(scene, parent)
        scene.setParent(self)
        self._document, self._selection = document, selection
        self.in_place = InPlace(self, scene, self.desk)
        self.annotating = Annotating(self, scene, self.desk, self.in_place)
        self.finder = Finder(self, scene)
        self.guide = Guide(self, scene, self.focus_node)
        self.surgery = Surgery(scene, self.desk, self.finder)
        self.arranging = Arranging(scene, self, self.said.emit)
        self.marking = Marking(scene, self, self.said.emit)
        self.heating = Heating(scene, self)
        self.crumbs = Crumbs(document, self)
        self.blocking = Blocking(scene, self, self.crumbs, self.said.emit, self.offered.emit, self.rename)
        self.commands: Mapping[str, Callable[[], object]] = self._table()
        self.keyboard = Keyboard(scene, self.commands, lambda: self.busy, self.said.emit)
        self.empty = Empty(self)
        self._line = FocusLine(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Drawing")
        self._wire_up()
        self._reset()

    def _wire_up(self) -> None:
        self._document.changed.connect(self._follow)
        self._document.reset.connect(self._reset)
        self._selection.changed.connect(lambda _ids, _initiator: self._describe())
        self.let_go.connect(self._search_for)
        self.searched.connect(self._search_at)
        self.rename_asked.connect(self.blocking.open)
        self._drawing.wires_chosen.connect(self._describe)
        self.looked.connect(self.in_place.follow)
        self.link_asked.connect(self._ask_link)

    @property
    def editor(self) -> NameEditor:
        """The editor of names and titles."""
        return self.in_place.names

    # -- for the window

    def add_layer(self, layer: str, at: QPointF | None = None) -> None:
        """Add a layer at a place of the scene; with none, after the one selected node, else in the middle."""
        ids = self._selection.ids
        if at is not None:
            added = self.desk.add(layer, at)
        elif len(ids) == 1:
            added = self.desk.add_after(layer, next(iter(ids)))
        else:
            added = self.desk.add(layer, self.centre())
        self.pointer = None
        if added is not None:
            self.reveal(self._drawing.nodes.frame(added))

    def copy(self) -> None:
        self.desk.copy()

    def paste(self, *, wired: bool = False) -> None:
        """Paste around the mouse; beside where the layers were, while the mouse is elsewhere."""
        if self.desk.paste(self.to_scene(self.pointer) if self.pointer is not None else None, wired=wired):
            self._drawing.when_settled(self._reveal_chosen)

    def _reveal_chosen(self) -> None:
        if self._selection.all:
            self.reveal(self._drawing.bounds(self._selection.all))

    def rename(self, id: str | None = None) -> None:
        """Ask for another name of a node, title of a frame or text of a note; without an id, of what is selected."""
        if id is None and len(self._selection.all) == 1:
            id = next(iter(self._selection.all))
        if id is not None and id in self._drawing.nodes and self._drawing.nodes.is_dot(id):
            self.said.emit("A dot shows no name. Select a layer to rename.")
        elif id is not None:
            self.in_place.open(id)

    def fit_selection(self) -> None:
        """Show what is selected whole; the drawing, where nothing is."""
        if self._selection.all:
            self.fit(self._drawing.bounds(self._selection.all))
        else:
            self.fit_all()

    def focus_node(self, id: str) -> None:
        """Select a node, frame or note and bring it to where it can be read; what is gone is passed over."""
        if id not in self._drawing.nodes and id not in self._drawing.annotations:
            return
        self._selection.set([id], self)
        box = self._drawing.bounds([id])
        if id in self._drawing.graph.frames:
            box.setHeight(min(box.height(), BAR))  # its title is what is read of it
        if self.zoom < NEAR:
            self.go(box.center(), 1.0)
        else:
            self.reveal(box)

    def show_thumbnail(self, id: str, image: QImage | None) -> None:
        """Put a live picture into a node, or take it away."""
        self._drawing.show_thumbnail(id, image)

    def search(self) -> None:
        """Ask for a layer to add: at the mouse; where the keyboard leads, after the selected node."""
        if self.pointer is not None:
            self._search_at(self.pointer)
            return
        ids = self._selection.ids
        after = next(iter(ids)) if len(ids) == 1 else None
        place = self._drawing.nodes.frame(after).topRight() if after is not None else self.centre()
        self.finder.ask(self.viewportTransform().map(place), lambda layer: self.add_layer(layer, None), after)

    def _search_at(self, at: QPointF) -> None:
        place = self.to_scene(at)
        self.finder.ask(at, lambda layer: self.add_layer(layer, place))

    def _search_for(self, loose: Loose) -> None:
        self.finder.ask_for(loose, lambda layer: self.desk.add_at_end(layer, loose.at, loose.ends, output=loose.output))

    # -- keys

    def use_keys(self, shortcuts: Shortcuts) -> None:
        """Hear other keys than those of the table."""
        self.keyboard.shortcuts = shortcuts
        shortcuts.changed.connect(self._describe)
        self._describe()

    def _table(self) -> Mapping[str, Callable[[], object]]:
        table: dict[str, Callable[[], object]] = {
            "copy": self.copy, "paste": self.paste, "paste_wired": partial(self.paste, wired=True),
            "search": self.search, "rename": self.rename, "knife": self.take_knife, "escape": self._escape,
            "undo": self._document.undo.undo, "redo": self._document.undo.redo, "fit_all": self.fit_all,
            "fit_selection": self.fit_selection, "zoom_in": self.zoom_in, "zoom_out": self.zoom_out,
            "zoom_reset": partial(self.zoom_to, 1.0),
        }  # fmt: skip
        for part in (
            self.desk, self.surgery, self.arranging, self.values, self.marking, self.guide, self.annotating,
            self.heating, self.blocking,
        ):  # fmt: skip
            table |= part.commands()
        return table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.hold_space(True)
            return
        id = self.keyboard.action(event)
        if id in self.commands:
            self.keyboard.do(id)
        elif id:
            self.asked.emit(id)
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hold_space(False)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Leave Tab to the search; Shift+Tab, and Tab from the widgets over the canvas, go on as everywhere."""
        if following and self.hasFocus():
            return False
        return super().focusNextPrevChild(following)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._line.show_for(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hold_space(False)
        self._line.hide()

    def _escape(self) -> None:
        if self.busy or self.armed:
            self.cancel()
        elif self.arranging.busy:
            self.arranging.cancel()
        elif self._selection.all or self._drawing.overlay.chosen or not self.blocking.leave():
            self._selection.set((), self)
            self._drawing.choose_wires(())

    # -- following

    def _follow(self, _changes: Changes, initiator: object) -> None:
        if initiator is not self._drawing:
            self.cancel()
        self.in_place.follow()
        self._show_empty()

    def _reset(self) -> None:
        self.cancel()
        self.in_place.leave()
        self.finder.leave()
        self._show_empty()
        self._describe()

    def _describe(self) -> None:
        """Tell a screen reader what is selected, and the keys of now."""
        if self._drawing.behind:
            self._drawing.when_settled(self._describe)
            return
        self.empty.show_key(self.keyboard.shortcuts.label("search"))
        words = self.annotating.chosen_words
        words = words or tips.chosen_words(self._drawing.facts, self._selection.ids, self._drawing.overlay.chosen)
        told = len(self._selection.ids) == 1 and aloud.tell_focus(self, next(iter(self._selection.ids)))
        describe(self, words or f"{DESCRIBED}, {self.keyboard.words}.", aloud=not told)

    def _ask_link(self, link: str) -> None:
        from gui.canvas.links import ask

        ask(self, link)

    # -- places

    def _show_empty(self) -> None:
        graph = self._document.graph
        self.empty.setVisible(not (graph.nodes or graph.frames or graph.notes))
        self.empty.setGeometry(self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_empty()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done to what is below; a node or wire that is not selected is selected first."""
        if event.reason() is not QContextMenuEvent.Reason.Keyboard:
            if self.menu_withheld:
                return
            self.select_under(QPointF(event.pos()))
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys = self.keyboard
        offer_mends(menu, self._document, self._selection.ids, keys.shortcuts.label("mend"))
        fill_menu(menu, rows(keys.standing), self._do, keys.shortcuts, keys.why_not)
        menu.popup(event.globalPos())

    def _do(self, action: str) -> None:
        """Do a command of the canvas, or ask for another action."""
        (self.keyboard.do if action in self.commands else self.asked.emit)(action)

    def select_under(self, at: QPointF) -> None:
        place = self.to_scene(at)
        (_, node, wire), grip = self.under(place), self.grip_under(place)
        found = grip.id if grip is not None else node
        if found is not None and found not in self._selection.all:
            self._selection.set([found], self)
        elif found is None:
            self._selection.set((), self)
            self._drawing.choose_wires(() if wire is None else (wire,))
