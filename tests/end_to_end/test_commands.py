"""The command line as people script it: main.py in a process of its own, with real workers."""

from __future__ import annotations

import csv
import json
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, str(ROOT / "main.py")]
pytestmark = pytest.mark.worker


def run(*words: object, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command from a stranger's folder, without a display."""
    return subprocess.run(
        [*PROGRAM, *map(str, words)], cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )


def environment() -> dict[str, str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return {name: value for name, value in os.environ.items() if name not in hidden}


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the digits network, and a `keras.py` that must not be imported."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "keras.py").write_text("raise SystemExit('a stranger')")
    assert run("new", "digits-cnn", "--to", "digits.loom", folder=folder).returncode == 0
    return folder


@pytest.fixture(scope="module")
def trained(folder: Path) -> subprocess.CompletedProcess[str]:
    """Three epochs, their record in `run`."""
    return run("train", "digits.loom", "--epochs", 3, "--run", "run", "--json", folder=folder)


def test_check_gives_the_shapes_that_keras_gives(folder: Path) -> None:
    done = run("check", "digits.loom", "--json", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert {node["name"]: node["outputs"] for node in told["nodes"]} == {
        "image": [[None, 8, 8, 1]], "conv1": [[None, 8, 8, 32]], "pool1": [[None, 4, 4, 32]],
        "conv2": [[None, 4, 4, 64]], "flatten": [[None, 1024]], "hidden": [[None, 128]], "dropout": [[None, 128]],
        "digit": [[None, 10]],
    }  # fmt: skip
    assert (told["parameters"], told["trainable"], told["problems"]) == (151_306, 151_306, [])


def test_a_run_is_told_whole(trained: subprocess.CompletedProcess[str]) -> None:
    assert (trained.returncode, trained.stderr) == (0, "")
    told = events(trained.stdout)
    states = [event["state"] for event in told if event["event"] == "state"]
    epochs = [event for event in told if event["event"] == "epoch"]
    assert states == ["starting", "compiling", "training"]
    assert [event["epoch"] for event in epochs] == [1, 2, 3]
    assert epochs[2]["metrics"]["loss"] < 0.6 * epochs[0]["metrics"]["loss"]
    assert {"loss", "accuracy", "val_loss", "val_accuracy"} == epochs[0]["metrics"].keys()
    steps = [event["step"] for event in told if event["event"] == "step"]
    assert steps == sorted(set(steps))
    assert told[-1]["event"] == "end"
    assert told[-1]["status"] == "finished"


def test_a_run_leaves_its_record(folder: Path, trained: subprocess.CompletedProcess[str]) -> None:
    told = [event["metrics"] for event in events(trained.stdout) if event["event"] == "epoch"]
    rows = list(csv.DictReader((folder / "run" / "metrics.csv").read_text().splitlines()))
    assert [float(row["val_loss"]) for row in rows] == [metrics["val_loss"] for metrics in told]
    record = json.loads((folder / "run" / "run.json").read_text())
    assert record["recipe"]["epochs"] == 3
    assert (folder / "run" / "model.keras").is_file()


@pytest.mark.once
def test_the_trained_model_is_exported(folder: Path, trained: subprocess.CompletedProcess[str]) -> None:
    done = run("export", "digits.loom", "--to", "trained.keras", "--run", "run", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    fresh = run("export", "digits.loom", "--to", "fresh.keras", folder=folder)
    assert (fresh.returncode, fresh.stderr) == (0, "")
    look = (
        "import keras, numpy as np, sys; sys.path[:] = [p for p in sys.path if p]\n"
        "first, second, third = (keras.saving.load_model(name) for name in sys.argv[1:])\n"
        "same = lambda a, b: all(np.array_equal(x, y) for x, y in zip(a.get_weights(), b.get_weights()))\n"
        "print(same(first, second), same(first, third))"
    )
    names = [str(folder / name) for name in ("trained.keras", "run/model.keras", "fresh.keras")]
    loaded = subprocess.run([sys.executable, "-c", look, *names], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == ["True", "False"]


def test_ctrl_c_keeps_the_record(folder: Path) -> None:
    words = [*PROGRAM, "train", "digits.loom", "--epochs", "1000", "--run", "stopped", "--json"]
    with subprocess.Popen(words, cwd=folder, env=environment(), stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = []
        for line in process.stdout:
            told.append(json.loads(line))
            if told[-1].get("epoch") == 2:
                process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    assert told[-1]["status"] == "stopped"
    assert len((folder / "stopped" / "metrics.csv").read_text().splitlines()) >= 3
    assert (folder / "stopped" / "model.keras").is_file()


def test_the_window_is_painted_without_a_display(folder: Path) -> None:
    done = run("screenshot", "window.png", "digits.loom", "--theme", "light", "--size", "1200x800", folder=folder)
    assert (done.returncode, done.stderr) == (0, "")
    data = (folder / "window.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (1200, 800)
    assert len(data) > 20_000


@pytest.mark.long
def test_the_first_network_learns_the_digits(folder: Path) -> None:
    done = run("train", "digits.loom", "--json", folder=folder)
    last = [event for event in events(done.stdout) if event["event"] == "epoch"][-1]
    assert last["metrics"]["val_accuracy"] > 0.97
