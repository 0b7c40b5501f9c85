"""The worker as a program: ready, answering, and gone when its input is, whatever it is doing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Timer
from time import monotonic, sleep
from typing import TypeVar

import pytest

from engine import launch
from engine.launch import Worker, WorkerError
from engine.messages import (
    PROTOCOL,
    Check,
    Checked,
    Ended,
    Evaluate,
    Evaluated,
    Export,
    Exported,
    Failed,
    Maps,
    Message,
    Ready,
    StateChanged,
    Steps,
    Stop,
    Train,
    Watch,
)
from tests.worker.drawings import DIGITS, SMALL, dense

pytestmark = pytest.mark.worker
LONG = replace(DIGITS.recipe, epochs=10_000)
M = TypeVar("M")


@contextmanager
def started(role: str, patience: float = 120) -> Iterator[tuple[Worker, Iterator[Message]]]:
    """Start a worker, killed if it hangs."""
    with Worker.start(role) as worker:
        guard = Timer(patience, worker.process.kill)
        guard.start()
        try:
            yield worker, worker.messages()
        finally:
            guard.cancel()


def until(messages: Iterator[Message], kind: type[M]) -> M:
    """Return the first message of a kind; those before it are passed over."""
    return next(message for message in messages if isinstance(message, kind))


def gone(id: int, within: float) -> float:
    """Return the seconds until a process has ended, or fail."""
    began = monotonic()
    while monotonic() - began < within:
        try:
            os.kill(id, 0)
            if Path(f"/proc/{id}/stat").read_text().rpartition(") ")[2].startswith("Z"):
                break
        except (ProcessLookupError, FileNotFoundError):
            break
        sleep(0.02)
    else:
        os.kill(id, signal.SIGKILL)
        pytest.fail(f"the worker was still there after {within} s")
    return monotonic() - began


# -- the trainer


@pytest.fixture(scope="module")
def trainer() -> Iterator[tuple[Worker, Iterator[Message]]]:
    with started("trainer", 300) as both:
        ready = next(both[1])
        assert isinstance(ready, Ready)
        assert (ready.role, ready.protocol) == ("trainer", PROTOCOL)
        assert {"python", "keras", "tensorflow", "numpy"} == ready.versions.keys()
        assert ready.devices[-1] == "CPU:0"
        yield both


def test_a_trainer_trains_stops_answers_and_exports(trainer: tuple[Worker, Iterator[Message]], tmp_path: Path) -> None:
    worker, messages = trainer
    worker.send(Train(DIGITS.graph, LONG, str(tmp_path / "run"), ("n2",), (0,)))
    assert until(messages, StateChanged).state == "starting"
    assert until(messages, Maps).step == 0
    until(messages, Steps)
    worker.send(Watch(("n4",), (0,)))
    while until(messages, Maps).node != "n4":
        pass
    worker.send(Stop())
    assert until(messages, Ended).status == "stopped"
    worker.send(Stop())  # one too many: the run had ended
    worker.send(Evaluate())
    assert until(messages, Evaluated).samples == 270
    worker.send(Watch(("n8",), (0, 1)))
    assert until(messages, Maps).values.shape == (2, 10)
    worker.send(Export(DIGITS.graph, DIGITS.recipe, str(tmp_path / "out.keras"), str(tmp_path / "run")))
    until(messages, Exported)
    assert (tmp_path / "out.keras").stat().st_size > 100_000


def test_the_first_loss_comes_soon(trainer: tuple[Worker, Iterator[Message]]) -> None:
    """Within two seconds, the bench says, on a machine with nothing else to do; here others may be at work."""
    worker, messages = trainer
    began = monotonic()
    worker.send(Train(DIGITS.graph, replace(DIGITS.recipe, epochs=1)))
    until(messages, Steps)
    assert monotonic() - began < 8
    assert until(messages, Ended).status == "finished"


def test_an_error_is_an_answer_and_the_next_message_is_answered(trainer: tuple[Worker, Iterator[Message]]) -> None:
    worker, messages = trainer
    worker.send(Evaluate("no/such/folder"))
    failed = until(messages, Failed)
    assert failed.sentence.startswith("folder is the folder of no run")
    assert "Traceback" in failed.traceback
    worker.send(Export(dense().with_value("digit", "units", 0), SMALL, "out.keras"))
    refused = until(messages, Failed)
    assert refused.node == "digit"
    assert "units" in refused.sentence
    worker.send(Check(1, dense()))
    assert until(messages, Failed).sentence == "The trainer has no answer to Check."
    worker.send(Train(dense(), SMALL))
    assert until(messages, Ended).status == "finished"


# -- the checker


def test_a_checker_answers_and_of_many_questions_the_newest() -> None:
    """All are asked before it is awake, so that it finds them waiting together."""
    with started("checker") as (worker, messages):
        for generation in range(1, 31):
            worker.send(Check(generation, dense(units=generation)))
        assert isinstance(next(messages), Ready)
        checked = next(messages)
        assert isinstance(checked, Checked)
        assert checked.generation == 30
        assert checked.report.nodes["digit"].parameters == 30 * 65
        worker.send(Check(31, dense(units=3)))
        answer = next(messages)
        assert isinstance(answer, Checked)
        assert answer.generation == 31
        worker.send(Evaluate())
        assert until(messages, Failed).sentence == "The checker has no answer to Evaluate."


def test_noise_is_answered_in_words_and_ends_the_worker() -> None:
    with started("checker") as (worker, messages):
        next(messages)
        assert worker.process.stdin is not None
        worker.process.stdin.write(b"hello\n")
        assert "line of JSON" in until(messages, Failed).sentence
        with pytest.raises(WorkerError, match="code 1"):
            next(messages)


def test_what_an_installation_lacks_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tensorflow.py").write_text("raise ImportError('libtensorflow is of another machine')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with started("trainer") as (_, messages):
        failed = next(messages)
        assert isinstance(failed, Failed)
        assert failed.sentence == "The trainer could not start: libtensorflow is of another machine."
        with pytest.raises(WorkerError, match="code 1"):
            next(messages)


# -- the end


def test_a_trainer_leaves_when_its_input_ends_in_the_middle_of_a_run(tmp_path: Path) -> None:
    """Its last word is a whole record, where a second is enough for one."""
    with started("trainer") as (worker, messages):
        next(messages)
        worker.send(Train(DIGITS.graph, LONG, str(tmp_path)))
        until(messages, Steps)
        assert worker.process.stdin is not None
        worker.process.stdin.close()
        assert gone(worker.process.pid, 5) < 2
    assert '"status": "running"' not in (tmp_path / "run.json").read_text()


def test_a_trainer_leaves_when_its_input_ends_in_the_middle_of_a_call() -> None:
    """One execution of many thousand steps: nobody looks at the input before it is done."""
    endless = replace(LONG, steps_per_execution=1000, batch_size=1)
    with started("trainer") as (worker, messages):
        next(messages)
        worker.send(Train(DIGITS.graph, endless))
        while until(messages, StateChanged).state != "compiling":
            pass
        sleep(1)
        assert worker.process.stdin is not None
        worker.process.stdin.close()
        assert gone(worker.process.pid, 5) < 2.5


def test_a_trainer_leaves_when_its_input_ends_before_it_is_awake() -> None:
    with started("trainer") as (worker, _):
        sleep(0.5)
        assert worker.process.stdin is not None
        worker.process.stdin.close()
        gone(worker.process.pid, 5)


PARENT = """
import sys
from tests.worker.drawings import DIGITS
from tests.worker.test_worker_program import LONG, until
from engine.launch import Worker
from engine.messages import Ready, Steps, Train

