"""What is done with the weights that a run kept: which ones, exported, measured on the test samples. Knows no page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from engine.messages import Evaluate, Evaluated, Export, Message
from engine.recipe import check_recipe, recipe_from_json
from engine.runs import jobs
from engine.runs.values import RunRow
from gui.frame import Frame
from gui.late import plain_link
from gui.runs.errand import Errand

if TYPE_CHECKING:
    from gui.link import Link

Act: TypeAlias = Callable[[RunRow, Path, int], object]
NONE: Final = "This run kept no weights, or they are gone."
STARTING: Final = "TensorFlow is started for it: some seconds."


class Weights:
    """Asks which weights are meant, where there are several, and has a trainer of its own do the work."""

    def __init__(self, window: Frame, make_link: Callable[[str], Link] = plain_link) -> None:
        self._window, self._make_link = window, make_link
        self.errand: Errand | None = None

    def kept(self, row: RunRow) -> list[tuple[Path, int, str]]:
        """Return the files of weights that are there, with the epoch of each, 0 for the last, and words."""
        store = self._window.pages.keeper.store
        metrics = {each.epoch: each.metrics for each in store.epochs(row.id)}
        found = [(Path(path), epoch) for path, epoch in store.checkpoints(row.id) if Path(path).is_file()]
        return [(path, epoch, _words(epoch, metrics.get(epoch, {}))) for path, epoch in found]

    def offer(self, row: RunRow, act: Act) -> None:
        """Act on the weights of a run; where there are several, have one chosen."""
        kept = self.kept(row)
        if len(kept) > 1:
            self.make_menu(row, act).popup(QCursor.pos())
        elif kept:
            act(row, *kept[0][:2])
        else:
            self._window.notice.say(NONE)

    def make_menu(self, row: RunRow, act: Act) -> QMenu:
        """List the weights that a run kept."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for path, epoch, words in self.kept(row):
            menu.addAction(words, partial(act, row, path, epoch))
        return menu

    def export(self, row: RunRow, weights: Path, epoch: int) -> None:
        """Write the run's network with these weights as a Keras model."""
        path = self._window.files.ask_path("Export the model of the run", ".keras", "Keras models (*.keras)")
        if path is None:
            return
        catalogue = self._window.document.catalogue
        graph = self._window.pages.keeper.store.drawing(row.id)
        recipe = check_recipe(recipe_from_json(dict(row.recipe), catalogue), catalogue)
        told = f"Wrote {path.name}: {row.title}, {_of(epoch)}."
        self._send(Export(graph, recipe, str(path), str(weights)), lambda _answer: self._window.notice.say(told))

    def evaluate(self, row: RunRow, weights: Path, epoch: int) -> None:
        """Measure these weights on the run's test samples; those of the last are kept with the run."""
        message = Evaluate(row.folder, str(weights) if epoch else "")
        self._send(message, lambda answer: self._tell(row, epoch, answer))

    def _tell(self, row: RunRow, epoch: int, answer: Evaluated) -> None:
        figures = ", ".join(f"{name} {value:.4g}" for name, value in answer.metrics.items())
        self._window.notice.say(f"{row.title}, {_of(epoch)}, on {answer.samples:,} test samples: {figures}.")
        if not epoch:
            self._window.pages.keeper.do(jobs.tell(row.id, {"tested": dict(answer.metrics)}))

    def _send(self, message: Message, done: Callable[..., object]) -> None:
        self.errand = Errand(self._make_link, (*self._window.runner.layers(), message), self._window)
        self.errand.answered.connect(done)
        self.errand.refused.connect(self._window.refuse)
        self._window.notice.say(STARTING)


def _of(epoch: int) -> str:
    return f"epoch {epoch}" if epoch else "the last weights"


def _words(epoch: int, metrics: Mapping[str, float]) -> str:
    figures = [f"{name} {metrics[name]:.4g}" for name in ("val_loss", "loss") if name in metrics][:1]
    return " · ".join([f"Epoch {epoch}" if epoch else "The last weights", *figures])
