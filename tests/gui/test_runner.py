"""The runner against recorded messages: warm trainers, refusals, progress, and trainers that die."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine import messages
from engine.catalogue import catalogue
from engine.graph import Graph
from engine.project import Project
from engine.report import Problem, Report
from gui.document import Document
from gui.runner import Runner
from tests.gui.drawings import classifier
from tests.gui.fakes import Links
from tests.gui.monitor.said import figures, histograms


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


def start(runner: Runner, links: Links) -> None:
    runner.wake()
    links.last.ready()
    runner.train()


def phase(runner: Runner) -> str:
    return runner.state.phase


def steps(*numbers: int) -> messages.Steps:
    values = np.linspace(2.0, 1.0, len(numbers)).reshape(-1, 1)
    return messages.Steps(("loss",), messages.Array.of(np.array(numbers)), messages.Array.of(values))


def test_it_says_that_tensorflow_starts_until_the_trainer_is_ready(runner: Runner, links: Links) -> None:
    runner.wake()
    assert phase(runner) == "waking"
    links.last.ready("GPU:0", "CPU:0")
    assert phase(runner) == "ready"
    assert runner.gate.devices == ("GPU:0", "CPU:0")


def test_a_click_before_that_is_kept_and_runs_when_it_is_ready(runner: Runner, links: Links) -> None:
    runner.wake()
    runner.train()
    assert runner.state.queued
    assert links.last.sent == []
    links.last.ready()
    assert [type(message) for message in links.last.sent] == [messages.Train]


def test_stop_forgets_a_click_that_was_kept(runner: Runner, links: Links) -> None:
    runner.wake()
    runner.train()
    runner.stop()
    links.last.ready()
    assert links.last.sent == []
    assert phase(runner) == "ready"


def test_a_broken_drawing_is_refused_before_anything_is_sent(runner: Runner, links: Links) -> None:
    runner._document.start(Project(Graph()))
    runner._document.take_report(runner._document.generation, Report())
    said: list[str] = []
    runner.refused.connect(said.append)
    start(runner, links)
    assert links.last.sent == []
    assert len(said) == 1
    assert said[0].endswith(".")


def test_a_recipe_that_cannot_be_is_refused_with_its_reason(runner: Runner, links: Links) -> None:
    from dataclasses import replace

    runner._document.edit_recipe("Batch", replace(runner._document.recipe, batch_size=0))
    said: list[str] = []
    runner.refused.connect(said.append)
    start(runner, links)
    assert links.last.sent == []
    assert "batch_size" in said[0]


def test_a_click_waits_for_what_the_checker_says_of_the_last_edit(runner: Runner, links: Links) -> None:
    runner.wake()
    links.last.ready()
    document = runner._document
    document.set_value("n3", "units", 11)
    said: list[str] = []
    runner.refused.connect(said.append)
    runner.train()
    assert links.last.sent == []
    document.take_report(document.generation, Report(problems=(Problem("error", "dense expects something.", ("n3",)),)))
    assert links.last.sent == []
    assert said == ["dense expects something."]


def test_a_run_goes_through_its_states(runner: Runner, links: Links) -> None:
    start(runner, links)
    trainer = links.last
    phases: list[str] = []
    runner.state_changed.connect(lambda state: phases.append(state.phase))
    trainer.received.emit(messages.StateChanged("compiling", "CPU", steps=10, epochs=2, samples=320))
    trainer.received.emit(messages.StateChanged("training"))
    trainer.received.emit(steps(1, 2, 3))
    assert runner.state.step == 3
    assert runner.state.progress == pytest.approx(3 / 20)
    assert runner.state.seconds_left is not None
    trainer.received.emit(messages.Epoch(1, 10, {"loss": 1.0}, 0.5))
    assert runner.state.epoch == 1
    trainer.received.emit(messages.Ended("finished", 1.0))
    assert [phase for index, phase in enumerate(phases) if phases[index - 1] != phase] == [
        "compiling",
        "training",
        "finished",
    ]
    assert runner.can_evaluate
    assert runner.trained_this
    assert len(links.made) == 2, "the next trainer warms up as soon as the run has ended"


def test_a_trainer_that_is_killed_is_said_and_the_next_run_works(runner: Runner, links: Links) -> None:
    start(runner, links)
    links.last.received.emit(messages.StateChanged("training", steps=10, epochs=2))
    said: list[messages.Failed] = []
    runner.failed.connect(said.append)
    links.last.die("The trainer was ended by the system (signal 9).")
    assert phase(runner) == "failed"
    assert [failed.sentence for failed in said] == ["The trainer was ended by the system (signal 9)."]
    assert not runner.can_evaluate
    links.last.ready()
    runner.train()
    assert isinstance(links.last.sent[-1], messages.Train)
    assert len(links.made) == 2


def test_a_trainer_that_never_comes_up_is_tried_three_times(runner: Runner, links: Links) -> None:
    runner.wake()
    for _ in range(3):
        links.last.die("The trainer could not import TensorFlow.")
    assert len(links.made) == 3
    assert phase(runner) == "failed"
    assert "TensorFlow" in runner.state.sentence


def test_a_failure_inside_the_run_keeps_its_sentence(runner: Runner, links: Links) -> None:
    start(runner, links)
    links.last.received.emit(messages.Failed("The batch does not fit.", traceback="Traceback ..."))
    links.last.received.emit(messages.Ended("failed", 1.0))
    assert phase(runner) == "failed"
    assert runner.state.sentence == "The batch does not fit."


def test_evaluation_is_asked_of_the_trainer_that_ran(runner: Runner, links: Links) -> None:
    start(runner, links)
    trainer = links.last
    runner.evaluate()
    assert len(trainer.sent) == 1, "not while it trains"
    trainer.received.emit(messages.Ended("stopped", 1.0))
    runner.evaluate()
    assert isinstance(trainer.sent[-1], messages.Evaluate)
    assert phase(runner) == "evaluating"
    trainer.received.emit(messages.Evaluated({"loss": 0.1}, 270))
    assert phase(runner) == "finished"


def test_what_is_watched_follows_into_the_run(runner: Runner, links: Links) -> None:
    runner.watch(("n2", "gone"), (0, 3))
    start(runner, links)
    train = links.last.sent[0]
    assert isinstance(train, messages.Train)
    assert train.watch == ("n2",)
    assert train.samples == (0, 3)
    runner.watch(("n3",), (0,))
    assert links.last.sent[-1] == messages.Watch(("n3",), (0,))


def test_every_layer_that_computes_is_measured_until_it_is_turned_off(runner: Runner, links: Links) -> None:
    start(runner, links)
    train = links.last.sent[0]
    assert isinstance(train, messages.Train)
    assert train.figures == ("n2", "n3"), "all but the input"
    runner.measure(False)
    assert links.last.sent[-1] == messages.Watch((), (0,), ())
    runner.watch(("n3",), (0,))
    assert links.last.sent[-1] == messages.Watch(("n3",), (0,)), "which leaves what is measured as it was"
    runner.measure(True)
    assert links.last.sent[-1] == messages.Watch(("n3",), (0,), train.figures)


def test_figures_and_histograms_are_passed_on(runner: Runner, links: Links) -> None:
    heard: list[object] = []
    runner.figured.connect(heard.append)
    runner.histogrammed.connect(heard.append)
    start(runner, links)
    said = [histograms(8, "n2"), figures(8)]
    for message in said:
        links.last.received.emit(message)
    assert heard == said


def test_messages_of_an_older_trainer_are_not_heard(runner: Runner, links: Links) -> None:
    start(runner, links)
    old = links.last
    old.received.emit(messages.Ended("finished", 1.0))
    links.last.ready()
    runner.train()
    old.received.emit(steps(99))
    assert runner.state.step == 0