worker = Worker.start(sys.argv[1])
messages = worker.messages()
until(messages, Ready)
if sys.argv[1] == "trainer":
    worker.send(Train(DIGITS.graph, LONG))
    until(messages, Steps)
print(worker.process.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not Windows's")
@pytest.mark.parametrize("role", ["checker", "trainer"])
def test_a_worker_does_not_outlive_a_parent_that_is_killed(role: str) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, role], cwd=launch.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
        assert gone(child, 5) < 2.5


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not Windows's")
def test_a_killed_trainer_is_said_in_words() -> None:
    with started("trainer") as (worker, messages):
        next(messages)
        worker.send(Train(DIGITS.graph, LONG))
        until(messages, Steps)
        worker.process.kill()
        with pytest.raises(WorkerError, match=r"ended by the system \(signal 9\), as happens when memory runs out"):
            list(messages)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not Windows's")
def test_the_interrupt_of_a_terminal_is_left_to_the_parent() -> None:
    with started("checker") as (worker, messages):
        next(messages)
        worker.process.send_signal(signal.SIGINT)
        worker.send(Check(1, dense()))
        assert until(messages, Checked).generation == 1


#: Prints as a library in C does, as soon as the worker has put its standard output away.
STRAY = """
import os, threading, time

def stray():
    while os.fstat(1).st_ino != os.fstat(2).st_ino:
        time.sleep(0.01)
    os.write(1, b"from C\\n")

threading.Thread(target=stray, daemon=True).start()
"""


def test_a_library_in_c_that_prints_does_not_break_the_wire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sitecustomize.py").write_text(STRAY)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with started("checker") as (worker, messages):
        next(messages)
        worker.send(Check(1, dense()))
        assert until(messages, Checked).generation == 1
        assert "from C" in worker.log()
