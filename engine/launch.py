"""How a worker program is started, spoken to and seen to end. Knows no Keras and no Qt; never imports the worker."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Literal, TypeAlias

from engine.codec import Decoder, encode
from engine.errors import EngineError
from engine.messages import Message

Role: TypeAlias = Literal["checker", "full-checker", "trainer"]
#: Set in the environment of a worker that lets the window go first.
BEHIND: Final = "LAYERLOOM_BEHIND"
ROOT: Final = Path(__file__).resolve().parent.parent
#: How long a worker may take to leave once its input is closed, and once it is asked to end, in seconds.
PATIENCE: Final = 2.0
_CHUNK: Final = 1 << 16

#: Taken from the worker's environment: what would change how Python or Keras behave without anyone having asked.
_UNWANTED: Final = frozenset(
    {"PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONWARNINGS", "PYTHONDEVMODE", "PYTHONIOENCODING", "TF_USE_LEGACY_KERAS"}
)
_WANTED: Final[Mapping[str, str]] = {
    # 0 tells all, 1 leaves out what is mere information, 2 also the warnings, which say when memory runs short.
    "TF_CPP_MIN_LOG_LEVEL": "1",
    "PYTHONUTF8": "1",
    "PYTHONUNBUFFERED": "1",
}
_OF_ROLE: Final[Mapping[str, Mapping[str, str]]] = {
    "checker": {},
    "full-checker": {"CUDA_VISIBLE_DEVICES": "-1"},
    "trainer": {"KERAS_BACKEND": "tensorflow", "TF_FORCE_GPU_ALLOW_GROWTH": "true"},
}


class WorkerError(EngineError):
    """A worker that could not be started, or ended without being asked to."""


@dataclass(frozen=True, slots=True)
class Launch:
    """All that starting a program takes; `environment` is the whole of it, not an addition."""

    program: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path


def command(role: str) -> Launch:
    """Say how a worker is started: from a folder of our own, so that no stranger's `keras.py` is imported."""
    folder = own_folder()
    kept = {name: value for name, value in os.environ.items() if name not in _UNWANTED and name[:6] != "KERAS_"}
    environment = {**kept, **_WANTED, **_OF_ROLE[role], "KERAS_HOME": str(folder / "keras"), **_python_path()}
    arguments = ("-P", "-m", "engine.worker", role)
    return Launch(sys.executable, arguments, environment, folder)


def _python_path() -> dict[str, str]:
    """Where the worker finds this package: beside what the user set, relative folders left out, they mean another."""
    users = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if Path(entry).is_absolute()]
    # An installed package is found without help; its folder ahead of Python's own library could hide parts of that.
    ours = [] if ROOT.name in ("site-packages", "dist-packages") else [str(ROOT)]
    return {"PYTHONPATH": os.pathsep.join(dict.fromkeys((*users, *ours)))}


@cache
def own_folder() -> Path:
    """Return a folder that is ours alone, where workers stand while they work; it holds Keras's configuration."""
    try:
        folder = _caches() / "layerloom" / "worker"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except (OSError, RuntimeError):  # RuntimeError: the system knows no home folder
        pass
    return Path(tempfile.mkdtemp(prefix="layerloom-"))


def _caches() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


# -- how it ended

_SIGNALS: Final[Mapping[int, str]] = {
    4: "stopped at an instruction that this processor lacks (signal 4): this TensorFlow is built for a newer one",
    6: "gave up (signal 6), as TensorFlow does when memory runs out",
    7: "crashed (signal 7), as happens when a disk or memory runs full",
    9: "was ended by the system (signal 9), as happens when memory runs out",
    11: "crashed (signal 11), as can happen when memory runs out",
    15: "was asked to end by another program (signal 15)",
}
#: From here on Windows's exit codes name a fault, such as an access violation.
_WINDOWS_FAULT: Final = 0xC0000000


def how_it_ended(role: str, code: int, *, crashed: bool) -> str:
    """Say in words how a worker ended.

    Args:
        code: Its exit code, or, where it crashed, the signal's number (on Windows the status code).
        crashed: Whether it was ended from outside, or by a fault, rather than by itself.
    """
    if crashed:
        return f"The {role} {_SIGNALS.get(code) or f'crashed ({_number(code)})'}."
    if code:
        return f"The {role} ended with an error (code {code}); the log says more."
    return f"The {role} ended."


def _number(code: int) -> str:
    return f"signal {code}" if 0 < code <= 64 else f"code {code & 0xFFFFFFFF:#x}"


# -- a client that waits


class Worker:
    """A worker for programs that can wait: the command line, tests. Leaving the `with` block ends it.

    What the worker prints is kept in a file, and `log` returns it.
    """

    def __init__(self, role: str, process: subprocess.Popen[bytes], printed: IO[bytes]) -> None:
        self.role = role
        self.process = process
        self._printed = printed
        self._decoder = Decoder()
        self._ending = False

    @staticmethod
    def start(role: str) -> Worker:
        """Start a worker, whose first message is Ready, or raise WorkerError."""
        launch = command(role)
        printed = tempfile.TemporaryFile("a+b")  # noqa: SIM115 - closed when the worker ends; both append to it
        try:
            process = subprocess.Popen(
                [launch.program, *launch.arguments], bufsize=0, cwd=launch.folder, env=dict(launch.environment),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=printed,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except OSError as error:
            printed.close()
            raise WorkerError(f"The {role} could not be started", received=str(error)) from error
        return Worker(role, process, printed)

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def send(self, message: Message) -> None:
        """Put a message on the wire, or raise WorkerError where nobody reads it."""
        assert self.process.stdin is not None  # noqa: S101 - made with a pipe
        data = memoryview(encode(message))
        try:
            while data:
                data = data[self.process.stdin.write(data) :]
        except OSError as error:
            raise self._gone() from error

    def messages(self) -> Iterator[Message]:
        """Yield what the worker says until it ends; raise WorkerError where it ends without being asked to."""
        assert self.process.stdout is not None  # noqa: S101 - made with a pipe
        yield from self._decoder.feed(b"")  # what came with the message at which the last reader left off
        while data := self.process.stdout.read(_CHUNK):
            yield from self._decoder.feed(data)
        if not self._ending:
            raise self._gone()

    def log(self) -> str:
        """Return what the worker has printed so far."""
        self._printed.seek(0)
        return self._printed.read().decode("utf-8", "replace")

    def end(self) -> None:
        """Close the worker's input, by which it leaves; ask it to end where it does not, then kill it."""
        self._ending = True
        assert self.process.stdin is not None  # noqa: S101 - made with a pipe
        assert self.process.stdout is not None  # noqa: S101 - made with a pipe
        self.process.stdin.close()
        for insist in (self.process.terminate, self.process.kill, lambda: None):
            try:
                self.process.wait(PATIENCE)
                break
            except subprocess.TimeoutExpired:
                insist()
        self.process.stdout.close()
        self._printed.close()

    def _gone(self) -> WorkerError:
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            return WorkerError(f"The {self.role} speaks no more, but has not ended")
        return WorkerError(how_it_ended(self.role, abs(code), crashed=code < 0 or code >= _WINDOWS_FAULT))
