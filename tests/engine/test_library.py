"""The library: a block goes out and comes back with all that stands in it; what is damaged or hostile is left out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from engine import library
from engine.catalogue import catalogue
from engine.errors import GraphError
from engine.graph import BLOCK, Graph, Node
from engine.unfold import unfolded
from tests.gui.blocked import blocked

KERAS = catalogue()


def with_instance(graph: Graph, block: str) -> Graph:
    return graph.with_node(Node("new", BLOCK + block, "new"))


def test_a_block_is_kept_with_those_that_stand_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "blocks"
    path = library.keep(folder, blocked().blocks, "stage")
    assert path.name == "stage.loom"
    assert json.loads(path.read_text())["graph"]["nodes"] == []
    found = library.read(folder, KERAS)
    assert found.faults == ()
    assert list(found.blocks) == ["stage"]
    assert found.kept["stage"] == {name: blocked().blocks[name] for name in ("stage", "residual")}


def test_a_drawing_takes_in_what_its_instances_lack(tmp_path: Path) -> None:
    library.keep(tmp_path, blocked().blocks, "stage")
    kept = library.read(tmp_path, KERAS)
    empty = Graph()
    assert kept.completed(empty) is empty
    graph = kept.completed(with_instance(empty, "stage"))
    assert set(graph.blocks) == {"stage", "residual"}
    assert not unfolded(graph, KERAS).faults
    assert kept.completed(graph) is graph
    assert kept.completed(with_instance(empty, "unknown")).blocks == {}


def test_what_stands_in_it_gives_way_to_a_definition_of_the_drawings_own(tmp_path: Path) -> None:
    library.keep(tmp_path, blocked().blocks, "stage")
    own = replace(blocked().blocks["residual"], note="Another")
    graph = replace(Graph(), blocks=Graph().blocks.with_item("residual", own))
    after = library.read(tmp_path, KERAS).completed(with_instance(graph, "stage"))
    assert set(after.blocks) == {"residual", "residual2", "stage"}
    assert after.blocks["residual"] is own
    assert after.blocks["stage"].graph.nodes["units"].layer == BLOCK + "residual2"


def test_a_block_is_forgotten(tmp_path: Path) -> None:
    library.keep(tmp_path, blocked().blocks, "residual")
    library.forget(tmp_path, "residual")
    library.forget(tmp_path, "residual")
    assert library.read(tmp_path, KERAS).kept == {}


@pytest.mark.parametrize("name", ["../evil", "a/b", "", "a b", "import"])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(GraphError):
        library.keep(tmp_path, blocked().blocks, name)
    with pytest.raises(GraphError):
        library.forget(tmp_path, name)


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", '{"layerloom": 1}', '{"layerloom": 1, "graph": {"blocks": {"other": {}}}}', "\x00",
        '{"layerloom": 99}', '{"layerloom": 1, "graph": {"blocks": {"bad": {"nodes": [{"id": "a"}]}}}}',
        '{"layerloom": 1, "graph": {"blocks": {"bad": {"nodes": '
        '[{"id": "a", "layer": "block:bad", "name": "a"}]}}}}',
    ],
)  # fmt: skip
def test_a_damaged_file_is_left_out_and_told(tmp_path: Path, text: str) -> None:
    library.keep(tmp_path, blocked().blocks, "residual")
    (tmp_path / "bad.loom").write_text(text)
    found = library.read(tmp_path, KERAS)
    assert list(found.blocks) == ["residual"]
    assert len(found.faults) == 1
    assert "bad" in found.faults[0]


def test_a_file_of_a_bad_name_or_too_large_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "not a name.loom").write_text("{}")
    (tmp_path / "large.loom").write_text(" " * (library.LARGEST + 1))
    assert len(library.read(tmp_path, KERAS).faults) == 2
    assert library.read(tmp_path / "nowhere", KERAS) == library.Library()
