"""What the drawing carries while it trains, fed with what a real run said of the digits."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gui.living import pictures
from tests.gui.living.conftest import living as living
from tests.gui.living.conftest import stage as stage
from tests.gui.living.scene import Living, is_digit, picture


def test_every_node_in_sight_carries_a_picture(living: Living) -> None:
    living.rest()
    assert set(living.asked) == set(living.stage.document.graph.nodes)
    assert living.canvas.drawing.wells == set(living.asked), "there is room for each before the first comes"
    living.play()
    assert {"n2", "n8"} <= living.shown
    first = picture(living, "n2")
    living.stage.play()
    living.rest()
    assert picture(living, "n2") != first


def test_only_what_is_in_sight_is_asked_of_the_run(living: Living) -> None:
    living.rest()
    living.canvas.zoom_to(4.0)
    living.canvas.look_at(living.canvas.drawing.nodes.frame("n1").center())
    living.rest()
    assert "n1" in living.asked
    assert "n8" not in living.asked
    living.canvas.look_at(living.canvas.drawing.nodes.frame("n8").center())
    living.rest()
    assert "n8" in living.asked
    assert "n1" not in living.asked


def test_a_small_pan_asks_for_nothing_new(living: Living) -> None:
    living.canvas.zoom_to(2.0)
    living.canvas.look_at(living.canvas.drawing.nodes.frame("n2").center())
    living.rest()
    before = len(living.stage.trainer.sent)
    living.canvas.look_at(living.canvas.centre() + QPointF(20, 0))
    living.rest()
    assert len(living.stage.trainer.sent) == before


def test_from_afar_and_out_of_sight_nothing_is_asked(living: Living) -> None:
    living.rest()
    living.canvas.zoom_to(0.2)
    living.rest()
    assert living.asked == ()
    living.canvas.fit_all()
    living.rest()
    assert living.asked != ()
    living.canvas.hide()
    QApplication.processEvents()
    assert living.asked == ()
    living.canvas.show()
    living.rest()
    assert living.asked != ()


def test_a_minimised_window_asks_for_nothing(living: Living) -> None:
    living.rest()
    living.canvas.showMinimized()
    living.qtbot.waitUntil(lambda: living.asked == ())
    living.canvas.showNormal()
    living.qtbot.waitUntil(lambda: living.asked != ())


def test_a_picture_that_came_is_there_when_its_node_comes_back(living: Living) -> None:
    living.play()
    assert "n2" in living.shown
    living.canvas.zoom_to(4.0)
    living.canvas.look_at(living.canvas.drawing.nodes.frame("n8").center())
    living.rest()
    living.canvas.look_at(living.canvas.drawing.nodes.frame("n2").center())
    living.rest()
    assert "n2" in living.shown


def test_pictures_are_made_for_the_zoom_at_which_they_are_seen(living: Living) -> None:
    living.canvas.zoom_to(0.6)
    living.rest()
    living.play()
    small = picture(living, "n2").width()
    living.canvas.zoom_to(1.2)
    living.canvas.look_at(living.canvas.drawing.nodes.frame("n2").center())
    living.rest()
    assert picture(living, "n2").width() == pytest.approx(2 * small, abs=2)


def test_layers_can_carry_nothing(living: Living) -> None:
    living.play()
    living.canvas.commands["carry_nothing"]()
    assert living.asked == ()
    assert not living.shown
    assert not living.canvas.drawing.wells
    living.canvas.commands["carry_pictures"]()
    living.rest()
    assert living.asked != ()
    assert "n2" in living.shown, "what came before is still known"


def test_a_figure_takes_the_place_of_the_pictures(living: Living) -> None:
    living.play()
    living.canvas.commands["heat_parameters"]()
    assert living.asked == ()
    assert not living.shown


def test_one_layer_can_be_an_exception(living: Living) -> None:
    living.play()
    living.stage.selection.set(["n2"])
    QTest.keyClick(living.canvas, Qt.Key.Key_V)
    assert "n2" not in living.shown
    assert "n2" not in living.asked
    living.canvas.commands["carry_nothing"]()
    QTest.keyClick(living.canvas, Qt.Key.Key_V)
    QTest.keyClick(living.canvas, Qt.Key.Key_V)
    living.rest()
    assert living.asked == ("n2",)
    assert living.shown == {"n2"}


def test_keys_choose_the_sample_and_the_bar_says_which(living: Living) -> None:
    living.rest()
    QTest.keyClick(living.canvas, Qt.Key.Key_J)
    assert living.watching.sample == 1
    assert living.alive.bar.sample.text() == "sample 1"
    QTest.keyClick(living.canvas, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(living.canvas, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert living.watching.sample == 15


def test_the_sample_is_told_while_layers_carry_pictures(living: Living) -> None:
    bar = living.alive.bar
    assert not bar.sample.isHidden()
    wide = bar.width()
    living.canvas.commands["carry_nothing"]()
    assert bar.sample.isHidden()
    assert bar.width() < wide


def test_a_layer_that_was_changed_loses_its_picture(living: Living) -> None:
    living.play()
    living.stage.document.set_value("n2", "filters", 8)
    assert "n2" not in living.shown
    assert "n4" in living.shown


def test_another_project_carries_nothing_of_this_one(living: Living) -> None:
    living.play()
    living.stage.document.start(living.stage.document.project)
    living.rest()
    assert not living.shown
    assert not living.canvas.drawing.wells


def test_many_pictures_are_made_in_turns(living: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    living.rest()
    monkeypatch.setattr(pictures, "TURN", 0.0)
    living.stage.play(is_digit, ended=False)
    made: list[int] = []
    monkeypatch.setattr(living.canvas, "show_thumbnail", lambda _id, _image: made.append(1))
    living.alive.pictures._make_some()
    assert len(made) == 1, "one turn makes one where there is no time for two"
    living.rest()
    assert len(made) > 1
