"""The way in: what the command line takes and refuses, and what a machine that lacks something is told."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import main
from engine.templates import templates
from gui import late
from main import Command

ROOT = Path(main.__file__).resolve().parent


def run(*words: str, before: str = "", environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run main.py in a process of its own, a line of Python before it."""
    start = "runpy.run_path('main.py', run_name='__main__')"
    code = f"import runpy, sys; sys.argv = ['main.py', *{list(words)!r}]; {before or 'pass'}; {start}"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def without_display(**more: str) -> dict[str, str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "SSH_CONNECTION")
    return {name: value for name, value in os.environ.items() if name not in hidden} | more


def refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """Return the one line with which a misused command line is refused."""
    try:
        code = main.main(words)
    except SystemExit as end:
        code = int(str(end.code))
    out, line = capsys.readouterr()
    assert (code, out, line.count("\n")) == (2, "", 1)
    return line


@pytest.mark.parametrize("file", ["main.py", "engine/__init__.py", "engine/pythons.py"])
def test_an_old_python_can_read_the_file(file: str) -> None:
    source = (ROOT / file).read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 6))
    assert "from __future__" not in source


@pytest.mark.parametrize("version", [(3, 6), (3, 10), (3, 14)])
def test_a_python_that_does_not_fit_is_named(version: tuple[int, int]) -> None:
    done = run("templates", before=f"sys.version_info = {version}")
    assert done.returncode == 2
    assert done.stdout == ""
    named = f"Layerloom needs Python 3.11, 3.12 or 3.13, and this is Python 3.{version[1]}. Run: "
    assert done.stderr.startswith(named)
    assert done.stderr.count("\n") == 1


def test_without_a_display_the_window_says_so() -> None:
    done = run(environment=without_display())
    assert done.returncode == 2
    assert done.stderr.startswith(
        "There is no display to open the window on: neither DISPLAY nor WAYLAND_DISPLAY is set"
    )
    assert "Run: " in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_missing_package_is_named_with_its_command() -> None:
    done = run(
        before="import importlib.util as u; f = u.find_spec; u.find_spec = lambda n: n != 'scipy' and f(n) or None"
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "Layerloom needs scipy, not installed here. Run: " in done.stderr
    assert "-m pip install -e " in done.stderr


def test_commands_without_a_window_need_neither_qt_nor_a_display(tmp_path: Path) -> None:
    no_qt = "sys.modules['PySide6'] = None"
    done = run("new", "digits-cnn", "--to", str(tmp_path / "a.loom"), before=no_qt, environment=without_display())
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "a.loom").is_file()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["nowhere.loom"], "nowhere.loom cannot be read: there is no such file"),
        (["check", "nowhere.loom"], "nowhere.loom cannot be read: there is no such file"),
        (["check"], "the following arguments are required: FILE.loom"),
        (["engine"], "engine cannot be read: it is a folder"),
        (["doctor", "a.loom"], "doctor is no command; the commands are templates, new, check, "),
        (["import", "a.keras", "--to", "b.loom"], "import is no command"),
        (["main.py", "--thing"], "unexpected --thing"),
        (["check", "main.py", "--jso"], "unexpected --jso"),
        (["check", "main.py"], "main.py is no Layerloom project"),
        (["train", "main.py", "--epochs", "0"], "'0' is no number of epochs: a whole number from 1 to 100000"),
        (["train", "main.py", "--epochs", "two"], "'two' is no number of epochs"),
        (["train", "main.py"], "main.py is no Layerloom project"),
        (["screenshot", "a.png", "--size", "9x9"], "'9x9' is no size: write it as 1600x1000"),
        (["screenshot", "a.png", "--theme", "blue"], "invalid choice: 'blue'"),
        (["new", "nothing", "--to", "a.loom"], f"The template must be one of {', '.join(templates())}. Received"),
        (["new", "digits-cnn", "--to", "a.loom", "--size", "vast"], "digits-cnn comes in the sizes tiny"),
        (["new", "digits-cnn"], "the following arguments are required: --to"),
        (["export", "main.py", "--to", "a.exe"], "The ending says what to write: .py or .keras"),
        (["export", "main.py", "--to", "a.keras", "--run", "tests"], "tests holds no trained model"),
    ],
)
def test_misuse_is_one_line(words: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert expected in refused(words, capsys)


def test_an_interrupted_command_ends_with_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(main.COMMANDS, "templates", Command("be interrupted", [], interrupted, "nothing"))
    assert main.main(["templates"]) == 130


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main.main(["--help"])
    out = capsys.readouterr().out
    assert all(f"\n  {name} " in out for name in main.COMMANDS)


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("Layerloom ")


def test_a_reader_that_leaves_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "main.py", "templates"], cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.parametrize("told", ["", "4"])
def test_the_window_alone_begins_without_threads_for_algebra(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    """What a person has said stays, and a worker that is started later is told nothing."""
    monkeypatch.delenv(late.THREADS, raising=False)
    if told:
        monkeypatch.setenv(late.THREADS, told)
    with late.one_thread():
        assert os.environ[late.THREADS] == (told or "1")
    assert os.environ.get(late.THREADS, "") == told
