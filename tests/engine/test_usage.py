"""What this process uses is what its system tells, and a card is found by the driver's count."""

from __future__ import annotations

import sys
from time import perf_counter

import pytest

from engine.pace_messages import MEMORY, PROCESSOR
from engine.usage import Usage, card_of, resident


def test_memory_is_seen_to_grow() -> None:
    before = resident()
    assert before > 2**20
    held = bytearray(b"x" * 2**26)
    assert 2**25 < resident() - before < 2**28
    assert len(held) == 2**26


def test_work_is_seen_as_processor_time() -> None:
    usage, end = Usage(), perf_counter() + 0.2
    while perf_counter() < end:
        pass
    busy = usage.read()
    assert busy[PROCESSOR] > 0.2
    assert busy[MEMORY] > 0


def test_a_card_that_is_not_there_is_left_out() -> None:
    assert set(Usage(card=63).read()) == {PROCESSOR, MEMORY}


@pytest.mark.parametrize(
    ("device", "visible", "card"),
    [
        ("CPU:0", None, None), ("GPU:1", None, 1), ("GPU:0", "3,1", 3), ("GPU:1", "3, 1", 1), ("GPU:2", "3,1", None),
        ("GPU:0", "GPU-5ab9", None), ("GPU:0", "", 0), ("", None, None),
    ],
)  # fmt: skip
def test_cards_are_counted_as_the_driver_does(device: str, visible: str | None, card: int | None) -> None:
    assert card_of(device, visible) == card


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own files")
def test_a_system_that_does_not_tell_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert resident() == 0
