"""A project survives its file, and a save that fails loses nothing."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings

from engine.catalogue import catalogue
from engine.errors import ProjectError
from engine.graph import Graph, Node
from engine.project import VERSION, Project, from_text, load, save, to_text, write_whole
from engine.values import FrozenMap
from tests.engine.projects import GOOD
from tests.engine.strategies import PATIENT, projects

KERAS = catalogue()


# -- there and back


@settings(PATIENT, max_examples=60)
@given(projects(KERAS))
@example(Project())
@example(GOOD)
def test_save_then_load_is_identity(project: Project) -> None:
    text = to_text(project)
    again = from_text(text, KERAS)
    assert again == project
    assert list(again.graph.nodes) == list(project.graph.nodes)
    assert to_text(again) == text


@settings(PATIENT, max_examples=20)
@given(projects(KERAS))
def test_the_text_is_the_json_that_other_programs_read(project: Project) -> None:
    data = json.loads(to_text(project))
    assert list(data) == ["layerloom", "graph", "recipe", "view"]
    assert data["layerloom"] == VERSION
    assert [node["id"] for node in data["graph"]["nodes"]] == list(project.graph.nodes)


def test_a_file_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "a b ü.loom"
    save(GOOD, path)
    assert load(path, KERAS) == GOOD
    assert path.read_text(encoding="utf-8") == to_text(GOOD)


def test_an_edit_changes_one_line_of_the_file() -> None:
    before = to_text(GOOD).splitlines()
    after = to_text(Project(GOOD.graph.with_value("n2", "units", 4), GOOD.recipe, GOOD.view)).splitlines()
    assert [a for a, b in zip(before, after, strict=True) if a != b] == [
        line for line in before if '"units": 3' in line
    ]


def test_the_text_is_written_as_documented() -> None:
    line = '   {"id": "n3", "layer": "Dense", "name": "right", "values": {}, "at": [240, -7.5], "shares": "n2"}'
    assert line in to_text(GOOD).splitlines()
    assert '   {"from": ["n1", "output"], "to": ["n2", "input"]},' in to_text(GOOD).splitlines()


def test_a_byte_order_mark_is_let_pass(tmp_path: Path) -> None:
    path = tmp_path / "windows.loom"
    path.write_bytes(b"\xef\xbb\xbf" + to_text(GOOD).encode())
    assert load(path, KERAS) == GOOD


# -- saves that fail


def _files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod"])
def test_a_failing_save_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    path = tmp_path / "f.loom"
    save(GOOD, path)
    before = path.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, fail)
    with pytest.raises(ProjectError) as caught:
        save(Project(), path)
    assert caught.value.sentence == (
        "f.loom cannot be written. Received: No space left on device. "
        "The old file, where there was one, is unharmed; choose another place."
    )
    assert path.read_bytes() == before
    assert _files(tmp_path) == ["f.loom"]


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_save_killed_in_the_middle_loses_nothing(tmp_path: Path, step: str) -> None:
    path = tmp_path / "f.loom"
    save(GOOD, path)
    before = path.read_bytes()
    owner, name = step.rsplit(".", 1)
    code = (
        "import os, pathlib, signal, sys\n"
        "from engine.project import Project, save\n"
        f"{owner}.{name} = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\n"
        "save(Project(), pathlib.Path(sys.argv[1]))\n"
    )
    killed = subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == before
    assert load(path, KERAS) == GOOD


def test_an_interrupt_leaves_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "f.loom", b"x")
    assert _files(tmp_path) == []


def test_a_project_that_no_file_can_hold_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "f.loom"
    save(GOOD, path)
    for view in ({"zoom": float("nan")}, {"title": "\ud800"}):
        with pytest.raises(ProjectError, match="would hold what no file can"):
            save(Project(view=FrozenMap(view)), path)
    assert load(path, KERAS) == GOOD


@pytest.mark.parametrize("name", ["no/such/folder.loom", "x" * 400, "a\0b"])
def test_a_path_that_cannot_be_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProjectError, match="cannot be written"):
        save(GOOD, tmp_path / name)


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="cannot be written"):
        save(GOOD, tmp_path)
    assert _files(tmp_path) == []


def test_a_ring_of_links_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(ProjectError, match="cannot be written"):
        save(GOOD, tmp_path / "a")


def test_a_read_only_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f.loom"
    save(GOOD, path)
    path.chmod(0o444)
    monkeypatch.setattr("os.access", lambda path, mode: False)  # the administrator may write to any file
    with pytest.raises(ProjectError, match=r"cannot be written\. Received: the file is read-only"):
        save(Project(), path)
    assert load(path, KERAS) == GOOD


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "f.loom", tmp_path / "link.loom"
    save(Project(), real)
    link.symlink_to(real)
    save(GOOD, link)
    assert link.is_symlink()
    assert load(real, KERAS) == GOOD


def test_a_file_keeps_its_rights_and_a_new_one_has_the_usual(tmp_path: Path) -> None:
    path = tmp_path / "f.loom"
    mask = os.umask(0o022)
    try:
        save(GOOD, path)
    finally:
        os.umask(mask)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    path.chmod(0o600)
    save(Project(), path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_id_of_a_hostile_file_is_not_given_again() -> None:
    graph = Graph().with_node(Node("n999999999999", "Dense", "a"))
    for number in range(3):
        graph = graph.with_node(Node(graph.free_id(), "Dense", f"b{number}"))
    assert len(graph.nodes) == 4
