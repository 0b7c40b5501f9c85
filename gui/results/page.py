"""The page Results: views to choose from, the epochs to go through, validation or test. Knows no wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from engine.judging_messages import Share
from engine.verdict import Verdict
from gui.document import Document
from gui.editors.labels import ElidedLabel
from gui.monitor.empty import Empty
from gui.monitor.results import ResultsView
from gui.results.classes import ClassesView
from gui.results.confusion import ConfusionView
from gui.results.fixed import FixedView
from gui.results.head import Head
from gui.results.judging import Judging
from gui.results.residuals import ResidualsView
from gui.results.shown import Shown
from gui.results.thresholds import PrecisionView, RocView
from gui.results.view import View
from gui.results.worst import WorstView
from gui.run_state import RunState
from gui.runner import Runner

VIEWS: Final[Mapping[str, type[View]]] = {
    "confusion": ConfusionView, "classes": ClassesView, "roc": RocView, "precision": PrecisionView,
    "residuals": ResidualsView, "worst": WorstView, "fixed": FixedView,
}  # fmt: skip
TEST: Final = "test"
NO_VIEW: Final = "There is nothing to export here: choose a view that shows predictions."
LIST_WIDE: Final = 124


class ResultsPage(QWidget):
    """Asks for predictions while it is in sight, and shows one view of one epoch's."""

    def __init__(self, runner: Runner, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.judging = Judging(runner, document.catalogue, self)
        self.test = ResultsView(runner)
        self.list, self.head, self.empty = QListWidget(), Head(), Empty("list-checks")
        self._words, self._stack = ElidedLabel(), QStackedWidget()
        self._views: dict[str, View] = {}
        self._chosen = "confusion"
        self._lay_out()
        self._listen()
        self._refresh()

    def _lay_out(self) -> None:
        for name, view in VIEWS.items():
            self._add(name, view.TITLE, view.TIP)
        self._add(TEST, "Test set", "The samples that were kept apart: used only on request, and counted")
        self.list.setFixedWidth(LIST_WIDE)
        self.list.setAccessibleName("View of the results")
        self.list.setProperty("role", "choice")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words.setProperty("role", "second")
        for widget in (self.empty, self.test):
            self._stack.addWidget(widget)
        body = QVBoxLayout()
        body.setSpacing(6)
        body.addWidget(self.head)
        body.addWidget(self._stack, 1)
        body.addWidget(self._words)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 8, 16, 6)
        layout.setSpacing(12)
        layout.addWidget(self.list)
        layout.addLayout(body, 1)

    def _add(self, name: str, title: str, tip: str) -> None:
        item = QListWidgetItem(title, self.list)
        item.setData(Qt.ItemDataRole.UserRole, name)
        item.setToolTip(tip)

    def _listen(self) -> None:
        self.list.setCurrentRow(0)
        self.list.currentItemChanged.connect(self._on_view)
        self.judging.changed.connect(self._refresh)
        self.head.scrubber.moved.connect(self._show)
        self.head.chosen.connect(self._refresh)
        self.head.collected.connect(self.judging.collect)
        self.head.export_asked.connect(self.export)
        self._runner.state_changed.connect(self._on_state)

    # -- what is looked at

    @property
    def view(self) -> View:
        """The chosen view, made when it is first looked at."""
        return self._view(self._chosen if self._chosen in VIEWS else "confusion")

    def _view(self, name: str) -> View:
        if name not in self._views:
            made = self._views[name] = VIEWS[name]()
            made.said.connect(self._say)
            made.followed.connect(self._follow)
            self._stack.addWidget(made)
        return self._views[name]

    def choose(self, name: str) -> None:
        """Choose a view by its name."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentRow(row)

    def _on_view(self, item: QListWidgetItem | None, _before: object = None) -> None:
        if item is not None:
            self._chosen = str(item.data(Qt.ItemDataRole.UserRole))
            self._words.clear()
            self._show()

    def _say(self, words: str) -> None:
        self._words.setText(words or self.view.rest)

    def _follow(self, index: int) -> None:
        fixed = self._view("fixed")
        if isinstance(fixed, FixedView):
            fixed.follow(index)
        self._words.setText(f"Sample {index} is among the fixed samples.")

    # -- what happens

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.judging.look(True)
        self._refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.judging.look(False)

    def _on_state(self, state: RunState) -> None:
        if state.phase == "evaluating":
            self.choose(TEST)

    def _refresh(self) -> None:
        """Take up what is known now; out of sight nothing is drawn."""
        if not self.isVisible():
            return
        history = self.judging.history
        self.head.offer(history.outputs("validation") or history.outputs("test"), tested=bool(history.outputs("test")))
        self.head.scrubber.show_epochs([each.epoch for each in history.of(self.part, self.head.output)])
        self._show()

    @property
    def part(self) -> Share:
        return self.head.part

    def shown(self) -> Shown | None:
        """What there is to see: the verdict of the epoch that was chosen."""
        history = self.judging.history.of(self.part, self.head.output)
        if not history:
            return None
        found = history[self.head.scrubber.place]
        return Shown(found, self.judging.samples(self.part), history, self.judging.column(found.output))

    def _show(self) -> None:
        shown = self.shown()
        self._offer(shown.verdict if shown is not None else None)
        self.head.setVisible(self._chosen != TEST)
        if self._chosen == TEST:
            self._stack.setCurrentWidget(self.test)
        elif shown is None or shown.verdict.kind not in self.view.KINDS:
            self.empty.say(*self._why_empty(shown))
            self._stack.setCurrentWidget(self.empty)
        else:
            self.head.say(*_stamp(shown.verdict, self._is_watched_training))
            self.view.show_verdict(shown)
            self._words.setText(self._words.text() or self.view.rest)
            self._stack.setCurrentWidget(self.view)

    def _offer(self, found: Verdict | None) -> None:
        """Offer the views that can show what there is."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            name = str(item.data(Qt.ItemDataRole.UserRole))
            fits = name == TEST or found is None or not found.kind or found.kind in VIEWS[name].KINDS
            item.setHidden(not fits)
        item = self.list.currentItem()
        if item is not None and item.isHidden() and found is not None:
            self.choose(next(name for name, view in VIEWS.items() if found.kind in view.KINDS))

    @property
    def _is_watched_training(self) -> bool:
        recipe = self.judging.recipe
        return self.part == "validation" and recipe is not None and not recipe.data.validation

    def _why_empty(self, shown: Shown | None) -> tuple[str, str]:
        self.head.say("", "")
        if shown is not None:
            return "No view of this output", shown.verdict.sentence or "Choose another view."
        if self.judging.why:
            return "No predictions", self.judging.why
        if self._runner.state.phase in ("starting", "compiling", "training", "paused"):
            return "Waiting for the end of an epoch", "Predictions on the validation samples come after each."
        if self._runner.can_evaluate:
            return "Waiting for the network's predictions", "They come in a moment."
        if self.judging.graph is None:
            return "No run yet", "Press Train to see what the network gets right and wrong, epoch by epoch."
        return "No predictions of this run", "The network of this run is gone: train again to see them."

    def collect(self, on: bool) -> None:
        """Have the predictions of every epoch kept, whether or not somebody looks."""
        self.head.keep.setChecked(on)

    def export(self, kind: str) -> None:
        """Ask where to, and write what is shown: "png" the picture, "csv" the table."""
        from gui.results.export import export

        if self._stack.currentWidget() is not self.view:
            self._words.setText(NO_VIEW)
            return
        rows: Callable[[], object] = self.view.rows
        self._words.setText(export(self, self._stack, rows, self._chosen, kind))


def _stamp(found: Verdict, is_training: bool) -> tuple[str, str]:
    """Say which samples these are, in a few words and in a sentence."""
    what = "training" if is_training else found.part
    whole = f"{found.samples:,} samples" if what == found.part else f"{found.samples:,} training samples"
    tip = f"All {what} samples." if found.samples == found.whole else (
        f"{found.samples:,} of {found.whole:,} {what} samples, evenly chosen: the same in every epoch."
    )  # fmt: skip
    if is_training:
        tip += " The recipe keeps none apart for validation."
    if found.kind == "binary":
        tip += " From a chance of one half on, yes is said."
    return whole, tip
