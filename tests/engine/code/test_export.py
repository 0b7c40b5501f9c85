"""A script and its samples are written side by side, or a sentence says why not."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest

from engine.catalogue import catalogue
from engine.code.export import export_script
from engine.errors import ExportError
from engine.project import Project
from tests.engine.code.drawings import cnn, project

KERAS = catalogue()


def test_both_files_are_written(tmp_path: Path) -> None:
    path = tmp_path / "my net.py"
    assert export_script(project("cnn"), KERAS, path) == [path, tmp_path / "my net_data.npz"]
    source = path.read_text(encoding="utf-8")
    ast.parse(source)
    assert 'DATA = FOLDER / "my net_data.npz"' in source
    assert 'MODEL = FOLDER / "my net.keras"' in source
    with np.load(tmp_path / "my net_data.npz", allow_pickle=False) as file:
        assert len(file["x_train"]) == len(file["y_train"])
    assert sorted(item.name for item in tmp_path.iterdir()) == ["my net.py", "my net_data.npz"]


def test_the_style_is_passed_on(tmp_path: Path) -> None:
    export_script(project("cnn"), KERAS, tmp_path / "net.py", style="tensorflow")
    assert "from tensorflow import keras" in (tmp_path / "net.py").read_text(encoding="utf-8")


def test_a_drawing_with_a_problem_leaves_nothing(tmp_path: Path) -> None:
    graph = cnn()
    with pytest.raises(ExportError) as caught:
        export_script(Project(graph.without_edges(graph.edges[:1])), KERAS, tmp_path / "net.py")
    assert caught.value.sentence.startswith("conv1 (Conv2D) has no input.")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["keras.py", "numpy.py", "random.py", "types.py", "tensorflow.py", "pathlib.py"])
def test_a_name_that_keras_imports_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match="Choose another name"):
        export_script(project("cnn"), KERAS, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["net", "net.txt", ".py"])
def test_a_name_that_is_no_scripts(tmp_path: Path, name: str) -> None:
    with pytest.raises(ExportError, match=r"ends with \.py"):
        export_script(project("cnn"), KERAS, tmp_path / name)


def test_a_common_name_is_let_through(tmp_path: Path) -> None:
    assert len(export_script(project("cnn"), KERAS, tmp_path / "test.py")) == 2


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        export_script(project("cnn"), KERAS, tmp_path / "no" / "net.py")


def test_a_script_that_cannot_be_written_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "net.py"
    export_script(project("cnn"), KERAS, path)
    before = path.read_text(encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(ExportError) as caught:
        export_script(project("lstm"), KERAS, path)
    assert caught.value.sentence.startswith("net_data.npz cannot be written. Received: No space left on device.")
    assert path.read_text(encoding="utf-8") == before
