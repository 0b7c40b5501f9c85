"""How long layers take, asked of the run once it is to be seen. Knows no paint."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject

from gui.asking import Asking
from gui.late import late
from gui.monitor.figures import History
from gui.run_state import Phase
from gui.runner import Runner

if TYPE_CHECKING:
    from engine import messages
else:
    messages = late("engine.messages")

#: When a run answers.
ANSWERS: Final[frozenset[Phase]] = frozenset({"training", "paused", "finished", "stopped"})


class Timing(QObject):
    """Asks each run once, as soon as `wanted` says that somebody looks and the run can answer."""

    def __init__(self, runner: Runner, history: History, wanted: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._history, self._wanted = runner, history, wanted
        self._asking, self._refused = Asking(runner, self), False
        self._asking.answered.connect(self._on_answer)
        self._asking.refused.connect(self._on_refused)
        runner.started.connect(self._anew)

    def look(self) -> None:
        """Ask, where it is wanted and not known yet."""
        known = self._refused or bool(self._history.times) or self._asking.waits
        if not known and self._runner.state.phase in ANSWERS and self._wanted():
            self._asking.ask(messages.TimeLayers)

    def _anew(self, *_run: object) -> None:
        self._refused = False

    def _on_answer(self, message: Any) -> None:
        self._history.take_times(dict(zip(message.nodes, message.seconds.numpy().tolist(), strict=True)))
        self._asking.drop()

    def _on_refused(self, _sentence: str) -> None:
        self._refused = True
