"""Which drag of a value is going on: all that one drag makes is one undo step. There is one mouse. Knows no widget."""

from __future__ import annotations

from itertools import count

_numbers = count(1)
_going = 0


def begin() -> None:
    """A press that drags a value has begun."""
    global _going
    _going = next(_numbers)


def end() -> None:
    """It was let go."""
    global _going
    _going = 0


def going() -> int:
    """Return the number of the drag that is going on, unlike any other's; 0 where none is."""
    return _going
