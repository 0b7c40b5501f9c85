"""Which layers or actions a few typed letters mean, the likeliest first. Knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol, TypeVar

_WORD: Final = re.compile(r"\d+[A-Z]?(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
#: Scores by how a query fits, the higher the better; a fit that leaves less of the name over wins within a tier.
EXACT, PREFIX, ALIAS, HUMPS, WORD_START, ALIAS_START, INSIDE, SCATTERED, MISTYPED, TOLD = range(100, 0, -10)
#: A fit up to here is a guess, and not made where something fits better.
GUESSED: Final = SCATTERED
#: Below this many letters a scattered or mistyped match is noise.
LONG_ENOUGH: Final = 3


#: What the names of operations begin with; one that is typed in full stands before layers of which it is another word,
#: and what fits less well behind every layer that is no guess.
OPERATION: Final = "ops."
NAMED, BEHIND = PREFIX - 1.5, 0.4
#: How far use lifts a fit: never past the next better kind of fit.
LIFT: Final = 9.0


class Named(Protocol):
    """What can be found by its name: a layer, an action."""

    @property
    def name(self) -> str: ...
    @property
    def group(self) -> str: ...
    @property
    def summary(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...


Item = TypeVar("Item", bound=Named)


def rank(query: str, specs: Iterable[Item], uses: Callable[[Item], float] = lambda _item: 0) -> list[Item]:
    """Return what a query may mean, the likeliest first; all, the most used first, where it is empty.

    Understands starts of words in order (`gap2d`, `mha`, `convtr`), other words for it, words in any
    order (`2d pool max`), letters left out (`drpout`) and two letters swapped (`desne`). What was used
    more often stands before what fits in the same way.
    """
    words = list(_plain_words(query))
    if not words:
        return sorted(specs, key=lambda spec: -uses(spec))
    scored = [(score(words, spec), place, spec) for place, spec in enumerate(specs)]
    best = max((found for found, _, _ in scored), default=0)
    least = GUESSED if best > GUESSED else 0
    lifted = [(found + _lift(uses(spec)), place, spec) for found, place, spec in scored if found > least]
    return [spec for _, _, spec in sorted(lifted, key=lambda item: (-item[0], item[1]))]


def _lift(uses: float) -> float:
    return LIFT * uses / (uses + 2)


def score(words: list[str], spec: Named) -> float:
    """Return how well typed words fit a name, 0 where they do not: as one word, or each on its own."""
    whole = _score_word("".join(words), spec)
    if len(words) == 1:
        return whole
    each = [_score_word(word, spec) for word in words]
    return max(whole, min(each) - 1 if all(each) else 0)


def misspelt(word: str, name: str) -> bool:
    """Whether a word may be a name with letters left out, or with a slip of the fingers in it."""
    return len(word) >= LONG_ENOUGH and name[:1] == word[:1] and (_scattered(word, name) or _swapped(word, name))


@lru_cache(maxsize=4096)
def name_words(name: str) -> list[str]:
    """Split a class name into its words: `global`, `average`, `pooling`, `2d`."""
    return [word.lower() for word in _WORD.findall(name)]


@lru_cache(maxsize=4096)
def _plain_words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", text.lower()))


@lru_cache(maxsize=4096)
def _squeezed(text: str) -> str:
    """A text without what stands between its words: `Show all` is `showall`."""
    return "".join(_plain_words(text))


@dataclass(frozen=True, slots=True)
class _Bare:
    """An operation without what stands before each of their names."""

    name: str
    group: str
    summary: str
    aliases: tuple[str, ...]


def _score_operation(word: str, spec: Named) -> float:
    """Return how well a word fits an operation: by its whole name nearly as a layer's beginning, else behind layers."""
    if word == _squeezed(spec.name):
        return EXACT
    found = _score_word(word.removeprefix(_squeezed(OPERATION)), _bare(spec.name, spec.aliases, spec.summary))
    return NAMED if found > PREFIX else found * BEHIND


@lru_cache(maxsize=4096)
def _bare(name: str, aliases: tuple[str, ...], summary: str) -> _Bare:
    return _Bare(name.rpartition(".")[2], "", summary, aliases)


def _score_word(word: str, spec: Named) -> float:
    if spec.name.startswith(OPERATION):
        return _score_operation(word, spec)
    tier = next((tier for tier, fits in _FITS if fits(word, _squeezed(spec.name), spec)), 0)
    return tier - min(len(spec.name), 60) / 100 if tier else 0


def _humps(query: str, words: list[str]) -> bool:
    """Whether a query is made of starts of words, in order, the first of them begun."""
    if not query:
        return True
    if not words:
        return False
    first, rest = words[0], words[1:]
    longest = _common(query, first)
    return any(_humps_anywhere(query[length:], rest) for length in range(longest, 0, -1))


def _humps_anywhere(query: str, words: list[str]) -> bool:
    return not query or any(_humps(query, words[start:]) for start in range(len(words)))


def _common(a: str, b: str) -> int:
    """The length of what two texts start with in common."""
    return next((index for index, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def _scattered(query: str, name: str) -> bool:
    """Whether the letters stand in the name in order."""
    letters = iter(name)
    return all(letter in letters for letter in query)


def _swapped(query: str, name: str) -> bool:
    """Whether the name starts with the query but for two neighbours swapped, or one letter wrong or too many."""
    start = _common(query, name)
    rest, wanted = query[start:], name[start:]
    return len(rest) > 0 and (
        (rest[1:2] + rest[:1] + rest[2:] == wanted[: len(rest)])
        or wanted[1:].startswith(rest[1:])
        or wanted.startswith(rest[1:])
    )


def _told(word: str, spec: Named) -> bool:
    """Whether the group or the summary speaks of it."""
    return any(part.startswith(word) for text in (spec.group, spec.summary) for part in _plain_words(text))


def _long(word: str) -> bool:
    return len(word) >= LONG_ENOUGH


#: The ways to fit, the best first; each is asked with the typed word, the squeezed name and the whole.
_FITS: Final[tuple[tuple[int, Callable[[str, str, Named], bool]], ...]] = (
    (EXACT, lambda word, name, _: name == word),
    (PREFIX, lambda word, name, _: name.startswith(word)),
    (ALIAS, lambda word, _, spec: any(word == _squeezed(alias) for alias in spec.aliases)),
    (HUMPS, lambda word, _, spec: _humps(word, name_words(spec.name))),
    (WORD_START, lambda word, _, spec: any(part.startswith(word) for part in name_words(spec.name))),
    (ALIAS_START, lambda word, _, spec: any(p.startswith(word) for a in spec.aliases for p in _plain_words(a))),
    (INSIDE, lambda word, name, _: word in name),
    (SCATTERED, lambda word, name, _: _long(word) and name[:1] == word[0] and _scattered(word, name)),
    (MISTYPED, lambda word, name, _: _long(word) and _swapped(word, name)),
    (TOLD, lambda word, _, spec: _long(word) and _told(word, spec)),
)
