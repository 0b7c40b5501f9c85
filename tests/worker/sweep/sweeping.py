"""Draws many cases for a layer, has each judged, and groups those that differ. Imports no Keras."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.worker.sweep.cases import Case, cases
from tests.worker.sweep.judging import STRICTER
from tests.worker.sweep.pair import Pair

#: Cases of one difference have as many letters of its sentence in common.
ALIKE = 110


@dataclass(frozen=True, slots=True)
class Swept:
    """What became of a layer's cases, by kind, the shortest that we refuse though it runs, how many are unlike.

    `found` are those that differ, by what is said of them.
    """

    kinds: Counter[str]
    strict: Mapping[str, str]
    distinct: int
    found: Mapping[str, list[str]]

    @property
    def told(self) -> str:
        """The shortest case of each difference, and how many there are."""
        return "\n".join(f"{len(group)} × {min(group, key=len)}" for group in self.found.values())


def swept(pair: Pair, layer: str, count: int, number: int | None = None) -> Swept:
    """Try a layer in many cases; a number chooses other cases, none always the same."""
    kinds: Counter[str] = Counter()
    found: dict[str, list[str]] = {}
    strict: dict[str, str] = {}
    seen: set[str] = set()

    def look(case: Case) -> None:
        seen.add(repr(case))
        said, kind = pair.differing(case)
        kinds[kind] += 1
        if kind in STRICTER:
            strict[kind] = min(strict.get(kind, repr(case)), repr(case), key=len)
        if said:
            group = "".join(letter for letter in said[:ALIKE] if not letter.isdigit())
            found.setdefault(group, []).append(f"{case}\n    {said}")

    chosen = settings(
        max_examples=count, deadline=None, database=None, phases=[Phase.generate], derandomize=number is None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    drawn = chosen(given(cases(layer))(look))
    (drawn if number is None else seed(number)(drawn))()
    return Swept(kinds, strict, len(seen), found)
