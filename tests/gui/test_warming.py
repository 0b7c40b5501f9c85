"""What pages take is imported before they are opened."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from engine.code import own
from gui import warming
from tests.gui.windows import shown_window


def test_every_module_is_there_soon_after_the_pages(qtbot: QtBot) -> None:
    window = shown_window(qtbot)
    warming.warm(window)
    qtbot.waitUntil(lambda: sys.modules.keys() >= {*warming.MODULES})


def test_sources_that_scripts_carry_are_read_by_then(qtbot: QtBot) -> None:
    own.classes.cache_clear()
    window = shown_window(qtbot)
    warming.warm(window)
    qtbot.waitUntil(lambda: own.classes.cache_info().currsize == 1)


def test_it_ends_with_its_parent(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    parent, taken = QObject(), list[str]()
    monkeypatch.setattr(warming, "import_module", taken.append)
    warming.warm(parent)
    parent.deleteLater()
    qtbot.wait(3 * warming.REST_MS)
    assert taken == [warming.MODULES[0]]
