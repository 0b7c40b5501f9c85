"""The code page, with a speller that tests can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.catalogue import Catalogue, catalogue
from engine.errors import ExportError
from engine.graph import order
from engine.project import Project
from engine.report import Problem, Report
from gui.code import CodePane, lines_of
from gui.document import Document
from gui.selection import Selection
from gui.theme import DARK, LIGHT, themes
from tests.gui.drawings import classifier


class Speller:
    """Writes a line a node, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.refuses = ""

    def __call__(self, project: Project, catalogue: Catalogue, name: str, style: str) -> str:
        self.asked += 1
        if self.refuses:
            raise ExportError(self.refuses)
        lines = [f'"""{name}"""', "import keras" if style == "keras" else "from tensorflow import keras"]
        for id in order(project.graph).ids:
            node = project.graph.nodes[id]
            values = ", ".join(f"{key}={value!r}" for key, value in node.values.items())
            lines.append(f"{node.name} = keras.layers.{node.layer}({values})(x)")
        return "\n".join([*lines, f"model.fit(epochs={project.recipe.epochs})", ""])


@pytest.fixture
def document(qapp: object) -> Iterator[Document]:
    themes().use(DARK)
    made = Document(catalogue())
    made.start(Project(classifier()))
    yield made
    made.deleteLater()


@pytest.fixture
def speller() -> Speller:
    return Speller()


@pytest.fixture
def pane(qtbot: QtBot, document: Document, speller: Speller) -> CodePane:
    made = CodePane(document, selection=Selection(document), spell=speller)
    qtbot.addWidget(made)
    made.resize(900, 260)
    made.show()
    return made


def test_it_shows_the_script_of_the_drawing(pane: CodePane) -> None:
    assert 'dense_n3 = keras.layers.Dense(units=10, activation="softmax")' in pane.text.replace("'", '"')
    assert pane.sentence == ""
    assert pane.save_button.isEnabled()


def test_a_row_of_edits_is_spelled_once(qtbot: QtBot, pane: CodePane, document: Document, speller: Speller) -> None:
    before = speller.asked
    for units in range(11, 31):
        document.set_value("n3", "units", units)
    assert speller.asked == before
    qtbot.waitUntil(lambda: "units=30" in pane.text, timeout=1000)
    assert speller.asked == before + 1


def test_a_move_spells_nothing(qtbot: QtBot, pane: CodePane, document: Document, speller: Speller) -> None:
    before = speller.asked
    document.edit("Move", document.graph.moved({"n3": (900.0, 40.0)}))
    qtbot.wait(200)
    assert speller.asked == before


def test_the_recipe_is_part_of_it(qtbot: QtBot, pane: CodePane, document: Document) -> None:
    document.edit_recipe("Epochs", replace(document.recipe, epochs=77))
    qtbot.waitUntil(lambda: "epochs=77" in pane.text, timeout=1000)


def test_out_of_sight_it_spells_nothing_until_it_is_seen(
    qtbot: QtBot, pane: CodePane, document: Document, speller: Speller
) -> None:
    pane.hide()
    before = speller.asked
    document.set_value("n3", "units", 99)
    qtbot.wait(200)
    assert speller.asked == before
    pane.show()
    assert "units=99" in pane.text


def test_the_import_can_be_tensorflows(qtbot: QtBot, pane: CodePane) -> None:
    with qtbot.waitSignal(pane.import_chosen) as said:
        pane.choose_import("tensorflow")
    assert said.args == ["tensorflow"]
    assert "from tensorflow import keras" in pane.text
    assert pane.import_style == "tensorflow"


def test_a_problem_greys_what_stands_and_says_its_sentence(qtbot: QtBot, pane: CodePane, document: Document) -> None:
    edge = document.graph.edges[0]
    document.edit("Unwire", document.graph.without_edges([edge]))
    qtbot.waitUntil(lambda: pane.sentence != "", timeout=1000)
    assert "Flatten" in pane.sentence
    assert not pane.copy_button.isEnabled()
    assert not pane.save_button.isEnabled()
    assert "problem" in pane.save_button.toolTip()
    assert ink(pane) == DARK.third
    document.undo.undo()
    qtbot.waitUntil(lambda: pane.sentence == "", timeout=1000)
    assert pane.save_button.isEnabled()
    assert ink(pane) != DARK.third


