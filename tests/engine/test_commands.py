"""The command line's work, with a program that acts as the worker: what is printed, and with which code it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine import launch
from engine.catalogue import catalogue
from engine.commands import answered, list_templates, new
from engine.commands_check import check, export
from engine.commands_train import train
from engine.project import Project, load, save
from engine.templates import templates
from tests.engine import actor

Act = Callable[[str], Path]


@pytest.fixture
def drawing(tmp_path: Path) -> Path:
    """The digits network in a file."""
    path = tmp_path / "digits.loom"
    assert answered(lambda: new("digits-cnn", path, size="")) == 0
    return path


@pytest.fixture
def act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Act:
    """Have an actor in the worker's place; returns where it notes what it was sent."""

    def act(word: str) -> Path:
        received = tmp_path / "received"
        received.touch()
        monkeypatch.setattr(launch, "command", actor.launch(word, received))
        return received

    return act


@pytest.fixture
def broken(drawing: Path) -> Path:
    """The digits network, a wire missing."""
    project = load(drawing, catalogue())
    graph = project.graph.without_edges(project.graph.into("n4"))
    save(Project(graph, project.recipe), drawing)
    return drawing


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


# -- templates


def test_templates_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert list_templates(as_json=True) == 0
    listed = {item["name"]: item for item in json.loads(capsys.readouterr().out)}
    assert listed["digits-cnn"] == {
        "name": "digits-cnn", "title": "Handwritten digits", "group": "Convolutional", "sizes": ["tiny"],
    }  # fmt: skip
    assert list_templates(as_json=False) == 0
    assert re.search(r"^digits-cnn +Handwritten digits +Convolutional +tiny$", capsys.readouterr().out, re.MULTILINE)


def test_a_new_project_is_the_template(drawing: Path) -> None:
    assert load(drawing, catalogue()) == load(templates()["digits-cnn"].path, catalogue())


def test_a_place_that_cannot_be_written_is_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answered(lambda: new("digits-cnn", tmp_path / "no" / "a.loom", size="")) == 1
    assert "a.loom cannot be written" in capsys.readouterr().err


# -- check


