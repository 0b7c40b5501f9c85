"""How a run is told on the command line: as lines for people, or as JSON for programs. Knows no worker, no Keras."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final, Protocol, TextIO

from engine import messages
from engine.messages import Message
from engine.values import Json

STATES: Final[Mapping[str, str]] = {"starting": "Starting TensorFlow", "compiling": "Compiling", "training": "Training"}


class Teller(Protocol):
    """Tells how a run goes."""

    def state(self, state: str, device: str = "") -> None:
        """Say where the run stands; a state said before is not said again."""

    def tell(self, message: Message) -> None:
        """Say what is in a message from the trainer, where it is for the reader."""

    def error(self, sentence: str) -> None: ...

    def end(self, status: str, seconds: float) -> None: ...


class JsonTeller:
    """An object a line; what is not a finite number is null."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._state = ""
        self._tell: Mapping[type[Message], Callable[[Any], None]] = {
            messages.StateChanged: lambda message: self.state(message.state),
            messages.Steps: self._steps,
            messages.Epoch: lambda m: self._say([{"event": "epoch", "epoch": m.epoch, "metrics": _finite(m.metrics)}]),
            messages.Failed: lambda message: self.error(message.sentence),
        }

    def state(self, state: str, device: str = "") -> None:
        if state != self._state and state in STATES:
            self._state = state
            self._say([{"event": "state", "state": state}])

    def tell(self, message: Message) -> None:
        if type(message) in self._tell:
            self._tell[type(message)](message)

    def error(self, sentence: str) -> None:
        self._say([{"event": "error", "sentence": sentence}])

    def end(self, status: str, seconds: float) -> None:
        self._say([{"event": "end", "status": status, "seconds": round(seconds, 3)}])

    def _steps(self, message: messages.Steps) -> None:
        rows = zip(message.numbers.numpy().tolist(), message.values.numpy().tolist(), strict=True)
        self._say(
            {"event": "step", "step": number, "metrics": _finite(dict(zip(message.names, row, strict=True)))}
            for number, row in rows
        )

    def _say(self, events: Iterable[Json]) -> None:
        self._out.writelines(json.dumps(event, allow_nan=False) + "\n" for event in events)
        self._out.flush()


class LineTeller:
    """A line for each epoch; on a terminal, the epoch under way as well, in a line that is written over."""

    def __init__(self, out: TextIO, epochs: int, folder: Path | None = None) -> None:
        self._out, self._epochs, self._folder = out, epochs, folder
        self._live = out.isatty()
        self._state, self._steps, self._epoch = "", 0, 0
        self._tell: Mapping[type[Message], Callable[[Any], None]] = {
            messages.StateChanged: self._on_state,
            messages.Steps: self._on_steps,
            messages.Epoch: self._on_epoch,
        }

    def state(self, state: str, device: str = "") -> None:
        if state != self._state and state in STATES:
            self._state = state
            self._line(STATES[state] + (f" on {device}" if device else "") + " ...")

    def tell(self, message: Message) -> None:
        if type(message) in self._tell:
            self._tell[type(message)](message)

    def error(self, sentence: str) -> None:
        """Leave it to standard error, where the command says it."""
        self._line("")

    def end(self, status: str, seconds: float) -> None:
        kept = f" The run is kept in {self._folder}." if self._folder else ""
        if status != "failed":  # standard error has said why
            self._line(f"{status.capitalize()} after {self._epoch} of {self._epochs} epochs, {seconds:.1f} s.{kept}")

    def _on_state(self, message: messages.StateChanged) -> None:
        self._steps = message.steps or self._steps
        self.state(message.state, message.device)

    def _on_steps(self, message: messages.Steps) -> None:
        numbers = message.numbers.numpy()
        if self._live and self._steps and len(numbers):
            done = (int(numbers[-1]) - 1) % self._steps + 1
            row = dict(zip(message.names, message.values.numpy()[-1].tolist(), strict=True))
            self._write_over(f"{self._epoch_label(self._epoch + 1)}  {_bar(done / self._steps)}  {_spelled(row)}")

    def _on_epoch(self, message: messages.Epoch) -> None:
        self._epoch = message.epoch
        self._line(f"{self._epoch_label(message.epoch)}  {message.seconds:6.1f} s  {_spelled(message.metrics)}")

    def _epoch_label(self, epoch: int) -> str:
        return f"epoch {epoch:>{len(str(self._epochs))}}/{self._epochs}"

    def _write_over(self, text: str) -> None:
        self._out.write("\r\x1b[2K" + text[: shutil.get_terminal_size().columns - 1])
        self._out.flush()

    def _line(self, text: str) -> None:
        self._out.write(("\r\x1b[2K" if self._live else "") + (text + "\n" if text else ""))
        self._out.flush()


def _bar(share: float, width: int = 20) -> str:
    done = round(share * width)
    return "#" * done + "." * (width - done)


def _spelled(metrics: Mapping[str, float]) -> str:
    """Spell metrics, those of the validation last and in the order of the others."""
    measured = [name for name in metrics if not name.startswith("val_")]
    names = dict.fromkeys([*measured, *("val_" + name for name in measured), *metrics])
    return "  ".join(f"{name} {metrics[name]:.4f}" for name in names if name in metrics)


def _finite(metrics: Mapping[str, float]) -> Json:
    return {name: number if math.isfinite(number) else None for name, number in metrics.items()}
