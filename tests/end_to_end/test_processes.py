"""No process stays behind: not after the window is closed, not after it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.processes import running, wait_until, workers_of

pytestmark = [
    pytest.mark.worker,
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="processes are read from /proc"),
]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def window(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The real program, started as a person would, without a screen."""
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    process = subprocess.Popen([sys.executable, str(ROOT / "main.py")], env=environment, stderr=subprocess.PIPE)
    yield process
    process.kill()
    process.wait(10)
    assert process.stderr is not None
    process.stderr.close()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "asked to close"])
def test_no_worker_outlives_the_window(window: subprocess.Popen[bytes], end: signal.Signals) -> None:
    assert wait_until(lambda: set(workers_of(window.pid).values()) == {"checker", "trainer"}, 30)
    workers = list(workers_of(window.pid))
    window.send_signal(end)
    window.wait(5)
    assert wait_until(lambda: not any(running(worker) for worker in workers), 5)


def test_a_window_that_is_closed_ends_quietly(window: subprocess.Popen[bytes]) -> None:
    assert wait_until(lambda: bool(workers_of(window.pid)), 30)
    window.send_signal(signal.SIGTERM)
    assert window.wait(10) == 0
    assert window.stderr is not None
    assert b"Traceback" not in window.stderr.read()
