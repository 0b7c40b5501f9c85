"""The scrubber goes back through epochs, plays them, and follows the run again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gui.monitor.looking.scrubber import Scrubber


@pytest.fixture
def scrubber(qtbot: QtBot) -> Scrubber:
    made = Scrubber()
    qtbot.addWidget(made)
    made.resize(500, 30)
    made.show()
    made.show_epochs([0, 1, 2, 5])
    return made


def moves(scrubber: Scrubber) -> list[int | None]:
    heard: list[int | None] = []
    scrubber.moved.connect(heard.append)
    return heard


def test_with_one_epoch_there_is_nothing_to_go_back_to(scrubber: Scrubber) -> None:
    scrubber.show_epochs([3])
    assert not scrubber.slider.isVisible()
    assert not scrubber.play_button.isVisible()
    assert scrubber.stamp.isVisible()


def test_keys_go_back_and_at_the_end_the_run_is_followed(scrubber: Scrubber) -> None:
    heard = moves(scrubber)
    scrubber.slider.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(scrubber.slider, key)
    assert heard == [2, 1, 2, None]
    assert scrubber.now.isChecked()


def test_new_epochs_move_only_what_follows(scrubber: Scrubber) -> None:
    scrubber.show_epochs([0, 1, 2, 5, 6])
    assert (scrubber.epoch, scrubber.slider.value()) == (None, 4)
    scrubber.go(1)
    scrubber.show_epochs([0, 1, 2, 5, 6, 7])
    assert (scrubber.epoch, scrubber.slider.value()) == (1, 1)
    scrubber.show_epochs([0, 2, 6, 8])
    assert scrubber.slider.value() == 0, "where its epoch was let go of, the one before it is seen"
    scrubber.now.click()
    assert (scrubber.epoch, scrubber.slider.value()) == (None, 3)


def test_playing_begins_anew_at_the_end_and_ends_there(scrubber: Scrubber, qtbot: QtBot) -> None:
    heard = moves(scrubber)
    scrubber._timer.setInterval(1)
    scrubber.play_button.click()
    assert scrubber.playing
    qtbot.waitUntil(lambda: not scrubber.playing)
    assert heard == [0, 1, 2, None]


def test_playing_is_held(scrubber: Scrubber) -> None:
    scrubber.play()
    scrubber.play()
    assert not scrubber.playing
    assert scrubber.epoch == 0
