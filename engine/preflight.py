"""Looks whether the program can run here: packages, system libraries, a display. Knows the standard library alone.

Each look returns one line, what is missing and the command that mends it, or nothing. What only such a line needs is
imported when it is spelled: every start looks around.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final, TypeAlias

HERE: Final = Path(__file__).resolve().parent.parent
VENV_PYTHON: Final = ".venv\\Scripts\\python" if os.name == "nt" else ".venv/bin/python"
#: Module, and the package that brings it: what every piece of work needs, and what the window needs beside it.
WORK: Final[Mapping[str, str]] = {"numpy": "numpy", "scipy": "scipy", "keras": "keras", "tensorflow": "tensorflow"}
WINDOW: Final[Mapping[str, str]] = {"PySide6": "pyside6-essentials", "pyqtgraph": "pyqtgraph"}

#: The package that brings something, by package manager.
Sources: TypeAlias = tuple[str, str, str]
MANAGERS: Final[Mapping[str, str]] = {
    "apt-get": "{sudo}apt-get update && {sudo}apt-get install -y {packages}",
    "dnf": "{sudo}dnf install -y {packages}",
    "pacman": "{sudo}pacman -S --needed {packages}",
}
QT: Final[Mapping[str, Sources]] = {
    "libglib-2.0.so.0": ("libglib2.0-0", "glib2", "glib2"),
    "libEGL.so.1": ("libegl1", "libglvnd-egl", "libglvnd"),
    "libGL.so.1": ("libgl1", "libglvnd-glx", "libglvnd"),
    "libfontconfig.so.1": ("libfontconfig1", "fontconfig", "fontconfig"),
    "libxkbcommon.so.0": ("libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    "libdbus-1.so.3": ("libdbus-1-3", "dbus-libs", "dbus"),
}
XCB: Final[Mapping[str, Sources]] = {
    "libX11-xcb.so.1": ("libx11-xcb1", "libX11-xcb", "libx11"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    "libxcb-icccm.so.4": ("libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    "libxcb-image.so.0": ("libxcb-image0", "xcb-util-image", "xcb-util-image"),
    "libxcb-keysyms.so.1": ("libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    "libxcb-randr.so.0": ("libxcb-randr0", "libxcb", "libxcb"),
    "libxcb-render-util.so.0": ("libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    "libxcb-shape.so.0": ("libxcb-shape0", "libxcb", "libxcb"),
    "libxcb-shm.so.0": ("libxcb-shm0", "libxcb", "libxcb"),
    "libxcb-sync.so.1": ("libxcb-sync1", "libxcb", "libxcb"),
    "libxcb-xfixes.so.0": ("libxcb-xfixes0", "libxcb", "libxcb"),
    "libxcb-xkb.so.1": ("libxcb-xkb1", "libxcb", "libxcb"),
    "libxkbcommon-x11.so.0": ("libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
}
WAYLAND: Final[Mapping[str, Sources]] = {
    "libwayland-client.so.0": ("libwayland-client0", "libwayland-client", "wayland"),
    "libwayland-cursor.so.0": ("libwayland-cursor0", "libwayland-cursor", "wayland"),
}
#: A display in memory, for a machine without one.
VIRTUAL: Final[tuple[Sources, ...]] = (
    ("xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb"), ("xauth", "xorg-x11-xauth", "xorg-xauth"),
)  # fmt: skip


# -- the looks


def packages(needed: Mapping[str, str]) -> str:
    """Look for Python packages, without importing one."""
    absent = [package for module, package in needed.items() if importlib.util.find_spec(module) is None]
    return f"Layerloom needs {spoken(absent)}, not installed here. Run: {_install()}" if absent else ""


def libraries() -> str:
    """Look for the system libraries that Qt loads wherever it paints."""
    missing = unloadable(QT) if sys.platform == "linux" else []
    return _lacking(missing, [QT[name] for name in missing]) if missing else ""


def display() -> str:
    """Look for a display and for what Qt needs to reach it, and have Qt take that one.

    Qt aborts the process where a display cannot be reached; hence the knock at its door.
    """
    asked = [word.partition(":")[0] for word in os.environ.get("QT_QPA_PLATFORM", "").split(";") if word]
    if sys.platform != "linux" or any(word not in PLATFORMS for word in asked):
        return ""
    told = [name for name in asked or _preferred() if os.environ.get(PLATFORMS[name][0])]
    lacking: list[str] = []
    for name in told:
        _, sources, reached = PLATFORMS[name]
        missing = unloadable(sources)
        if missing:
            lacking.append(_lacking(missing, [sources[library] for library in missing]))
        elif reached():
            os.environ["QT_QPA_PLATFORM"] = name
            return ""
    return lacking[0] if lacking else _no_display([PLATFORMS[name][0] for name in told])


def unloadable(names: Iterable[str]) -> list[str]:
    """Return those of some shared libraries that cannot be loaded."""
    return [name for name in names if not _loads(name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


# -- displays


def _preferred() -> tuple[str, ...]:
    """The platforms in Qt's own order."""
    return ("wayland", "xcb") if os.environ.get("XDG_SESSION_TYPE") == "wayland" else ("xcb", "wayland")


