"""What a trained network can write by itself, by the data that it learned: text, answers, captions. No Keras, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from engine.data.columns import END, PAD, START, Column, Tensor, whole
from engine.datasets import DataSpec
from engine.errors import ValueProblem

Kind = Literal["continue", "answer", "tell"]
#: As many words are spelled out where one is not known.
SPELLED: Final = 40


@dataclass(frozen=True, slots=True)
class Writing:
    """How a network writes: what it has written goes in, what follows comes out.

    Attributes:
        fed: The input that takes what is written so far.
        gives: The target that says what follows each place of it.
        about: The input with what is written about; None where a text is only continued.
    """

    fed: Column
    gives: Column
    about: Column | None = None

    @property
    def kind(self) -> Kind:
        """It continues a text, answers a sequence, or tells what it sees."""
        if self.about is None:
            return "continue"
        return "answer" if self.about.words else "tell"

    @property
    def begins(self) -> tuple[int, ...]:
        """The tokens before the first that is written; none where a person begins."""
        return (self.fed.words.index(START),) if START in self.fed.words else ()

    @property
    def length(self) -> int:
        """How much it sees at once of what it has written."""
        return self.fed.shape[0]

    def ends(self, token: int) -> bool:
        """Whether a token says that there is no more."""
        return self.gives.words[token] in (END, *((PAD,) if self.begins else ()))

    def spell(self, tokens: Sequence[int]) -> str:
        return self.fed.between.join(self.fed.words[token] for token in tokens[len(self.begins) :])


def writing(spec: DataSpec) -> Writing | None:
    """Find what a network that learned some data can write; None where they tell it nothing of what follows."""
    for fed in reversed(spec.inputs):  # where a question is of the same words, it comes first
        for gives in spec.targets:
            if _follows(fed, gives):
                about = [column for column in spec.inputs if column is not fed]
                return Writing(fed, gives, about[0] if about else None) if len(about) < 2 else None
    return None


def _follows(fed: Column, gives: Column) -> bool:
    """Whether a target is what comes next in an input: of the same words, and not what was hidden in it."""
    if len(fed.shape) != 1 or not fed.words or fed.words != gives.words or fed.shape != gives.shape:
        return False
    return gives.ignored is None or START in fed.words


def read(column: Column, text: str) -> tuple[int, ...]:
    """Read a text as tokens of a column, or raise ValueProblem naming what is not among its words."""
    words = list(text) if column.between == "" else text.split()
    known = {word: number for number, word in enumerate(column.words)}
    unknown = next((word for word in words if word not in known or word in (START, END)), None)
    if unknown is not None:
        spelled = [repr(word) for word in column.words if word not in (PAD, START, END)]
        more = f" and {len(spelled) - SPELLED} more" if len(spelled) > SPELLED else ""
        raise ValueProblem(
            f"{column.name} is written with {', '.join(spelled[:SPELLED])}{more}", received=repr(unknown)[:80]
        )
    return tuple(known[word] for word in words)


def filled(column: Column, tokens: Sequence[int]) -> Tensor:
    """Return tokens as one sample of a column, its last where there are more than it holds; 0 fills up.

    The array has the shape (1, length).
    """
    array = whole([[0] * column.shape[0]])
    shown = list(tokens)[-column.shape[0] :]
    array[0, : len(shown)] = shown
    return array
