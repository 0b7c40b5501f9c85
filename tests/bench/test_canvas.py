"""The canvas's bench: its targets, the rival by name and version, and what is said where it is missing."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from engine.catalogue import catalogue
from engine.structure import problems
from tests.bench import canvas, rival
from tests.gui.large import network, report

needs_rival = pytest.mark.skipif(not rival.there(), reason=rival.MISSING)


@pytest.fixture(autouse=True)
def small(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """Frames few, drawings small: here it matters that they are painted, not how fast."""
    monkeypatch.setattr(canvas, "FRAMES", 3)
    monkeypatch.setattr(canvas, "EDITS", 2)
    monkeypatch.setattr(canvas, "WARM", 1)
    monkeypatch.setattr(canvas, "network", lambda count: network(count // 50))


@pytest.mark.once
def test_every_target_stands_beside_its_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rival, "there", lambda: False)
    found = {measure.name: measure.target for measure in canvas.measure()}
    assert (
        found.items()
        >= {
            "1,000 nodes all visible, pan": 4.0,
            "3,000 nodes all visible, pan": 8.0,
            "10,000 nodes all visible, pan": 16.0,
            "close zoom with text, labels and badges, pan": 16.0,
            "3,000 nodes all visible, one dragged": 8.0,
            "3,000 nodes all visible, zoom step": 16.0,
            "3,000 nodes built and painted": 1.0,
        }.items()
    )


def test_without_the_rival_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(rival, "there", lambda: False)
    found = list(canvas._beside_rival())
    assert all(measure.rival is None and measure.median > 0 for measure in found)
    assert "pip install -e '.[bench]'" in capsys.readouterr().err


@needs_rival
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of Python and of Qt: the rival is older than both
def test_the_rival_has_the_same_drawing_and_its_name_and_version_are_told() -> None:
    found = [measure for measure in canvas._beside_rival() if measure.rival is not None]
    assert {measure.rival for measure in found} == {rival.title()}
    assert rival.title().startswith("NodeGraphQt 0.")
    assert [measure.target for measure in found if "all visible, pan" in measure.name] == [0.1]


def test_a_large_drawing_is_sound_and_its_report_tells_of_all_of_it() -> None:
    graph = network(500)
    assert problems(graph, catalogue()) == ()
    found = report(graph)
    assert found.nodes.keys() == graph.nodes.keys()
    assert {problem.severity for problem in found.problems} == {"error", "warning"}
