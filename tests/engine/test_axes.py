"""Names of axes: how they agree, what arranging anew leaves of them, and how they are spelled."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import axes
from engine.axes import Names, Shape
from engine.reshaping import reshaped

IMAGE: Names = ("height", "width", "channels")


@pytest.mark.parametrize(
    ("names", "one"),
    [
        ((), ""),
        (("time", "time"), "time"),
        (("", "time"), "time"),
        (("time", "height"), ""),
        (("features", "channels"), "features"),
        (("height·width·channels", "channels"), "channels"),
        (("height·width", "width·height"), "features"),
        (("height·width", "time"), ""),
    ],
)
def test_what_several_call_an_axis(names: Names, one: str) -> None:
    assert axes.agreed(names) == one


def test_tensors_of_other_ranks_are_joined_at_their_last_axes() -> None:
    assert axes.merged([IMAGE, ("channels",)]) == IMAGE
    assert axes.merged([("time", "features"), ("", "height")]) == ("time", "")
    assert axes.differing([("time", "features"), ("height", "features")])
    assert not axes.differing([("time", "features"), ("", "channels"), ()])


@pytest.mark.parametrize(
    ("before", "names", "after", "found"),
    [
        ((8, 8, 3), IMAGE, (8, 8, 3), IMAGE),
        ((8, 8, 3), IMAGE, (64, 3), ("height·width", "channels")),
        ((8, 8, 3), IMAGE, (192,), ("height·width·channels",)),
        ((8, 8, 3), IMAGE, (8, 24), ("height", "width·channels")),
        ((8, 8, 3), IMAGE, (4, 2, 24), ("", "", "width·channels")),
        ((8, 8, 1), IMAGE, (8, 8), ("height", "width")),
        ((8, 8, 1), IMAGE, (64,), ("height·width",)),
        ((28, 28), ("height", "width"), (28, 28, 1), ("height", "width", "")),
        ((1, 1, 64), IMAGE, (64,), ("channels",)),
        ((64,), ("features",), (1, 1, 64), ("", "", "features")),
        ((192,), ("features",), (8, 8, 3), ("", "", "")),
        ((4, 6), ("time", "features"), (6, 4), ("", "")),
        ((None, 4, 6), ("time", "height", "width"), (None, 24), ("time", "height·width")),
        ((None, 24), ("time", "features"), (None, 4, 6), ("time", "", "")),
        ((None, 24), ("time", "features"), (4, None, 6), ("", "", "")),
        ((None, None), ("time", "features"), (None,), ("",)),
        ((6,), ("",), (6,), ("",)),
        ((2, 3), ("", "features"), (6,), ("",)),
        ((), (), (1,), ("",)),
    ],
)
def test_arranging_anew(before: Shape, names: Names, after: Shape, found: Names) -> None:
    assert reshaped(before, names, after) == found


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.data())
def test_an_axis_that_keeps_its_name_keeps_its_places(lengths: list[int], data: st.DataObject) -> None:
    """Numbers tell: along an axis of a name the index is that of the axis of that name before."""
    cells = list(range(math.prod(lengths)))
    after = data.draw(st.sampled_from(_shapes(len(cells))))
    names = tuple(f"a{place}" for place in range(len(lengths)))
    found = reshaped(tuple(lengths), names, after)
    assert len(found) == len(after)
    old, new = np.indices(lengths), np.indices(after)
    for place, name in enumerate(found):
        if name in names:
            assert (old[names.index(name)].reshape(after) == new[place]).all()


def _shapes(count: int) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = [(count,), (1, count), (count, 1)]
    for first in (divisor for divisor in range(2, count) if count % divisor == 0):
        found += [(first, count // first), (first, 1, count // first)]
        rest = count // first
        found += [(first, second, rest // second) for second in range(2, rest) if rest % second == 0]
    return found


@pytest.mark.parametrize(
    ("shape", "names", "table", "spoken"),
    [
        ((None, 28, 28, 32), IMAGE, "height 28 · width 28 · channels 32", "28 high, 28 wide, 32 channels"),
        ((None, None, 1), ("time", "features"), "time any · features 1", "any number of time steps, 1 feature"),
        ((None, 192), ("height·width·channels",), "features 192 (height·width·channels)", "192 features"),
        ((None, 6, 4), ("", "features"), "6 · features 4", "6 long, 4 features"),
        ((None, 6, 4), (), "6 · 4", "6 long, 4 long"),
        ((None, None), ("",), "any", "any length"),
        ((None, None, None, 3), IMAGE, "height any · width any · channels 3", "any height, any width, 3 channels"),
        ((None, 2, 8, 9), ("heads", "query time", "key time"), "heads 2 · query time 8 · key time 9",
         "2 heads, 8 query steps, 9 key steps"),
        ((None,), (), "one number", "one number"),
    ],
)  # fmt: skip
def test_a_shape_in_words(shape: Shape, names: Names, table: str, spoken: str) -> None:
    assert axes.table(shape, names) == table
    assert axes.spoken(shape, names) == spoken


def test_names_as_a_shape() -> None:
    assert axes.times(IMAGE) == "height × width × channels"
    assert axes.times(("", "features")) == "? × features"
