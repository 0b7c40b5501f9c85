"""The look around: what a machine that lacks something is told, and which display Qt is given."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path

import pytest

from engine import preflight

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="libraries and displays are looked for on Linux")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A machine with every library and apt-get, without a display."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "SSH_CONNECTION", "XDG_SESSION_TYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(preflight, "_loads", lambda name: True)
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(sys, "argv", ["main.py"])
    return monkeypatch


def lacking(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(preflight, "_loads", lambda name: name not in names)


def test_what_is_here_is_not_missed() -> None:
    assert preflight.packages(preflight.WORK) == ""


def test_missing_packages_are_named_together() -> None:
    line = preflight.packages({"no_such_a": "thing-a", "numpy": "numpy", "no_such_b": "thing-b"})
    assert line.startswith("Layerloom needs thing-a and thing-b, not installed here. Run: ")


def test_outside_an_environment_one_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    monkeypatch.chdir(preflight.HERE)
    line = preflight.packages({"no_such": "thing"})
    assert "Run: python3 -m venv .venv && .venv/bin/python -m pip install -e . && .venv/bin/python main.py" in line


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "sudo apt-get update && sudo apt-get install -y libegl1 libgl1"),
        ("dnf", "sudo dnf install -y libglvnd-egl libglvnd-glx"),
        ("pacman", "sudo pacman -S --needed libglvnd"),
    ],
)
def test_missing_libraries_are_named_with_their_packages(manager: str, command: str, bare: pytest.MonkeyPatch) -> None:
    bare.setattr(shutil, "which", lambda name: name if name == manager else None)
    lacking(bare, "libEGL.so.1", "libGL.so.1")
    line = preflight.libraries()
    assert line == f"Qt needs the system libraries libEGL.so.1 and libGL.so.1, not found here. Run: {command}"


def test_root_needs_no_sudo(bare: pytest.MonkeyPatch) -> None:
    bare.setattr(os, "geteuid", lambda: 0)
    lacking(bare, "libEGL.so.1")
    assert preflight.libraries().endswith("Run: apt-get update && apt-get install -y libegl1")


def test_a_machine_without_a_display_is_given_one(bare: pytest.MonkeyPatch) -> None:
    line = preflight.display()
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in line
    assert line.endswith(f"apt-get install -y xvfb xauth && xvfb-run -a {preflight.itself()}")


def test_through_ssh_the_display_is_the_callers(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("SSH_CONNECTION", "10.0.0.2 51000 10.0.0.1 22")
    bare.setenv("LOGNAME", "ada")
    assert preflight.display().endswith("Run: ssh -X ada@10.0.0.1")


def test_a_display_that_nobody_serves_is_refused_before_qt_aborts(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DISPLAY", ":4711")
    assert "DISPLAY=:4711 cannot be reached" in preflight.display()
    assert "QT_QPA_PLATFORM" not in os.environ


def test_what_only_x_needs_is_looked_for_where_x_is(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("DISPLAY", ":4711")
    lacking(bare, "libxcb-cursor.so.0")
    assert preflight.display().startswith("Qt needs the system library libxcb-cursor.so.0, not found here.")


def test_a_compositor_that_listens_is_taken(bare: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare.setenv("WAYLAND_DISPLAY", "wayland-7")
    bare.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert "WAYLAND_DISPLAY=wayland-7 cannot be reached" in preflight.display()
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-7"))
        compositor.listen()
        assert preflight.display() == ""
    assert os.environ["QT_QPA_PLATFORM"] == "wayland"


def test_a_platform_that_was_asked_for_is_not_questioned(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("QT_QPA_PLATFORM", "offscreen:size=800x600")
    assert preflight.display() == ""
