"""The stage on which the monitor's tests play."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.theme import DARK, themes
from tests.gui.monitor.stage import Stage


@pytest.fixture
def stage(qapp: object, tmp_path: Path) -> Iterator[Stage]:
    themes().use(DARK)
    made = Stage(tmp_path)
    yield made
    made.runner.end_now()
    made.document.deleteLater()
