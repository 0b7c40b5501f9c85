"""Lets the programs that a person is using go first, where processors are few. Knows no message."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import Final

#: How far behind, as POSIX counts: about a third of the share of one that does not step back.
BEHIND: Final = 5
#: Windows's BELOW_NORMAL_PRIORITY_CLASS.
_BELOW_NORMAL: Final = 0x4000


def step_back() -> None:
    """Put this process, and whatever threads it starts from now on, behind those of the usual priority."""
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.SetPriorityClass(ctypes.c_void_p(kernel.GetCurrentProcess()), _BELOW_NORMAL)
    else:
        os.nice(BEHIND)
