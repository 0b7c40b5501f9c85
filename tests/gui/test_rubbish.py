"""Rubbish is looked for between edits, and not among what has come to stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.project import Project
from gui.document import Document
from gui.rubbish import Rubbish
from tests.gui.large import network


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    document = Document(catalogue())
    looked = Rubbish(document)
    yield document
    looked.end()


def test_an_edit_sets_off_no_search_of_everything(document: Document) -> None:
    found: list[int] = []
    searched = lambda phase, info: found.append(info["generation"])  # noqa: E731
    gc.callbacks.append(searched)
    try:
        document.edit("Add", network(2000))
    finally:
        gc.callbacks.remove(searched)
    assert 2 not in found


def test_what_an_edit_left_is_searched_in_a_turn_of_its_own(document: Document, qtbot: QtBot) -> None:
    found: list[int] = []
    document.edit("Add", network(20))
    gc.callbacks.append(lambda phase, info: found.append(info["generation"]))
    try:
        qtbot.waitUntil(lambda: 0 in found)
    finally:
        gc.callbacks.pop()


def test_what_was_opened_is_not_searched_again(document: Document) -> None:
    before = gc.get_freeze_count()
    document.start(Project(network(300)))
    assert gc.get_freeze_count() > before + 300
    held = document.graph.nodes["n1"]
    assert all(each is not held for each in gc.get_objects())


def test_what_has_lived_until_nothing_was_edited_for_a_while_stays(document: Document, qtbot: QtBot) -> None:
    looked = Rubbish(document)
    looked._later.setInterval(1)
    before = gc.get_freeze_count()
    document.edit("Add", network(300))
    qtbot.waitUntil(lambda: gc.get_freeze_count() > before + 300)
    looked.end()


def test_it_is_as_before_when_it_ends(document: Document) -> None:
    before = gc.get_threshold()
    Rubbish(document).end()
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
