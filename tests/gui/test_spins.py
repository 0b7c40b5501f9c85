"""A number box stands its text off the edge, and a wheel that passes over it changes nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.editors.spins import INSET, FractionSpin, Spin


@pytest.mark.parametrize("kind", [Spin, FractionSpin])
def test_a_wheel_turns_it_only_where_somebody_is_at_it(kind: type[Spin | FractionSpin], qtbot: QtBot) -> None:
    spin = kind()
    qtbot.addWidget(spin)
    spin.show()
    spin.clearFocus()
    assert spin.lineEdit().textMargins().left() == INSET
    down = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(spin, down)
    assert spin.value() == 0
    spin.activateWindow()
    spin.setFocus()
    qtbot.waitUntil(spin.hasFocus)
    QApplication.sendEvent(spin, down)
    assert spin.value() == 1
