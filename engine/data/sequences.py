"""Sequences to translate, to judge or to look up in, made with a seed: letters, dates, brackets, pairs. No split."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np

from engine.data.columns import PAD, START, Column, Family, Layout, Samples, Tensor, Values, whole

SEED: Final = 3
ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz"
DIGITS: Final = "0123456789"


def _before(after: Tensor, start: int) -> Tensor:
    """What a decoder is fed while it learns: the right answer one step late, after a start."""
    return np.concatenate([np.full_like(after[:, :1], start), after[:, :-1]], axis=1)


# -- reverse


def _reverse_layout(values: Values) -> Layout:
    words = (PAD, START, *ALPHABET[: values["letters"]])
    source, before, after = (
        Column(name, (values["length"],), "classes", words, room=values["vocabulary"])
        for name in ("source", "before", "after")
    )
    return Layout((source, before), (after,), values["samples"])


def _reverse(values: Values) -> Samples:
    random = np.random.default_rng(SEED)
    source = whole(random.integers(2, 2 + values["letters"], (values["samples"], values["length"])))
    after = source[:, ::-1].copy()
    return Samples({"source": source, "before": _before(after, 1)}, {"after": after})


# -- dates

#: Ways in which people write a date, longest 27 letters; month and day by name are English, whatever the system's.
WAYS: Final = (
    "{day} {month} {year}", "{short} {day}, {year}", "{weekday}, {day} {month} {year}", "{day:02}.{number:02}.{year}",
    "{month} {day}, {year}", "{day} {short} {year}", "{day}/{number}/{year}",
)  # fmt: skip
MONTHS: Final = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
                 "november", "december")  # fmt: skip
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WRITTEN: Final = (PAD, *sorted({*DIGITS, *" ,./", *"".join((*MONTHS, *WEEKDAYS))}))
ISO: Final = (PAD, START, *DIGITS, "-")
LONGEST: Final = 28
FIRST, DAYS = date(1950, 1, 1), 36_524


def _dates_layout(values: Values) -> Layout:
    source = Column("source", (LONGEST,), "classes", WRITTEN, between="")
    before, after = (Column(name, (10,), "classes", ISO, between="") for name in ("before", "after"))
    return Layout((source, before), (after,), values["samples"])


def _dates(values: Values) -> Samples:
    random, count = np.random.default_rng(SEED), int(values["samples"])
    days = [FIRST + timedelta(days) for days in random.integers(0, DAYS, count).tolist()]
    ways = random.integers(0, len(WAYS), count).tolist()
    source = spelled([_written(day, WAYS[way]) for day, way in zip(days, ways, strict=True)], WRITTEN, LONGEST)
    after = spelled([day.isoformat() for day in days], ISO, 10)
    return Samples({"source": source, "before": _before(after, 1)}, {"after": after})


def _written(day: date, way: str) -> str:
    month = MONTHS[day.month - 1]
    return way.format(
        day=day.day, month=month, short=month[:3], number=day.month, year=day.year, weekday=WEEKDAYS[day.weekday()]
    )


def spelled(texts: list[str], letters: tuple[str, ...], length: int) -> Tensor:
    """Return texts as the numbers of their letters; 0 fills up."""
    numbers = {letter: number for number, letter in enumerate(letters)}
    array = np.zeros((len(texts), length), "int64")
    for row, text in enumerate(texts):
        array[row, : len(text)] = [numbers[letter] for letter in text]
    return array


# -- brackets

BRACKETS: Final = (PAD, "(", ")", "[", "]")
SHORTEST: Final = 6


def _brackets_layout(values: Values) -> Layout:
    letters = Column("letters", (values["length"],), "classes", BRACKETS, between="")
    if values["targets"] == "depth":
        depths = tuple(str(depth) for depth in range(values["length"] // 2 + 1))
        return Layout((letters,), (Column("depth", (values["length"],), "classes", depths),), values["samples"])
    return Layout((letters,), (Column("balanced", (), "binary", ("broken", "balanced")),), values["samples"])


def _brackets(values: Values) -> Samples:
    """Balanced rows of any even length; of each second one, where that is asked, one bracket is another."""
    random = np.random.default_rng(SEED)
    count, length = values["samples"], values["length"]
    halves = random.integers(SHORTEST // 2, length // 2 + 1, count).tolist()
    rows = np.zeros((count, length), "int64")
    depths = np.zeros_like(rows)
    for row, half in enumerate(halves):
        rows[row, : 2 * half], depths[row, : 2 * half] = _balanced(random.random((3, 2 * half)).tolist())
    if values["targets"] == "depth":
        return Samples({"letters": rows}, {"depth": depths})
    broken = np.arange(count) % 2 == 1
    places = (random.random(count) * 2 * np.array(halves)).astype(int)
    others = (rows[np.arange(count), places] - 1 + random.integers(1, 4, count)) % 4 + 1
    rows[broken, places[broken]] = others[broken]
    return Samples({"letters": rows}, {"balanced": whole(~broken)})


def _balanced(chances: list[list[float]]) -> tuple[list[int], list[int]]:
    """One row: each bracket opens or closes by chance, as far as all can still be closed; and the depth after each."""
    row: list[int] = []
    depths: list[int] = []
    opened: list[int] = []
    for place, (opens, kind) in enumerate(zip(chances[0], chances[1], strict=True)):
        left = len(chances[0]) - place
        if not opened or (len(opened) < left and opens < 0.5):
            opened.append(1 if kind < 0.5 else 3)
            row.append(opened[-1])
        else:
            row.append(opened.pop() + 1)
        depths.append(len(opened))
    return row, depths


# -- pairs


def _pairs_layout(values: Values) -> Layout:
    pairs, keys = values["pairs"], tuple(ALPHABET[: values["keys"]])
    answer = Column("answer", (), "classes", tuple(DIGITS))
    if values["inputs"] == "apart":
        shapes = {"query": (1,), "keys": (pairs,), "values": (pairs,)}
        inputs = tuple(
            Column(name, shape, "classes", tuple(DIGITS) if name == "values" else keys)
            for name, shape in shapes.items()
        )
    else:
        inputs = (Column("tokens", (2 * pairs + 1,), "classes", (PAD, *keys, *DIGITS)),)
    return Layout(inputs, (answer,), values["samples"])


def _pairs(values: Values) -> Samples:
    """Each row has other keys, each with a digit, and asks at its end for the digit of one of them."""
    random = np.random.default_rng(SEED)
    count, pairs, letters = values["samples"], values["pairs"], values["keys"]
    keys = np.argsort(random.random((count, letters)), axis=1)[:, :pairs]
    digits = random.integers(0, len(DIGITS), (count, pairs))
    asked = random.integers(0, pairs, (count, 1))
    query, answer = np.take_along_axis(keys, asked, 1), np.take_along_axis(digits, asked, 1)[:, 0]
    if values["inputs"] == "apart":
        return Samples({"query": whole(query), "keys": whole(keys), "values": whole(digits)}, {"answer": whole(answer)})
    told = np.stack([1 + keys, 1 + letters + digits], axis=2).reshape(count, 2 * pairs)
    return Samples({"tokens": whole(np.concatenate([told, 1 + query], axis=1))}, {"answer": whole(answer)})


FAMILIES: Final = {
    "reverse": Family(_reverse_layout, _reverse),
    "dates": Family(_dates_layout, _dates, quick=False),
    "brackets": Family(_brackets_layout, _brackets, quick=False),
    "pairs": Family(_pairs_layout, _pairs),
}
