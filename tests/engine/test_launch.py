"""Worker programs start away from strangers' files, and end; how one ended is said in words."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from engine import launch
from engine.launch import Launch, Worker, WorkerError, command, how_it_ended, own_folder
from engine.messages import Logged, Ready, Stop, Watch

#: A worker without Keras: it says that it is ready, then does what the test asks for.
PROGRAM = """
import os, signal, sys, time
from engine.codec import Decoder, encode
from engine.messages import Logged, Ready

def say(message):
    sys.stdout.buffer.write(encode(message))
    sys.stdout.buffer.flush()

def echo():
    decoder = Decoder()
    while data := sys.stdin.buffer.raw.read(65536):
        for message in decoder.feed(data):
            say(Logged(type(message).__name__))

say(Ready("trainer", {}))
print("hello from within", file=sys.stderr, flush=True)
"""
Start = Callable[[str], Worker]


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch) -> Start:
    """Start a worker that does what a line of Python says."""

    def begin(then: str) -> Worker:
        spoken = replace(command("trainer"), arguments=("-P", "-c", PROGRAM + then))
        monkeypatch.setattr(launch, "command", lambda role: spoken)
        return Worker.start("trainer")

    return begin


def run(asked: Launch, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [asked.program, *(arguments or asked.arguments)], cwd=asked.folder, env=dict(asked.environment),
        capture_output=True, text=True, check=False,
    )  # fmt: skip


# -- starting


@pytest.mark.parametrize("role", ["checker", "trainer"])
def test_a_worker_is_this_python_in_a_folder_of_ours(role: str) -> None:
    asked = command(role)
    assert asked.program == sys.executable
    assert asked.arguments == ("-P", "-m", "engine.worker", role)
    assert asked.folder.is_dir()
    assert asked.folder != Path.cwd()
    assert Path(asked.environment["KERAS_HOME"]).parent == asked.folder
    assert ("KERAS_BACKEND" in asked.environment) == (role == "trainer")


def test_a_strangers_files_are_not_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("numpy", "json", "keras"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('a stranger ran')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", "."]))
    assert run(command("checker"), "-P", "-m", "engine.worker", "--help").returncode == 0
    careless = replace(command("checker"), folder=tmp_path)
    assert "a stranger ran" in run(careless, "-m", "engine.worker", "--help").stderr


def test_what_the_user_set_for_keras_does_not_reach_a_worker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KERAS_MAX_EPOCHS", "1")
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    monkeypatch.setenv("PYTHONINSPECT", "1")
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "1")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["relative", str(tmp_path)]))
    environment = command("trainer").environment
    assert environment["KERAS_BACKEND"] == "tensorflow"
    assert not environment.keys() & {"KERAS_MAX_EPOCHS", "PYTHONINSPECT"}
    assert environment["CUDA_VISIBLE_DEVICES"] == "1"
    assert environment["PYTHONPATH"].split(os.pathsep)[0] == str(tmp_path)
    assert "relative" not in environment["PYTHONPATH"]


def test_a_role_must_be_one() -> None:
    done = run(command("checker"), "-P", "-m", "engine.worker", "cook")
    assert done.returncode == 2
    assert "cook" in done.stderr
    assert not done.stdout


def test_without_a_home_a_worker_stands_in_a_private_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setattr(launch, "_caches", lambda: blocked)
    own_folder.cache_clear()
    try:
        folder = own_folder()
        assert folder.is_dir()
        assert own_folder() == folder
        folder.rmdir()
    finally:
        own_folder.cache_clear()


def test_a_program_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    missing = replace(command("trainer"), program=str(tmp_path / "python"))
    monkeypatch.setattr(launch, "command", lambda role: missing)
    with pytest.raises(WorkerError, match="could not be started"):
        Worker.start("trainer")


# -- speaking


def test_messages_go_both_ways(start: Start) -> None:
    with start("echo()") as worker:
        messages = worker.messages()
        assert isinstance(next(messages), Ready)
        worker.send(Stop())
        worker.send(Watch(("n1" * 100_000,)))
        assert [next(messages), next(messages)] == [Logged("Stop"), Logged("Watch")]
    assert worker.process.returncode == 0


def test_a_reader_goes_on_where_another_left_off(start: Start) -> None:
    with start("[say(Logged(str(n))) for n in range(50)]; echo()") as worker:
        heard = [next(worker.messages()) for _ in range(51)]
    assert heard[1:] == [Logged(str(n)) for n in range(50)]


def test_what_a_worker_prints_is_kept_apart(start: Start) -> None:
    with start("echo()") as worker:
        messages = worker.messages()
        next(messages)
        worker.send(Stop())
        next(messages)
        assert worker.log() == "hello from within\n"


# -- ending


def test_leaving_ends_a_worker(start: Start) -> None:
    with start("echo()") as worker:
        next(worker.messages())
    assert worker.process.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not Windows's")
def test_a_worker_that_does_not_listen_is_killed(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "PATIENCE", 0.2)
    with start("signal.signal(signal.SIGTERM, signal.SIG_IGN); say(Logged('deaf')); time.sleep(60)") as worker:
        messages = worker.messages()
        next(messages), next(messages)
        began = time.monotonic()
    assert worker.process.returncode == -signal.SIGKILL
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", "ended by the system (signal 9), as happens when memory runs out"),
        ("sys.exit(3)", "ended with an error (code 3)"),
        ("", "The trainer ended."),
    ],
)
def test_an_end_unasked_is_said(start: Start, end: str, said: str) -> None:
    with start(end) as worker, pytest.raises(WorkerError) as caught:
        list(worker.messages())
    assert said in caught.value.sentence


def test_speaking_to_one_that_is_gone_says_how_it_went(start: Start) -> None:
    with start("sys.exit(3)") as worker:
        worker.process.wait()
        with pytest.raises(WorkerError, match="code 3"):
            worker.send(Watch(("n" * 2_000_000,)))


@pytest.mark.parametrize(
    ("code", "crashed", "said"),
    [
        (9, True, "The trainer was ended by the system (signal 9), as happens when memory runs out."),
        (6, True, "The trainer gave up (signal 6), as TensorFlow does when memory runs out."),
        (11, True, "The trainer crashed (signal 11), as can happen when memory runs out."),
        (15, True, "The trainer was asked to end by another program (signal 15)."),
        (8, True, "The trainer crashed (signal 8)."),
        (0xC0000005, True, "The trainer crashed (code 0xc0000005)."),
        (0xC0000005 - 2**32, True, "The trainer crashed (code 0xc0000005)."),
        (1, False, "The trainer ended with an error (code 1); the log says more."),
        (9, False, "The trainer ended with an error (code 9); the log says more."),
        (0, False, "The trainer ended."),
    ],
)
def test_how_it_ended(code: int, crashed: bool, said: str) -> None:
    assert how_it_ended("trainer", code, crashed=crashed) == said
