"""The reel keeps the newest look of each epoch, and never more than it may."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.messages import Array, Maps
from gui.monitor.looking.reel import Frame, Reel


def frame(epoch: int, step: int = 0, size: int = 10) -> Frame:
    return Frame(epoch, step, Maps("n1", epoch, step, (0,), Array.of(np.zeros((1, size), "float32"))))


def test_the_newest_look_of_an_epoch_takes_the_place_of_those_before_it() -> None:
    reel = Reel()
    for epoch, step in ((0, 0), (1, 3), (1, 9), (2, 12)):
        reel.add("n1", frame(epoch, step))
    assert [(f.epoch, f.step) for f in reel.frames("n1")] == [(0, 0), (1, 9), (2, 12)]


def test_an_epoch_that_was_not_seen_shows_the_last_before_it() -> None:
    reel = Reel()
    for epoch in (1, 4, 9):
        reel.add("n1", frame(epoch))
    seen = [reel.at("n1", epoch) for epoch in (0, 1, 3, 8, 20, None)]
    assert [f.epoch if f is not None else None for f in seen] == [None, 1, 1, 4, 9, 9]
    assert reel.at("n2", None) is None


def test_of_many_epochs_some_are_kept_the_first_and_the_newest_among_them() -> None:
    reel = Reel(largest=20 * 40)
    for epoch in range(200):
        reel.add("n1", frame(epoch))
    kept = [f.epoch for f in reel.frames("n1")]
    assert kept[0] == 0
    assert kept[-1] == 199
    assert 8 <= len(kept) <= 20
    assert kept == sorted(kept)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 30), st.integers(1, 60)), max_size=80))
def test_what_is_kept_never_grows_beyond_its_bound(added: list[tuple[str, int, int]]) -> None:
    reel = Reel(largest=1000)
    for key, epoch, size in added:
        reel.add(key, frame(epoch, size=size))
        kept = [f.size for key in "abcd" for f in reel.frames(key)]
        assert sum(kept) <= 1000
        newest = reel.frames(key)
        assert not newest or newest[-1].epoch == epoch