def test_what_cannot_be_spelled_leaves_the_last_good_script(
    qtbot: QtBot, pane: CodePane, document: Document, speller: Speller
) -> None:
    good = pane.text
    speller.refuses = "A script needs a name"
    document.set_value("n3", "units", 12)
    qtbot.waitUntil(lambda: pane.sentence != "", timeout=1000)
    assert pane.sentence == "A script needs a name."
    assert pane.text == good


def test_what_the_checker_found_is_said_too(qtbot: QtBot, pane: CodePane, document: Document) -> None:
    problem = Problem("error", "dense and flatten do not fit.", ("n3",))
    document.take_report(document.generation, Report(problems=(problem,)))
    qtbot.waitUntil(lambda: pane.sentence == problem.sentence, timeout=1000)
    document.take_report(document.generation, Report(problems=(replace(problem, severity="warning"),)))
    qtbot.waitUntil(lambda: pane.sentence == "", timeout=1000)


def ink(pane: CodePane) -> str:
    """The colour of the script's first word."""
    formats = pane.editor.document().firstBlock().layout().formats()
    return formats[0].format.foreground().color().name().upper()


def test_copy_takes_all_of_it_and_says_so(qtbot: QtBot, pane: CodePane) -> None:
    QTest.mouseClick(pane.copy_button, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == pane.text
    assert pane.copy_button.text() == "Copied"
    qtbot.waitUntil(lambda: pane.copy_button.text() == "Copy", timeout=3000)


def test_saving_is_asked_of_the_window(qtbot: QtBot, pane: CodePane) -> None:
    with qtbot.waitSignal(pane.save_asked):
        QTest.mouseClick(pane.save_button, Qt.MouseButton.LeftButton)


def test_selected_nodes_are_marked(pane: CodePane, document: Document) -> None:
    assert pane._selection is not None
    pane._selection.set(["n3"])
    marked = pane.editor.extraSelections()
    assert [selection.cursor.block().text().split(" ")[0] for selection in marked] == ["dense_n3"]
    assert pane.editor.textCursor().block().text().startswith("dense_n3")
    themes().use(LIGHT)
    assert pane.editor.extraSelections()[0].format.background().color().name().upper() == LIGHT.raised
    themes().use(DARK)
    pane._selection.set([])
    assert pane.editor.extraSelections() == []


def test_the_view_stays_where_a_person_scrolled(qtbot: QtBot, pane: CodePane, document: Document) -> None:
    graph = document.graph
    for _ in range(40):
        graph = graph.with_node(replace(catalogue().new_node(graph, "InputLayer")))
    document.start(Project(graph))
    qtbot.waitUntil(lambda: pane.editor.verticalScrollBar().maximum() > 15, timeout=1000)
    pane.editor.verticalScrollBar().setValue(12)
    document.set_value("n3", "units", 12)
    qtbot.waitUntil(lambda: "units=12" in pane.text, timeout=1000)
    assert pane.editor.verticalScrollBar().value() == 12


@pytest.mark.parametrize(
    ("names", "lines"),
    [
        (["conv1"], [1]),
        (["a-b"], [2]),
        (["split"], [3, 4, 5]),
        (["state"], [6]),
        (["conv1", "state"], [1, 6]),
        (["nothing"], []),
        ([], []),
    ],
)
def test_the_lines_of_layers_are_found(names: list[str], lines: list[int]) -> None:
    text = (
        "import keras\n"
        "conv1 = keras.layers.Conv2D(3)(image)\n"
        "a_b = keras.layers.Dense(3)(conv1)\n"
        "x = keras.layers.Dense(\n    3, name='split'\n)(a_b)\n"
        "y, state = keras.layers.LSTM(3, return_state=True)(x)\n"
        "conv1_twice = f(conv1)\n"
    )
    assert lines_of(names, text) == lines


def test_a_broken_script_has_no_lines_to_mark() -> None:
    assert lines_of(["a"], "a = (") == []
