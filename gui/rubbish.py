"""When Python looks for rubbish in circles: between edits, never amid one, and among what is new alone. No widget."""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

from gui.document import Document

#: So many new objects are searched at once, wherever that is; a tenth of a second's edits makes as many.
YOUNG: Final = 50_000
#: Python's own third step searches everything, 70 ms of it with 3,000 layers, amid any edit: it is not taken.
_STEPS: Final = (YOUNG, 20, 1_000_000)
#: After an edit the event loop has so long for what follows from it, before what it left is swept up.
SOON_MS: Final = 20
#: What has lived until nothing was edited for so long has come to stay.
REST_MS: Final = 3000


class Rubbish(QObject):
    """Searches what an edit left behind in a turn of its own, and no more what has come to stay."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = gc.get_threshold()
        self._soon, self._later = QTimer(self), QTimer(self)
        for timer, wait, then in ((self._soon, SOON_MS, self._sweep), (self._later, REST_MS, self._settle)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(then)
        document.changed.connect(lambda _changes, _initiator: self._wait())
        document.report_changed.connect(lambda _report: self._wait())
        document.reset.connect(keep)
        gc.freeze()
        gc.set_threshold(*_STEPS)
        gc.enable()

    def end(self) -> None:
        """Let Python search again as it did before."""
        self._soon.stop()
        self._later.stop()
        gc.set_threshold(*self._before)
        gc.unfreeze()

    def _wait(self) -> None:
        self._soon.start()
        self._later.start()

    def _sweep(self) -> None:
        gc.collect(0)

    def _settle(self) -> None:
        """Take what the last edits made for what stays; search it first, where that is soon done."""
        if sum(len(gc.get_objects(generation)) for generation in range(3)) < YOUNG:
            gc.collect()
        gc.freeze()


def keep() -> None:
    """Look for no more rubbish in what there is: in 3,000 nodes that takes longer than a frame, again and again."""
    gc.collect()
    gc.freeze()
