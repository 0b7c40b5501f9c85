"""The checker as the window sees it: asked after each edit, its newest answer kept. Knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from engine.changes import Changes
from gui.document import Document
from gui.late import late, plain_link

if TYPE_CHECKING:
    from engine import messages
    from gui.link import Link
else:
    messages = late("engine.messages")

#: A checker that dies is started again, this often in a row before the window says so and stops.
MOST_TRIES = 3


class Checking(QObject):
    """Posts the drawing to the checker and hands its report to the document; older answers are dropped."""

    failed = Signal(str)
    logged = Signal(str)

    def __init__(
        self, document: Document, parent: QObject | None = None, make_link: Callable[[str], Link] = plain_link
    ) -> None:
        super().__init__(parent)
        self._document, self._make_link = document, make_link
        self._link: Link | None = None
        self._ready = False
        self._tries = 0
        #: Whose problems are to be mended, and of whose the checker was asked in the drawing as it is.
        self._mending = ""
        self._asked: set[str] = set()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._ask)
        document.changed.connect(self._changed)
        document.reset.connect(self._soon.start)

    def start(self) -> None:
        """Start the checker; the first question goes out when it is ready."""
        link = self._make_link("checker")
        link.setParent(self)
        link.received.connect(self._received)
        link.printed.connect(self.logged.emit)
        link.ended.connect(lambda words: self._ended(link, words))
        self._link, self._ready = link, False
        link.start()

    def end_now(self) -> None:
        """Kill the checker, as the window closes."""
        if self._link is not None:
            self._link.end_now()
            self._link = None

    def _changed(self, changes: Changes, _initiator: object) -> None:
        if changes.network:
            self._soon.start()

    def _ask(self) -> None:
        if self._link is not None and self._ready:
            self._link.send(messages.Check(self._document.generation, self._document.graph))

    def mend(self, node: str) -> None:
        """Ask for what mends the problems of a node, where the report does not say; empty for none."""
        self._mending = node
        document = self._document
        lacking = (problem.nodes[:1] == (node,) and not problem.fixes for problem in document.report.problems)
        if self._link is None or not document.checked or node in self._asked or not any(lacking):
            return
        self._asked.add(node)
        self._link.send(messages.Mend(document.generation, node))

    def _took(self, message: messages.Checked) -> None:
        self._tries = 0
        self._asked = set()
        self._document.take_report(message.generation, message.report)
        self.mend(self._mending)

    def _received(self, message: object) -> None:
        if isinstance(message, messages.Ready):
            self._ready = True
            self._ask()
        elif isinstance(message, messages.Checked):
            self._took(message)
        elif isinstance(message, messages.Mended):
            self._document.take_mended(message.generation, message.report.problems)
        elif isinstance(message, messages.Failed):
            self.logged.emit(message.traceback + "\n")
            self.failed.emit(message.sentence)

    def _ended(self, link: Link, words: str) -> None:
        link.deleteLater()
        if link is not self._link:
            return
        self._link, self._ready = None, False
        self._tries += 1
        if words and self._tries < MOST_TRIES:
            self.start()
        elif words:
            self.failed.emit(words)
