"""What the window says of a model that was written: where it is, and what it takes to read it back."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from engine.messages import Exported
from gui.window import Window
from tests.gui.drawings import node
from tests.gui.windows import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return shown_window(qtbot)


def test_a_model_of_keras_layers_needs_no_words(window: Window) -> None:
    window.runner.exported.emit(Exported("/somewhere/net.keras"))
    assert window.notice.text == "Wrote net.keras."


def test_a_model_of_other_layers_says_how_it_is_read_back(window: Window) -> None:
    document = window.document
    document.edit("Add", document.graph.with_node(node("m", "Maxout", units=2, pieces=2)))
    window.runner.exported.emit(Exported("/somewhere/net.keras"))
    assert window.notice.text.startswith("Wrote net.keras. To read it back, first run the source of Maxout")


def test_a_line_of_news_is_no_higher_than_its_line(window: Window) -> None:
    window.notice.say("Wrote net.keras.")
    line = QFontMetrics(window.notice.font()).height()
    assert window.notice.height() < 4 * line
    window.notice.say("What takes many words is told in several lines, all of which are seen. " * 4)
    assert window.notice.height() > 4 * line
