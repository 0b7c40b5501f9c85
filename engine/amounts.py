"""Large numbers and amounts of memory as people read them. Knows nothing that is counted."""

from __future__ import annotations

from typing import Final

POWERS: Final = ("", "k", "M", "G", "T", "P")
UNITS: Final = ("bytes", "kB", "MB", "GB", "TB", "PB")


def spelled_bytes(count: int) -> str:
    """Spell bytes in three figures, a kilobyte being a thousand: `6.4 TB`."""
    if count >= 10**18:
        return "over 1,000 PB"
    return _three(count, UNITS)


def spelled_count(count: int) -> str:
    """Spell a number in three figures: `320`, `18.4 k`, `2.4 M`."""
    return _three(min(count, 999 * 10**15), POWERS).rstrip()


def _three(count: int, units: tuple[str, ...]) -> str:
    """Three figures, and the power that leaves one to three before the point, rounding counted in."""
    power = 0
    while power < len(units) - 1 and count >= 999.5 * 1000**power:
        power += 1
    amount = count / 1000**power
    places = 0 if power == 0 or amount >= 99.95 else 1 if amount >= 9.995 else 2
    whole = f"{amount:,.{places}f}"
    return f"{whole.rstrip('0').rstrip('.') if places else whole} {units[power]}"
