"""A run is steered from the window: held, ended at an epoch's end, trained on, its rate changed; never in vain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from engine import messages
from engine.catalogue import catalogue
from engine.project import Project
from engine.report import Report
from gui.document import Document
from gui.editors.row import Row
from gui.editors.table import editing
from gui.run_state import Clock, RunState
from gui.runner import Runner
from gui.steering import MORE, Steering
from gui.steering_section import SteeringSection, told
from tests.gui.drawings import classifier
from tests.gui.fakes import Links
from tests.gui.windows import shown_window


@pytest.fixture
def links() -> Links:
    return Links()


@pytest.fixture
def runner(qapp: object, links: Links, tmp_path: Path) -> Iterator[Runner]:
    document = Document(catalogue())
    document.start(Project(classifier()))
    document.take_report(document.generation, Report())
    made = Runner(document, tmp_path, document, make_link=links)  # type: ignore[arg-type]
    yield made
    made.end_now()
    document.deleteLater()


@pytest.fixture
def steering(runner: Runner, links: Links) -> Steering:
    """Steering of a run that trains."""
    runner.wake()
    links.last.ready()
    runner.train()
    links.last.received.emit(messages.StateChanged("training", "CPU", 40, 20, 1257))
    return Steering(runner)


def said(links: Links) -> list[object]:
    """What the run's trainer was told since it began."""
    return [message for message in links.made[0].sent if not isinstance(message, messages.Train)]


def step(number: int, rate: float = 0.001) -> messages.Steps:
    array = messages.Array.of
    return messages.Steps(("loss",), array(np.array([number])), array(np.ones((1, 1))), rate=rate)


def test_a_run_is_held_and_goes_on(steering: Steering, links: Links) -> None:
    run = links.made[0]
    steering.pause()
    run.received.emit(messages.StateChanged("paused"))
    assert steering.paused
    assert steering.runner.state.busy
    steering.pause()
    run.received.emit(messages.StateChanged("training"))
    assert said(links) == [messages.Pause(), messages.Resume()]
    assert not steering.paused
    assert steering.runner.state.epochs == 20


def test_a_run_that_is_held_goes_on_to_the_epochs_end(steering: Steering, links: Links) -> None:
    links.made[0].received.emit(messages.StateChanged("paused"))
    steering.stop_after_epoch()
    assert said(links) == [messages.Stop("epoch"), messages.Resume()]


def test_a_finished_run_trains_on_and_says_so_at_once(steering: Steering, links: Links) -> None:
    run = links.made[0]
    run.received.emit(messages.Epoch(20, 800, {"loss": 0.1}, 0.5))
    run.received.emit(messages.Ended("finished", 9.0))
    assert steering.can_go_on
    assert not steering.can_pause
    steering.go_on(5)
    steering.go_on(5)  # a second click
    assert said(links) == [messages.Continue(5)]
    assert (steering.runner.state.phase, steering.runner.state.epochs) == ("training", 25)


def test_what_cannot_be_done_is_not_said(steering: Steering, links: Links) -> None:
    links.made[0].received.emit(messages.Ended("failed", 1.0))
    for act in (steering.pause, steering.stop_after_epoch, lambda: steering.go_on(3), lambda: steering.set_rate(0.1)):
        act()
    assert not said(links)


def test_another_drawing_is_not_trained_on(steering: Steering, links: Links, runner: Runner) -> None:
    links.made[0].received.emit(messages.Ended("finished", 1.0))
    document = runner._document
    document.edit("Edit", document.graph.without([next(iter(document.graph.nodes))]))
    assert not steering.can_go_on


def test_the_time_left_knows_nothing_of_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("gui.run_state.monotonic", lambda: now[0])
    clock = Clock()
    clock.turn("training", RunState())
    now[0] = 10.0
    clock.turn("paused", RunState())
    now[0] = 100.0
    clock.turn("training", RunState())
    now[0] = 105.0
    assert clock.seconds == 15.0
    assert RunState(epochs=2, steps=50).at_step(50, clock.seconds, clock.since).seconds_left == 15.0
    clock.turn("training", RunState(step=100))
    now[0] = 110.0
    assert (clock.seconds, clock.since) == (5.0, 100)
    assert RunState(epochs=3, steps=50).at_step(125, clock.seconds, clock.since).seconds_left == 5.0


# -- the section of the page


def typed(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def field_of(row: Row) -> QLineEdit:
    field = row.editor.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    return field


def test_the_section_is_there_while_something_can_be_done(qtbot: QtBot, steering: Steering, links: Links) -> None:
    section = SteeringSection(steering, editing(catalogue(), 116))
    qtbot.addWidget(section)
    run = links.made[0]
    section.show_run(RunState())
    steering.runner.state_changed.connect(section.show_run)
    run.received.emit(step(41))
    assert not section.isHidden()
    assert section.words.text().startswith("Epoch 1 of 20 · step 41")
    assert field_of(section.rate).text() == "0.001"
    run.received.emit(messages.StateChanged("paused"))
    assert section.pause.text() == "Go on"
    assert section.words.text().startswith("Paused · Epoch 1 of 20")
    run.received.emit(messages.Ended("failed", 1.0))
    assert section.isHidden()


def test_a_rate_is_changed_by_typing_it(qtbot: QtBot, steering: Steering, links: Links) -> None:
    section = SteeringSection(steering, editing(catalogue(), 116))
    qtbot.addWidget(section)
    field = field_of(section.rate)
    typed(qtbot, field, "0.01")
    assert said(links) == [messages.SetRate(0.01)]


def test_more_epochs_than_offered_can_be_asked_for(qtbot: QtBot, steering: Steering, links: Links) -> None:
    links.made[0].received.emit(messages.Ended("finished", 1.0))
    section = SteeringSection(steering, editing(catalogue(), 116))
    qtbot.addWidget(section)
    section.show_run(steering.runner.state)
    field = field_of(section.epochs)
    assert field.text() == str(MORE)
    typed(qtbot, field, "3")
    section.more.click()
    assert said(links) == [messages.Continue(3)]


def test_words_for_one_epoch() -> None:
    assert told(RunState("finished", epoch=1)).startswith("Trained for 1 epoch:")


def test_actions_can_be_done_when_they_can(qtbot: QtBot) -> None:
    window = shown_window(qtbot)
    steered = ("pause", "stop_after_epoch", "set_rate", "train_on")
    assert not any(window.actions_by_id[id].isEnabled() for id in steered)
    window.runner.show(RunState("training", epochs=3, steps=10))
    assert [id for id in steered if window.actions_by_id[id].isEnabled()] == list(steered[:3])
    window.runner.show(RunState("paused", epochs=3, steps=10))
    assert window.actions_by_id["pause"].text() == "Go on"
    assert window.bar.train.text() == "Paused in epoch 1 of 3"
    window.actions_by_id["set_rate"].trigger()
    assert window.pages.opened == "training"
    section, holder = window.pages.training.steering, window.focusWidget()
    assert section is not None
    assert holder is not None
    assert section.isAncestorOf(holder)
