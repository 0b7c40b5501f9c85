"""What a run says while Keras trains: every step, every epoch, the maps. Knows messages, not how they travel."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from math import inf
from time import perf_counter
from typing import Any, Final

import keras
import numpy as np

from engine.happenings import Happening
from engine.messages import Array, Epoch, Happened, Message, Pace, StateChanged, Steps
from engine.worker import rates, states
from engine.worker.clock import Clock
from engine.worker.faults import failed
from engine.worker.figures import Gauge
from engine.worker.health import Health
from engine.worker.metering import Meter
from engine.worker.probe import Probe
from engine.worker.serving import Serving

#: Messages of steps a second, at most; evenly spaced they are fewer, which leaves room for those before an epoch's end.
MOST: Final = 20
EVEN: Final = 1 / 16
#: What the clock of a run's pace does where something happens.
_CLOCK: Final[Mapping[str, Callable[[Meter], None]]] = {"pause": Meter.hold, "resume": Meter.go}


class Pulse:
    """Lets through at most 20 messages a second."""

    def __init__(self) -> None:
        self._passed: deque[float] = deque([-inf] * MOST, maxlen=MOST)

    @property
    def next(self) -> float:
        """From when on one is due."""
        return max(self._passed[-1] + EVEN, self._passed[0] + 1)

    def has_room(self, now: float) -> bool:
        """Whether one may pass ahead of its time."""
        return now >= self._passed[0] + 1

    def passes(self, now: float) -> None:
        self._passed.append(now)


class Rows:
    """What each step logged, kept as Keras gave it: turning it into numbers waits until it is due."""

    def __init__(self) -> None:
        self._numbers: list[int] = []
        self._seconds: list[float] = []
        self._logs: list[Mapping[str, Any]] = []

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def add(self, number: int, logs: Mapping[str, Any], seconds: float) -> None:
        self._numbers.append(number)
        self._seconds.append(seconds)
        self._logs.append(logs)

    def take(self, rate: float, since: float) -> Steps:
        """Return all rows as one message, with the learning rate at its end, and begin anew."""
        rows = [numbers(logs) for logs in self._logs]
        names = tuple(rows[0])
        values = np.array([[row[name] for name in names] for row in rows], "float64")
        message = Steps(
            names, Array.of(np.array(self._numbers, "int64")), Array.of(values),
            Array.of(np.array(self._seconds, "float64")), rate, since,
        )  # fmt: skip
        self._numbers, self._seconds, self._logs = [], [], []
        return message


def numbers(logs: Mapping[str, Any]) -> dict[str, float]:
    """Turn logs into numbers; a metric of several (an F1 score by class) becomes `f1_score_0`, `f1_score_1` ..."""
    found: dict[str, float] = {}
    for name, value in logs.items():
        if len(shape := getattr(value, "shape", ())) == 0:
            found[name] = float(value)
        else:
            each = np.asarray(value).reshape(-1) if shape else ()
            found |= {f"{name}_{index}": float(number) for index, number in enumerate(each)}
    return found


class Watcher(keras.callbacks.CallbackList):  # type: ignore[misc]  # Keras is untyped
    """Stands between Keras's loop and the wire.

    It is given to `fit` in the place of Keras's own list, which would turn the logs of every step into numbers
    before anyone asks. Callbacks of Keras in `callbacks` hear of epochs, not of steps.

    Args:
        training: What is said once the first step is done.
        listen: Called between steps where there may be news; it raises to end the run.
        news: Whether there is any; asked after every execution.
        epoch_begins: Called with an epoch's number, from 0, before its first batch is asked for.
        ended: Called when Keras says that training has ended.
        gauge: Measures the layers, where they are measured.
        meter: Reads how fast the run goes.
    """

    def __init__(
        self, model: keras.Model, training: StateChanged, probe: Probe, serving: Serving,
        send: Callable[[Message], None], *, news: Callable[[], bool], listen: Callable[[], None],
        epoch_begins: Callable[[int], None], epoch_ended: Callable[[Epoch], None], ended: Callable[[], None],
        gauge: Gauge | None = None, meter: Meter | None = None,
    ) -> None:  # fmt: skip
        super().__init__(add_history=True, model=model)
        self.epoch = 0
        self.step = 0
        self._training: StateChanged | None = training
        self._steps, self._before = training.steps, 0
        self._probe, self._serving, self._gauge, self._send = probe, serving, gauge, send
        self._news, self._listen, self._ended = news, listen, ended
        self._epoch_begins, self._epoch_ended = epoch_begins, epoch_ended
        #: Held by the run in pauses and once it has ended.
        self.clock = Clock()
        self._rows, self._pulse = Rows(), Pulse()
        self._meter = Meter(0, 1) if meter is None else meter
        self._health = Health()
        self._due = -inf
        self._epoch_began = 0.0
        self._remembering = states.remembering(model)

    # -- steps

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Do nothing: Keras's own would convert logs."""

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Keep the logs; send what is due. `batch` counts from 0 and may lie beyond the last, partial execution."""
        self.step = self._before + min(batch + 1, self._steps)
        now = perf_counter()
        self._rows.add(self.step, logs, self.clock.seconds)
        if now >= self._due:
            self._send_steps(now)
        if now >= self._probe.next:
            self._look()
        if self._gauge is not None and now >= self._gauge.next:
            self._say(self._gauge.step(self.epoch, self.step, self.clock.seconds), self._gauge.rest)
        if now >= self._meter.next:
            self._tell_pace()
        if now >= self._serving.next:
            self._serving.step(self.epoch, self.step)
        if self._news():
            self._listen()

    def on_test_batch_begin(self, batch: int, logs: Any = None) -> None:
        """Do nothing: Keras's own would convert logs."""

    def on_test_batch_end(self, batch: int, logs: Any = None) -> None:
        if self._news():
            self._listen()

    def happened(self, kind: str, text: str) -> None:
        """Say what happened beside the steps, after those before it."""
        if kind in _CLOCK:
            _CLOCK[kind](self._meter)
        self.flush()
        self._send(Happened(Happening(self.step, max(1, self.epoch), self.clock.seconds, kind, text)))

    def go_on(self) -> None:
        """Count on from where the run was stopped; an epoch that was cut short counts as one."""
        self._before = self.step
        self.clock.go()
        self._meter.again()

    def flush(self) -> None:
        """Send the steps that wait, due or not."""
        if self._rows:
            self._send_steps(perf_counter())

    def look(self) -> None:
        """Send the maps of what is watched, and the figures of what is measured, due or not."""
        self._look()
        if self._gauge is not None and self.step:
            self._say(self._gauge.look(self.epoch, self.step, self.clock.seconds), self._gauge.rest)

    def _look(self) -> None:
        self._say(self._probe.look(self.epoch, self.step), self._probe.rest)
        self._say(self._probe.weigh(self.epoch, self.step), self._probe.rest)

    def _say(self, found: Iterator[Message], rest: Callable[[], None]) -> None:
        """Send what a look finds; where it cannot be had, say so and train on without."""
        try:
            for message in found:
                self._send(message)
        except Exception as error:  # noqa: BLE001 - what is only shown must not cost a run
            rest()
            self._send(failed(error))

    def _tell_pace(self) -> None:
        if figures := self._meter.read(self.step):
            self._send(Pace(self.step, self.clock.seconds, figures))

    def _send_steps(self, now: float) -> None:
        if self._training is not None:
            self._send(self._training)
            self._training = None
        rate = rates.now(getattr(self._model, "optimizer", None))
        steps = self._rows.take(rate, self.clock.since)
        self._send(steps)
        found = self._health.sees(steps)
        if found is not None:
            step, words = found
            self._send(Happened(Happening(step, max(1, self.epoch), self.clock.seconds, "doctor", words)))
        self._pulse.passes(now)
        self._due = self._pulse.next

    # -- epochs

    def forget(self) -> None:
        """Begin anew, where layers remember: at an epoch's start, and before what is not trained on."""
        for layer in self._remembering:
            layer.reset_state()

    def on_test_begin(self, logs: Any = None) -> None:
        self._meter.hold()
        self.forget()
        super().on_test_begin(logs)

    def on_test_end(self, logs: Any = None) -> None:
        super().on_test_end(logs)
        self._meter.go()

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        self.forget()
        self._epoch_begins(epoch)
        self.epoch = epoch + 1
        self._epoch_began = self.clock.seconds
        super().on_epoch_begin(epoch, logs)

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        now = perf_counter()
        # Where epochs follow each other faster than messages of steps may, an epoch goes ahead of its last steps.
        if self._rows and self._pulse.has_room(now):
            self._send_steps(now)
        self._before += self._steps
        message = Epoch(epoch + 1, self.step, numbers(logs), self.clock.seconds - self._epoch_began)
        self._send(message)
        self._epoch_ended(message)
        if perf_counter() >= self._probe.next:
            self._look()
        self._serving.epoch_ended(self.epoch, self.step)
        super().on_epoch_end(epoch, logs)

    def on_train_end(self, logs: Any = None) -> None:
        super().on_train_end(logs)
        self._ended()
