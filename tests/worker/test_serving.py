"""Studies are answered beside a run, a step at a time: in turn, dropped, refused, and after each epoch."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass, replace
from functools import partial
from itertools import count as count_from
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np
import pytest

from engine.errors import RecipeError
from engine.messages import Continue, Drop, Ended, Epoch, Happened, Logged, Message, Pause, Refused, Resume, Working
from engine.worker import serving as module
from engine.worker import train, trainer
from engine.worker.serving import Serving
from engine.worker.studies.subject import Subject
from tests.worker.drawings import SMALL
from tests.worker.ear import listening
from tests.worker.rehearsal import Bench

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


@dataclass(frozen=True)
class Count:
    """Asks for a count in so many steps; it fails at the one that is named."""

    asked: int
    steps: int = 3
    fails: Exception | None = None
    each_epoch: bool = False


def count(subject: Subject, question: Count) -> Generator[Message | None, None, None]:
    for number in range(question.steps):
        if question.fails is not None:
            raise question.fails
        yield Working(question.asked, (number + 1) / question.steps)


def clock(monkeypatch: pytest.MonkeyPatch, step: float) -> None:
    """Let each look at the clock take so many seconds."""
    looks = count_from(0.0, step)
    monkeypatch.setattr(module, "perf_counter", lambda: next(looks))


class Table(SimpleNamespace):
    """A serving with a made study, and what it said."""

    def __init__(self) -> None:
        self.said: list[Any] = []
        self.subject: Any = Subject(SimpleNamespace(model=keras.Sequential()))  # type: ignore[arg-type]
        studies: Any = {Count: count}
        self.serving = Serving(self.subject, self.said.append, studies)

    def through(self) -> None:
        while self.serving.busy:
            self.serving.step(2, 7)


def test_studies_take_turns() -> None:
    table = Table()
    table.serving.begin(Count(1))
    table.serving.begin(Count(2))
    table.through()
    assert [answer.asked for answer in table.said] == [1, 2, 1, 2, 1, 2]
    assert (table.subject.epoch, table.subject.step) == (2, 7)


def test_a_dropped_study_says_no_more() -> None:
    table = Table()
    table.serving.begin(Count(1))
    table.serving.step(1, 1)
    table.serving.drop(1)
    assert not table.serving.busy
    assert table.serving.next == np.inf
    assert len(table.said) == 1


def test_what_cannot_be_is_refused_in_words() -> None:
    table = Table()
    table.serving.begin(Count(1, fails=RecipeError("There must be two classes")))
    table.serving.begin(Count(2, fails=ValueError("a fault of ours")))
    table.through()
    refused = [answer for answer in table.said if isinstance(answer, Refused)]
    assert refused == [Refused(1, "There must be two classes."), Refused(2, "a fault of ours.")]
    (logged,) = [answer for answer in table.said if isinstance(answer, Logged)]
    assert "ValueError" in logged.text


def test_a_standing_question_is_answered_after_each_epoch_until_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table()
    clock(monkeypatch, 0.0)
    table.serving.begin(Count(1, steps=1, each_epoch=True))
    table.through()
    for epoch in (1, 2):
        table.serving.epoch_ended(epoch, epoch * 10)
    assert len(table.said) == 3
    assert table.subject.step == 20
    table.serving.drop(1)
    table.serving.epoch_ended(3, 30)
    assert len(table.said) == 3


def test_a_dear_one_passes_epochs_over(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table()
    table.serving.begin(Count(1, steps=1, each_epoch=True))
    table.through()
    clock(monkeypatch, 1.0)
    for epoch in range(1, 31):
        table.serving.epoch_ended(epoch, epoch)
    assert 2 <= len(table.said) - 1 <= 4


def _all(put: Callable[[Any], None], *messages: object) -> None:
    for message in messages:
        put(message)


@pytest.fixture
def _counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have runs answer Drop's neighbours: the made question stands for the true ones."""
    for each in (train, trainer):
        monkeypatch.setattr(each, "STUDIES", {Count: count}, raising=False)


@pytest.mark.usefixtures("_counting")
def test_a_run_that_is_studied_is_the_run_that_it_would_have_been() -> None:
    """Asked while it trains, while it is paused, after each epoch and at its end."""
    found = []
    for asked in (False, True):
        with listening() as ear:
            bench = Bench(ear)
            if asked:
                put = ear.wire.inbox._put
                put(Count(1, each_epoch=True))  # type: ignore[arg-type]
                ear.when(Epoch, partial(_all, put, Pause(), Count(2)))
                ear.when(Happened, partial(_all, put, Count(3), Resume()))
            bench.train(recipe=replace(SMALL, epochs=3))
            run = bench.trainer._run
            assert run is not None
            assert run.trained is not None
            if asked:
                bench.trainer.study(Count(4))
                answered = [answer.asked for answer in ear.of(Working)]
                assert answered.count(1) >= 3
                assert {2, 3, 4} <= {*answered}
            found.append([np.array(variable) for variable in run.trained.model.variables])
    for a, b in zip(*found, strict=True):
        assert np.array_equal(a, b)


@pytest.mark.usefixtures("_counting")
def test_a_study_ends_where_the_network_trains_on() -> None:
    with listening() as ear:
        bench = Bench(ear)
        bench.train(recipe=replace(SMALL, epochs=1))
        ear.wire.inbox._put(Continue(1))
        bench.trainer.study(Count(1))
        assert ear.one(Refused).asked == 1
        bench.trainer.go_on(*ear.wire.inbox.take(Continue))
        assert len(ear.of(Ended)) == 2


def test_without_a_network_there_is_no_study() -> None:
    with listening() as ear:
        Bench(ear).trainer.study(Drop(1))
        assert "trained model" in ear.one(Refused).sentence
