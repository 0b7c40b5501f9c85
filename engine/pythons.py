"""Which Pythons fit, and how one begins again with one that does. Knows no more than the standard library.

An old Python must be able to read this file down to the sentence that it gets, so its grammar is that of Python 3.6.
"""

import os
import sys

FITTING = ("python3.13", "python3.12", "python3.11")
PYTHONS = {
    "apt-get": "sudo apt-get update && sudo apt-get install -y python3.11 python3.11-venv && python3.11",
    "dnf": "sudo dnf install -y python3.12 && python3.12",
    "pacman": "sudo pacman -S --needed uv && uv run --no-project -p 3.13 python",
    "brew": "brew install python@3.13 && python3.13",
    "winget": "winget install Python.Python.3.13 && py -3.13",
}


def runs(name: str) -> bool:
    """Whether a Python is here and runs; a version switcher's stand-in may be here and not run."""
    import shutil
    import subprocess

    program = shutil.which(name)
    return program is not None and subprocess.call([program, "-c", ""], stderr=subprocess.DEVNULL) == 0


def other_python() -> str:
    """Return the command that begins again with a Python that fits."""
    import shutil

    found = [name for name in FITTING if runs(name)]
    found += [line for tool, line in PYTHONS.items() if shutil.which(tool)]
    own = ".venv\\Scripts\\python" if os.name == "nt" else ".venv/bin/python"
    begin = "{0} -m venv --clear .venv && {1} -m pip install -e . && {1} main.py"
    return begin.format((found or FITTING)[0], own)


def refusal() -> str:
    """Return why this Python does not fit, and the command that mends it, in one line; empty where it fits."""
    if (3, 11) <= sys.version_info[:2] < (3, 14):
        return ""
    sentence = "Layerloom needs Python 3.11, 3.12 or 3.13, and this is Python {}.{}. Run: {}"
    return sentence.format(sys.version_info[0], sys.version_info[1], other_python())
