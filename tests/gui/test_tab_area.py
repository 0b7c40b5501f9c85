"""The Tab key in a panel: from top to bottom, whatever was made when, and out of it at both ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gui.inspector import Inspector
from gui.tab_area import stops
from tests.gui.inspecting import shown_desk


@pytest.fixture
def inspector(qtbot: QtBot) -> Iterator[Inspector]:
    """A convolution's form in a window with a line before it and one after it; folds and ways back are made late."""
    desk = shown_desk(qtbot)
    window, before, after = QWidget(), QLineEdit(), QLineEdit()
    column = QVBoxLayout(window)
    for widget in (before, desk.inspector, after):
        column.addWidget(widget)
    qtbot.addWidget(window)
    desk.select("n3")
    form = desk.inspector.form
    assert form is not None
    form.folds["Initializers"].button.click()
    form.rows["padding"].editor.offer("same")
    desk.inspector.parameters.seek()
    window.resize(320, 1400)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    yield desk.inspector
    desk.inspector.setParent(None)  # each is closed by itself


def press(key: Qt.Key) -> QWidget:
    before = QApplication.focusWidget()
    assert before is not None
    QTest.keyClick(before, key)
    after = QApplication.focusWidget()
    assert after is not None
    return after


def walked(inspector: Inspector, key: Qt.Key) -> list[QWidget]:
    """The widgets that a key visits in the panel until it leaves it."""
    found = [stop for stop in stops(inspector) if stop is QApplication.focusWidget()]
    while inspector.isAncestorOf(widget := press(key)):
        assert widget not in found, "no key is caught in a panel"
        found.append(widget)
    return found


def test_it_goes_from_top_to_bottom_and_leaves(inspector: Inspector) -> None:
    inspector.heading.name.setFocus()
    visited = walked(inspector, Qt.Key.Key_Tab)
    rows = [each.mapTo(inspector, QPoint(0, each.height() // 2)).y() // 24 for each in visited]
    assert rows == sorted(rows), [each.accessibleName() for each in visited]
    assert visited == stops(inspector), "of a switch, the button that is down is met alone"
    names = [each.accessibleName() for each in visited]
    assert names.index("Find a value") < names.index("filters")
    assert names.index("padding") + 1 == names.index("Reset padding to valid")


def test_it_goes_back_the_same_way_and_leaves(inspector: Inspector) -> None:
    inspector.heading.name.setFocus()
    there = walked(inspector, Qt.Key.Key_Tab)
    there[-1].setFocus()
    assert walked(inspector, Qt.Key.Key_Backtab) == there[::-1]
