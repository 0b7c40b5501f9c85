"""Which processes a process has started, read from /proc; tests that need it run on Linux."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def workers_of(parent: int) -> dict[int, str]:
    """Return the worker programs that a process has started: process id to role."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            words = (entry / "cmdline").read_bytes().decode().split("\0")
            status = (entry / "status").read_text()
        except OSError:  # it ended while we looked
            continue
        if "engine.worker" in words and f"\nPPid:\t{parent}\n" in status:
            found[int(entry.name)] = words[words.index("engine.worker") + 1]
    return found


def running(process: int) -> bool:
    """Whether a process is still there and no zombie."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def wait_until(true: Callable[[], bool], seconds: float) -> bool:
    """Wait for something to become true; say whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return true()
