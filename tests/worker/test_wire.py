"""Messages wait for their reader, Stop is seen in the middle of a run, and a slow window holds nothing up."""

from __future__ import annotations

import os
import subprocess
import sys
from time import monotonic, sleep

import numpy as np

from engine.codec import Decoder, encode
from engine.graph import Graph
from engine.launch import ROOT
from engine.messages import Array, Check, Ended, Exported, Judged, Logged, Maps, Message, Stop, Watch, Weighed
from engine.worker.wire import Inbox, Outbox


def inbox() -> tuple[Inbox, int, list[bool]]:
    source, sink = os.pipe()
    ended: list[bool] = []
    return Inbox(source, lambda: ended.append(True)), sink, ended


def arrive(box: Inbox, sink: int, *messages: Message) -> None:
    """Send messages and wait until the last of them waits."""
    os.write(sink, b"".join(map(encode, messages)))
    end = monotonic() + 5
    while len(box._waiting) < len(messages) and monotonic() < end:
        sleep(0.001)


def test_messages_are_taken_by_kind_and_the_others_keep_their_order() -> None:
    box, sink, _ = inbox()
    assert not box.news
    arrive(box, sink, Logged("a"), Stop(), Watch(("n1",)), Logged("b"), Watch(("n2",)))
    assert box.news
    assert box.take(Watch) == [Watch(("n1",)), Watch(("n2",))]
    assert box.take(Check) == []
    waiting = iter(box)
    assert [next(waiting) for _ in range(3)] == [Logged("a"), Stop(), Logged("b")]
    os.close(sink)


def test_the_end_of_the_input_ends_the_reading() -> None:
    box, sink, ended = inbox()
    os.close(sink)
    assert list(box) == []
    assert box.ended
    assert box.news
    assert box.fault is None
    while not ended:
        sleep(0.001)


def test_noise_ends_the_reading_and_is_told() -> None:
    box, sink, _ = inbox()
    os.write(sink, b"hello\n")
    assert list(box) == []
    assert box.fault is not None
    assert "line of JSON" in box.fault.sentence
    os.close(sink)


def maps(node: str, step: int, size: int = 1) -> Maps:
    return Maps(node, 1, step, (0,), Array.of(np.zeros((1, size), "float32")))


def read(source: int) -> list[Message]:
    decoder, heard = Decoder(), list[Message]()
    while not any(isinstance(message, Ended) for message in heard):
        heard += decoder.feed(os.read(source, 1 << 16))
    return heard


def test_a_slow_reader_loses_old_maps_and_nothing_else() -> None:
    source, sink = os.pipe()
    box = Outbox(sink)
    began = monotonic()
    for step in range(200):
        box.put(Logged(str(step)))
        for node in ("n1", "n2"):
            box.put(maps(node, step, 50_000))
    box.put(Ended("finished", 1.0))
    assert monotonic() - began < 2, "nobody reads, and yet nobody waits"
    assert not box.flush(0.01)
    heard = read(source)
    assert [message.text for message in heard if isinstance(message, Logged)] == [str(step) for step in range(200)]
    for node in ("n1", "n2"):
        steps = [message.step for message in heard if isinstance(message, Maps) and message.node == node]
        assert len(steps) < 20
        assert steps == sorted(steps)
        assert steps[-1] == 199
    assert box.flush(5)


def test_of_each_weight_the_newest_waits() -> None:
    source, sink = os.pipe()
    box = Outbox(sink)
    for step in range(50):
        for name in ("kernel", "recurrent_kernel"):
            box.put(Weighed("n1", name, 1, step, Array.of(np.zeros(50_000, "float32"))))
    box.put(Ended("finished", 1.0))
    heard = [message for message in read(source) if isinstance(message, Weighed)]
    assert len(heard) < 10
    assert {(message.name, message.step) for message in heard[-2:]} == {("kernel", 49), ("recurrent_kernel", 49)}


def test_of_each_output_and_part_the_newest_predictions_wait() -> None:
    source, sink = os.pipe()
    box, few = Outbox(sink), Array.of(np.zeros(50_000, "float32"))
    for step in range(50):
        for output in ("digit", "rough"):
            box.put(Judged(1, "validation", step, step, output, "numbers", "", 50_000, few, few, few))
    box.put(Judged(2, "test", 50, 50, "digit", "numbers", "", 50_000, few, few, few))
    box.put(Ended("finished", 1.0))
    heard = [message for message in read(source) if isinstance(message, Judged)]
    assert len(heard) < 12
    assert {(message.output, message.part, message.step) for message in heard[-3:]} == {
        ("digit", "validation", 49), ("rough", "validation", 49), ("digit", "test", 50),
    }  # fmt: skip


def test_messages_larger_than_the_pipe_arrive_whole() -> None:
    source, sink = os.pipe()
    box = Outbox(sink)
    said: list[Message] = [maps("n1", 1, 300_000), Exported("a"), maps("n2", 2, 300_000), Ended("stopped", 0.5)]
    for message in said:
        box.put(message)
    assert read(source) == said


def test_a_reader_that_is_gone_stops_nobody() -> None:
    source, sink = os.pipe()
    box = Outbox(sink)
    os.close(source)
    for step in range(100):
        box.put(Logged(str(step)))
    assert box.flush(5)


PROGRAM = """
import os, subprocess, sys
from engine.messages import Logged
from engine.worker.wire import take_over

wire = take_over(lambda: None)
print("a print")
sys.stdout.write("a write")
sys.stdout.flush()
os.write(1, b"a library in C")
subprocess.run(["echo", "a program"])
print("read:", repr(sys.stdin.read()))
for message in wire.inbox:
    wire.send(Logged("heard " + type(message).__name__))
wire.outbox.flush(5)
"""


def test_stray_prints_do_not_reach_the_wire() -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(encode(Stop()))
    program.stdin.flush()
    (heard,) = Decoder().feed(program.stdout.read1())  # type: ignore[attr-defined]  # a BufferedReader
    assert heard == Logged("heard Stop")
    rest, printed = program.communicate()
    assert rest == b""
    for words in (b"a print", b"a write", b"a library in C", b"a program", b"read: ''"):
        assert words in printed


def test_a_check_waits_with_its_drawing() -> None:
    box, sink, _ = inbox()
    arrive(box, sink, Check(1, Graph()), Check(2, Graph()))
    assert [check.generation for check in box.take(Check)] == [1, 2]
    os.close(sink)
