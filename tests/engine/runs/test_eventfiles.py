"""Files of events hold what was trained: read by hand, and by TensorBoard where it is installed."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from engine.runs.eventfiles import records, scalars, varint, write_events
from tests.engine.runs.kept import epochs, spool

BEGAN = 1_767_261_600.0


def crc32c(data: bytes) -> int:
    """The checksum bit by bit, as its definition has it."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data: bytes) -> int:
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def events(data: bytes) -> Iterator[bytes]:
    """Yield the records of a file, their checksums compared."""
    at = 0
    while at < len(data):
        (length,), (of_length,) = struct.unpack_from("<Q", data, at), struct.unpack_from("<I", data, at + 8)
        assert of_length == masked(data[at : at + 8])
        record = data[at + 12 : at + 12 + length]
        assert struct.unpack_from("<I", data, at + 12 + length) == (masked(record),)
        yield record
        at += 16 + length


def test_the_checksum_is_castagnolis() -> None:
    assert crc32c(b"123456789") == 0xE3069283  # the check value of CRC-32C


def test_a_record_is_framed_with_checksums() -> None:
    assert list(events(records(np.frombuffer(b"abcdef", np.uint8).reshape(2, 3)))) == [b"abc", b"def"]


@pytest.mark.parametrize(("number", "spelled"), [(0, b"\0"), (127, b"\x7f"), (128, b"\x80\x01"), (300, b"\xac\x02")])
def test_numbers_are_spelled_as_protobuf_does(number: int, spelled: bytes) -> None:
    assert varint(number) == spelled


def test_an_event_is_time_step_and_value() -> None:
    numbers = np.array([5.0, 300.0, 70_000.0])
    found = list(events(b"".join(scalars("epoch/loss", numbers, np.array([0.5, 0.25, 2.0]), BEGAN + numbers))))
    for record, number, value in zip(found, (5, 300, 70_000), (0.5, 0.25, 2.0), strict=True):
        assert record[:1] == b"\x09"
        assert struct.unpack_from("<d", record, 1) == (BEGAN + number,)
        step = varint(number)
        assert record[9 : 10 + len(step)] == b"\x10" + step
        assert b"\x0a\x0aepoch/loss\x15" + struct.pack("<f", value) == record[14 + len(step) :]
        assert record[10 + len(step)] == 0x2A


def test_train_and_validation_are_files_of_their_own(tmp_path: Path) -> None:
    written = write_events(tmp_path, BEGAN, epochs(), [spool(1, 30)])
    assert [path.parent.name for path in written] == ["train", "validation"]
    train, validation = (list(events(path.read_bytes())) for path in written)
    assert b"brain.Event:2" in train[0]
    assert b"brain.Event:2" in validation[0]
    assert len(train) == 1 + 2 * 30 + 2 * 3  # the version, two curves of steps, two of epochs
    assert len(validation) == 1 + 3


def test_a_run_without_validation_writes_one_file(tmp_path: Path) -> None:
    assert len(write_events(tmp_path, BEGAN, [], [spool(1, 3)])) == 1
    assert write_events(tmp_path / "none", BEGAN, [], []) == []


def test_tensorboard_reads_them(tmp_path: Path) -> None:
    accumulator = pytest.importorskip("tensorboard.backend.event_processing.event_accumulator")
    write_events(tmp_path, BEGAN, epochs(), [spool(1, 300)])
    found = accumulator.EventAccumulator(str(tmp_path / "train"), size_guidance={"scalars": 0}).Reload()
    assert set(found.Tags()["scalars"]) == {"step/loss", "step/accuracy", "epoch/loss", "epoch/accuracy"}
    steps = found.Scalars("step/loss")
    assert [event.step for event in steps] == list(range(1, 301))
    assert [event.value for event in steps] == pytest.approx([1 / n for n in range(1, 301)])
    ends = accumulator.EventAccumulator(str(tmp_path / "validation")).Reload().Scalars("epoch/loss")
    assert [event.value for event in ends] == pytest.approx([row.metrics["val_loss"] for row in epochs()])
    assert [event.wall_time for event in ends] == [BEGAN + 0.5, BEGAN + 1, BEGAN + 1.5]
