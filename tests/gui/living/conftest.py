"""The stage on which the tests of the living drawing play."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.alive import Alive
from gui.canvas import Canvas
from gui.monitor.figures import History
from gui.monitor.watching import Watching
from tests.gui.living.scene import Living
from tests.gui.monitor.conftest import stage as stage
from tests.gui.monitor.stage import Stage


@pytest.fixture
def living(qtbot: QtBot, stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Living:
    monkeypatch.setattr("gui.canvas.sprites.CALM", float("inf"))
    canvas = Canvas(stage.document, stage.selection)
    qtbot.addWidget(canvas)
    canvas.resize(1200, 700)
    watching = Watching(stage.runner, canvas)
    history = History(stage.runner, canvas)
    alive = Alive(stage.document, stage.runner, canvas, watching, history)
    with qtbot.waitExposed(canvas):
        canvas.show()
    canvas.fit_all()
    canvas.setFocus()
    stage.begin()
    return Living(stage, canvas, alive, watching, qtbot)
