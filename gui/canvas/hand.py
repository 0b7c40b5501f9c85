"""The ground under the mouse: which gesture a press begins, what is marked and told of. Knows no keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip, QWidget

from engine.graph import Edge
from gui.canvas import chords, measure, tips
from gui.canvas.carry import Carry
from gui.canvas.drift import Drift
from gui.canvas.drops import BESIDE_CURSOR, Drops
from gui.canvas.gestures import Band, Gesture, Move, Pan, Pointer
from gui.canvas.grips import CURSORS, Grip
from gui.canvas.knife import Knife
from gui.canvas.lasso import Lasso
from gui.canvas.overlay import Socket
from gui.canvas.painter import FAR
from gui.canvas.resize import Resize
from gui.canvas.rewire_gesture import MoveWires
from gui.canvas.scene import Scene
from gui.canvas.wire_gesture import DrawWire

#: How far a wire takes the mouse, on the screen.
WIRE_REACH = 6.0
#: Which way through the places visited a button leads.
_STEPS = {"back": -1, "forward": 1}


class Hand(Drops):
    """A ground that is worked on with the mouse.

    `let_go` carries a wire's end over empty ground, `searched` a place of the viewport, `rename_asked` what is to be
    named or rewritten, `link_asked` a web address, `stepped` -1 or 1, a way through the places visited, `dot_asked` a
    wire and a place of the scene, `fold_asked` a collapsed node.
    """

    let_go = Signal(object)
    searched = Signal(object)
    rename_asked = Signal(str)
    link_asked = Signal(str)
    stepped = Signal(int)
    dot_asked = Signal(object, object)
    fold_asked = Signal(str)

    def __init__(self, scene: Scene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        #: Where the mouse is on the viewport; None while the keyboard leads.
        self.pointer: QPointF | None = None
        self._gesture: Gesture | None = None
        self._pressed = QPointF()
        self._button = Qt.MouseButton.NoButton
        self._held: Pointer | None = None
        self._drift = Drift(self, self._go_on)
        #: The press of the right button began a gesture and so opens no menu.
        self.menu_withheld = False
        self._space = False
        #: What the next drag with the left button is, whatever lies below it.
        self._tool: Callable[[Scene], Gesture] | None = None

    @property
    def busy(self) -> bool:
        """Whether a gesture is under way."""
        return self._gesture is not None

    def hold_space(self, held: bool) -> None:
        """Let the left button pan while Space is held."""
        if held is not self._space:
            self._space = held
            self._show_cursor()

    @property
    def armed(self) -> bool:
        """Whether a tool is taken up for the next drag."""
        return self._tool is not None

    def take_up(self, tool: Callable[[Scene], Gesture] | None) -> None:
        """Let the next drag with the left button be a gesture, whatever lies below it; None lays the tool down."""
        self._tool = tool
        self._show_cursor()

    def take_knife(self) -> None:
        """Let the next drag cut wires; a second call lays the knife down."""
        self.take_up(None if self.armed else Knife)

    def cancel(self) -> None:
        """End the gesture under way and leave everything as it was; lay a tool down."""
        gesture, self._gesture = self._gesture, None
        self._drift.stop()
        if gesture is not None:
            gesture.cancel()
            self.hint.say("", QPoint())
        if gesture is not None or self.armed:
            self.take_up(None)

    # -- what lies below

    def under(self, at: QPointF) -> tuple[Socket | None, str | None, Edge | None]:
        """Return the port, else the node, else the wire at a place of the scene; from afar there are nodes alone."""
        node = self._drawing.node_at(at)
        if node is not None and self._drawing.nodes.is_dot(node):
            return None, node, None
        reach = measure.REACH if node is None else measure.PORT + 2
        near = self._drawing.sockets_near(at, reach) if self.zoom >= FAR else []
        if near:
            return near[0], near[0].end.node, None
        if node is not None or self.zoom < FAR:
            return None, node, None
        return None, None, self._drawing.wire_at(at, WIRE_REACH / self.zoom)

    def grip_under(self, at: QPointF) -> Grip | None:
        """Return what of a frame or a note lies at a place of the scene, where nothing lies over it."""
        return self._drawing.grip_at(at, self.zoom) if self.under(at) == (None, None, None) else None

    def _hover(self, at: QPointF) -> None:
        port, node, wire = self.under(at)
        self._drawing.hover(node, wire, port)
        self._drawing.hover_grip(self.grip_under(at))
        self._show_cursor(port is not None)

    def _show_cursor(self, on_port: bool = False) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self._gesture is not None and self._gesture.cursor is not None:
            shape = self._gesture.cursor
        elif self.armed:
            shape = Qt.CursorShape.CrossCursor
        elif self._space:
            shape = Qt.CursorShape.OpenHandCursor
        elif on_port:
            shape = Qt.CursorShape.CrossCursor
        elif (grip := self._drawing.overlay.grip) is not None:
            shape = CURSORS.get(grip.part, shape)
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    # -- gestures

    def _pointer_of(self, event: QMouseEvent) -> Pointer:
        at = self.to_scene(event.position())
        return Pointer(at, event.position().toPoint(), event.modifiers(), self.zoom)

    def _begun(self, button: Qt.MouseButton, pointer: Pointer) -> Gesture | None:
        port, node, wire = self.under(pointer.at)
        grip = self.grip_under(pointer.at)
        over: chords.Over = "port" if port else "node" if node is not None else "wire" if wire else "ground"
        over = grip.over if grip is not None else over
        name = chords.gesture(button, over, pointer.modifiers, space=self._space)
        if self._tool is not None and button is Qt.MouseButton.LeftButton and name != "pan":
            tool, self._tool = self._tool, None
            return tool(self._drawing)
        if name in ("wire", "rewire") and port is not None:
            return self._wiring(port, all_of_them=name == "rewire")
        if name in ("move", "detach") and node is not None:
            return Carry(self._drawing, node, detaches=name == "detach")
        if grip is not None and name in ("move", "resize", "link"):
            return self._gripped(name, grip, pointer.at)
        if name == "choose" and wire is not None:
            self._choose(wire, pointer)
        elif name in _STEPS:
            self.stepped.emit(_STEPS[name])
        plain: Mapping[str, Callable[[], Gesture]] = {
            "pan": lambda: Pan(self._drawing, self),
            "knife": lambda: Knife(self._drawing),
            "lasso": lambda: Lasso(self._drawing),
            "band": lambda: Band(self._drawing),
        }
        return plain[name]() if name in plain else None

    def _gripped(self, name: str, grip: Grip, at: QPointF) -> Gesture | None:
        """Begin a gesture on a frame or a note."""
        link = self._drawing.painter.backdrop.link_at(grip.id, at) if name == "link" else ""
        if link:
            self.link_asked.emit(link)
            return None
        return Resize(self._drawing, grip) if name == "resize" else Move(self._drawing, grip.id)

    def _wiring(self, port: Socket, *, all_of_them: bool) -> Gesture:
        gives = port.output and any(edge.source == port.end for edge in self._drawing.wires.of([port.end.node]))
        return (MoveWires if gives and all_of_them else DrawWire)(self._drawing, port)

    def _choose(self, wire: Edge, pointer: Pointer) -> None:
        before = self._drawing.overlay.chosen
        adds = bool(pointer.modifiers & Qt.KeyboardModifier.ShiftModifier)
        self._drawing.selection.set((), self._drawing)
        self._drawing.choose_wires(before ^ {wire} if adds else {wire})

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()
        if self._gesture is not None:
            self.cancel()  # a second button calls the first one's gesture off
            return
        pointer = self._pointer_of(event)
        self._part()
        self._button, self._gesture = event.button(), self._begun(event.button(), pointer)
        self.menu_withheld = self._gesture is not None and event.button() is Qt.MouseButton.RightButton
        if self._gesture is not None:
            self._pressed = event.position()
            self._gesture.start(pointer)
            self._show_cursor()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.pointer = event.position()
        pointer = self._pointer_of(event)
        if self._gesture is None:
            self._hover(pointer.at)
            return
        self._move(self._gesture, pointer)
        if self._gesture.drifts:
            self._held = pointer
            self._drift.hold(event.position(), self._pressed)

    def _move(self, gesture: Gesture, pointer: Pointer) -> None:
        gesture.move(pointer)
        self.hint.say(gesture.hint, self.viewport().mapTo(self, pointer.view) + BESIDE_CURSOR)

    def _go_on(self) -> None:
        """The ground has moved under a mouse that is held still."""
        if self._gesture is not None and self._held is not None:
            self._held = replace(self._held, at=self.to_scene(QPointF(self._held.view)))
            self._move(self._gesture, self._held)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if self._gesture is None or event.button() is not self._button:
            return
        gesture, self._gesture = self._gesture, None
        self._drift.stop()
        loose = gesture.end(self._pointer_of(event))
        self.hint.say("", QPoint())
        self._show_cursor()
        if loose is not None:
            self.let_go.emit(loose)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Put a dot on a wire, open or name what is below, search for a layer; elsewhere a second press is a press."""
        at = self.to_scene(event.position())
        (port, node, wire), grip = self.under(at), self.grip_under(at)
        held = self.armed or bool(event.modifiers()) or (grip is not None and grip.over == "edge")
        if event.button() is not Qt.MouseButton.LeftButton or port is not None or held:
            self.mousePressEvent(event)
        elif wire is not None:
            self.dot_asked.emit(wire, at)
        elif grip is not None:
            self.rename_asked.emit(grip.id)
        elif node is None:
            self.searched.emit(event.position())
        elif self._drawing.chevron(node).contains(at):
            self.fold_asked.emit(node)
        elif not self._drawing.nodes.is_dot(node):
            self.rename_asked.emit(node)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self._gesture is None:
            self.pointer = None
            self._drawing.hover(None, None, None)
            self._drawing.hover_grip(None)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            words = self.tip(self.to_scene(QPointF(event.pos()))) if self._gesture is None else ""
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return super().viewportEvent(event)

    def tip(self, at: QPointF) -> str:
        """Tell of what lies at a place of the scene; empty where nothing does."""
        facts = self._drawing.facts
        port, node, wire = self.under(at)
        if port is not None:
            return tips.port_tip(facts, self._drawing.together(port))
        if node is not None:
            return tips.node_tip(facts, node)
        grip = self.grip_under(at)
        if grip is not None:
            return tips.link_tip(self._drawing.painter.backdrop.link_at(grip.id, at))
        return tips.wire_tip(facts, wire) if wire is not None else ""
