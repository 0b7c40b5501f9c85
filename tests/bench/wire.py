"""The wire's speed: messages of steps, and sets of maps, from a worker's outbox to the window's decoder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from engine.codec import Decoder
from tests.bench.harness import Measure, race

METRICS = 20_000
SETS = 100
ROOT = Path(__file__).resolve().parent.parent.parent
#: For each line of its input, the messages that the line asks for, as a worker sends them.
WORKER = """
import sys
import numpy as np
from engine.messages import Array, Maps, Steps
from engine.worker.wire import Outbox

def steps(number):
    numbers, values = Array.of(np.array([number])), Array.of(np.array([[0.5, 0.25]]))
    return Steps(("loss", "accuracy"), numbers, values)

def maps(number):
    values = Array.of(np.zeros((1, 32, 32, 64), "float32"))
    return Maps(f"n{number}", 1, number, (0,), values)

KINDS = {"steps": steps, "maps": maps}
outbox = Outbox(1)
for line in sys.stdin:
    kind, count = line.split()
    for number in range(int(count)):
        outbox.put(KINDS[kind](number))
"""


def measure() -> Iterator[Measure]:
    """Yield how long it takes until the last message is decoded."""
    with _worker() as worker:
        steps, maps = race(lambda: take(worker, "steps", METRICS), lambda: take(worker, "maps", SETS))
    yield Measure(f"{METRICS} messages of steps", steps, "s", 1.0, note=f"{steps / METRICS * 1e6:.0f} µs each")
    yield Measure(f"{SETS} maps of 262 KB", maps, "s", 1.0)


def take(worker: subprocess.Popen[bytes], kind: str, count: int) -> float:
    """Ask for messages and return the seconds until the last is decoded."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    decoder, taken = Decoder(), 0
    start = perf_counter()
    worker.stdin.write(f"{kind} {count}\n".encode())
    worker.stdin.flush()
    while taken < count:
        taken += sum(1 for _ in decoder.feed(worker.stdout.read(65536)))
    return perf_counter() - start


@contextmanager
def _worker() -> Iterator[subprocess.Popen[bytes]]:
    pipes = subprocess.PIPE
    worker = subprocess.Popen([sys.executable, "-c", WORKER], bufsize=0, stdin=pipes, stdout=pipes, cwd=ROOT)
    try:
        yield worker
    finally:
        worker.communicate()
