"""What templates are exported as gives what the drawing gives; in the long run all of them, else a few."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from engine.catalogue import catalogue
from engine.code.export import export_script
from engine.project import save
from engine.templates import start, templates

KERAS: Final = catalogue()
ROOT: Final = Path(__file__).resolve().parents[2]
#: A loss, layers and an initializer of ours; blocks, and a node in one that takes part in some alone; operations in
#: blocks in blocks; a mask, a state and attention that a decoder of ours takes.
QUICK: Final = ("lecun-1989", "unet", "attention", "caption-attention", "seq2seq-bahdanau")


def differences(names: Iterable[str], folder: Path) -> dict[str, float]:
    """Export templates and compare what scripts and drawings give, in one fresh process."""
    for name in names:
        stem = name.replace("-", "_")
        project = start(name, "", KERAS)
        export_script(project, KERAS, folder / f"{stem}.py")
        save(project, folder / f"{stem}.loom")
    command = [sys.executable, "-m", "tests.worker.alike", str(folder)]
    quiet = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    lines = map(json.loads, done.stdout.splitlines())
    return {line["name"].replace("_", "-"): line["difference"] for line in lines}


@pytest.mark.worker
def test_a_few_scripts_give_what_their_drawings_give(tmp_path: Path) -> None:
    found = differences(QUICK, tmp_path)
    assert found.keys() == set(QUICK)
    assert max(found.values()) <= 1e-5, found


@pytest.mark.long
@pytest.mark.worker
def test_all_scripts_give_what_their_drawings_give(tmp_path: Path) -> None:
    found = differences(templates(), tmp_path)
    assert found.keys() == templates().keys()
    assert {name: far for name, far in found.items() if far > 1e-5} == {}
