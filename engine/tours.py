"""The tours of the templates: a few steps that point at parts of the window and say what to do there. Knows no Qt."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from engine.templates import FOLDER


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        at: What it points at: `node:NAME`, `wire:NAME>NAME`, `panel:NAME` or `action:NAME`.
        say: What to do there and what will be seen, in a sentence or two.
    """

    at: str
    say: str

    @property
    def kind(self) -> str:
        return self.at.partition(":")[0]

    @property
    def target(self) -> str:
        return self.at.partition(":")[2]


@cache
def tours() -> Mapping[str, tuple[Step, ...]]:
    """Return the tour of every template, by the template's name."""
    data = tomllib.loads((FOLDER / "tours.toml").read_text(encoding="utf-8"))
    return {name: tuple(Step(**step) for step in steps) for name, steps in data.items()}
