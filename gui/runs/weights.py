"""What is done with the weights that a run kept: which ones, exported, measured on the test samples. Knows no page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from engine.messages import Evaluate, Evaluated, Export, Message
from engine.recipe import check_recipe, recipe_from_json
from engine.runs import jobs
from engine.runs.kept import PUT_BACK, Kept, kept
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

    def kept(self, row: RunRow) -> tuple[Kept, ...]:
        """Return the weights of a run that are there."""
        return kept(self._window.pages.keeper.store, row)

    def offer(self, row: RunRow, act: Act) -> None:
        """Act on the weights of a run; where there are several, have one chosen."""
        there = self.kept(row)
        if len(there) > 1:
            self.make_menu(row, act).popup(QCursor.pos())
        elif there:
            act(row, there[0].path, there[0].named)
        else:
            self._window.notice.say(NONE)

    def make_menu(self, row: RunRow, act: Act) -> QMenu:
        """List the weights that a run kept."""
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for each in self.kept(row):
            menu.addAction(_words(each), partial(act, row, each.path, each.named))
        return menu

    def export(self, row: RunRow, weights: Path, epoch: int) -> None:
        """Write the run's network with these weights as a Keras model."""
        path = self._window.files.ask_path(
            f"Export the model of {row.title}, {_of(epoch)}", ".keras", "Keras models (*.keras)"
        )
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
        told: dict[str, Any] = {"looks": answer.looks}
        if not epoch:
            told["tested"] = dict(answer.metrics)
        self._window.pages.keeper.do(jobs.tell(row.id, told))

    def _send(self, message: Message, done: Callable[..., object]) -> None:
        self.errand = Errand(self._make_link, (*self._window.runner.layers(), message), self._window)
        self.errand.answered.connect(done)
        self.errand.refused.connect(self._window.refuse)
        self._window.notice.say(STARTING)


def _of(epoch: int) -> str:
    return f"epoch {epoch}" if epoch else "the last weights"


def _words(each: Kept) -> str:
    if not each.named:
        return "The last weights" if each.kind != PUT_BACK else f"The weights of the end: those of epoch {each.epoch}"
    figures = [f"{name} {each.metrics[name]:.4g}" for name in ("val_loss", "loss") if name in each.metrics][:1]
    return " · ".join([f"Epoch {each.named}", *([each.kind] if each.kind else []), *figures])
