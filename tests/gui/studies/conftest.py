"""The page of studies on a stage without a wire, as its tests see it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui.studies.page import StudiesPage
from tests.gui.monitor.stage import Stage


@pytest.fixture
def stage(qapp: object, tmp_path: Path) -> Iterator[Stage]:
    made = Stage(tmp_path)
    yield made
    made.runner.end_now()
    made.document.deleteLater()


@pytest.fixture
def page(stage: Stage, qtbot: QtBot) -> StudiesPage:
    made = StudiesPage(stage.runner, stage.document)
    qtbot.addWidget(made)
    made.resize(760, 320)
    made._settled.setInterval(1)
    made.show()
    return made
