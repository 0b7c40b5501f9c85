"""The names of a tensor's axes: how they agree, and how they are spelled for people. Knows no layer, no drawing.

Names are those of one sample's axes, the batch left out; an axis of which nothing is known has an empty one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Final, TypeAlias

Shape: TypeAlias = tuple[int | None, ...]
Names: TypeAlias = tuple[str, ...]
#: Between the names of axes that were made into one.
OF: Final = "·"
#: Two words for what a place holds; what a network calls one, another calls the other.
HELD: Final = ("features", "channels")
#: The rules of layers that join what arrives number by number or axis by axis.
JOINING: Final = frozenset({"merged", "joined"})
#: How a length is told in words, one and many, where it is not `3 channels`.
TOLD: Final[Mapping[str, tuple[str, str]]] = {
    "height": ("high", "high"), "width": ("wide", "wide"), "depth": ("deep", "deep"),
    "time": ("time step", "time steps"), "query time": ("query step", "query steps"),
    "key time": ("key step", "key steps"), "channels": ("channel", "channels"), "features": ("feature", "features"),
    "heads": ("head", "heads"), "tokens": ("token", "tokens"), "categories": ("category", "categories"),
    "frequency": ("frequency", "frequencies"), "": ("long", "long"),
}  # fmt: skip


def unnamed(count: int) -> Names:
    return ("",) * count


def agreed(names: Iterable[str]) -> str:
    """Return the name that several give to one axis, empty where they differ; those without one say nothing."""
    known = list(dict.fromkeys(name for name in names if name))
    if len(known) < 2:
        return known[0] if known else ""
    if all(name in HELD or OF in name for name in known):
        return next((name for name in known if name in HELD), "features")
    return ""


def merged(several: Sequence[Names]) -> Names:
    """Return the names that tensors give together when they are joined number by number, their last axes aligned."""
    columns = zip_longest(*(reversed(names) for names in several), fillvalue="")
    return tuple(agreed(column) for column in columns)[::-1]


def differing(several: Sequence[Names]) -> bool:
    """Whether tensors that are joined number by number give one axis different names."""
    columns = zip_longest(*(reversed(names) for names in several), fillvalue="")
    return any(any(column) and not agreed(column) for column in columns)


def filled(names: Names, others: Sequence[str]) -> Names:
    """Give the axes that have no name those of others, where these are as many."""
    if "" not in names or len(names) != len(others):
        return names
    return tuple(name or other for name, other in zip(names, others, strict=True))


def product(names: Names) -> str:
    """Name the one axis that several are made into: `height·width·channels`."""
    return OF.join(names) if all(names) else "features" if len(names) != 1 else names[0]


# -- in words


def times(names: Names) -> str:
    """Spell names as a shape: `height × width × channels`; one that is not known is `?`."""
    return " × ".join(name or "?" for name in names)


def table(shape: Shape, names: Names) -> str:
    """Spell a sample with its names: `height 28 · width 28 · channels 32`; one without axes is `one number`."""
    return " · ".join(_cell(name, length) for name, length in _pairs(shape, names)) or "one number"


def spoken(shape: Shape, names: Names) -> str:
    """Say a sample's shape as it is read aloud: `28 high, 28 wide, 32 channels`."""
    return ", ".join(_told(name, length) for name, length in _pairs(shape, names)) or "one number"


def _pairs(shape: Shape, names: Names) -> Iterable[tuple[str, int | None]]:
    return zip(names if len(names) == len(shape) - 1 else unnamed(len(shape) - 1), shape[1:], strict=True)


def _cell(name: str, length: int | None) -> str:
    spelled = "any" if length is None else f"{length:,}"
    if OF in name:
        return f"features {spelled} ({name})"
    return f"{name} {spelled}".strip()


def _told(name: str, length: int | None) -> str:
    one, many = TOLD.get("features" if OF in name else name, (name, name))
    if length is None:
        return "any length" if not name else f"any {name}" if one == many else f"any number of {many}"
    return f"{length:,} {one if length == 1 else many}"
