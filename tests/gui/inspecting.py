"""A drawing, a selection and the inspector between them, for its tests."""

from __future__ import annotations

from dataclasses import dataclass

from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph import Graph, Node
from engine.project import Project
from engine.report import NodeReport, Problem, Report, TensorSpec
from engine.values import FrozenMap, Value
from gui.cards import Fact, ProblemCard
from gui.document import Document
from gui.editors.typed import TypedEditor
from gui.inspector import Inspector
from gui.selection import Selection
from tests.gui.drawings import node, wired


def drawing() -> Graph:
    return wired(
        node("n1", "InputLayer", shape=(8, 8, 1)),
        node("n2", "Conv2D", filters=32, kernel_size=(3, 3), activation="relu"),
        node("n3", "Conv2D", filters=64, kernel_size=(3, 3)),
        node("n4", "Flatten"),
        node("n5", "Dense", units=10),
    ).with_node(Node("n6", "Conv2D", "again", shares="n2"))


@dataclass
class Desk:
    """A document, a selection and the inspector between them."""

    document: Document
    selection: Selection
    inspector: Inspector

    def select(self, *ids: str) -> None:
        self.selection.set(ids)

    def field(self, name: str) -> TypedEditor:
        assert self.inspector.form is not None
        editor = self.inspector.form.rows[name].editor
        assert isinstance(editor, TypedEditor)
        return editor

    def value(self, id: str, name: str) -> Value:
        return self.document.catalogue.value(self.document.graph.node(id), name)

    def report(self, *problems: Problem) -> None:
        nodes = {
            "n2": NodeReport(FrozenMap({"output": TensorSpec((None, 6, 6, 32))}), 320, 320),
            "n3": NodeReport(FrozenMap({"output": TensorSpec((None, 4, 4, 64))}), 18496, 18000),
        }
        self.document.take_report(self.document.generation, Report(FrozenMap(nodes), problems))

    @property
    def rows(self) -> set[str]:
        return set(self.inspector.form.rows) if self.inspector.form is not None else set()

    @property
    def told(self) -> dict[str, str]:
        return {fact.title: fact.words for fact in self.inspector.facts.items if isinstance(fact, Fact)}

    @property
    def cards(self) -> list[ProblemCard]:
        return [card for card in self.inspector.problems.items if isinstance(card, ProblemCard)]


def shown_desk(qtbot: QtBot) -> Desk:
    """Show an inspector on the drawing, nothing selected."""
    document = Document(catalogue())
    document.start(Project(drawing()))
    selection = Selection(document)
    inspector = Inspector(document, selection)
    qtbot.addWidget(inspector)
    inspector.resize(300, 800)
    inspector.show()
    return Desk(document, selection, inspector)
