"""What the run is asked to send: the nodes in view, and the one sample that all views look at. Knows no widget."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from gui.runner import Runner


class Watching(QObject):
    """Joins what several views want to see into one wish to the runner."""

    sample_changed = Signal(int)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sample = 0
        self._runner = runner
        self._wishes: dict[str, tuple[str, ...]] = {}

    def ask(self, owner: str, nodes: Iterable[str]) -> None:
        """Put the nodes that a view shows in the place of those that it asked for before."""
        wish = tuple(nodes)
        if self._wishes.get(owner, ()) != wish:
            self._wishes[owner] = wish
            self._tell()

    def look_at(self, sample: int) -> None:
        """Choose the sample, by its index in the validation set."""
        if sample != self.sample:
            self.sample = sample
            self._tell()
            self.sample_changed.emit(sample)

    def _tell(self) -> None:
        nodes = dict.fromkeys(node for wish in self._wishes.values() for node in wish)
        self._runner.watch(tuple(nodes), (self.sample,))
