"""Which layers a few typed letters mean, the likeliest first. Knows no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from engine.catalogue import LayerSpec

_WORD: Final = re.compile(r"\d+[A-Z]?(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
#: Scores by how a query fits, the higher the better; a fit that leaves less of the name over wins within a tier.
EXACT, PREFIX, ALIAS, HUMPS, WORD_START, ALIAS_START, INSIDE, SCATTERED, MISTYPED, TOLD = range(100, 0, -10)
#: A fit up to here is a guess, and not made where something fits better.
GUESSED: Final = SCATTERED
#: What much use of a layer is worth; two tiers stand 10 apart.
PREFERENCE: Final = 5.0
NONE: Final[Mapping[str, float]] = {}
#: Below this many letters a scattered or mistyped match is noise.
LONG_ENOUGH: Final = 3


def rank(query: str, specs: Iterable[LayerSpec], weights: Mapping[str, float] = NONE) -> list[LayerSpec]:
    """Return the layers that a query may mean, the likeliest first; all of them, as they come, where it is empty.

    Among those that fit alike, and where the query is empty, the ones with the larger weights come first.

    Understands starts of words in order (`gap2d`, `mha`, `convtr`), other words for a layer, words in any
    order (`2d pool max`), letters left out (`drpout`) and two letters swapped (`desne`).
    """
    words = _plain_words(query)
    if not words:
        return sorted(specs, key=lambda spec: -weights.get(spec.name, 0.0))
    scored = [(_preferred(score(words, spec), spec, weights), place, spec) for place, spec in enumerate(specs)]
    best = max((found for found, _, _ in scored), default=0)
    least = GUESSED if best > GUESSED else 0
    return [spec for found, _, spec in sorted(scored, key=lambda item: (-item[0], item[1])) if found > least]


def _preferred(found: float, spec: LayerSpec, weights: Mapping[str, float]) -> float:
    """Raise the score of a layer that is used, by less than lies between two tiers."""
    weight = weights.get(spec.name, 0.0)
    return found + PREFERENCE * weight / (1.0 + weight) if found else found


def score(words: list[str], spec: LayerSpec) -> float:
    """Return how well typed words fit a layer, 0 where they do not: as one word, or each on its own."""
    whole = _score_word("".join(words), spec)
    if len(words) == 1:
        return whole
    each = [_score_word(word, spec) for word in words]
    return max(whole, min(each) - 1 if all(each) else 0)


def name_words(name: str) -> list[str]:
    """Split a class name into its words: `global`, `average`, `pooling`, `2d`."""
    return [word.lower() for word in _WORD.findall(name)]


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def _score_word(word: str, spec: LayerSpec) -> float:
    name = spec.name.lower()
    left_over = min(len(name), 60) / 100
    fits = (
        (EXACT, name == word),
        (PREFIX, name.startswith(word)),
        (ALIAS, word in ("".join(_plain_words(alias)) for alias in spec.aliases)),
        (HUMPS, _humps(word, name_words(spec.name))),
        (WORD_START, any(part.startswith(word) for part in name_words(spec.name))),
        (ALIAS_START, any(part.startswith(word) for alias in spec.aliases for part in _plain_words(alias))),
        (INSIDE, word in name),
        (SCATTERED, len(word) >= LONG_ENOUGH and name[0] == word[0] and _scattered(word, name)),
        (MISTYPED, len(word) >= LONG_ENOUGH and _swapped(word, name)),
        (TOLD, len(word) >= LONG_ENOUGH and _told(word, spec)),
    )
    return next((tier - left_over for tier, holds in fits if holds), 0)


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


def _told(word: str, spec: LayerSpec) -> bool:
    """Whether the group or the summary speaks of it."""
    return any(part.startswith(word) for part in _plain_words(f"{spec.group} {spec.summary}"))
