"""How fast a run goes and what it uses, once a second: the message, and its figures. Knows no Qt, no Keras, no pipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

#: Samples trained on in a second, validation and pauses left out.
SAMPLES: Final = "samples_per_second"
#: Seconds for a step, what is watched meanwhile included.
STEP: Final = "step_time"
#: The share of the time in which a step waited for its batch.
WAITING: Final = "waiting"
#: Seconds of processor time in a second: 1 is one core, wholly busy.
PROCESSOR: Final = "processor"
#: Bytes of memory that the run's process has.
MEMORY: Final = "memory"
#: The share of the time in which the graphics card was busy, and its bytes in use, whoever uses them.
GPU: Final = "gpu"
GPU_MEMORY: Final = "gpu_memory"
FIGURES: Final = (SAMPLES, STEP, WAITING, PROCESSOR, MEMORY, GPU, GPU_MEMORY)
#: Of a whole run: how many times it was looked at, and how uncertain its samples per second are, as a share of them.
READINGS: Final = "readings"
ERROR: Final = "samples_per_second_error"


@dataclass(frozen=True, slots=True)
class Pace:
    """What a run did and used since the last such message, at most one a second; what is not known is left out.

    `step` and `seconds` are as in Steps: the last step, from 1 through the run, and the time since the run began.
    """

    step: int
    seconds: float
    figures: Mapping[str, float]