def test_check_tells_every_node(drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    act("finish")
    capsys.readouterr()
    assert answered(lambda: check(drawing, as_json=True)) == 0
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["nodes", "parameters", "trainable", "problems"]
    assert told["nodes"][1] == {
        "name": "conv1", "kind": "Conv2D", "outputs": [[None, 10]], "parameters": 12, "trainable": 4, "problems": [],
    }  # fmt: skip
    assert (told["parameters"], told["trainable"]) == (96, 32)


def test_a_problem_stands_at_its_node(drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    act("refuse")
    capsys.readouterr()
    assert answered(lambda: check(drawing, as_json=True)) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["nodes"][1]["problems"] == [
        {"severity": "error", "sentence": "conv1 takes no such shape.", "fixes": [], "nodes": ["conv1"]}
    ]
    assert "conv1 takes no such shape." not in [problem["sentence"] for problem in told["problems"]]


def test_check_speaks_to_people(drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    act("refuse")
    assert answered(lambda: check(drawing, as_json=False)) == 1
    out = capsys.readouterr().out
    assert "conv1    Conv2D        10              12\n" in out
    assert "96 parameters, 32 of them trainable.\n" in out
    assert "error: conv1 takes no such shape.\n" in out


# -- train


def test_a_run_is_told_as_json(drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    act("finish")
    capsys.readouterr()
    assert answered(lambda: train(drawing, epochs=1, folder=None, as_json=True)) == 0
    assert events(capsys.readouterr().out) == [
        {"event": "state", "state": "starting"},
        {"event": "state", "state": "compiling"},
        {"event": "state", "state": "training"},
        {"event": "step", "step": 1, "metrics": {"loss": 0.5}},
        {"event": "step", "step": 2, "metrics": {"loss": None}},
        {"event": "epoch", "epoch": 1, "metrics": {"loss": 0.25, "val_loss": 0.5}},
        {"event": "end", "status": "finished", "seconds": 2.0},
    ]


def test_a_run_is_told_as_lines(drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    act("finish")
    assert answered(lambda: train(drawing, epochs=1, folder=drawing.parent / "run", as_json=False)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Starting TensorFlow ...",
        "Compiling on CPU:0 ...",
        "Training ...",
        "epoch 1/1     1.5 s  loss 0.2500  val_loss 0.5000",
        f"Finished after 1 of 1 epochs, 2.0 s. The run is kept in {drawing.parent / 'run'}.",
    ]


def test_a_run_that_fails_says_why(drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    act("fail")
    capsys.readouterr()
    assert answered(lambda: train(drawing, epochs=None, folder=None, as_json=True)) == 1
    out, err = capsys.readouterr()
    assert events(out)[-2] == {"event": "error", "sentence": "Memory ran out. Lower the batch size."}
    assert events(out)[-1]["status"] == "failed"
    assert err == "Memory ran out. Lower the batch size.\n"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_a_trainer_that_dies_is_told(drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    act("die")
    capsys.readouterr()
    assert answered(lambda: train(drawing, epochs=None, folder=None, as_json=True)) == 1
    out, err = capsys.readouterr()
    assert "memory runs out" in events(out)[-2]["sentence"]
    assert events(out)[-1]["status"] == "failed"
    assert err.count("\n") == 1


def test_a_drawing_with_an_error_reaches_no_trainer(broken: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    received = act("finish")
    capsys.readouterr()
    assert answered(lambda: train(broken, epochs=None, folder=None, as_json=True)) == 1
    out, err = capsys.readouterr()
    assert [event["event"] for event in events(out)] == ["error", "end"]
    assert err.startswith("This cannot be trained: ")
    assert received.read_text() == ""


def test_an_error_that_the_checker_finds_reaches_no_trainer(
    drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]
) -> None:
    received = act("refuse")
    capsys.readouterr()
    assert answered(lambda: train(drawing, epochs=None, folder=None, as_json=False)) == 1
    assert capsys.readouterr().err == "This cannot be trained: conv1 takes no such shape.\n"
    assert received.read_text() == "checker Check\n"


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_stops_the_run_and_hears_it_out(drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    received = act("wait")
    capsys.readouterr()
    press = threading.Thread(target=press_once_training, args=(received,))
    press.start()
    code = answered(lambda: train(drawing, epochs=None, folder=None, as_json=True))
    press.join()
    assert code == 130
    assert events(capsys.readouterr().out)[-1] == {"event": "end", "status": "stopped", "seconds": 1.0}
    assert received.read_text().splitlines()[-1] == "trainer Stop"


def press_once_training(received: Path) -> None:
    """Wait until the trainer has its work, then press Ctrl+C."""
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if "trainer Train" in received.read_text():
            for _ in range(2):  # as `timeout` does: to the program, and to its group
                os.kill(os.getpid(), signal.SIGINT)
            break
        time.sleep(0.01)


# -- export


def test_a_model_is_exported_by_the_trainer(drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    received = act("finish")
    to = drawing.parent / "a.keras"
    assert answered(lambda: export(drawing, to, folder=None)) == 0
    assert f"Wrote {to}\n" in capsys.readouterr().out
    assert received.read_text() == "checker Check\ntrainer Export\n"


def test_an_export_that_fails_says_why(drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    act("fail")
    assert answered(lambda: export(drawing, drawing.parent / "a.keras", folder=None)) == 1
    assert capsys.readouterr().err == "There is no room on the disk.\n"


def test_a_drawing_with_an_error_is_not_exported(drawing: Path, act: Act, capsys: pytest.CaptureFixture[str]) -> None:
    received = act("refuse")
    for name in ("a.py", "a.keras"):
        assert answered(lambda name=name: export(drawing, drawing.parent / name, folder=None)) == 1  # type: ignore[misc]
        assert "conv1 takes no such shape." in capsys.readouterr().err
        assert not (drawing.parent / name).exists()
    assert "trainer" not in received.read_text()


def test_a_script_is_exported_without_a_trainer(drawing: Path, act: Act) -> None:
    received = act("finish")
    to = drawing.parent / "digits.py"
    assert answered(lambda: export(drawing, to, folder=None)) == 0
    compile(to.read_text(encoding="utf-8"), str(to), "exec")
    assert received.read_text() == "checker Check\n"


def test_a_script_takes_no_weights(drawing: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (drawing.parent / "model.keras").touch()
    assert answered(lambda: export(drawing, drawing.parent / "a.py", folder=drawing.parent)) == 2
    assert "A script trains a model of its own" in capsys.readouterr().err


def test_the_actor_needs_no_keras() -> None:
    look = "import sys, tests.engine.actor; print('keras' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
