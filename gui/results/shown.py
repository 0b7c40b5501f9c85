"""What every view of the results is given: a verdict, the names of its classes, its samples. Knows no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine import verdict
from engine.data.columns import PAD, START, Column
from engine.scores import Floats, Whole
from engine.verdict import OTHERS, Answers, Matrix, Tensor, Verdict
from gui.monitor.layers.scale import spelled
from gui.monitor.sample import ProbeSamples

#: Chances below this are not named.
SMALL = 0.01


@dataclass(frozen=True, eq=False)
class Shown:
    """A verdict and what is known about it; `history` are those of all epochs, `column` what the output learns."""

    verdict: Verdict
    samples: ProbeSamples
    history: Sequence[Verdict]
    column: Column | None

    @cached_property
    def answers(self) -> Answers:
        return verdict.answers(self.verdict)

    @cached_property
    def matrix(self) -> Matrix:
        return verdict.matrix(self.answers, self.verdict.width, self._quiet)

    @property
    def _quiet(self) -> frozenset[int]:
        """The classes that stand for nothing: what fills and begins a sequence, and those there is only room for."""
        words = self.column.words if self.column is not None else ()
        if not words:
            return frozenset()
        silent = (number for number, word in enumerate(words) if word in (PAD, START))
        return frozenset((*silent, *range(len(words), self.verdict.width)))

    @cached_property
    def losses(self) -> Floats:
        return verdict.losses(self.verdict)

    @cached_property
    def worst(self) -> Whole:
        """The places of the samples, the worst first."""
        return verdict.worst(self.losses, self.verdict.samples, classes=self.verdict.is_classes)

    def name(self, number: int) -> str:
        """Return what a class is called."""
        if number == OTHERS:
            return "others"
        words = self.column.words if self.column is not None else ()
        word = words[number] if number < len(words) else ""
        if self.verdict.kind == "binary" and not words:
            return ("no", "yes")[number]
        if word == PAD and words[number : number + 1]:
            return "(fill)"
        return {" ": "␣", "\n": "⏎"}.get(word, word) or str(number)

    # -- one sample, by its place in the verdict

    def index(self, place: int) -> int:
        """Return where a sample stands in its part of the data."""
        return int(self.verdict.indices[place])

    def title(self, place: int) -> str:
        """Say what a sample is and what was said."""
        found = self.verdict
        if found.has_places:
            asked = found.targets[place] >= 0
            wrong = int((self._said(place)[asked] != found.targets[place][asked]).sum())
            return f"{wrong} of {int(asked.sum())} wrong"
        if found.is_classes:
            true, said = int(found.targets[place]), int(self._said(place))
            return f"{self.name(true)}" if true == said else f"{self.name(true)} → {self.name(said)}"
        if found.kind == "picture":
            return f"error {self.losses[place]:.3g}"
        return f"{_numbers(found.targets[place])} → {_numbers(found.predictions[place])}"

    def detail(self, place: int) -> str:
        """Say how sure the network was, or what a sequence was taken for."""
        found = self.verdict
        if found.has_places:
            return self._spelled(place)
        if not found.is_classes:
            return "as it is, as made" if found.kind == "picture" else f"squared error {spelled(self.losses[place])}"
        each = self.chances(place)
        order = np.argsort(-each)[:3]
        return " · ".join(f"{self.name(int(n))} {share(float(each[n]))}" for n in order if each[n] >= SMALL)

    def wanted(self, place: int) -> str:
        """Return what a sequence is, in words; nothing where it has none."""
        asked = self.verdict.targets[place]
        if not self.verdict.has_places or self.column is None or asked.ndim > 1 or not self.column.words:
            return ""
        return "is " + self.column.spell(asked).replace("\n", "⏎")

    def is_wrong(self, place: int) -> bool:
        found = self.verdict
        if not found.is_classes:
            return False
        asked = found.targets[place] >= 0
        return bool(np.any((self._said(place) != found.targets[place]) & asked))

    def chances(self, place: int) -> Floats:
        """Return the chances of each class of a sample that has one answer."""
        each = self.verdict.predictions[place]
        return np.array([1 - each, each]) if self.verdict.kind == "binary" else each

    @property
    def is_mask(self) -> bool:
        """Whether each pixel of an image is told a class of its own."""
        return self.verdict.has_places and self.verdict.targets.ndim == 3

    def labels(self, place: int, *, said: bool) -> Tensor:
        """Return the class that each place of a sample is, or was said to be."""
        return self._said(place) if said else np.asarray(self.verdict.targets[place])

    def _said(self, place: int) -> Tensor:
        return np.asarray(self._all_said[place])

    @cached_property
    def _all_said(self) -> Tensor:
        found = self.verdict.predictions
        return np.asarray(found >= verdict.HALF if self.verdict.kind == "binary" else found.argmax(axis=-1))

    def _spelled(self, place: int) -> str:
        said = self._said(place)
        if self.column is None or said.ndim > 1 or not self.column.words:
            return ""
        words = self.column.spell(np.where(self.verdict.targets[place] >= 0, said, -1))
        return "said " + words.replace("\n", "⏎")


def share(chance: float) -> str:
    """Spell a chance: `97 %`."""
    return f"{100 * chance:.1f} %" if 0.995 <= chance < 0.9995 else f"{100 * chance:.0f} %"


def _numbers(values: Tensor) -> str:
    few = np.ravel(values)[:3]
    return ", ".join(f"{number:.3g}" for number in few) + (" …" if np.size(values) > len(few) else "")
