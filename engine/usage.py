"""What this process uses: processor, memory, graphics card. Knows the standard library alone; starts nothing.

No package is needed for it: the processor's time is Python's own, memory is what each system's own call tells, and
NVIDIA's library of figures is asked where it stands.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from time import perf_counter, process_time
from typing import Final

from engine.pace_messages import GPU, GPU_MEMORY, MEMORY, PROCESSOR

#: macOS's word for PROC_PIDTASKINFO, whose answer begins with the virtual and the resident size.
_TASK_INFO, _TASK_BYTES = 4, 96
_NVML: Final = ("libnvidia-ml.so.1", "nvml.dll")


class Usage:
    """Reads what was used since the last reading.

    Args:
        card: The number of the graphics card that the run has, as its driver counts; None where it has none.
    """

    def __init__(self, card: int | None = None) -> None:
        self._card = _Card.open(card) if card is not None else None
        self._wall, self._used = perf_counter(), process_time()

    def read(self) -> Mapping[str, float]:
        """Return the figures that this machine tells."""
        wall, used = perf_counter(), process_time()
        found = {PROCESSOR: (used - self._used) / max(wall - self._wall, 1e-9)}
        self._wall, self._used = wall, used
        held = resident()
        found |= {MEMORY: float(held)} if held else {}
        return found | (self._card.read() if self._card is not None else {})


def resident() -> int:
    """Return the bytes of memory that this process has; 0 where the system does not say."""
    with suppress(OSError, ValueError, AttributeError, IndexError):
        return _RESIDENT.get(sys.platform, _linux)()
    return 0


def _linux() -> int:
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _darwin() -> int:
    info = (ctypes.c_uint64 * (_TASK_BYTES // 8))()
    lib = ctypes.CDLL("/usr/lib/libproc.dylib")
    given = lib.proc_pidinfo(os.getpid(), _TASK_INFO, ctypes.c_uint64(0), ctypes.byref(info), _TASK_BYTES)
    return int(info[1]) if given == _TASK_BYTES else 0


class _Counters(ctypes.Structure):
    """Windows's PROCESS_MEMORY_COUNTERS."""

    _fields_ = (
        ("size", ctypes.c_ulong), ("faults", ctypes.c_ulong), ("peak", ctypes.c_size_t), ("working", ctypes.c_size_t),
        *((f"more_{place}", ctypes.c_size_t) for place in range(6)),
    )  # fmt: skip


def _windows() -> int:
    counters = _Counters(size=ctypes.sizeof(_Counters))
    windows = getattr(ctypes, "windll")  # noqa: B009 - there on Windows alone
    process = windows.kernel32.GetCurrentProcess
    process.restype = ctypes.c_void_p
    told = windows.kernel32.K32GetProcessMemoryInfo
    told.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
    return int(counters.working) if told(process(), ctypes.byref(counters), counters.size) else 0


_RESIDENT: Final[Mapping[str, Callable[[], int]]] = {"win32": _windows, "darwin": _darwin}


# -- graphics cards


class _Rates(ctypes.Structure):
    """NVML's nvmlUtilization_t, in per cent."""

    _fields_ = (("gpu", ctypes.c_uint), ("memory", ctypes.c_uint))


class _Memory(ctypes.Structure):
    """NVML's nvmlMemory_t."""

    _fields_ = (("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong))


class _Card:
    """One NVIDIA card, asked through NVIDIA's own library."""

    def __init__(self, nvml: ctypes.CDLL, handle: ctypes.c_void_p) -> None:
        self._nvml, self._handle = nvml, handle

    @staticmethod
    def open(place: int) -> _Card | None:
        for name in _NVML:
            with suppress(OSError, AttributeError):
                nvml, handle = ctypes.CDLL(name), ctypes.c_void_p()
                if not nvml.nvmlInit_v2() and not nvml.nvmlDeviceGetHandleByIndex_v2(place, ctypes.byref(handle)):
                    return _Card(nvml, handle)
        return None

    def read(self) -> dict[str, float]:
        rates, memory = _Rates(), _Memory()
        found: dict[str, float] = {}
        if not self._nvml.nvmlDeviceGetUtilizationRates(self._handle, ctypes.byref(rates)):
            found[GPU] = rates.gpu / 100
        if not self._nvml.nvmlDeviceGetMemoryInfo(self._handle, ctypes.byref(memory)):
            found[GPU_MEMORY] = float(memory.used)
        return found


def card_of(device: str, visible: str | None) -> int | None:
    """Return the driver's number of a device as TensorFlow counts them (`GPU:1`); None for a CPU, or where unknown.

    Args:
        visible: What CUDA_VISIBLE_DEVICES holds, by which TensorFlow counts; None where it is not set.
    """
    kind, _, place = device.partition(":")
    if kind != "GPU" or not place.isdigit():
        return None
    if not visible:
        return int(place)
    named = visible.split(",")
    chosen = named[int(place)].strip() if int(place) < len(named) else ""
    return int(chosen) if chosen.isdigit() else None
