"""What window and trainer say to each other of a run: a frozen dataclass a message. Knows no Qt, no Keras, no pipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np

from engine.graph import Graph
from engine.happenings import Happening
from engine.recipe import Recipe

State = Literal["starting", "compiling", "training", "paused", "evaluating"]
Status = Literal["finished", "stopped", "failed"]


@dataclass(frozen=True, slots=True)
class Array:
    """A tensor on the wire: shape, numpy dtype name, bytes in C order."""

    shape: tuple[int, ...]
    dtype: str
    data: bytes

    @staticmethod
    def of(array: np.ndarray[Any, Any]) -> Array:
        return Array(array.shape, str(array.dtype), np.ascontiguousarray(array).tobytes())

    def numpy(self) -> np.ndarray[Any, Any]:
        """Return a read-only numpy array over the bytes, without a copy."""
        return np.frombuffer(self.data, dtype=self.dtype).reshape(self.shape)


UNTOLD: Final = Array((0,), "float64", b"")


# -- from the window to the trainer


@dataclass(frozen=True, slots=True)
class Train:
    """Start the run. `folder` is where its record goes; empty keeps none. `watch` and `figures` as in Watch."""

    graph: Graph
    recipe: Recipe
    folder: str = ""
    watch: tuple[str, ...] = ()
    samples: tuple[int, ...] = (0,)
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Continue:
    """Train the last run's model so many epochs more, as if it had never stopped."""

    epochs: int


@dataclass(frozen=True, slots=True)
class Watch:
    """Choose what is sent while training: the outputs of nodes, by id, for samples, by index in the validation set.

    `figures` are the nodes of which figures and histograms are sent; None leaves them as they were chosen.
    """

    nodes: tuple[str, ...] = ()
    samples: tuple[int, ...] = (0,)
    figures: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """End the run: after the step under way, or once the epoch is through."""

    after: Literal["step", "epoch"] = "step"


@dataclass(frozen=True, slots=True)
class Pause:
    """Hold the run after the step under way; it still shows what it is asked to show."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on after a pause."""


@dataclass(frozen=True, slots=True)
class SetRate:
    """Change the learning rate from now on; where a schedule sets it, the schedule is scaled to it from here."""

    rate: float


@dataclass(frozen=True, slots=True)
class Evaluate:
    """Measure a trained model on the test samples, kept apart until now: the last run's, or that of a run's folder.

    `weights` names a file of weights in the place of those that the run ended with.
    """

    folder: str = ""
    weights: str = ""


@dataclass(frozen=True, slots=True)
class Generate:
    """Let the last run's network write so many letters or words at most, while it trains after each epoch as well.

    It goes on from `prompt`, about what was typed, else about a watched sample. At `temperature` 0 it takes the
    likeliest each time, at 1 it follows its own chances.
    """

    prompt: str = ""
    about: str = ""
    sample: int = 0
    length: int = 200
    temperature: float = 0.8
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Export:
    """Write a model, by the path's ending; `weights` names a run's folder or a file, empty for fresh ones."""

    graph: Graph
    recipe: Recipe
    path: str
    weights: str = ""


# -- from the trainer to the window


@dataclass(frozen=True, slots=True)
class StateChanged:
    """Where the run stands; `device` is where it runs, `steps` and `samples` count one epoch's, once known."""

    state: State
    device: str = ""
    steps: int = 0
    epochs: int = 0
    samples: int = 0


@dataclass(frozen=True, slots=True)
class Steps:
    """Every step since the last such message, at most 20 messages a second.

    `numbers` are the steps' numbers from 1 through the run, int64 of shape (k,); `values` the running means that
    Keras logs after each, float64 of shape (k, len(names)). `seconds` are those since the run began, float64 of shape
    (k,), pauses and the time between a run's end and its going on left out; or of shape (0,) where they are not told.
    `rate` is the learning rate at the last of them, 0 if not told. `since` and a step's seconds make the time on the
    clock at which it was, in seconds of the Unix clock; 0 if not told.
    """

    names: tuple[str, ...]
    numbers: Array
    values: Array
    seconds: Array = UNTOLD
    rate: float = 0.0
    since: float = 0.0


@dataclass(frozen=True, slots=True)
class Epoch:
    """An epoch's end, from 1: Keras's names and values, `val_` ones included; `step` is the last step's number.

    `seconds` is how long the epoch took, its validation included.
    """

    epoch: int
    step: int
    metrics: Mapping[str, float]
    seconds: float


@dataclass(frozen=True, slots=True)
class Happened:
    """Something happened in the run beside its steps."""

    happening: Happening


@dataclass(frozen=True, slots=True)
class Maps:
    """What a node put out for the watched samples: float32, shape (samples, *output shape).

    A large output comes reduced: its first channels (or features) only, and of space each `stride`-th place;
    `whole` is then, as always, the shape of one sample's full output.
    """

    node: str
    epoch: int
    step: int
    samples: tuple[int, ...]
    values: Array
    whole: tuple[int, ...] = ()
    stride: int = 1


@dataclass(frozen=True, slots=True)
class Generated:
    """What a network has written so far; all of it where it is done. `epoch`: after which, 0 for now."""

    text: str
    done: bool = True
    epoch: int = 0


@dataclass(frozen=True, slots=True)
class Ended:
    status: Status
    seconds: float


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What was measured on the test samples; `looks` is how often they were used for this run up to now."""

    metrics: Mapping[str, float]
    samples: int
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    path: str
