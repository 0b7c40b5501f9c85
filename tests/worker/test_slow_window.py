"""A window that stands still holds no run up and costs it no memory; when it goes on, it hears of every step."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import numpy as np
import pytest

from engine.messages import Ended, Epoch, Figures, Logged, Maps, Steps, Train
from engine.worker import waiting
from tests.worker.drawings import dense
from tests.worker.ear import Ear
from tests.worker.rehearsal import THREE, Bench, rows

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")


class Sleeper(Ear):
    """Reads nothing until it is woken."""

    def __init__(self) -> None:
        self.woken = Event()
        super().__init__()

    def _listen(self) -> None:
        self.woken.wait()
        super()._listen()


def test_all_is_kept_for_a_window_that_sleeps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "ROOM", 4096)
    ear = Sleeper()
    ear.wire.send(Logged("more than a pipe takes " * 10_000))
    nodes = ("flatten", "digit")
    asked = Train(dense(), replace(THREE, epochs=2), watch=nodes, figures=nodes)
    Bench(ear).trainer.train(asked)
    box = ear.wire.outbox.waiting
    assert not ear.wire.outbox.flush(0.0)
    assert box._plain <= 4096, "the rest is on the disk"
    ear.woken.set()
    numbers = rows(ear.of(Steps))[0]
    assert np.array_equal(np.unique(numbers), numbers), "in order, none twice"
    assert numbers[-1] == ear.of(Epoch)[-1].step
    assert [epoch.epoch for epoch in ear.of(Epoch)] == [1, 2]
    assert ear.of(Figures)
    newest = {message.node: message.step for message in ear.of(Maps)}
    assert newest == dict.fromkeys(nodes, int(numbers[-1]))
    assert ear.one(Ended).status == "finished"
    ear.hang_up()
