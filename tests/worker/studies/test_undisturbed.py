"""A run of which much is asked is the run that it would have been, bit for bit."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import Any

import numpy as np
import pytest

from engine.messages import (
    Attributed,
    Boundary,
    Drop,
    Embed,
    Embedded,
    GradCam,
    Heights,
    Landscape,
    Message,
    Occlusion,
    Refused,
    Saliency,
    StateChanged,
)  # fmt: skip
from engine.worker import serving
from tests.engine.drawings import chain, layer
from tests.worker.drawings import SMALL
from tests.worker.ear import listening
from tests.worker.rehearsal import Bench
from tests.worker.studies.nets import held

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation doesn't accept:DeprecationWarning")
#: Chance, figures that move with each batch, and places.
NETWORK = chain(
    layer("InputLayer", shape=(8, 8, 1)), layer("RandomTranslation", height_factor=0.1, width_factor=0.1),
    layer("Conv2D", filters=3, kernel_size=(3, 3)), layer("BatchNormalization"), layer("Flatten"),
    layer("Dropout", rate=0.3), layer("Dense", units=10, activation="softmax"),
)  # fmt: skip
THREE = replace(SMALL, epochs=3)
ASKED: tuple[Message, ...] = (
    Saliency(1, copies=3, each_epoch=True), GradCam(2, each_epoch=True), Occlusion(3, patch=4),
    Embed(4, "l4", samples=40, each_epoch=True), Landscape(5), Boundary(6), Drop(9),
)  # fmt: skip


def trained(*asked: Message) -> tuple[list[np.ndarray[Any, Any]], list[Any]]:
    with listening() as ear:
        bench = Bench(ear)

        def ask() -> None:
            for question in asked:
                ear.say(question)

        ear.when(StateChanged, ask)
        bench.train(NETWORK, THREE)
        run = bench.trainer._run
        assert run is not None
        assert run.trained is not None
        if asked:
            bench.trainer.study(Landscape(7, side=3, samples=20))
        return held(run.trained), ear.all()


def test_a_run_that_is_studied_equals_one_that_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "EPOCH_SHARE", inf)  # epochs this short would else pass some answers over
    (plain, _), (studied, said) = trained(), trained(*ASKED)
    assert all(np.array_equal(a, b) for a, b in zip(plain, studied, strict=True))
    found = {kind: [each for each in said if isinstance(each, kind)] for kind in (Attributed, Embedded)}
    assert {answer.asked for answer in found[Attributed]} == {1, 2, 3}
    assert len([answer for answer in found[Attributed] if answer.asked == 1]) > 1, "it is answered after epochs, too"
    assert found[Embedded]
    assert {refused.asked: refused.sentence for refused in said if isinstance(refused, Refused)}.keys() == {5, 6}
    assert [answer.done for answer in said if isinstance(answer, Heights)][-1], (
        "the run is over: the landscape can be had"
    )
