"""What a Reshape cannot arrange, where Keras leaves a length open and finds out only when it runs. Asks no Keras."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from engine.kinds import spell
from engine.values import Value
from engine.wiring import title
from engine.worker import cures
from engine.worker.site import Refusal, Site, label, told
from engine.worker.symbolic import Shape


@dataclass(frozen=True, slots=True)
class _Asked:
    """The lengths that a Reshape is asked for, and those that it has for them."""

    target: tuple[Value, ...]
    arrives: Shape

    @property
    def follows(self) -> int:
        """How many lengths are to follow from the others."""
        return sum(length in (-1, None) for length in self.target)

    @property
    def wanted(self) -> int:
        return math.prod(length for length in self.target if isinstance(length, int) and length > 0)

    @property
    def known(self) -> int:
        return math.prod(length for length in self.arrives if length is not None)


def _asked(site: Site) -> _Asked | None:
    target = site.value("target_shape") if site.node.layer == "Reshape" else None
    return _Asked(target, site.arrivals[0].shape[1:]) if isinstance(target, tuple) else None


def _follows(site: Site) -> Refusal | None:
    asked = _asked(site)
    if asked is None or asked.follows < 2:
        return None
    return Refusal(f"{title(site.node)} lets one length follow from the others, and no more", spell(asked.target),
                   "Set the others", "target_shape", mends=tuple(cures.of_another_size(site)))  # fmt: skip


def _holds(site: Site) -> Refusal | None:
    """Where one length is free, the others must still divide what is asked for."""
    asked = _asked(site)
    if asked is None or None not in asked.arrives or asked.follows or asked.wanted % asked.known == 0:
        return None
    return Refusal(
        f"{title(site.node)} arranges the numbers of its input as {spell(asked.target)}, {asked.wanted:,} of them",
        f"a multiple of {asked.known:,} numbers, {told(site.arrivals[0])}",
        "Set a target shape that holds as many; -1 lets one length follow from the others", "target_shape",
        mends=tuple(cures.of_another_size(site)),
    )  # fmt: skip


def _divides(site: Site) -> Refusal | None:
    """A length that is none follows from the others as -1 does, but Keras looks at the latter alone."""
    asked = _asked(site)
    if asked is None or None in asked.arrives or None not in asked.target or asked.known % asked.wanted == 0:
        return None
    source = site.arrivals[0].source.name
    return Refusal(
        f"{title(site.node)} arranges the numbers of its input by {asked.wanted:,}, as {spell(asked.target)}, and "
        "their number must be a multiple of that",
        f"{asked.known:,} numbers ({label((None, *asked.arrives))}) from {source}",
        "Set lengths that divide it", "target_shape", mends=tuple(cures.of_another_size(site)),
    )  # fmt: skip


RULES: Final[tuple[Callable[[Site], Refusal | None], ...]] = (_follows, _holds, _divides)
