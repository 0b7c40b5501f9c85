"""What a switch did to speed: a run beside the last one that differs in switches alone. Knows no file and no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import hypot
from typing import Any, Final

from engine.pace_messages import ERROR, READINGS, SAMPLES
from engine.runs.compare import recipe_differences
from engine.runs.values import RunRow

#: What is said to change speed and little else, as the Training page calls it.
SWITCHES: Final[Mapping[str, str]] = {
    "Precision": "Precision", "Xla": "XLA", "Steps per execution": "Steps per execution", "Batch size": "Batch size",
}  # fmt: skip
#: What does not change how fast a step is: how long the run is, and what it begins from.
IDLE: Final = ("epochs", "seed", "stopping", "plateau", "keeping")
#: With fewer readings, a second apart, nothing is known of how uncertain a speed is.
FEW: Final = 3
#: So many of its uncertainties away, a difference is one.
SURE: Final = 2.0
_ENDED: Final = ("finished", "stopped")
_WORDS: Final = {
    "true": "on",
    "false": "off",
    "–": "automatic",
    "mixed_float16": "float16",
    "mixed_bfloat16": "bfloat16",
}


def compared(rows: Iterable[RunRow], run: str) -> str:
    """Say how fast a run was beside the last one before it that differs in switches alone; empty where none does."""
    rows = list(rows)
    now = next((row for row in rows if row.id == run), None)
    if now is None or not _measured(now):
        return ""
    earlier = [row for row in rows if row.began < now.began and _measured(row) and _alike(row, now)]
    for row in sorted(earlier, key=lambda row: row.began, reverse=True):
        if switched := _switched(row, now):
            return f"{switched}: {_ratio(row, now)}"
    return ""


def _measured(row: RunRow) -> bool:
    return row.status in _ENDED and row.pace.get(SAMPLES, 0.0) > 0


def _alike(old: RunRow, new: RunRow) -> bool:
    return (old.network, old.device, old.machine) == (new.network, new.device, new.machine)


def _switched(old: RunRow, new: RunRow) -> str:
    """Say which switches differ; empty where none does, or something else as well."""
    differences = recipe_differences(_bare(old.recipe), _bare(new.recipe))
    if any(each.field not in SWITCHES for each in differences):
        return ""
    words = [(SWITCHES[each.field], _WORDS.get(each.new, each.new), _WORDS.get(each.old, each.old))
             for each in differences]  # fmt: skip
    return ", ".join(f"{name} {after} after {before}" for name, after, before in words)


def _bare(recipe: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in recipe.items() if name not in IDLE}


def _ratio(old: RunRow, new: RunRow) -> str:
    """Say how much faster, as far as it can be told from what else the machine did."""
    before, after = old.pace[SAMPLES], new.pace[SAMPLES]
    ratio = after / before
    words = f"{ratio:.2f}× the samples per second of the run before, {after:,.0f} for {before:,.0f}"
    if min(old.pace.get(READINGS, 0.0), new.pace.get(READINGS, 0.0)) < FEW:
        return f"{words}. The runs were too short to be sure of it."
    error = ratio * hypot(old.pace.get(ERROR, 0.0), new.pace.get(ERROR, 0.0))
    if abs(ratio - 1) <= SURE * error:
        return f"{words}: no more than they vary by themselves (± {SURE * error:.2f})."
    return f"{words} (± {SURE * error:.2f})."
