"""Files of layers as data: read and hashed as they are shown, named in a project, nothing of them run."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine import layerfiles
from engine.catalogue import catalogue
from engine.errors import EngineError, ProjectError
from engine.layerfiles import LayerFile
from engine.project import Project, from_text, load, save, to_text
from tests import owned

KERAS = catalogue()


def test_a_file_is_read_as_it_stands_and_not_run(tmp_path: Path) -> None:
    path = owned.write(tmp_path, owned.SOURCE + "\nraise SystemExit('it was run')\n")
    source = layerfiles.read(path)
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() == layerfiles.digest(source.text)
    assert (source.name, source.module, source.layers) == ("my_layers.py", "my_layers", ("Swish", "Mixer"))


def test_line_ends_and_a_byte_order_mark_are_kept_for_the_hash(tmp_path: Path) -> None:
    path = tmp_path / "odd.py"
    path.write_bytes(b"\xef\xbb\xbfclass A:\r\n    pass\r\n")
    source = layerfiles.read(path)
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest() == layerfiles.digest(source.text)
    assert source.layers == ("A",)


def test_a_link_is_followed_to_the_file_that_is_meant(tmp_path: Path) -> None:
    path = owned.write(tmp_path)
    (tmp_path / "other.py").symlink_to(path)
    assert layerfiles.read(tmp_path / "other.py").path == str(path)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"x = '\xff'", "UTF-8"),
        ("x = 1  # \u202e".encode(), "U+202E"),
        ("x = 1  # \u2066".encode(), "U+2066"),
        (b"x = 1\0", "U+0000"),
        (b"x = 1\x1b[2K", "U+001B"),
        ("x = 1  # \u2028import os".encode(), "U+2028"),
        (b"#" * (layerfiles.LARGEST + 1), "too large"),
    ],
)
def test_what_cannot_be_shown_as_it_runs_is_refused(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "bad.py"
    path.write_bytes(data)
    with pytest.raises(EngineError, match=sentence.replace("+", r"\+")):
        layerfiles.read(path)


@pytest.mark.parametrize(
    "name", ["my-layers.py", "keras.py", "json.py", "engine.py", "layers.txt", "1a.py", "class.py"]
)
def test_a_name_that_cannot_be_imported_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(EngineError, match="named"):
        layerfiles.read(owned.write(tmp_path, name=name))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.py").mkdir()
    for name in ("folder.py", "gone.py"):
        with pytest.raises(EngineError, match="is not there"):
            layerfiles.read(tmp_path / name)


@pytest.mark.parametrize("text", ["class A(:", "(" * 5000, "\0"])
def test_what_is_no_python_has_no_classes(text: str) -> None:
    assert layerfiles.class_names(text) == ()


def test_a_difference_tells_what_came_and_went() -> None:
    told = layerfiles.difference("a\nb\n", "a\nc\n").splitlines()
    assert told[0] == "--- as you trusted it"
    assert told[-2:] == ["-b", "+c"]


# -- in a project


def test_a_project_without_files_has_the_text_that_it_had() -> None:
    assert '"layers"' not in to_text(Project()).split('"recipe"')[1]


def test_a_project_names_its_files_from_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    path = owned.write(tmp_path)
    project = owned.project(path)
    save(project, tmp_path / "a" / "net.loom")
    data = json.loads((tmp_path / "a" / "net.loom").read_text())
    assert data["layers"] == [
        {"file": "../my_layers.py", "sha256": project.layers[0].sha256, "layers": ["Swish", "Mixer"]}
    ]
    assert load(tmp_path / "a" / "net.loom", KERAS) == project


def test_a_project_moved_with_its_file_finds_it(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    save(owned.project(owned.write(tmp_path / "a")), tmp_path / "a" / "net.loom")
    (tmp_path / "a").rename(tmp_path / "b")
    assert load(tmp_path / "b" / "net.loom", KERAS).layers[0].file == str(tmp_path / "b" / "my_layers.py")


GOOD = {"file": "my_layers.py", "sha256": "0" * 64, "layers": ["Swish"]}


@pytest.mark.parametrize(
    "layers",
    [
        "my_layers.py",
        [GOOD] * 2,
        [{**GOOD, "file": f"a{n}.py"} for n in range(layerfiles.MOST + 1)],
        ["my_layers.py"],
        [{"file": "my_layers.py"}],
        [{**GOOD, "trusted": True}],
        *(
            [{**GOOD, "file": file}]
            for file in (
                "/etc/my_layers.py", "C:/my_layers.py", "\\\\host\\share\\my_layers.py", "a\\my_layers.py",
                "a/../my_layers.py", "./my_layers.py", "a//my_layers.py", "..", "", "my_layers", "my-layers.py",
                "keras.py", "a\nb.py", "my_layers.py\0", ".. /my_layers.py", "a/" * 600 + "b.py", 3, None, ["a.py"],
            )
        ),
        *([{**GOOD, "sha256": hash}] for hash in ("0" * 63, "G" * 64, "A" * 64, "0" * 65, 0, None)),
        *([{**GOOD, "layers": names}] for names in ("Swish", ["a b"], ["class"], [3], ["os.system"], ["A" * 65])),
    ],
)  # fmt: skip
def test_a_hostile_project_is_refused_with_a_sentence(layers: object) -> None:
    data = {**json.loads(to_text(Project())), "layers": layers}
    with pytest.raises(ProjectError, match="damaged project"):
        from_text(json.dumps(data), KERAS)


def test_files_that_a_project_cannot_name_are_not_saved(tmp_path: Path) -> None:
    project = replace(Project(), layers=(LayerFile("/somewhere/no good/a b.py", "0" * 64),))
    with pytest.raises(ProjectError, match="Put it beside the project"):
        save(project, tmp_path / "net.loom")
    assert not (tmp_path / "net.loom").exists()
