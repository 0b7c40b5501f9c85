"""The window's frame: its parts and their places. Knows not what an action does, nor which part hears which."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenuBar, QToolBar, QWidget

from engine import entering
from engine.catalogue import Catalogue
from engine.ways import block_of
from gui.bar import Bar
from gui.canvas.canvas import Canvas
from gui.checking import Checking
from gui.document import Document
from gui.files import Files
from gui.inspector import Inspector
from gui.layer_files import LayerFiles
from gui.library import Shelves
from gui.menus import fill_menus, say_what_can_be
from gui.notice import Notice
from gui.pages import Pages
from gui.palette import Palette
from gui.runner import Runner
from gui.selection import Selection
from gui.settings import Settings, blocks_folder
from gui.shortcuts import Shortcuts
from gui.sizes import fill
from gui.status import Status
from gui.steering import Steering
from gui.theme import RESOURCES

PALETTE_WIDTH, INSPECTOR_WIDTH, HELP_WIDTH, LEAST_HELP = 216, 300, 380, 300


class Frame(QMainWindow):
    """Palette left, canvas in the middle, inspector right, monitor below, one bar above."""

    #: The page of help on a layer is wanted.
    help_asked = Signal(str)
    bar: Bar
    actions_by_id: dict[str, QAction]
    docks: dict[str, QDockWidget]

    def __init__(self, catalogue: Catalogue, settings: Settings, runs: Path) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowIcon(QIcon(str(RESOURCES / "icons" / "layerloom.svg")))
        self.setAcceptDrops(True)
        self.settings = settings
        self.document = Document(catalogue, self)
        self.selection = Selection(self.document)
        self.runner = Runner(self.document, runs, self)
        self.runner.measure(settings.measuring)
        settings.measuring_changed.connect(self.runner.measure)
        self.steering = Steering(self.runner)
        self.checking = Checking(self.document, self)
        self.layer_files = LayerFiles(self.document, self.checking, self)
        self.runner.layers = self.layer_files.told
        self.shelves = Shelves(self.document, blocks_folder(), self)
        self.files = Files(self.document, settings, self)
        self.shortcuts = Shortcuts(settings, self)
        self.canvas = Canvas(self.document, self.selection)
        self.canvas.use_keys(self.shortcuts)
        self.palette_panel = Palette(self.document)
        self.inspector = Inspector(self.document, self.selection)
        self.pages = Pages(self.document, self.selection, self.runner)
        self.setStatusBar(Status(self.document, self.runner, self))
        self.notice = Notice(self.canvas)

    def block_meant(self) -> str:
        """The block of the one selected instance, else the one that is open; empty where there is neither."""
        document = self.document
        node = document.graph.nodes.get(self.selection.one)
        block = block_of(node, document.graph.blocks) if node is not None else None
        block = block or entering.block(document.root, document.steps)
        return block.name if block is not None else ""

    def refuse(self, sentence: str, more: str = "") -> None:
        """Show an error in its one place."""
        self.notice.say(sentence, "error", more)

    # -- places

    def lay_out(self, actions: dict[str, QAction]) -> None:
        """Put everything in its place; the actions fill the menus and the bar."""
        self.actions_by_id = actions
        menus = QMenuBar()
        menus.setNativeMenuBar(False)
        filled = fill_menus(menus, actions)
        say_what_can_be(filled, actions, self.canvas.keyboard.why_not)
        files = filled["File"]
        recent = files.addMenu("Open recent")
        files.insertMenu(actions["save"], recent)
        recent.aboutToShow.connect(lambda: self.files.fill_recent(recent))
        sizes = filled["Edit"].addMenu("Size of the network")
        sizes.aboutToShow.connect(lambda: fill(sizes, self.document, self.refuse))
        self.bar = Bar(menus, actions)
        strip = QToolBar("Bar")
        strip.setObjectName("bar")
        strip.setMovable(False)
        strip.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        strip.addWidget(self.bar)
        self.addToolBar(strip)
        self._lay_out_docks()
        self.canvas.setFocus()  # else the first keys would go to the bar

    def _lay_out_docks(self) -> None:
        self.setCentralWidget(self.canvas)
        self.setDockNestingEnabled(True)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        areas = Qt.DockWidgetArea
        self.docks = {
            "palette": self._dock("palette", "Palette", self.palette_panel, areas.LeftDockWidgetArea),
            "help": self._dock("help", "Help", QWidget(), areas.RightDockWidgetArea),
            "inspector": self._dock("inspector", "Inspector", self.inspector, areas.RightDockWidgetArea),
            "monitor": self._dock("monitor", "Monitor", self.pages, areas.BottomDockWidgetArea),
        }
        self.splitDockWidget(self.docks["help"], self.docks["inspector"], Qt.Orientation.Horizontal)
        self.show_dock_titles(False)
        self.resize(1600, 1000)
        self.place_docks()

    def _dock(self, name: str, title: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self)
        dock.setObjectName(name)
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        toggle = self.actions_by_id[f"show_{name}"]
        dock.visibilityChanged.connect(lambda _visible: toggle.setChecked(not dock.isHidden()))
        return dock

    def show_help(self, *, shown: bool) -> None:
        """Show or hide the help; the canvas gives and takes the room, the inspector stays as wide as it is."""
        dock, inspector = self.docks["help"], self.docks["inspector"]
        if shown is not dock.isHidden():
            return
        sizes = {
            inspector: inspector.width(),
            **({dock: max(LEAST_HELP, min(HELP_WIDTH, self.width() // 4))} if shown else {}),
        }
        dock.setVisible(shown)
        resize = partial(self.resizeDocks, [*sizes], [*sizes.values()], Qt.Orientation.Horizontal)
        resize()
        QTimer.singleShot(0, self, resize)  # and again once Qt has shared the room out, which it does late

    def show_dock_titles(self, shown: bool) -> None:
        """Give the docks the bars by which they move, or take them away."""
        for dock in self.docks.values():
            old = dock.titleBarWidget()
            dock.setTitleBarWidget(None if shown else QWidget())  # type: ignore[arg-type]  # None: Qt's own bar
            if old is not None:
                old.deleteLater()

    def place_docks(self) -> None:
        """Put every dock where it stands at the first start."""
        areas = Qt.DockWidgetArea
        for name, area in (
            ("palette", areas.LeftDockWidgetArea),
            ("help", areas.RightDockWidgetArea),
            ("inspector", areas.RightDockWidgetArea),
            ("monitor", areas.BottomDockWidgetArea),
        ):
            dock = self.docks[name]
            dock.setFloating(False)
            self.addDockWidget(area, dock)
            dock.show()
        self.splitDockWidget(self.docks["help"], self.docks["inspector"], Qt.Orientation.Horizontal)
        self.docks["help"].hide()
        across = [self.docks["palette"], self.docks["inspector"]]
        self.resizeDocks(across, [PALETTE_WIDTH, INSPECTOR_WIDTH], Qt.Orientation.Horizontal)
        self.resizeDocks([self.docks["monitor"]], [self.height() // 3], Qt.Orientation.Vertical)
