"""The cards of the gallery are those of the templates as they are drawn."""

from __future__ import annotations

import pytest

from engine.cards import FILE, card, cards, text
from engine.catalogue import catalogue
from engine.templates import start, templates

KERAS = catalogue()


@pytest.mark.parametrize("name", list(templates()))
def test_a_card_shows_its_drawing(name: str) -> None:
    """Where not: `python -m engine.worker.cards` writes them anew."""
    assert card(start(name, "", KERAS).graph, KERAS, cards()[name].counts) == cards()[name]
    assert list(cards()[name].counts) == list(templates()[name].sizes)


def test_they_are_spelled_as_they_are_read() -> None:
    assert text(cards()) == FILE.read_text(encoding="utf-8")
