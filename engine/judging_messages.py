"""What window and trainer say to each other of predictions: frozen dataclasses. Knows no Qt, no Keras, no pipe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.run_messages import Array

#: A third of the data: what is watched while training, what is kept for the end, what is trained on.
Share = Literal["validation", "test", "train"]


@dataclass(frozen=True, slots=True)
class Judge:
    """Ask what the last run's network says of samples; a Judged for each of its outputs answers.

    A run that trains answers after its epochs: the next one, or each while `each_epoch` holds, which the next such
    question for the same part ends or renews. Of the test samples it says nothing before it has ended or is held,
    and every look that is not at the same weights as the one before is counted.
    """

    asked: int
    part: Share = "validation"
    each_epoch: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """What an output says of samples, and what is right, as `engine.judging` reads them.

    Attributes:
        output: The name of the output.
        kind: How the numbers are read, as `engine.judging.Kind`; empty where they are not, `sentence` saying why.
        indices: Which samples of the part, int64 of shape (samples,); `whole` counts all of it.
        predictions: float32; chances of shape (samples, *places, classes) or, of yes or no, (samples, *places);
            numbers of the shape of the targets.
        targets: int32, -1 where nothing is asked, or float32.
        looks: How often the test samples were used for this run up to now.
        more: Whether another output of the same network follows.
    """

    asked: int
    part: Share
    epoch: int
    step: int
    output: str
    kind: str
    sentence: str
    whole: int
    indices: Array
    predictions: Array
    targets: Array
    looks: int = 0
    more: bool = False
