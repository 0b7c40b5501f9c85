"""The checker as the window sees it: asked after each edit, its newest answer kept. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.changes import Changes
from engine.values import FrozenMap
from gui.document import Document
from gui.late import late, plain_link

if TYPE_CHECKING:
    from engine import layersources, messages, patch
    from engine.graph import Graph
    from engine.report import Report
    from gui.link import Link
else:
    layersources, messages, patch = late("engine.layersources"), late("engine.messages"), late("engine.patch")

#: A checker that dies is started again, this often in a row before the window says so and stops.
MOST_TRIES = 3
#: Of so many nodes in one block at most it is asked what mends them.
MOST_MENDED = 4
#: An answer that took less, in seconds, lets hope that the next takes no longer.
QUICK = 0.012
#: How long files of layers may take to be run, in milliseconds: longer than the checker itself allows them.
RUN_WITHIN = 40_000


class Checking(QObject):
    """Posts the drawing to the checker and hands its report to the document; older answers are dropped.

    Files of layers are told to it first; `found` carries what is in them. A checker that has run some is ended before
    others are run: what a file did to it goes with it.
    """

    failed = Signal(str)
    logged = Signal(str)
    found = Signal(object)

    def __init__(
        self, document: Document, parent: QObject | None = None, make_link: Callable[[str], Link] = plain_link
    ) -> None:
        super().__init__(parent)
        self._document, self._make_link = document, make_link
        self._link: Link | None = None
        self._ready = False
        #: The drawing that the checker was told last, and its last report; None where it must be told whole.
        self._told: Graph | None = None
        self._report: Report | None = None
        self._tries = 0
        #: Whose problems are to be mended, and of whose the checker was asked in the drawing as it is.
        self._mending = ""
        self._asked: set[str] = set()
        #: The generation that was asked about last.
        self._of = -1
        #: The generation of which all fixes have come that come unasked.
        self._whole = -1
        #: When the last question went out, endlessly long ago where it told all; how long the last answer took.
        self._sent, self._took = -inf, inf
        self._role = "checker"
        self._layers: messages.Layers | None = None
        #: Whether a file of layers needs TensorFlow.
        self._lacking = False
        #: Whether this checker has run files of layers.
        self._ran = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(RUN_WITHIN)
        self._patience.timeout.connect(self._lose_patience)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)
        document.changed.connect(self._changed)
        document.recipe_changed.connect(lambda _recipe, _initiator: self._soon.start())
        document.turned.connect(self._turned)
        document.reset.connect(self._turn_to_another)

    def start(self) -> None:
        """Start the checker; the first question goes out when it is ready."""
        link = self._make_link(self._role)
        link.setParent(self)
        link.received.connect(self._received)
        link.printed.connect(self.logged.emit)
        link.ended.connect(lambda words: self._ended(link, words))
        self._link, self._ready, self._told, self._ran = link, False, None, False
        link.start()

    def use(self, layers: messages.Layers | None) -> None:
        """Tell the checker other files of layers, or none."""
        self._layers, self._told, self._lacking = layers, None, False
        if self._link is None:
            return
        if self._ran or self._role != "checker":
            self._begin_anew("checker")
        elif self._ready:
            self._say_layers()

    def _begin_anew(self, role: str) -> None:
        """End the checker, and start one that has run nothing."""
        old, self._link, self._role = self._link, None, role
        self._patience.stop()
        if old is not None:
            old.end()
        self.start()

    def _say_layers(self) -> None:
        """Say the files of layers, whose answer comes before any other; without any, ask at once."""
        if self._layers is None or self._link is None:
            self._ask()
            return
        self._ran = bool(self._layers.sources)
        self._ready = False
        self._link.send(self._layers)
        self._patience.start()

    def _take_layers(self, message: messages.LayersFound) -> None:
        self._patience.stop()
        self._lacking |= any(file.lacks for file in message.files)
        if self._lacking and self._role == "checker":
            self._begin_anew("full-checker")
            return
        self._ready = True
        self.found.emit(message)
        if self._link is not None and self._ready:
            self._ask()

    def _lose_patience(self) -> None:
        """End a checker that files of layers keep busy, though it should have ended by itself."""
        if self._link is not None:
            self._blame("it did not come to an end.")

    def _blame(self, fault: str) -> None:
        """Say that what was run ended the checker, or kept it."""
        self._patience.stop()
        sources = self._layers.sources if self._layers is not None else ()
        stuck = tuple(layersources.Described(source.path, FrozenMap(), fault, stuck=True) for source in sources)
        self.found.emit(messages.LayersFound(stuck))

    def end_now(self) -> None:
        """Kill the checker, as the window closes."""
        if self._link is not None:
            self._link.end_now()
            self._link = None

    @property
    def _heavy(self) -> bool:
        """Whether the checker of this drawing must be on TensorFlow."""
        return self._lacking or self._document.catalogue.needs_tensorflow(self._document.root)

    def _turn_to_another(self) -> None:
        """Ask about another drawing, of a checker without TensorFlow again where it needs none."""
        if self._link is not None and self._role != "checker" and not self._heavy:
            self._begin_anew("checker")
        else:
            self._soon.start()

    def _changed(self, changes: Changes, _initiator: object) -> None:
        """Ask at once, before the views follow: the checker looks while they do."""
        if changes.network:
            self._soon.stop()
            self._ask()

    def _turned(self) -> None:
        """Ask where the network changed as another drawing of it came to be seen: an edit led out of a block."""
        if self._of != self._document.generation:
            self._soon.stop()
            self._ask()

    def _ask(self) -> None:
        if self._link is None or not self._ready:
            return
        if self._role == "checker" and self._heavy:
            self._begin_anew("full-checker")
            return
        document, told = self._document, self._told
        self._of = document.generation
        change = None if told is None else patch.patch(told, document.root)
        self._told = document.root
        if change is None:
            self._sent = -inf
            self._link.send(messages.Check(document.generation, document.root, document.recipe))
        else:
            self._sent = perf_counter()
            self._link.send(messages.Recheck(document.generation, change, document.recipe))

    def is_near(self) -> bool:
        """Tell whether the answer to what was asked last will be here in a moment, as the one before was."""
        return self._link is not None and self._took < QUICK and not self._document.checked

    def mend(self, node: str) -> None:
        """Ask for what mends the problems of a node, where the report does not say; empty for none."""
        self._mending = node
        document = self._document
        if self._link is None or self._whole != document.generation or not node:
            return
        lacking = (problem.nodes[0] for problem in document.flat.problems if problem.nodes and not problem.fixes)
        for id in [id for id in dict.fromkeys(lacking) if document.seen_as(id) == node][:MOST_MENDED]:
            if id not in self._asked:
                self._asked.add(id)
                self._link.send(messages.Mend(document.generation, id))

    def _received(self, message: object) -> None:
        if isinstance(message, messages.Ready):
            self._ready = True
            self._say_layers()
        elif isinstance(message, messages.LayersFound):
            self._take_layers(message)
        elif isinstance(message, messages.Checked):
            self._take(message.generation, message.report, whole=message.whole)
        elif isinstance(message, messages.Rechecked) and self._report is not None:
            self._take(message.generation, message.merged(self._report), whole=message.whole)
        elif isinstance(message, messages.Mended):
            self._document.take_mended(message.generation, message.report.problems)
        elif isinstance(message, messages.Failed):
            self._told = None
            self.logged.emit(message.traceback + "\n")
            self.failed.emit(message.sentence)

    def _take(self, generation: int, report: Report, *, whole: bool) -> None:
        self._tries = 0
        if generation == self._document.generation and not self._document.checked:
            self._took = perf_counter() - self._sent
        self._report = report
        self._document.take_report(generation, report)
        if whole:
            self._whole, self._asked = generation, set()
            self.mend(self._mending)

    def _ended(self, link: Link, words: str) -> None:
        link.deleteLater()
        if link is not self._link:
            return
        self._link, self._ready = None, False
        self._tries += 1
        if words and self._patience.isActive():
            self._blame(f"it ended the program that ran it. {words}")
        if words and self._tries < MOST_TRIES:
            self.start()
        elif words:
            self.failed.emit(words)
