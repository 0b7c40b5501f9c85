"""A person's own layers from end to end: refused until trusted, on the command line, in a script, in the window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine import layersources
from engine.launch import Worker
from engine.messages import Ended, Failed, Message, Ready, Train
from engine.project import save
from engine.trust import Trust
from gui import app
from gui.layer_files import LayerFiles
from gui.window import Window
from tests import owned
from tests.end_to_end.test_commands import run
from tests.worker.drawings import SMALL

pytestmark = pytest.mark.worker


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    save(owned.project(owned.write(tmp_path)), tmp_path / "net.loom")
    yield tmp_path
    Trust().forget(str(tmp_path / "my_layers.py"))


def test_a_file_that_is_not_trusted_is_refused_with_the_way_to_trust_it(folder: Path) -> None:
    done = run("check", "net.loom", "--json", folder=folder)
    assert done.returncode == 1
    told = {node["name"]: node["problems"] for node in json.loads(done.stdout)["nodes"]}
    (problem,) = told["mixer"]
    off = "comes from my_layers.py, which is off until you trust it."
    assert problem["sentence"].startswith(f"mixer (Mixer) {off} To see it and trust it, run: layerloom trust {folder}")
    for words in (("train", "net.loom"), ("export", "net.loom", "--to", "out.py")):
        done = run(*words, folder=folder)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1)
        assert f"swish (Swish) {off}" in done.stderr
    assert not (folder / "out.py").exists()


def test_trust_shows_asks_and_can_be_taken_back(folder: Path) -> None:
    def trust(*words: str, answer: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(Path(app.__file__).parents[1] / "main.py"), "trust", "my_layers.py", *words]
        return subprocess.run(command, cwd=folder, input=answer, capture_output=True, text=True, check=False)

    digest = layersources.read(folder / "my_layers.py").sha256
    for answer in ("", "n\n", "what\n"):
        done = trust(answer=answer)
        assert done.returncode == 1
        assert f"file     {folder / 'my_layers.py'}\nsha256   {digest}\n" in done.stdout
    assert trust(answer="y\n").returncode == 0
    assert "You trust it already." in trust().stdout
    owned.write(folder, owned.SOURCE + "# more\n")
    done = trust(answer="n\n")
    assert "It has changed since you trusted it:" in done.stdout
    assert "+# more" in done.stdout
    assert trust("--yes").returncode == 0
    assert trust("--forget").returncode == 0
    assert not Trust().trusts(layersources.read(folder / "my_layers.py"))
    owned.write(folder, "\0")
    assert trust("--yes").returncode == 2


def test_a_trusted_file_is_checked_exported_and_its_script_trains(folder: Path) -> None:
    assert run("trust", "my_layers.py", "--yes", folder=folder).returncode == 0
    done = run("check", "net.loom", "--json", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert {node["name"]: node["parameters"] for node in json.loads(done.stdout)["nodes"]}["mixer"] == 320
    (folder / "out").mkdir()
    assert run("export", "net.loom", "--to", "out/net.py", folder=folder).returncode == 0
    assert (folder / "out" / "my_layers.py").read_text() == owned.SOURCE
    code = (folder / "out" / "net.py").read_text()
    assert "from my_layers import Mixer, Swish\n" in code
    (folder / "out" / "net.py").write_text(code.replace("EPOCHS = 20", "EPOCHS = 1"))
    quiet = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "KERAS_BACKEND": "tensorflow"}
    done = subprocess.run(
        [sys.executable, "out/net.py"], cwd=folder, env=quiet, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "test accuracy: " in done.stdout
    (folder / "out" / "my_layers.py").write_text("mine = 1\n")
    done = run("export", "net.loom", "--to", "out/net.py", folder=folder)
    assert (done.returncode, (folder / "out" / "my_layers.py").read_text()) == (1, "mine = 1\n")
    assert "another my_layers.py" in done.stderr


@pytest.fixture
def window(qtbot: QtBot, folder: Path) -> Iterator[Window]:
    app.application()
    made = app.make_window(folder / "net.loom")
    qtbot.addWidget(made, before_close_func=lambda window: window.document.undo.setClean())
    made.resize(1280, 800)
    made.show()
    app.wake(made, trainer=False)
    yield made
    made.checking.end_now()
    made.runner.end_now()


def test_the_window_turns_a_project_on_by_the_dialog(window: Window, qtbot: QtBot, folder: Path) -> None:
    document = window.document
    qtbot.waitUntil(lambda: document.checked, timeout=60_000)
    assert [problem.nodes for problem in document.report.errors] == [("swish",), ("mixer",)]
    window.commands.layer_asking.look()
    window.commands.layer_asking.dialog.trust.click()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: document.checked and not document.report.errors, timeout=60_000)
    assert document.report.nodes["mixer"].parameters == 320
    assert window.palette_panel.shelf.entries[:3] == ["Your own", *list(document.catalogue.layers.values())[:2]]
    owned.write(folder, owned.SOURCE.replace("self.beta * inputs", "inputs"))
    window.commands.train()
    qtbot.waitUntil(lambda: "has changed" in window.notice.text, timeout=60_000)
    assert not window.runner.state.busy


def test_a_trainer_is_told_what_the_window_tells(folder: Path, window: Window) -> None:
    """The trainer runs the text of the message, whatever became of the file."""
    files: LayerFiles = window.layer_files
    Trust().trust(layersources.read(folder / "my_layers.py"))
    files.refresh()
    owned.write(folder, "raise SystemExit\n")
    with Worker.start("trainer") as trainer:
        said: list[Message] = []
        for message in trainer.messages():
            said.append(message)
            if isinstance(message, Ready):
                for each in (*files.told(), Train(owned.drawing(), SMALL)):
                    trainer.send(each)
            elif isinstance(message, Ended):
                break
    assert [message.status for message in said if isinstance(message, Ended)] == ["finished"]
    assert not [message for message in said if isinstance(message, Failed)]
