"""The columns of the table of runs: what each says of a run, how it sorts; how runs are searched. Knows no Qt."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from engine.pace_messages import GPU_MEMORY, MEMORY, SAMPLES, WAITING
from engine.runs.compare import spelled
from engine.runs.values import RunRow

Key = tuple[bool, Any]
#: Metrics that are shown at first, where runs have them.
FIRST: Final = ("loss", "val_loss", "accuracy", "val_accuracy")
_TEST: Final = "test "
_COMPARED: Final = re.compile(r"([a-z_]\w*)\s*(<=|>=|<|>|=)\s*(-?[0-9.]+(?:e-?[0-9]+)?)", re.IGNORECASE)
_OPERATORS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for good, its title, what it takes of a run, and how that is spelled.

    Attributes:
        letters: How wide it begins, in letters.
        edited: Whether a person writes in it.
        shown: Whether it is shown at first.
    """

    name: str
    title: str
    value: Callable[[RunRow, float], Any]
    spell: Callable[[Any], str] = str
    figure: bool = False
    letters: int = 10
    edited: bool = False
    shown: bool = True

    def text(self, row: RunRow, now: float) -> str:
        value = self.value(row, now)
        return "" if value is None else self.spell(value)

    def key(self, row: RunRow, now: float) -> Key:
        """What runs are sorted by; those that have nothing here stand last."""
        value = self.value(row, now)
        missing = value is None or value != value
        return missing, (0.0 if self.figure else "") if missing else value if self.figure else str(value).lower()


def _date(seconds: float) -> str:
    return datetime.fromtimestamp(min(max(seconds, 0.0), 4e9)).astimezone().strftime("%d %b %Y %H:%M")


def _time(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def _number(value: float) -> str:
    return f"{value:.4g}"


def _in_recipe(*way: str) -> Callable[[RunRow, float], Any]:
    def value(row: RunRow, _now: float) -> Any:
        found: Any = row.recipe
        for part in way:
            found = found.get(part) if isinstance(found, dict) else None
        return found

    return value


def _rate(row: RunRow, now: float) -> float | None:
    rate = _in_recipe("optimizer", "values", "learning_rate")(row, now)
    return float(rate) if isinstance(rate, int | float) else None


def _pace(name: str) -> Callable[[RunRow, float], float | None]:
    return lambda row, _now: row.pace.get(name)


def _share(value: float) -> str:
    return f"{value:.0%}"


def _megabytes(value: float) -> str:
    return f"{value / 1e6:,.0f} MB"


_BEFORE: Final = (
    Column("title", "Run", lambda row, _now: row.title, letters=16),
    Column("state", "State", lambda row, now: row.state(now), letters=9),
    Column("epochs", "Epochs", lambda row, _now: row.epochs, str, figure=True, letters=8),
)
_AFTER: Final = (
    Column("began", "Began", lambda row, _now: row.began, _date, figure=True, letters=18),
    Column("seconds", "Time", lambda row, _now: row.seconds, _time, figure=True, letters=12),
    Column("optimizer", "Optimizer", _in_recipe("optimizer", "class"), spelled, letters=11),
    Column("rate", "Rate", _rate, _number, figure=True, letters=8),
    Column("batch", "Batch", _in_recipe("batch_size"), str, figure=True, letters=7),
    Column("seed", "Seed", lambda row, _now: row.seed, str, figure=True, letters=6),
    Column("data", "Data", _in_recipe("data", "source"), spelled, letters=10),
    Column("tags", "Tags", lambda row, _now: ", ".join(row.tags), letters=14, edited=True),
    Column("note", "Note", lambda row, _now: row.note, letters=24, edited=True),
    Column("loss_of", "Loss function", _in_recipe("loss"), spelled, letters=20, shown=False),
    Column("device", "Device", lambda row, _now: row.device, letters=10, shown=False),
    Column("per_execution", "Steps at once", lambda row, _now: row.steps_per_execution, str, figure=True, shown=False),
    Column("speed", "Samples/s", _pace(SAMPLES), _number, figure=True, shown=False),
    Column("waiting", "Waited for data", _pace(WAITING), _share, figure=True, letters=14, shown=False),
    Column("memory", "Memory", _pace(MEMORY), _megabytes, figure=True, shown=False),
    Column("gpu_memory", "GPU memory", _pace(GPU_MEMORY), _megabytes, figure=True, shown=False),
    Column("looks", "Test looks", lambda row, _now: row.looks, str, figure=True, letters=11, shown=False),
    Column("keras", "Keras", lambda row, _now: row.versions.get("keras", ""), letters=8, shown=False),
    Column("network", "Network", lambda row, _now: row.network[:6], letters=8, shown=False),
)


def columns_of(rows: Iterable[RunRow]) -> tuple[Column, ...]:
    """Return the columns for some runs: their metrics stand in the middle."""
    rows = list(rows)
    names = dict.fromkeys(name for row in rows for name in row.last)
    tested = dict.fromkeys(name for row in rows for name in row.tested)
    ordered = [*(name for name in FIRST if name in names), *(name for name in names if name not in FIRST)]
    return (*_BEFORE, *map(metric, ordered), *map(tested_metric, tested), *_AFTER)


def metric(name: str) -> Column:
    def value(row: RunRow, _now: float) -> float | None:
        return row.last.get(name)

    return Column(name, name, value, _number, figure=True, letters=max(8, len(name) + 1), shown=name in FIRST)


def tested_metric(name: str) -> Column:
    def value(row: RunRow, _now: float) -> float | None:
        return row.tested.get(name)

    title = _TEST + name
    return Column(title.replace(" ", "_"), title, value, _number, figure=True, letters=len(title) + 2, shown=False)


# -- searching


def matching(rows: Iterable[RunRow], query: str, now: float) -> list[RunRow]:
    """Return the runs that have each word of a query, and of which each comparison in it (`val_loss<0.3`) holds."""
    comparisons = [(name.strip().lower(), sign, float(bound)) for name, sign, bound in _compared(query)]
    words = _COMPARED.sub(" ", query).lower().split()
    rows = list(rows)
    columns = {column.name.lower(): column for column in columns_of(rows)}
    columns |= {column.title.lower(): column for column in columns.values()}
    return [
        row
        for row in rows
        if _has(row, words, now) and all(_holds(row, columns.get(name), sign, b, now) for name, sign, b in comparisons)
    ]


def _compared(query: str) -> list[tuple[str, str, str]]:
    return [found for found in _COMPARED.findall(query) if found[2].count(".") <= 1 and found[2].strip("-.")]


def _has(row: RunRow, words: Sequence[str], now: float) -> bool:
    if not words:
        return True
    text = " ".join((row.id, row.title, row.state(now), row.note, *row.tags, row.device, row.recipe_text)).lower()
    return all(word in text for word in words)


def _holds(row: RunRow, column: Column | None, sign: str, bound: float, now: float) -> bool:
    value = column.value(row, now) if column is not None else None
    return isinstance(value, int | float) and _OPERATORS[sign](float(value), bound)


def ordered(rows: Iterable[RunRow], column: Column | None, now: float, *, falling: bool) -> list[RunRow]:
    """Sort runs by a column, without one the newest first; what a run has not stands last either way."""
    if column is None:
        return sorted(rows, key=lambda row: (row.began, row.id), reverse=True)
    keyed = [(column.key(row, now), row) for row in rows]
    there = sorted(((key[1], row) for key, row in keyed if not key[0]), key=lambda pair: pair[0], reverse=falling)
    return [row for _, row in there] + [row for key, row in keyed if key[0]]
