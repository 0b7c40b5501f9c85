"""Layers that show a picture, or none, whatever the others carry: kept with the project, read with care."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from engine.catalogue import catalogue
from engine.project import load, save
from engine.values import FrozenMap
from gui.canvas.pinning import VIEW
from tests.gui.canvas.conftest import Hand


def test_an_exception_is_kept_with_the_project_and_is_no_step(hand: Hand, tmp_path: Path) -> None:
    pinning = hand.canvas.heating.pinning
    hand.selection.set(["n2"])
    hand.canvas.commands["pin_picture"]()
    assert (pinning.shows("n2"), pinning.shows("n3")) == (False, True)
    assert hand.steps == 0
    save(hand.document.project, tmp_path / "pinned.loom")
    hand.document.start(load(tmp_path / "pinned.loom", catalogue()))
    assert (pinning.shows("n2"), pinning.shows("n3")) == (False, True)
    hand.selection.set(["n2"])
    hand.canvas.commands["pin_picture"]()
    assert pinning.shows("n2")
    assert not pinning.any


@pytest.mark.parametrize("kept", [None, 1, "n2", {"n2": False}, [1], [["n2"]], [["n2", "no"]], [[1, False]], [[False]]])
def test_what_makes_no_sense_in_a_file_is_passed_over(hand: Hand, kept: object) -> None:
    hand.document.start(replace(hand.document.project, view=FrozenMap({VIEW: kept})))
    assert not hand.canvas.heating.pinning.any
