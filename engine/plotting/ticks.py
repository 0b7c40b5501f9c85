"""Where an axis is marked and what stands there. Knows no Qt."""

from __future__ import annotations

import math

#: What a step between two marks may be, times a power of ten.
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
WHOLE = (1.0, 2.0, 5.0, 10.0)


def spacing(low: float, high: float, most: int, *, whole: bool = False) -> float:
    """Return a round distance such that at most `most` marks lie between low and high."""
    least = (high - low) / max(1, most)
    if not least > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    step = next(nice * power for nice in (WHOLE if whole else NICE) if nice * power >= least * (1 - 1e-9))
    return max(1.0, step) if whole else step


def ticks(low: float, high: float, most: int, *, whole: bool = False) -> list[tuple[float, str]]:
    """Return marks at round values and their texts, `whole` numbers alone where the axis counts something."""
    step = spacing(low, high, most, whole=whole)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    if last - first > 1000:
        return []
    largest = max(abs(low), abs(high))
    return [(index * step, text(index * step, step, largest)) for index in range(first, last + 1)]


def text(value: float, step: float, largest: float) -> str:
    """Spell a mark with the digits that its distance to the next one needs, all of an axis in the same way."""
    if abs(value) < step * 1e-6:
        return "0"
    if largest >= 1e9 or step < 1e-4:
        return f"{value:.3g}"
    if largest >= 10_000 and step >= 100:
        return f"{value / 1000:,.10g}k"
    digits = max(0, -math.floor(math.log10(step) + 1e-9))
    digits += round(step * 10**digits, 6) != round(step * 10**digits)
    return f"{value:,.{digits}f}"


#: Round distances in time, in seconds.
_SECONDS = (1, 2, 5, 10, 15, 30)
_TIMES = (*_SECONDS, *(60 * s for s in _SECONDS), *(3600 * h for h in (1, 2, 3, 6, 12, 24, 48, 120, 240, 720)))


def logarithmic(low: float, high: float, most: int) -> list[tuple[float, str]]:
    """Return marks of an axis of powers of ten: 1, 2 and 5 of each where there is room, else every so many powers."""
    if not high > low or high - low > 600:
        return []
    for digits in ((1, 2, 5), (1, 3), (1,)):
        found = _powers(low, high, 1, digits)
        if len(found) <= most and (len(found) > 1 or digits == (1,)):
            break
    else:
        found = _powers(low, high, math.ceil((high - low) / max(1, most)), (1,))
    if len(found) < 2:  # less than a power: round values, where they stand on it
        plain = ticks(10**low, 10**high, max(2, most))
        return [(math.log10(value), words) for value, words in plain if value > 0]
    return found


def _powers(low: float, high: float, every: int, digits: tuple[int, ...]) -> list[tuple[float, str]]:
    first = math.floor(low / every) * every
    places = ((power, digit) for power in range(first, math.ceil(high) + 1, every) for digit in digits)
    marks = [(power + math.log10(digit), _power(power, digit)) for power, digit in places]
    return [(place, words) for place, words in marks if low - 1e-9 <= place <= high + 1e-9]


def _power(power: int, digit: int) -> str:
    if -3 <= power < 4:
        return f"{digit * 10.0**power:,.{max(0, -power)}f}"
    return f"{digit}e{power}"


def times(low: float, high: float, most: int, since: float | None = None) -> list[tuple[float, str]]:
    """Return marks at round times between two, in seconds; `since` is the time of day of nought, for a wall clock."""
    least = (high - low) / max(1, most)
    if not least > 0:
        return []
    if least < 1:
        marks = ticks(low, high, most)
        return marks if since is not None else [(at, f"{words} s") for at, words in marks]
    step = next((step for step in _TIMES if step >= least), None)
    step = step or math.ceil(least / 2_592_000) * 2_592_000
    zero = (since or 0.0) % 86_400
    first, last = math.ceil((low + zero) / step - 1e-9), math.floor((high + zero) / step + 1e-9)
    at = [index * step - zero for index in range(first, last + 1)]
    return [(t, clock(t + zero, step) if since is not None else duration(t)) for t in at]


def clock(seconds: float, step: float = 1.0) -> str:
    """Spell a time of the day: `14:05`, with seconds where marks are closer than a minute."""
    whole = round(seconds) % 86_400
    words = f"{whole // 3600:02d}:{whole // 60 % 60:02d}"
    return words if step >= 60 else f"{words}:{whole % 60:02d}"


def duration(seconds: float) -> str:
    """Spell how long something took: `0:45`, `12:05`, `1:00:30`; below ten seconds with tenths."""
    if 0 < seconds < 10 and abs(seconds - round(seconds)) > 1e-6:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    minutes = f"{whole // 60 % 60}:{whole % 60:02d}"
    return minutes if whole < 3600 else f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"
