"""A damaged or hostile file gives one sentence, and nothing but a ProjectError ever comes out."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.catalogue import catalogue
from engine.errors import ProjectError
from engine.project import LARGEST, Project, from_text, load, save, to_text
from engine.values import Json
from tests.engine.projects import GOOD
from tests.engine.strategies import JSON, PATIENT

KERAS = catalogue()


def _changed(change: Callable[[Json], object]) -> str:
    data = json.loads(to_text(GOOD))
    change(data)
    return json.dumps(data)


def _nodes(data: Json) -> Json:
    return data["graph"]["nodes"]


DAMAGED: dict[str, tuple[str, str]] = {
    "empty": ("", "f.loom is no Layerloom project. Received: not JSON (Expecting value"),
    "text": ("def f(): pass", "f.loom is no Layerloom project. Received: not JSON"),
    "merge marks": ("<<<<<<< HEAD\n" + to_text(GOOD), "f.loom is no Layerloom project. Received: not JSON"),
    "cut off": (to_text(GOOD)[:-40], "f.loom is no Layerloom project. Received: not JSON"),
    "another kind": ('{"cells": []}', "f.loom is no Layerloom project. Received: JSON of another kind."),
    "a list": ("[1, 2]", "f.loom is no Layerloom project. Received: JSON of another kind."),
    "newer": (
        _changed(lambda d: d.update(layerloom=2)),
        "f.loom was written by a newer Layerloom: this one reads versions up to 1. Received: version 2. Update",
    ),
    "huge version": (_changed(lambda d: d.update(layerloom=10**4000)), "f.loom was written by a newer Layerloom"),
    "version 0": (_changed(lambda d: d.update(layerloom=0)), "f.loom is no Layerloom project. Received: JSON with no"),
    "version true": (_changed(lambda d: d.update(layerloom=True)), "f.loom is no Layerloom project."),
    "deep brackets": ("[" * 100_000, "f.loom is no Layerloom project. Received: not JSON"),
    "deep view": (
        _changed(lambda d: d.update(view={"a": json.loads("[" * 200 + "]" * 200)})),
        "f.loom is a damaged project: It is nested at most 100 deep. Received: more.",
    ),
    "deep version": ('{"layerloom": ' + "[" * 900 + "]" * 900 + "}", "f.loom is no Layerloom project."),
    "NaN": (
        _changed(lambda d: d["view"].update(a=float("nan"))),
        "f.loom is no Layerloom project. Received: not JSON (NaN is not a number).",
    ),
    "1e999": (
        to_text(GOOD).replace("0.1", "1e999"),
        "f.loom is a damaged project: A number must be finite. Received: inf.",
    ),
    "5000 digits": (to_text(GOOD).replace("0.1", "9" * 5000), "f.loom is no Layerloom project. Received: not JSON"),
    "far place": (
        _changed(lambda d: _nodes(d)[0].update(at=[10**400, 0])),
        "f.loom is a damaged project: A whole number has at most 63 bits. Received: one of 1,329 bits.",
    ),
    "half a letter": (
        _changed(lambda d: _nodes(d)[0].update(values={"x": "\ud800"})),
        "f.loom is a damaged project: A text is Unicode. Received: '\\ud800'.",
    ),
    "unknown entry": (
        _changed(lambda d: d.update(more=1)),
        "f.loom is a damaged project: The project has an entry that this version does not know. Received: 'more'.",
    ),
    "view": (_changed(lambda d: d.update(view=3)), "f.loom is a damaged project: view is an object. Received: 3."),
    "graph": (_changed(lambda d: d.update(graph=[])), "f.loom is a damaged project: A drawing is a JSON object."),
    "blocks": (
        _changed(lambda d: d["graph"].update(blocks={"b": 1})),
        "f.loom is a damaged project: The block b is an object of colour, edges, frames, nodes, note, notes, "
        "parameters. Received: 1.",
    ),
    "nodes": (_changed(lambda d: d["graph"].update(nodes={})), "f.loom is a damaged project: nodes is a list."),
    "node": (_changed(lambda d: _nodes(d).append(1)), "f.loom is a damaged project: A node is a JSON object."),
    "node's entry": (
        _changed(lambda d: _nodes(d)[0].update(smell="sweet")),
        "f.loom is a damaged project: A node has an entry that this version does not know. Received: 'smell'.",
    ),
    "no mode": (
        _changed(lambda d: _nodes(d)[0].update(mode="asleep")),
        "f.loom is a damaged project: A node's mode is one of bypass, disable. Received: 'asleep'.",
    ),
    "no colour": (
        _changed(lambda d: _nodes(d)[0].update(colour="#ff0000")),
        "f.loom is a damaged project: A colour is one of red, orange, yellow, green, teal, blue, purple, pink, grey. "
        "Received: '#ff0000'.",
    ),
    "collapsed how": (
        _changed(lambda d: _nodes(d)[0].update(collapsed=1)),
        "f.loom is a damaged project: Whether a node is collapsed is true or false. Received: 1.",
    ),
    "frame": (
        _changed(lambda d: d["graph"].update(frames=[1])),
        "f.loom is a damaged project: A frame is a JSON object.",
    ),
    "frame's id": (
        _changed(lambda d: d["graph"].update(frames=[{"id": "n1", "size": [9, 9]}])),
        "f.loom is a damaged project: A node, a frame and a note have ids of their own. Received: an id twice.",
    ),
    "note's size": (
        _changed(lambda d: d["graph"].update(notes=[{"id": "t1", "size": [0, 9]}])),
        "f.loom is a damaged project: A note's size is two numbers of at least 1. Received: [0, 9].",
    ),
    "note without a size": (
        _changed(lambda d: d["graph"].update(notes=[{"id": "t1"}])),
        "f.loom is a damaged project: A note's size is two numbers. Received: None.",
    ),
    "note's text": (
        _changed(lambda d: d["graph"].update(notes=[{"id": "t1", "text": 7, "size": [9, 9]}])),
        "f.loom is a damaged project: A note's text is a text of at most 20000 letters. Received: 7.",
    ),
    "no id": (_changed(lambda d: _nodes(d)[2].pop("id")), "f.loom is a damaged project: A node's id is a short text."),
    "id twice": (
        _changed(lambda d: _nodes(d).append(copy.deepcopy(_nodes(d)[0]))),
        "f.loom is a damaged project: Each node has an id of its own. Received: 'n1' twice.",
    ),
    "layer": (
        _changed(lambda d: _nodes(d)[0].update(layer=["Dense"])),
        "f.loom is a damaged project: A node's layer is a short text. Received: ['Dense'].",
    ),
    "long name": (_changed(lambda d: _nodes(d)[0].update(name="a" * 65)), "f.loom is a damaged project: A node's name"),
    "name": (
        _changed(lambda d: _nodes(d)[0].update(name="x'; import os")),
        "f.loom is a damaged project: A name starts with a letter and holds letters, digits, '_', '.' and '-'",
    ),
    "place": (_changed(lambda d: _nodes(d)[0].update(at=[1])), "f.loom is a damaged project: A node's place is two"),
    "values": (_changed(lambda d: _nodes(d)[0].update(values=[])), "f.loom is a damaged project: Values are an"),
    "value": (_changed(lambda d: _nodes(d)[0].update(values={"a": {}})), "f.loom is a damaged project: A value is"),
    "shares": (_changed(lambda d: _nodes(d)[0].update(shares=4)), "f.loom is a damaged project: A node shares"),
    "shares itself": (_changed(lambda d: _nodes(d)[1].update(shares="n2")), "f.loom is a damaged project: A node sha"),
    "shares nobody": (_changed(lambda d: _nodes(d)[1].update(shares="n9")), "f.loom is a damaged project: A node sha"),
    "wire": (_changed(lambda d: d["graph"]["edges"].append({})), "f.loom is a damaged project: A wire is an object of"),
    "wire's end": (
        _changed(lambda d: d["graph"]["edges"][0].update(to=["n2"])),
        "f.loom is a damaged project: A wire's end is a node's id and a port. Received: ['n2'].",
    ),
    "wire to nowhere": (
        _changed(lambda d: d["graph"]["edges"][0].update(to=["n7", "input"])),
        "f.loom is a damaged project: A wire's end must be a node of the drawing. Received: 'n7'.",
    ),
    "wire twice": (
        _changed(lambda d: d["graph"]["edges"].append(d["graph"]["edges"][0])),
        "f.loom is a damaged project: Each wire stands once. Received: a wire twice.",
    ),
    "recipe": (_changed(lambda d: d.update(recipe=[])), "f.loom is a damaged project: A recipe is a JSON object."),
    "infinite share": (
        to_text(GOOD).replace('"source": "digits"', '"source": "digits", "test": 1e999'),
        "f.loom is a damaged project: A number must be finite. Received: inf.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", DAMAGED)
def test_a_damaged_file_gets_its_sentence(tmp_path: Path, case: str) -> None:
    text, sentence = DAMAGED[case]
    path = tmp_path / "f.loom"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        load(path, KERAS)
    assert caught.value.sentence.startswith(sentence)
    assert "\n" not in caught.value.sentence
    assert len(caught.value.sentence) < 400


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "f.loom"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\xff")
    with pytest.raises(ProjectError, match=r"no Layerloom project\. Received: bytes that are not text"):
        load(path, KERAS)


@pytest.mark.parametrize("name", ["", "gone.loom", "a\0b", "x" * 400])
def test_a_path_that_is_no_file(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProjectError, match="cannot be read"):
        load(tmp_path / name, KERAS)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.loom"
    os.mkfifo(path)
    with pytest.raises(ProjectError, match="something that is not a file"):
        load(path, KERAS)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "f.loom"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ProjectError, match="a file of over 64 MB"):
        load(path, KERAS)


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f.loom"
    save(GOOD, path)

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ProjectError, match=r"f.loom cannot be read. Received: Permission denied\."):
        load(path, KERAS)


# -- fuzz: a good file's JSON, somewhere replaced


def _places(data: Json, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [at, *(place for key, item in inner for place in _places(item, (*at, key)))]


def _put(data: Json, place: tuple[str | int, ...], item: Json) -> Json:
    if not place:
        return item
    inside = data
    for key in place[:-1]:
        inside = inside[key]
    inside[place[-1]] = item
    return data


ODD: st.SearchStrategy[Json] = JSON | st.sampled_from(
    [10**400, -(10**400), 1e308, "\ud800", "n1", ["n1", "output"], {"class": "Adam", "values": {}}, {"class": 1}, "\0"]
)


@settings(PATIENT, max_examples=400)
@given(st.data())
def test_nothing_but_a_project_error_comes_out(data: st.DataObject) -> None:
    good = json.loads(to_text(GOOD))
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(_places(good)))
        good = _put(good, place, copy.deepcopy(data.draw(ODD)))
    read = _read(json.dumps(good))
    if isinstance(read, ProjectError):
        assert read.sentence.endswith(".")
    else:
        assert from_text(to_text(read), KERAS) == read


@settings(PATIENT, max_examples=200)
@given(st.integers(0, len(to_text(GOOD)) - 1), st.integers(0, 9), st.text(max_size=3))
def test_damaged_text_is_a_project_or_a_project_error(start: int, length: int, put: str) -> None:
    text = to_text(GOOD)
    read = _read(text[:start] + put + text[start + length :])
    assert isinstance(read, Project) or read.sentence.endswith(".")


def _read(text: str) -> Project | ProjectError:
    try:
        return from_text(text, KERAS)
    except ProjectError as error:
        return error
