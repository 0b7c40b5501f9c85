"""What holds for every test: no screen, no file of the person's own, no worker left behind. Imports no Qt, no Keras."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.closed import closed_stores as closed_stores

HOME = Path(tempfile.mkdtemp(prefix="layerloom-tests-"))
#: Inherited by every process that a test starts, and so by what those start.
MARK = f"LAYERLOOM_TESTS={HOME.name}"
#: How long a worker may take to leave after its test file's last test, in seconds.
PATIENCE = 5.0

# How long an example takes is the machine's affair, and machines are busy.
settings.register_profile("layerloom", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# Fewer where the default Python has drawn as many as it takes: what is left depends on Python alone.
settings.register_profile("brief", settings.get_profile("layerloom"), max_examples=30)
settings.load_profile("brief" if "LAYERLOOM_BRIEF" in os.environ else "layerloom")

# Before any test file is read: Qt and Keras take these when they are imported.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LAYERLOOM_TESTS"] = HOME.name
for variable, folder in {
    "XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_CACHE_HOME": "cache", "XDG_STATE_HOME": "state",
    "XDG_RUNTIME_DIR": "runtime", "KERAS_HOME": "keras",
}.items():  # fmt: skip
    (HOME / folder).mkdir(mode=0o700)
    os.environ[variable] = str(HOME / folder)


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def own_settings() -> None:
    """Keep Qt's settings out of the person's own where XDG's variables do not (macOS, Windows)."""
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and sys.platform != "linux":
        core.QStandardPaths.setTestModeEnabled(True)


@pytest.fixture(scope="module", autouse=True)
def no_worker_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test file that leaves a worker behind, orphans included."""
    before = workers()
    yield
    end = time.monotonic() + PATIENCE
    while (left := workers().keys() - before.keys()) and time.monotonic() < end:
        time.sleep(0.05)
    if left:
        pytest.fail(f"{request.node.name} left workers behind: {[workers().get(id) for id in left]}", pytrace=False)


def workers() -> dict[int, str]:
    """Return the worker programs that tests of this run have started: process id to command line (Linux only)."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
            if b"engine.worker" in command and MARK.encode() in (entry / "environ").read_bytes().split(b"\0"):
                found[int(entry.name)] = command.decode(errors="replace").replace("\0", " ").strip()
        except OSError:  # it ended while we looked, or is another person's
            continue
    return found
