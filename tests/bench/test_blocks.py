"""The bench of drawings with blocks: every figure has its target, and the slowest template is named."""

from __future__ import annotations

from itertools import islice

import pytest
from PySide6.QtWidgets import QApplication

from engine.templates import templates
from tests.bench import blocks, canvas


@pytest.fixture(autouse=True)
def small(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames, runs and templates few, the network a small one: here it matters that all is done, not how fast."""
    few = dict(islice(templates().items(), 2))
    monkeypatch.setattr(canvas, "FRAMES", 2)
    monkeypatch.setattr(canvas, "WARM", 1)
    monkeypatch.setattr(blocks, "RUNS", 1)
    monkeypatch.setattr(blocks, "NAME", "resnet18")
    monkeypatch.setattr(blocks, "templates", lambda: few)


@pytest.mark.once
def test_every_figure_has_its_target() -> None:
    found = {measure.name: measure for measure in blocks.measure()}
    assert all(measure.median > 0 for measure in found.values())
    assert [measure.target for name, measure in found.items() if name.endswith("pan")] == [16.0] * 2
    assert [measure.target for name, measure in found.items() if name.endswith("set")] == [50.0] * 2
    assert [measure.target for name, measure in found.items() if "opened" in name] == [300.0] * 4
    assert all(measure.target is not None for measure in found.values())
    assert any(name.startswith("a template opened, the slowest, ") for name in found)
