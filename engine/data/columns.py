"""What a data set is made of: named columns, their samples, and the layout that says both. Knows no data set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np

Tensor: TypeAlias = np.ndarray[Any, Any]
Values: TypeAlias = Mapping[str, Any]
#: What a column's numbers are: one of several things by its number, yes or no, or numbers to come near to.
Task = Literal["classes", "binary", "numbers"]
#: The words of tokens that say nothing themselves; a vocabulary that has them begins with them.
PAD: Final = ""
START: Final = "<start>"
END: Final = "<end>"
#: Stands in a target for what nobody asks.
IGNORED: Final = -1


@dataclass(frozen=True, slots=True)
class Column:
    """A named input or target: what each sample has of it.

    Attributes:
        shape: Of one sample's.
        words: What 0, 1, 2 ... stand for: the classes' names or the vocabulary; empty where they are numbers.
        least, highest: The bounds of its numbers.
        standard: Counted in standard deviations from the mean of the training samples, each number of a sample alone.
        between: What stands between the words of a sequence where a person reads it.
        ignored: What stands in a target where nothing is asked, and is counted by no metric; None where all is asked.
        room: How many words or classes a network is made for; those beyond `words` never come.
    """

    name: str
    shape: tuple[int, ...]
    task: Task = "numbers"
    words: tuple[str, ...] = ()
    least: float = 0.0
    highest: float = 1.0
    standard: bool = False
    between: str = " "
    ignored: int | None = None
    room: int = 0

    @property
    def dtype(self) -> str:
        return "float32" if self.task == "numbers" else "int64"

    @property
    def width(self) -> int:
        """How many words or classes a network has to know: as many as there are, or as there is room for."""
        return max(len(self.words), self.room)

    @property
    def is_share(self) -> bool:
        """Whether its numbers are those of pixels from 0 to 1, so that each may be taken for a chance."""
        return self.task == "numbers" and len(self.shape) > 1 and self.least >= 0 and self.highest <= 1

    def counted(self, target: Tensor) -> Tensor:
        """Return 1 where something is asked, and 0 elsewhere: a weight for each sample, or for each of its places."""
        return np.ones(len(target), "float32") if self.ignored is None else real(target != self.ignored)

    def spell(self, numbers: Tensor) -> str:
        """Spell a sample as a person reads it, without what fills it up: `a red ring above a blue square`."""
        found = [self.words[number] for number in np.ravel(numbers).tolist() if 0 <= number < len(self.words)]
        return self.between.join(word for word in found if word not in (PAD, START, END))


@dataclass(frozen=True, slots=True)
class Samples:
    """Samples that belong together: by a column's name an array of shape (samples, *shape)."""

    inputs: Mapping[str, Tensor]
    targets: Mapping[str, Tensor]

    def __len__(self) -> int:
        return len(next(iter(self.inputs.values())))

    def taken(self, places: Any) -> Samples:
        """Return some of the samples, by their places or a slice."""
        return self.each(lambda _name, array: array[places])

    def each(self, change: Callable[[str, Tensor], Tensor]) -> Samples:
        """Return the samples with each array changed."""
        return Samples(
            {name: change(name, array) for name, array in self.inputs.items()},
            {name: change(name, array) for name, array in self.targets.items()},
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """What a data set holds, known before an array is made.

    Attributes:
        stretches: Neighbours share what they hold, so the parts are stretches of the whole, one after the other.
        ordered: Each sample continues the one before, so they are never shuffled; they are stretches, too.
    """

    inputs: tuple[Column, ...]
    targets: tuple[Column, ...]
    samples: int
    stretches: bool = False
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """How a data set is laid out and made, each from its values; the same values make the same arrays.

    `quick` where that takes a few milliseconds, so that nobody need wait for it elsewhere.
    """

    layout: Callable[[Values], Layout]
    make: Callable[[Values], Samples]
    quick: bool = True


def whole(numbers: Any) -> Tensor:
    """Return whole numbers as columns hold them."""
    return np.asarray(numbers).astype("int64")


def real(numbers: Any) -> Tensor:
    """Return numbers as columns hold them."""
    return np.asarray(numbers).astype("float32")
