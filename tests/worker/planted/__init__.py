"""Mistakes that people make, planted: what is said of each, and what mends it. The specification of the problems."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tests.worker.planted import axes, recipes, sizes, values, wires
from tests.worker.planted.mistake import Mistake

PLANTED: Final[Mapping[str, Mistake]] = {
    **axes.MISTAKES, **sizes.MISTAKES, **values.MISTAKES, **wires.MISTAKES, **recipes.MISTAKES,
}  # fmt: skip
