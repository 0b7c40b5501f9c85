"""A wish to look at something of a node is spelled and read, and no node's own name is taken for one."""

from __future__ import annotations

import pytest

from engine.catalogue import catalogue
from engine.looks import ATTENDING, LOOKS, RECURRENT, read, spelled


@pytest.mark.parametrize("node", ["n5", "n5/1/n3", "a@b"])
def test_a_wish_is_read_as_it_was_spelled(node: str) -> None:
    assert [read(spelled(node, look)) for look in LOOKS] == [(node, look) for look in LOOKS]
    assert read(spelled(node)) == (node, "")


def test_what_names_no_look_is_a_node() -> None:
    assert read("n5@other") == ("n5@other", "")
    assert read("@scores") == ("@scores", "")


def test_the_layers_that_can_be_asked_are_there() -> None:
    assert all(catalogue().known(name) is not None for name in ATTENDING | RECURRENT)