def _reached_x() -> bool:
    """Knock at the X server that DISPLAY names."""
    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    refused = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not refused


def _reached_wayland() -> bool:
    """Knock at the compositor that WAYLAND_DISPLAY names: a path, or a name in the runtime folder."""
    import socket

    path = os.path.join(os.environ.get("XDG_RUNTIME_DIR", ""), os.environ["WAYLAND_DISPLAY"])  # noqa: PTH118
    with socket.socket(socket.AF_UNIX) as door:
        try:
            door.connect(path)
        except OSError:
            return False
    return True


#: Qt's name of a platform: the variable that names its display, what it loads, and how to reach it.
PLATFORMS: Final[Mapping[str, tuple[str, Mapping[str, Sources], Callable[[], bool]]]] = {
    "xcb": ("DISPLAY", XCB, _reached_x),
    "wayland": ("WAYLAND_DISPLAY", WAYLAND, _reached_wayland),
}


def _no_display(told: Iterable[str]) -> str:
    named = [f"{variable}={os.environ[variable]}" for variable in told]
    why = f"{spoken(named)} cannot be reached" if named else "neither DISPLAY nor WAYLAND_DISPLAY is set"
    return (
        f"There is no display to open the window on: {why} (check, train, export and screenshot need none). "
        f"Run: {_give_display()}"
    )


def _give_display() -> str:
    """Return the command that gives the window a display: the caller's own through ssh, or one in memory."""
    if "SSH_CONNECTION" in os.environ:
        import getpass

        return f"ssh -X {getpass.getuser()}@{os.environ['SSH_CONNECTION'].split()[2]}"
    run = f"xvfb-run -a {itself()}"
    missing = unloadable(XCB)
    if _here("xvfb-run") and not missing:
        return run
    return f"{_install_system([*VIRTUAL, *(XCB[name] for name in missing)])} && {run}"


# -- commands that mend


def itself() -> str:
    """Spell the command by which the program was started."""
    script = Path(sys.argv[0])
    program = [_near(Path(sys.executable)), _near(script)] if script.suffix == ".py" else [str(script)]
    return " ".join(map(_quoted, [*program, *sys.argv[1:]]))


def _install() -> str:
    """Return the command that installs the program, into an environment of its own where none is in use."""
    if sys.prefix != sys.base_prefix:
        return f"{_quoted(_near(Path(sys.executable)))} -m pip install -e {_quoted(_near(HERE))}"
    bare = importlib.util.find_spec("ensurepip") is None
    first = _install_system([("python3-venv", "python3-pip", "python")]) + " && " if bare else ""
    there = "" if _near(HERE) == "." else f"cd {_quoted(_near(HERE))} && "
    python = "py" if os.name == "nt" else "python3"
    return f"{first}{there}{python} -m venv .venv && {VENV_PYTHON} -m pip install -e . && {VENV_PYTHON} main.py"


def _install_system(sources: Iterable[Sources]) -> str:
    """Return the command that installs system packages, by the package manager that is here."""
    for column, (manager, command) in enumerate(MANAGERS.items()):
        if _here(manager):
            names = dict.fromkeys(source[column] for source in sources)
            return command.format(sudo=_sudo(), packages=" ".join(names))
    return "<your package manager> install " + " ".join(dict.fromkeys(source[1] for source in sources))


def _here(program: str) -> bool:
    import shutil

    return shutil.which(program) is not None


def _quoted(word: str) -> str:
    import shlex

    return shlex.quote(word)


def _sudo() -> str:
    return "" if os.name == "nt" or os.geteuid() == 0 else "sudo "


def _lacking(missing: Iterable[str], sources: Iterable[Sources]) -> str:
    names = list(missing)
    plural = "libraries" if len(names) > 1 else "library"
    return f"Qt needs the system {plural} {spoken(names)}, not found here. Run: {_install_system(sources)}"


def _near(path: Path) -> str:
    """Spell a path from here where it lies below."""
    here = Path.cwd()
    return str(path.absolute().relative_to(here)) if path.absolute().is_relative_to(here) else str(path)


def spoken(words: Iterable[str]) -> str:
    """Join words as a sentence does: a, b and c."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
