"""The checker as the window asks it: whole at first and after a fault, then by what changed; old answers dropped."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph import Node
from engine.messages import Check, Checked, Failed, Recheck, Rechecked
from engine.project import Project
from engine.report import NodeReport, Report
from engine.values import FrozenMap, Part, Value
from gui.checking import Checking
from gui.document import Document
from tests.gui.blocked import blocked
from tests.gui.drawings import classifier
from tests.gui.fakes import FakeLink, Links


class Desk:
    """A document whose checker says what a test makes it say."""

    def __init__(self, qtbot: QtBot) -> None:
        self.document = Document(catalogue())
        self.document.start(Project(classifier()))
        self.links = Links()
        self.checking = Checking(self.document, self.document, self.links)  # type: ignore[arg-type]
        self._qtbot = qtbot
        self.checking.start()
        self.link.ready()

    @property
    def link(self) -> FakeLink:
        return self.links.last

    def set_units(self, units: int) -> None:
        """Edit, and wait until the question went out."""
        before = len(self.link.sent)
        self.document.set_value("n3", "units", units)
        self._qtbot.waitUntil(lambda: len(self.link.sent) > before)

    def say(self, **counts: int) -> None:
        nodes = FrozenMap({id: NodeReport(parameters=count) for id, count in counts.items()})
        first = isinstance(self.link.sent[-1], Check)
        answer = Checked if first else Rechecked
        self.link.received.emit(answer(self.document.generation, Report(nodes)))

    @property
    def counts(self) -> dict[str, int]:
        return {id: node.parameters for id, node in self.document.report.nodes.items()}


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot)


def test_the_drawing_is_told_whole_once_then_what_changed(desk: Desk) -> None:
    assert isinstance(desk.link.sent[-1], Check)
    desk.say(n1=0, n2=0, n3=650)
    desk.set_units(20)
    question = desk.link.sent[-1]
    assert isinstance(question, Recheck)
    assert [node.id for node in question.patch.nodes] == ["n3"]
    desk.say(n3=1300)
    assert desk.counts == {"n1": 0, "n2": 0, "n3": 1300}
    assert desk.document.checked


def test_an_answer_that_came_too_late_still_counts_for_the_next(desk: Desk) -> None:
    desk.say(n1=0, n2=0, n3=650)
    desk.set_units(20)
    late = Rechecked(desk.document.generation, Report(FrozenMap({"n2": NodeReport(parameters=5)})))
    desk.set_units(30)
    desk.link.received.emit(late)
    assert desk.counts["n2"] == 0
    desk.say(n3=1950)
    assert desk.counts == {"n1": 0, "n2": 5, "n3": 1950}


def test_after_a_fault_and_a_new_start_the_drawing_is_told_whole(desk: Desk) -> None:
    desk.say(n3=650)
    desk.link.received.emit(Failed("It did not work."))
    desk.set_units(20)
    assert isinstance(desk.link.sent[-1], Check)
    desk.link.die("It crashed.")
    desk.link.ready()
    assert isinstance(desk.link.sent[-1], Check)


def test_another_project_is_told(desk: Desk, qtbot: QtBot) -> None:
    desk.document.start(Project(classifier().renamed("n3", "other")))
    qtbot.waitUntil(lambda: len(desk.link.sent) > 1)
    assert desk.link.sent[-1] != desk.link.sent[0]


# -- layers that Keras makes on TensorFlow alone


def test_an_edit_that_leads_out_of_a_block_is_told(desk: Desk, qtbot: QtBot) -> None:
    document = desk.document
    document.start(Project(blocked()))
    qtbot.waitUntil(lambda: len(desk.link.sent) > 1)
    document.enter("two")
    asked = len(desk.link.sent)
    document.edit_whole("Delete", document.root.without(["two"]))
    assert document.steps == ()
    assert len(desk.link.sent) == asked + 1
    document.undo.undo()
    assert len(desk.link.sent) == asked + 2
    assert len(document.steps) == 1  # undone, it is seen where it was
    document.leave()
    document.enter("one")
    assert len(desk.link.sent) == asked + 2


def test_a_layer_that_needs_tensorflow_brings_a_checker_with_it(desk: Desk) -> None:
    before = desk.link
    node = Node("n9", "Hashing", "hashing", FrozenMap({"num_bins": 4}))
    desk.document.edit("Add", desk.document.graph.with_node(node))
    assert desk.link is not before
    assert desk.link.role == "full-checker"
    desk.link.ready()
    assert isinstance(desk.link.sent[-1], Check)
    assert desk.link.sent[-1].graph == desk.document.graph
    full = desk.link
    desk.document.undo.undo()
    assert desk.link is full
    assert isinstance(desk.link.sent[-1], Recheck)


def test_another_drawing_gets_the_quick_checker_back(desk: Desk, qtbot: QtBot) -> None:
    wrapped = FrozenMap[Value]({"layer": Part("Hashing", FrozenMap({"num_bins": 4}))})
    graph = desk.document.graph.with_node(Node("n9", "TimeDistributed", "each", wrapped))
    desk.document.start(Project(graph))
    qtbot.waitUntil(lambda: desk.link.role == "full-checker")
    desk.link.ready()
    desk.document.start(Project(classifier()))
    qtbot.waitUntil(lambda: desk.link.role == "checker")
    desk.link.ready()
    assert isinstance(desk.link.sent[-1], Check)


def test_an_answer_is_near_where_the_one_before_was_quick(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0.0, 5.0, 5.001, 10.0, 10.5, 20.0])
    monkeypatch.setattr("gui.checking.perf_counter", lambda: next(clock))
    desk.say(n1=0, n2=0, n3=650)
    desk.set_units(20)
    assert not desk.checking.is_near(), "the whole drawing was told before: nobody knows how long an edit takes"
    desk.say(n3=1300)
    assert not desk.checking.is_near(), "nothing is asked"
    desk.set_units(30)
    assert desk.checking.is_near()
    desk.say(n3=1950)
    desk.set_units(40)
    assert not desk.checking.is_near(), "the last answer took half a second"
