"""The code page: the drawing and its recipe as the Python script that they are. Spells nothing itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable
from typing import Final, TypeAlias

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QShowEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QTextEdit, QVBoxLayout, QWidget

from engine.catalogue import Catalogue
from engine.changes import Changes
from engine.errors import EngineError
from engine.project import Project
from engine.recipe import check_recipe
from gui.document import Document
from gui.highlight import Highlighter
from gui.monitor.switch import Switch
from gui.selection import Selection
from gui.theme import BESIDE_WORDS, TEXT, colour, icon, icon_pixmap, mono_font, themes

#: From the last edit to the spelling: a drag of a slider is spelled once.
PAUSE_MS: Final = 150
COPIED_MS: Final = 1500
STYLES: Final = {"keras": "import keras", "tensorflow": "from tensorflow import keras"}
#: Spells a project; the script's own name and the style of its import are given.
Spell: TypeAlias = Callable[[Project, Catalogue, str, str], str]


def spell_script(project: Project, catalogue: Catalogue, name: str, style: str) -> str:
    """Spell a project as a script, or raise EngineError where it cannot be one."""
    from engine.code.script import script  # imported when it is first needed: the window opens without it

    return script(project, catalogue, data_file=f"{name}_data.npz", name=name, style=style)


class CodePane(QWidget):
    """Shows the script as the drawing changes; where it has problems, the sentence and the last good script, greyed.

    Emits `save_asked` when a person wants it as a file, `import_chosen` with "keras" or "tensorflow".
    """

    save_asked = Signal()
    import_chosen = Signal(str)

    def __init__(
        self,
        document: Document,
        parent: QWidget | None = None,
        selection: Selection | None = None,
        spell: Spell = spell_script,
    ) -> None:
        super().__init__(parent)
        self._document, self._selection, self._spell = document, selection, spell
        self._marked: tuple[str, ...] = ()
        self._path = document.path
        self._stale = True
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._soon.timeout.connect(self._refresh)
        self._thanks = QTimer(self)
        self._thanks.setSingleShot(True)
        self._thanks.setInterval(COPIED_MS)
        self._thanks.timeout.connect(self._tint)
        self.editor = QPlainTextEdit()
        self._highlighter = Highlighter(self.editor.document())
        self._import = Switch("Import", STYLES, "How the script imports Keras")
        self._sign, self._sentence = QLabel(), QLabel()
        self.copy_button, self.save_button = QPushButton("Copy"), QPushButton("Save script…")
        for button in (self.copy_button, self.save_button):
            button.setIconSize(QSize(*BESIDE_WORDS))
        self._lay_out()
        self._listen()

    def _lay_out(self) -> None:
        self.editor.setReadOnly(True)
        self.editor.setFont(mono_font(TEXT))
        self.editor.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.editor.setAccessibleName("Script")
        self._sentence.setWordWrap(True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._import)
        head.addSpacing(8)
        head.addWidget(self._sign)
        head.addWidget(self._sentence, 1)
        head.addWidget(self.copy_button)
        head.addWidget(self.save_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 16, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.editor, 1)

    def _listen(self) -> None:
        document = self._document
        document.changed.connect(self._on_changed)
        document.recipe_changed.connect(self._later)
        document.report_changed.connect(self._later)
        document.reset.connect(self._later)
        document.catalogue_changed.connect(self._later)
        document.titled.connect(self._on_titled)
        self._import.chosen.connect(self._on_import)
        self.copy_button.clicked.connect(self._copy)
        self.save_button.clicked.connect(self.save_asked)
        if self._selection is not None:
            self._selection.changed.connect(lambda ids, _initiator: self.mark(ids))
        themes().changed.connect(self._on_theme)
        self._tint()
        self._say("")

    # -- what others read

    @property
    def import_style(self) -> str:
        """How the script imports Keras: "keras" or "tensorflow"."""
        return self._import.choice

    def choose_import(self, style: str) -> None:
        self._import.choose(style)

    @property
    def text(self) -> str:
        return self.editor.toPlainText()

    @property
    def sentence(self) -> str:
        """What is wrong, empty where the script is good."""
        return self._sentence.text()

    def mark(self, ids: Iterable[str]) -> None:
        """Mark the lines that make these nodes, and bring the first into sight."""
        self._marked = tuple(ids)
        rows = self._mark()
        if rows:
            self.editor.setTextCursor(QTextCursor(self.editor.document().findBlockByNumber(rows[0])))
            self.editor.centerCursor()

    def _mark(self) -> list[int]:
        nodes = self._document.graph.nodes
        rows = lines_of([nodes[id].name for id in self._marked if id in nodes], self.text)
        self.editor.setExtraSelections([self._line(row) for row in rows])
        return rows

    # -- when

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.network:
            self._later()

    def _on_titled(self) -> None:
        """Take the file's new name; that something is unsaved changes no script."""
        if self._document.path != self._path:
            self._later()

    def _later(self, *_news: object) -> None:
        self._stale = True
        if self.isVisible():
            self._soon.start()

    def _on_import(self, style: str) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()
        self.import_chosen.emit(style)

    # -- what

    def _refresh(self) -> None:
        """Spell the document again, and say what is wrong where something is."""
        self._stale = False
        self._soon.stop()
        try:
            text, wrong = self._spelled(), self._wrong()
        except EngineError as error:
            text, wrong = self.text, error.sentence
        self._put(text)
        self._say(wrong)
        self._mark()

    def _spelled(self) -> str:
        document = self._document
        self._path = document.path
        name = re.sub(r"\W", "_", document.stem)
        return self._spell(document.project, document.catalogue, name, self.import_style)

    def _wrong(self) -> str:
        """What would stop the script though it can be spelled: a problem that Keras or the recipe has."""
        document = self._document
        check_recipe(document.recipe, document.catalogue)
        return next((problem.sentence for problem in document.problems_everywhere() if problem.severity == "error"), "")

    def _put(self, text: str) -> None:
        if text == self.text:
            return
        down, right = self.editor.verticalScrollBar().value(), self.editor.horizontalScrollBar().value()
        self._highlighter.read(text)
        self.editor.setPlainText(text)
        self.editor.verticalScrollBar().setValue(down)
        self.editor.horizontalScrollBar().setValue(right)

    def _say(self, wrong: str) -> None:
        self._sentence.setText(wrong)
        self._sign.setVisible(bool(wrong))
        self._highlighter.dim(bool(wrong))
        for button in (self.copy_button, self.save_button):
            button.setEnabled(bool(self.text) and not wrong)
            button.setToolTip("The drawing has a problem to be solved first" if wrong else "")

    # -- looks

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.copy_button.setText("Copied")
        self.copy_button.setIcon(icon("check", "good"))
        self._thanks.start()

    def _on_theme(self) -> None:
        self._tint()
        self._mark()

    def _tint(self) -> None:
        self.copy_button.setText("Copy")
        self.copy_button.setIcon(icon("copy"))
        self.save_button.setIcon(icon("save"))
        self._sign.setPixmap(icon_pixmap("circle-alert", "bad", 16, self.devicePixelRatioF()))

    def _line(self, row: int) -> QTextEdit.ExtraSelection:
        marked = QTextEdit.ExtraSelection()
        marked.format.setBackground(QColor(colour("raised")))
        marked.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        marked.cursor = QTextCursor(self.editor.document().findBlockByNumber(row))
        return marked


def lines_of(names: Iterable[str], text: str) -> list[int]:
    """Return the lines, from 0, on which a script makes the layers of these names."""
    wanted = set(names)
    variables = {re.sub(r"\W", "_", name) for name in wanted}
    if not wanted:
        return []
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return []
    made = (item for item in ast.walk(tree) if isinstance(item, ast.Assign) and isinstance(item.value, ast.Call))
    found = [item for item in made if _targets(item) & variables or _name_of(item.value) in wanted]
    return sorted({row for item in found for row in range(item.lineno - 1, item.end_lineno or item.lineno)})


def _targets(item: ast.Assign) -> set[str]:
    return {part.id for target in item.targets for part in ast.walk(target) if isinstance(part, ast.Name)}


def _name_of(call: ast.expr) -> str | None:
    """The `name=` that a call, or the call of which it is the result, is given."""
    while isinstance(call, ast.Call):
        for word in call.keywords:
            if word.arg == "name" and isinstance(word.value, ast.Constant):
                return str(word.value.value)
        call = call.func
    return None
