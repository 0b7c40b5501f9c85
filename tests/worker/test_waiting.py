"""What waits for a slow reader: in order, all of it, in little memory."""

from __future__ import annotations

import errno

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.worker import waiting
from engine.worker.waiting import Spool, Waiting

#: A piece to put, with its key or none; or None: one is taken.
turns = st.lists(st.none() | st.tuples(st.binary(min_size=1, max_size=30), st.none() | st.sampled_from("ab")))


@given(turns, st.sampled_from([0, 20, 10_000]))
def test_whatever_is_put_comes_in_its_order(turns: list[tuple[bytes, str | None] | None], room: int) -> None:
    """All that has no key comes as it was put; of each key some come, in order, and the newest always."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(waiting, "ROOM", room)
        box, taken = Waiting(), list[bytes]()
        put: dict[str | None, list[bytes]] = {None: [], "a": [], "b": []}
        for number, turn in enumerate(turns):
            if turn is not None:
                data = str(turn[1]).encode() + number.to_bytes(4) + turn[0]
                put[turn[1]].append(data)
                box.put(data, turn[1])
                assert box._plain <= room
            elif box:
                taken.append(box.take())
        while box:
            taken.append(box.take())
    box.clear()
    assert box.held == 0
    assert [data for data in taken if data.startswith(b"None")] == put[None]
    for key in ("a", "b"):
        came = [data for data in taken if data.startswith(key.encode())]
        assert came == sorted(came)
        assert came[-1:] == put[key][-1:]


def test_the_disk_is_given_back_once_all_is_taken() -> None:
    spool = Spool()
    for _ in range(2):
        for number in range(100):
            spool.put(bytes([number]) * 1000)
        assert [spool.take()[0] for _ in range(100)] == list(range(100))
        assert not spool
        assert spool._file is not None
        assert spool._file.seek(0, 2) == 0
    spool.close()


def test_memory_stays_small_however_much_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "NEWEST_ROOM", 5000)
    box = Waiting()
    for number in range(10_000):
        box.put(bytes(1000))
        box.put(bytes(1000), f"node {number}")
        assert box.held <= waiting.ROOM + 5000
    box.clear()
    assert not box


def test_nothing_is_lost_where_the_disk_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Spool, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(waiting, "ROOM", 2)
    monkeypatch.setattr(Spool, "put", full)
    box = Waiting()
    for letter in "abcde":
        box.put(letter.encode())
    assert [box.take() for _ in range(5)] == [b"a", b"b", b"c", b"d", b"e"]
