"""A drawing with dots, bypassed and disabled layers, through every command: each takes it as the network it means."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from engine import marks, project
from engine.catalogue import catalogue
from engine.graph import Edge, End
from tests.end_to_end.test_commands import events, run

pytestmark = pytest.mark.worker
#: The digits network less its dropout.
MEANT = ["image", "conv1", "pool1", "conv2", "flatten", "hidden", "digit"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the digits network: its dropout bypassed, a disabled branch beside it, a dot on a wire."""
    folder = tmp_path_factory.mktemp("marks")
    assert run("new", "digits-cnn", "--to", "digits.loom", folder=folder).returncode == 0
    held = project.load(folder / "digits.loom", catalogue())
    graph, ids = held.graph, {node.name: node.id for node in held.graph.nodes.values()}
    for layer, before in (("Dense", ids["flatten"]), ("ReLU", "")):
        node = catalogue().new_node(graph, layer)
        source = before or max(graph.nodes, key=lambda each: int(each[1:]))
        graph = graph.with_node(node).with_edge(Edge(End(source, "output"), End(node.id, "input")))
    branch = graph.out_of(ids["flatten"])[-1].target.node
    graph = marks.turned(marks.turned(graph, [ids["dropout"]], "bypass"), [branch], "disable")
    graph, _ = marks.dotted(graph, graph.into(ids["conv2"]), (0.0, 0.0))
    project.save(replace(held, graph=graph), folder / "marked.loom")
    return folder


def test_check_train_and_export_take_it_as_it_is_meant(folder: Path) -> None:
    checked = run("check", "marked.loom", "--json", folder=folder)
    told = json.loads(checked.stdout)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert [node["name"] for node in told["nodes"]] == MEANT
    assert told["parameters"] == 151_306

    trained = run("train", "marked.loom", "--epochs", 1, "--run", "run", "--json", folder=folder)
    assert (trained.returncode, trained.stderr) == (0, "")
    assert events(trained.stdout)[-1]["status"] == "finished"

    assert run("export", "marked.loom", "--to", "out.py", folder=folder).returncode == 0
    script = (folder / "out.py").read_text(encoding="utf-8")
    compile(script, "out.py", "exec")
    assert [name for name in (*MEANT, "dropout", "dot", "relu") if f'name="{name}"' in script] == MEANT

    exported = run("export", "marked.loom", "--to", "out.keras", "--run", "run", folder=folder)
    assert (exported.returncode, exported.stderr) == (0, "")
    with zipfile.ZipFile(folder / "out.keras") as file:
        config = json.loads(file.read("config.json"))
    assert [layer["name"] for layer in config["config"]["layers"]] == MEANT
