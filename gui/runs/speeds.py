"""Says what a switch did to speed, once a run that was kept has ended. Knows no page."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QObject

from gui.runner import Runner
from gui.runs.keeper import Keeper

_ENDED = ("finished", "stopped")


class Speeds(QObject):
    """Compares the run that has just ended with those before it, in a thread; `say` is told, where there is a word."""

    def __init__(self, keeper: Keeper, runner: Runner, say: Callable[[str], object]) -> None:
        super().__init__(keeper)
        self._keeper, self._runner, self._say = keeper, runner, say
        #: The run that was compared last.
        self._told = ""
        keeper.kept.connect(self._on_kept)
        runner.started.connect(self._on_started)

    def _on_started(self) -> None:
        self._told = ""

    def _on_kept(self, runs: Collection[str]) -> None:
        run = self._keeper.run
        if run in runs and run != self._told and self._runner.state.phase in _ENDED:
            from engine.runs.speed import compared

            self._keeper.aside(lambda store: compared(store.rows(), run), lambda words: self._on_words(run, words))

    def _on_words(self, run: str, words: str) -> None:
        if words and run == self._keeper.run:
            self._told = run
            self._say(words)
