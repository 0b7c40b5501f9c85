"""Blocks in a file: they survive the way there and back, and what is no block is refused with a sentence."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.graph import BLOCK, Block, BlockParameter, Graph, Note
from engine.graph_json import graph_from_json, graph_to_json
from engine.project import Project, from_text, to_text
from engine.values import Formula, FrozenMap, Json
from tests.engine.drawings import drawing, layer

UNIT = Block(
    "unit",
    drawing(
        "x > d", "d > y", x=layer("Inlet"), d=layer("Dense", units=Formula("units * 2")), y=layer("Outlet")
    ).with_notes([Note("t1", "what it does")]),
    (
        BlockParameter("units", "int", 8, first=True, help="How wide"),
        BlockParameter("activation", "activation", "relu"),
    ),
    note="Two of them make one.", colour="teal",
)  # fmt: skip


def graph() -> Graph:
    shown = drawing(
        "i > u.x", "u.y > o", i=layer("InputLayer", shape=(4,)), u=layer(BLOCK + "unit", units=3, repeat=2),
        o=layer("Dense", units=1),
    )  # fmt: skip
    shown = shown.with_node(replace(shown.nodes["o"], when="project"))
    return replace(shown, blocks=FrozenMap({"unit": UNIT, "empty": Block("empty", Graph())}))


def test_blocks_survive_json() -> None:
    assert graph_from_json(json.loads(json.dumps(graph_to_json(graph())))) == graph()


def test_a_file_with_blocks_stands_line_by_line_and_comes_back() -> None:
    text = to_text(Project(graph()))
    assert '\n   "unit": {' in text
    assert '\n     {"id": "d", "layer": "Dense", "name": "d", "values": {"units": {"formula": "units * 2"}}' in text
    assert from_text(text, catalogue(), "f.loom").graph == graph()
    assert to_text(from_text(text, catalogue(), "f.loom")) == text


def changed(edit: Any) -> Json:
    data = graph_to_json(graph())
    edit(data, data["blocks"]["unit"])
    return data


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (changed(lambda d, b: d.update(blocks=[])), "Blocks are an object"),
        (changed(lambda d, b: d["blocks"].update({"no name": b})), "A block's name starts with a letter"),
        (changed(lambda d, b: d["blocks"].update({"lambda": b})), "no word of Python's"),
        (changed(lambda d, b: d["blocks"].update({"__class__": b})), "starts with a letter"),
        (changed(lambda d, b: b.update(more=1)), "The block unit is an object of"),
        (changed(lambda d, b: b.update(parameters={})), "a list of at most 64 parameters"),
        (changed(lambda d, b: b.update(parameters=[3])), "has a name, a kind and a default"),
        (changed(lambda d, b: b["parameters"][0].update(kind="smell")), "one of the kinds"),
        (changed(lambda d, b: b["parameters"][0].update(name="for")), "no word of Python's"),
        (changed(lambda d, b: b["parameters"].append(b["parameters"][0])), "stands once"),
        (changed(lambda d, b: b["nodes"][2].update(layer="Inlet", name="x")), "names of their own"),
        (changed(lambda d, b: b["nodes"][1].update(layer="block:unit")), "does not stand in itself"),
        (changed(lambda d, b: b["nodes"].append({"id": "a/b", "layer": "ReLU", "name": "r"})), "holds no '/'"),
        (changed(lambda d, b: b["nodes"][1].update(when="a b")), "The parameter on which a node hangs"),
        (changed(lambda d, b: b.update(note=3)), "A note on a block"),
        (changed(lambda d, b: b["edges"][0].update(to=["gone", "input"])), "must be a node"),
    ],
)
def test_what_is_no_block_is_refused(data: Json, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        graph_from_json(data)
