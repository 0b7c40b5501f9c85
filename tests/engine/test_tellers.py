"""How a run is told: the line that is written over on a terminal, and numbers that JSON lacks."""

from __future__ import annotations

import io
import json
import math

import numpy as np
import pytest

from engine.messages import Array, Epoch, StateChanged, Steps
from engine.tellers import JsonTeller, LineTeller


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def steps(*numbers: int, loss: float = 0.5) -> Steps:
    return Steps(("loss",), Array.of(np.array(numbers)), Array.of(np.full((len(numbers), 1), loss)))


def test_on_a_terminal_the_epoch_under_way_is_shown() -> None:
    out = Terminal()
    teller = LineTeller(out, 10)
    teller.tell(StateChanged("training", "CPU", steps=8, epochs=10))
    teller.tell(Epoch(1, 8, {"loss": 0.75}, 1.0))
    teller.tell(steps(9, 10))
    assert out.getvalue().endswith("\r\x1b[2Kepoch  2/10  #####...............  loss 0.5000")


def test_elsewhere_it_is_not() -> None:
    out = io.StringIO()
    teller = LineTeller(out, 10)
    teller.tell(StateChanged("training", "CPU", steps=8, epochs=10))
    teller.tell(steps(1, 2))
    assert out.getvalue() == "Training on CPU ...\n"


def test_validation_comes_last_in_the_order_of_the_others() -> None:
    out = io.StringIO()
    metrics = {"val_accuracy": 4.0, "loss": 1.0, "accuracy": 2.0, "val_loss": 3.0}
    LineTeller(out, 1).tell(Epoch(1, 1, metrics, 1.0))
    assert out.getvalue().split("  ")[-4:] == [
        "loss 1.0000",
        "accuracy 2.0000",
        "val_loss 3.0000",
        "val_accuracy 4.0000\n",
    ]


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_json_lacks_is_null(number: float) -> None:
    out = io.StringIO()
    JsonTeller(out).tell(Epoch(1, 1, {"loss": number}, 1.0))
    assert json.loads(out.getvalue(), parse_constant=pytest.fail)["metrics"] == {"loss": None}


def test_every_step_of_a_message_is_told() -> None:
    out = io.StringIO()
    JsonTeller(out).tell(steps(3, 4, 5))
    assert [json.loads(line)["step"] for line in out.getvalue().splitlines()] == [3, 4, 5]


def test_a_state_is_told_once() -> None:
    out = io.StringIO()
    teller = JsonTeller(out)
    for state in ("starting", "starting", "compiling"):
        teller.state(state)
    assert len(out.getvalue().splitlines()) == 2
