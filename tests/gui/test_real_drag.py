"""A real drag from the palette to the canvas, where there is a display server to drag on."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from ctypes.util import find_library
from pathlib import Path

import pytest

XVFB = shutil.which("xvfb-run")


@pytest.mark.skipif(
    XVFB is None or find_library("Xtst") is None or find_library("xcb-cursor") is None,
    reason="needs xvfb-run, libXtst and libxcb-cursor",
)
def test_a_layer_is_dragged_from_the_palette_onto_the_canvas(tmp_path: Path) -> None:
    assert XVFB is not None
    own = {"XDG_CONFIG_HOME": str(tmp_path)}  # another test may have left a window without its palette
    done = subprocess.run(
        [XVFB, "-a", "-s", "-screen 0 1400x1000x24", sys.executable, "-m", "tests.gui.real_drag"],
        env={**os.environ, "QT_QPA_PLATFORM": "xcb", **own}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "platform": "xcb", "ghost": True, "steps": 1, "chosen": ["Dense"]
    }  # fmt: skip
