"""What the window asks the checker for: a drawing, and what mends the problems of a node that has no fixes yet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph_json import graph_to_json
from engine.messages import Check, Checked, Mend, Mended
from engine.report import Fix, Problem, Report
from gui.checking import Checking
from gui.document import Document
from gui.selection import Selection
from tests.gui.drawings import node, wired
from tests.gui.fakes import FakeLink, Links

ODD = Problem("error", "It is odd.", ("n2", "n1"))
OTHER = Problem("error", "It is other.", ("n3",))


class Desk:
    """A document with a checker that answers what a test says."""

    def __init__(self) -> None:
        self.document, links = Document(catalogue()), Links()
        self.selection = Selection(self.document)
        self.checking = Checking(self.document, self.document, links)  # type: ignore[arg-type]
        graph = wired(node("n1", "InputLayer", shape=(8,)), node("n2", "Dense"), node("n3", "Dense"))
        self.document.edit("Draw", graph)
        self.checking.start()
        self.link: FakeLink = links.last
        self.link.ready()
        self.fix = Fix("Mend it", graph_to_json(graph.without(["n2"])))

    @property
    def asked(self) -> list[str]:
        return [message.node for message in self.link.sent if isinstance(message, Mend)]

    def check(self, *problems: Problem, whole: bool = True) -> None:
        self.link.received.emit(Checked(self.document.generation, Report(problems=problems), whole))

    def mend(self, *problems: Problem, late: int = 0) -> None:
        self.link.received.emit(Mended(self.document.generation - late, Report(problems=problems)))


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = Desk()
    qtbot.waitUntil(lambda: any(isinstance(message, Check) for message in made.link.sent))
    return made


def test_a_problem_without_fixes_is_asked_about_once_when_it_is_looked_at(desk: Desk) -> None:
    desk.check(ODD, OTHER)
    assert desk.asked == []
    desk.checking.mend("n2")
    desk.checking.mend("")
    desk.checking.mend("n2")
    desk.checking.mend("n1")
    assert desk.asked == ["n2"], "nothing shows on n1"


def test_what_mends_it_joins_the_report(desk: Desk) -> None:
    desk.check(ODD, OTHER)
    desk.checking.mend("n2")
    told: list[Report] = []
    desk.document.report_changed.connect(told.append)
    desk.mend(replace(ODD, fixes=(desk.fix,)))
    assert desk.document.report.problems == (replace(ODD, fixes=(desk.fix,)), OTHER)
    assert len(told) == 1
    desk.checking.mend("n2")
    assert desk.asked == ["n2"]


def test_an_answer_about_an_older_drawing_is_dropped(desk: Desk) -> None:
    desk.check(ODD)
    desk.checking.mend("n2")
    desk.mend(replace(ODD, fixes=(desk.fix,)), late=1)
    assert desk.document.report.problems == (ODD,)


def test_it_waits_for_the_fixes_that_come_unasked(desk: Desk) -> None:
    desk.check(ODD, OTHER, whole=False)
    desk.checking.mend("n3")
    assert desk.asked == []
    desk.check(replace(ODD, fixes=(desk.fix,)), OTHER)
    assert desk.asked == ["n3"]
    desk.checking.mend("n2")
    assert desk.asked == ["n3"], "n2 has its fix"


def test_one_that_nothing_mends_changes_nothing(desk: Desk) -> None:
    desk.check(ODD)
    desk.checking.mend("n2")
    told: list[Report] = []
    desk.document.report_changed.connect(told.append)
    desk.mend(ODD)
    assert told == []


def test_the_one_selected_node_is_meant(desk: Desk) -> None:
    desk.selection.set(["n2"])
    assert desk.selection.one == "n2"
    desk.selection.set(["n2", "n3"])
    assert desk.selection.one == ""
