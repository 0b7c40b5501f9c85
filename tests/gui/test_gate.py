"""Memory that is short, in the window: Train is refused with the figure, and the batch that fits is a button."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.forecast import Strain
from engine.messages import Ready, Train
from engine.project import Project
from engine.report import NodeReport, Report, TensorSpec
from engine.values import FrozenMap
from gui.document import Document
from gui.runner import Runner
from tests.gui.drawings import classifier
from tests.gui.fakes import Links
from tests.gui.windows import shown_window


class Desk:
    """A document of a given size, a runner, and what it said."""

    def __init__(self, tmp_path: Path) -> None:
        self.document = Document(catalogue())
        self.document.start(Project(classifier()))
        self.links = Links()
        self.runner = Runner(self.document, tmp_path, self.document, self.links)  # type: ignore[arg-type]
        self.said: list[Strain] = []
        self.runner.strained.connect(self.said.append)
        self.runner.wake()
        self.tell(10**6)

    def tell(self, numbers: int) -> None:
        """Let the checker say how many numbers the layers put out."""
        shapes = {"n1": (8, 8, 1), "n2": (64,), "n3": (10,)}
        nodes = {id: NodeReport(FrozenMap({"output": TensorSpec((None, *shape))})) for id, shape in shapes.items()}
        nodes["n2"] = NodeReport(FrozenMap({"output": TensorSpec((None, numbers))}))
        self.document.take_report(self.document.generation, Report(FrozenMap(nodes)))

    def ready(self, *memory: int) -> None:
        self.links.last.received.emit(Ready("trainer", {}, ("GPU:0", "CPU:0"), memory=memory))

    @property
    def trained(self) -> bool:
        return any(isinstance(message, Train) for message in self.links.made[0].sent)


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Desk:
    return Desk(tmp_path)


def test_what_fits_is_trained_in_silence(desk: Desk) -> None:
    desk.ready(8 * 10**9, 8 * 10**9)
    desk.runner.train()
    assert desk.trained
    assert desk.said == []


def test_what_cannot_fit_is_refused_before_anything_is_sent(desk: Desk) -> None:
    desk.ready(10**9, 64 * 10**9)
    desk.tell(10**7)
    desk.runner.train()
    assert not desk.trained
    assert desk.said[0].impossible
    assert "GPU:0 has 1 GB" in desk.said[0].sentence


def test_near_the_limit_it_is_trained_and_warned_of(desk: Desk) -> None:
    desk.ready(10**9, 64 * 10**9)
    desk.runner.train()
    assert desk.trained
    assert not desk.said[0].impossible


def test_the_cpu_is_measured_by_its_own_memory(desk: Desk) -> None:
    desk.ready(10**9, 64 * 10**9)
    desk.document.edit_recipe("Set", replace(desk.document.recipe, device="cpu"))
    desk.tell(10**7)
    desk.runner.train()
    assert desk.trained


def test_the_notice_s_button_sets_the_batch_that_fits(qtbot: QtBot) -> None:
    window = shown_window(qtbot)
    window.commands.show_strain(Strain("Training takes too much.", True, 8))
    assert window.notice.more == "Set the batch size to 8"
    window.notice.asked.emit()
    assert window.document.recipe.batch_size == 8
    assert window.document.undo.undoText() == "Set the batch size to 8"
    window.commands.show_strain(Strain("Training takes too much.", True, 0))
    assert window.notice.more == ""
