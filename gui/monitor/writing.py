"""The page where a trained network writes: a text goes on, a sequence is answered, a picture is told. Knows no wire."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRandomGenerator, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from engine.datasets import dataset
from engine.errors import EngineError
from engine.generation import Kind, Writing, writing
from engine.messages import Failed, Generate, Generated
from gui.document import Document
from gui.editors.boxes import Decimal, Whole
from gui.monitor.empty import Empty
from gui.monitor.sample import SAMPLES, ProbeSamples, SampleCard
from gui.runner import Runner, RunState
from gui.theme import TEXT, mono_font

#: What the button says, and what is written, by the kind.
WORDS: Final[dict[Kind, tuple[str, str]]] = {
    "continue": ("Continue the text", "The text goes on here, letter by letter."),
    "answer": ("Answer", "The answer is written here, one token after the other."),
    "tell": ("Tell what it shows", "The caption is written here, word by word."),
}
NOTHING: Final = (
    "A network writes where it learns what follows what: a text, answers to sequences, captions of pictures."
)
LONGEST: Final = 5000
#: Below it are the seeds.
LARGEST: Final = 2**31 - 1
SIDE: Final = 300


class WritingPage(QWidget):
    """Asks the last run's network to write; while it trains, it writes the same wish again after each epoch."""

    def __init__(self, runner: Runner, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner, self._document = runner, document
        self._writing: Writing | None = None
        self.samples = ProbeSamples(self)
        self.prompt, self.about = QLineEdit(), QLineEdit()
        self.sample, self.length, self.temperature = Whole(), Whole(), Decimal()
        self.button, self.told = QPushButton(), QLabel()
        self.text, self.card, self.empty = QPlainTextEdit(), SampleCard(), Empty("pencil")
        self._rows = QFormLayout()
        self._lay_out()
        self._listen()
        self._refresh()

    def _lay_out(self) -> None:
        for field, name, tip in (
            (self.prompt, "Begin with", "The text that the network continues"),
            (self.about, "Question", "What the network answers; the samples give some"),
            (self.sample, "Sample", f"One of the first {SAMPLES} validation samples"),
            (self.length, "Length", "How many letters it writes at most"),
            (self.temperature, "Temperature", "0 takes the likeliest each time; 1 follows the network's own chances"),
        ):
            field.setAccessibleName(name)
            field.setToolTip(tip)
            self._rows.addRow(name, field)
        self.sample.setRange(0, SAMPLES - 1)
        self.sample.setWrapping(True)
        self.length.setRange(1, LONGEST)
        self.length.setValue(300)
        self.length.setSingleStep(100)
        self.temperature.setRange(0, 2)
        self.temperature.setSingleStep(0.1)
        self.temperature.setDecimals(1)
        self.temperature.setValue(0.7)
        self._rows.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self._rows.setHorizontalSpacing(12)
        self._rows.setVerticalSpacing(8)
        self.told.setProperty("role", "second")
        self.told.setWordWrap(True)
        self.text.setReadOnly(True)
        self.text.setFont(mono_font(TEXT))
        self.text.setAccessibleName("What the network writes")
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(self._rows)
        left.addWidget(self.button)
        left.addWidget(self.told)
        left.addStretch()
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(SIDE)
        left.setContentsMargins(0, 0, 0, 0)
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addWidget(side)
        row.addWidget(self.card)
        row.addWidget(self.text, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(page)

    def _listen(self) -> None:
        runner, document = self._runner, self._document
        runner.state_changed.connect(self._on_state)
        runner.generated.connect(self._on_generated)
        runner.failed.connect(self._on_failed)
        runner.started.connect(lambda _graph, _recipe: self._begin())
        document.recipe_changed.connect(lambda _recipe, _initiator: self._refresh())
        document.reset.connect(self._refresh)
        self.samples.ready.connect(self._show_sample)
        self.sample.valueChanged.connect(lambda _sample: self._show_sample())
        self.button.clicked.connect(self.write)
        self.prompt.returnPressed.connect(self.write)
        self.about.returnPressed.connect(self.write)

    # -- what it is about

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        """Show what there is to be written with the data as they are chosen now."""
        if not self.isVisible():
            return
        before, self._writing = self._writing, _writing(self._document)
        self._stack.setCurrentIndex(int(self._writing is not None))
        if self._writing is None:
            self.empty.say("Nothing to write", NOTHING)
            return
        kind = self._writing.kind
        if self._writing != before:
            self.text.clear()
            self.text.setPlaceholderText(WORDS[kind][1])
            self.button.setText(WORDS[kind][0])
            self.prompt.setText("The " if kind == "continue" else "")
        for field, shown in (
            (self.prompt, kind == "continue"), (self.length, kind == "continue"), (self.about, kind == "answer"),
            (self.sample, kind != "continue"),
        ):  # fmt: skip
            self._rows.setRowVisible(field, shown)
        self.card.setVisible(kind == "tell")
        self.samples.choose(self._document.recipe.data, self._document.recipe.seed)
        self._show_sample()
        self._on_state(self._runner.state)

    def _show_sample(self) -> None:
        if self._writing is None or self._writing.about is None:
            return
        place = self.sample.value()
        if self._writing.kind == "tell":
            self.card.show_sample(self.samples, place)
        elif self.samples.words(place):
            self.about.setText(self.samples.words(place)[0])

    # -- writing

    def write(self) -> None:
        """Ask the network to write."""
        if self._runner.can_generate and self._writing is not None:
            self.text.clear()
            self._runner.generate(
                Generate(
                    self.prompt.text(), self.about.text(), self.sample.value(), self.length.value(),
                    self.temperature.value(), QRandomGenerator.global_().bounded(LARGEST),
                )
            )  # fmt: skip

    def _begin(self) -> None:
        self.text.clear()

    def _on_generated(self, message: Generated) -> None:
        self.text.setPlainText(message.text)
        after = f"After epoch {message.epoch}. " if message.epoch else ""
        self.told.setText(after + ("" if message.done else "Writing …"))

    def _on_failed(self, message: Failed) -> None:
        if self.isVisible():
            self.told.setText(message.sentence)

    def _on_state(self, state: RunState) -> None:
        able = self._runner.can_generate
        self.button.setEnabled(able)
        if not able:
            self.told.setText("Train first: what is not trained writes noise.")
        elif state.phase == "training":
            self.told.setText("It writes what it can by now, and again after each epoch.")
        elif not self.text.toPlainText():
            self.told.setText("")


def _writing(document: Document) -> Writing | None:
    try:
        return writing(dataset(document.recipe.data))
    except EngineError:
        return None
