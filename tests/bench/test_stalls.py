"""The bench of what touches thousands of layers: every case is made and measured, small here."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtWidgets import QApplication

from tests.bench import canvas, stalls
from tests.gui.large import network


@pytest.mark.once
def test_every_case_has_a_figure_and_the_target(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stalls, "RUNS", 1)
    monkeypatch.setattr(stalls, "CELLS", 1)
    monkeypatch.setattr(stalls, "network", lambda count: network(count // 50))
    before = gc.get_threshold()
    found = list(stalls.measure())
    assert len(found) == len({measure.name for measure in found}) == 24
    assert {measure.target for measure in found} == {canvas.STALL}
    assert all(measure.median > 0 for measure in found)
    assert gc.get_threshold() == before
