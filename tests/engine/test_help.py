"""The pages of help as shipped: one for each layer, its sections filled, its text clean; reading refuses."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from engine.catalogue import RESOURCES, catalogue
from engine.errors import EngineError
from engine.help import FILE, KINDS, Block, HelpPage, page_of, pages, read

PAGES = catalogue().layers
OPERATIONS = catalogue().operations
LAYERS = {name: spec for name, spec in PAGES.items() if not spec.operation}
#: More than this is a book; a page is read while one draws.
MOST = 4200
#: What a docstring's markup leaves behind where it is not understood.
LEFT = re.compile(r"```|>>>|\*\*|\{\{|\}\}|\$\$|\]\(http|\)\[http")


def test_every_layer_has_a_page_and_no_other_has() -> None:
    assert list(pages()) == list(PAGES)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_page_of_an_operation_tells_of_its_ports_and_leads_to_the_web(name: str) -> None:
    page, spec = pages()[name], OPERATIONS[name]
    assert page.takes.keys() == {port.name for port in spec.inputs}
    assert page.gives.keys() == {port.name for port in spec.outputs}
    assert all((*page.takes.values(), *page.gives.values()))
    assert set(page.also) <= OPERATIONS.keys() - {name}
    assert page.also
    assert re.fullmatch(r"https://keras\.io/api/ops/(core|image|linalg|nn|numpy)/#[a-z0-9]+-function", page.link)


@pytest.mark.parametrize("name", LAYERS)
def test_a_page_is_filled(name: str) -> None:
    page, spec = pages()[name], LAYERS[name]
    assert page.formula
    assert all(page.formula)
    assert page.takes.keys() == {port.name for port in spec.inputs}
    assert page.gives.keys() == {port.name for port in spec.outputs}
    assert all(page.takes.values())
    assert all(page.gives.values())
    assert page.met or page.systems
    assert page.met.endswith(".") or not page.met
    assert page.also
    assert set(page.also) <= LAYERS.keys() - {name}
    assert len(set(page.also)) == len(page.also)


@pytest.mark.parametrize("name", LAYERS)
def test_a_page_leads_to_the_web_unless_the_layer_is_ours(name: str) -> None:
    link = pages()[name].link
    assert link == "" if LAYERS[name].own else re.fullmatch(r"https://keras\.io/api/layers/[a-z0-9_/]+/", link)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_clean_and_no_longer_than_one_reads(name: str) -> None:
    page = pages()[name]
    assert sum(len(line) for block in page.about for line in block.lines) < MOST
    for block in page.about:
        assert block.kind in KINDS
        assert block.lines
        assert any(line.strip() for line in block.lines)
        if block.kind != "code":
            bare = [re.sub(r"`[^`]*`|\[[^\]]*\]\(https?://[^)\s]*\)", "", line) for line in block.lines]
            assert not [line for line in bare if LEFT.search(line) or "`" in line]
    assert not page.about or page.about[-1].kind != "title", "a title leads to nothing"


def test_many_pages_say_what_the_docstring_says() -> None:
    assert sum(bool(pages()[name].about) for name in LAYERS) >= 0.9 * len(LAYERS)
    assert sum(any(block.kind == "code" for block in page.about) for page in pages().values()) >= 60


def test_the_licence_stands_beside_the_words_that_it_is_for() -> None:
    assert "Apache License" in json.loads(FILE.read_text(encoding="utf-8"))["notice"]
    assert "Apache License" in (RESOURCES / "LICENSE-Keras").read_text(encoding="utf-8")


def test_a_page_is_read_as_it_was_written() -> None:
    page = HelpPage(
        "Dense", ("y = x",), {"input": "batch"}, {"output": "batch"}, "Anywhere.", ("A net",),
        (Block("text", ("Words.",)), Block("list", ("a", "b"))), ("Maxout",), "https://keras.io/",
    )  # fmt: skip
    assert read(json.dumps({"pages": {"Dense": page.to_json()}})) == {"Dense": page}


def test_a_layer_of_somebody_else_has_a_page_of_its_ports() -> None:
    page = page_of(replace(LAYERS["LSTM"], name="Mine"))
    assert page.takes.keys() == {"input", "state_h", "state_c", "mask"}
    assert (page.formula, page.about, page.link) == ((), (), "")
    assert page_of(LAYERS["LSTM"]) is pages()["LSTM"]


def test_a_kind_of_text_that_is_not_known_is_refused() -> None:
    body = {**pages()["Dense"].to_json(), "about": [["script", "alert"]]}
    with pytest.raises(EngineError, match="made of title, text"):
        read(json.dumps({"pages": {"Dense": body}}))
