"""How much memory training will take, before it begins, and what would fit. Knows no Keras, no Qt, no machine.

Counted are weights, gradients, the optimizer's slots, and every output for the batch, twice: training keeps what went
forward and goes back over as much. TensorFlow itself stands beside them. Measured peaks on a CPU were 0.55 to 1.2 of
the sum (often less: TensorFlow forgets what it needs no more), so only what would not fit at half is impossible.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from engine.amounts import spelled_bytes
from engine.recipe import NUMBERS, Recipe
from engine.totals import Cost
from engine.values import Part

#: What TensorFlow takes before any model, measured with 2.21 on a CPU; on a GPU, its libraries and their room.
PROGRAM: Final[Mapping[bool, int]] = {False: 700_000_000, True: 600_000_000}
#: From this share of the memory on, training may fail or slow the machine.
NEAR: Final = 0.8
Slots: TypeAlias = Callable[[Part], int]


def _on(part: Part, name: str) -> int:
    return int(bool(part.values.get(name)))


#: Numbers that an optimizer keeps for each weight that it moves, by its class, as Keras 3.15 makes them.
SLOTS: Final[Mapping[str, Slots]] = {
    "SGD": lambda part: _on(part, "momentum"),
    "RMSprop": lambda part: 1 + _on(part, "momentum") + _on(part, "centered"),
    "Adam": lambda part: 2 + _on(part, "amsgrad"),
    "AdamW": lambda part: 2 + _on(part, "amsgrad"),
    "Adagrad": lambda _part: 1,
    "Lion": lambda _part: 1,
    "Muon": lambda _part: 1,  # and one more of what is no matrix, which is little
    "Adafactor": lambda _part: 1,  # beside a row and a column of each matrix, which are little
}
#: Of all others: Adadelta, Adamax, Ftrl, Lamb, Nadam, ScheduleFreeAdamW.
USUAL: Final = 2


def slots(optimizer: Part) -> int:
    """Return how many numbers an optimizer keeps for each weight that it moves."""
    rule = SLOTS.get(optimizer.class_name)
    own = USUAL if rule is None else rule(optimizer)
    return own + _on(optimizer, "use_ema") + _on(optimizer, "gradient_accumulation_steps")


@dataclass(frozen=True, slots=True)
class Forecast:
    """Bytes that training takes, by what they are for.

    Attributes:
        sample: What each sample of the batch takes of the activations.
        open: Whether some lengths are free, so that it may be more.
    """

    weights: int
    gradients: int
    slots: int
    sample: int
    batch: int
    program: int = PROGRAM[False]
    open: bool = False

    @property
    def activations(self) -> int:
        return self.sample * self.batch

    @property
    def model(self) -> int:
        """Without the program itself."""
        return self.weights + self.gradients + self.slots + self.activations

    @property
    def total(self) -> int:
        return self.model + self.program

    @property
    def least(self) -> int:
        """What training takes where every output is kept once and nothing beside it, as good as TensorFlow can do."""
        return self.total - self.activations // 2

    def fits(self, memory: int) -> bool:
        return self.least <= memory

    def near(self, memory: int) -> bool:
        return self.total > NEAR * memory

    def largest_batch(self, memory: int) -> int:
        """Return the largest power of two that fits as a batch below this one; 0 where not one sample does."""
        room = memory * NEAR - (self.total - self.activations)
        most = min(int(room / self.sample), self.batch - 1) if self.sample else 0
        return 1 << (most.bit_length() - 1) if most >= 1 else 0


def forecast(cost: Cost, recipe: Recipe, *, gpu: bool = False) -> Forecast:
    """Foresee the memory of training what costs so much by a recipe."""
    return Forecast(
        weights=cost.weights,
        gradients=cost.moved,
        slots=slots(recipe.optimizer) * cost.moved,
        sample=2 * cost.output,
        batch=recipe.batch_size,
        program=PROGRAM[gpu],
        open=cost.free > 0,
    )


def device_named(wish: str, devices: Sequence[str]) -> str:
    """Return which of some devices, the best first, a recipe's wish takes; the CPU where none is known."""
    if wish == "auto":
        return devices[0] if devices else "CPU:0"
    name = wish.upper()
    return name if ":" in name else f"{name}:0"


@dataclass(frozen=True, slots=True)
class Strain:
    """That a machine's memory is short, in a sentence; a batch that fits mends it, 0 where none does."""

    sentence: str
    impossible: bool
    batch: int = 0

    @property
    def title(self) -> str:
        return f"Set the batch size to {self.batch:,}" if self.batch else ""

    def mended(self, recipe: Recipe) -> Recipe:
        """Return a recipe whose batch fits."""
        return replace(recipe, batch_size=max(self.batch, int(NUMBERS["batch_size"].minimum or 1)))


def strain(found: Forecast, memory: int, where: str) -> Strain | None:
    """Say that training cannot fit into a memory, or hardly; None where there is room, or the memory is unknown."""
    if not memory or not found.near(memory):
        return None
    impossible, batch = not found.fits(memory), found.largest_batch(memory)
    least = "at least " if found.open else ""
    first = f"Training takes {least}about {spelled_bytes(found.total)}, and {where} has {spelled_bytes(memory)}"
    hint = f"A batch of {batch:,} fits." if batch else "Make the network smaller: not even a batch of 1 leaves room."
    how = "" if impossible else ": that is tight" if found.total <= memory else ": it may not fit"
    return Strain(f"{first}{how}. {_most(found)} {hint}", impossible, batch)


def _most(found: Forecast) -> str:
    """What takes the most of it."""
    if found.activations * 2 > found.model:
        each = spelled_bytes(found.sample)
        return f"{spelled_bytes(found.activations)} are the activations of {found.batch:,} samples, {each} each."
    held = spelled_bytes(found.weights + found.gradients + found.slots)
    return f"{held} are weights, their gradients and what the optimizer keeps."


def shortage(cost: Cost, recipe: Recipe, devices: Sequence[str], memory: Sequence[int]) -> Strain | None:
    """Say how memory is short on the device that a recipe takes of some; None where there is room, or it is unknown."""
    device = device_named(recipe.device, devices)
    gpu = device.startswith("GPU")
    room = dict(zip(devices, memory, strict=False)).get(device, 0)
    return strain(forecast(cost, recipe, gpu=gpu), room, device if gpu else "this machine")
