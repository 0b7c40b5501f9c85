"""How much memory this machine lets a program have. Knows the standard library alone; starts nothing."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

#: Where a container's limit stands, in the second and in the first form of control groups.
_LIMITS: Final = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


def memory() -> int:
    """Return the bytes of memory that a program can have at most here; 0 where the system does not say."""
    return min(_known(), default=0)


def _known() -> Iterator[int]:
    with suppress(OSError, ValueError, AttributeError):
        yield _windows() if sys.platform == "win32" else os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for path in _LIMITS:
        with suppress(OSError, ValueError):  # no container, or one without a limit, which says "max"
            yield int(Path(path).read_text(encoding="ascii"))


class _Status(ctypes.Structure):
    """Windows's MEMORYSTATUSEX."""

    _fields_ = (
        ("length", ctypes.c_ulong), ("load", ctypes.c_ulong), ("total", ctypes.c_ulonglong),
        *((name, ctypes.c_ulonglong) for name in ("free", "pages", "free_pages", "space", "free_space", "extended")),
    )  # fmt: skip


def _windows() -> int:
    status = _Status(length=ctypes.sizeof(_Status))
    windows = getattr(ctypes, "windll")  # noqa: B009 - there on Windows alone
    windows.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
    return int(status.total)


# -- graphics cards

#: Where NVIDIA's own library of figures stands.
_NVML: Final = ("libnvidia-ml.so.1", "nvml.dll")


class _Memory(ctypes.Structure):
    """NVML's nvmlMemory_t."""

    _fields_ = (("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong))


def gpus() -> tuple[int, ...]:
    """Return the bytes of memory of each NVIDIA card; none where there is none, or its driver is not there.

    Asking wakes the driver, which may take a moment: ask in no window.
    """
    for name in _NVML:
        with suppress(OSError, AttributeError):
            return tuple(_cards(ctypes.CDLL(name)))
    return ()


def _cards(nvml: ctypes.CDLL) -> Iterator[int]:
    if nvml.nvmlInit_v2():
        return
    count = ctypes.c_uint()
    nvml.nvmlDeviceGetCount_v2(ctypes.byref(count))
    for place in range(count.value):
        card, memory = ctypes.c_void_p(), _Memory()
        nvml.nvmlDeviceGetHandleByIndex_v2(place, ctypes.byref(card))
        nvml.nvmlDeviceGetMemoryInfo(card, ctypes.byref(memory))
        yield int(memory.total)
    nvml.nvmlShutdown()
