"""Layers coloured by what a run tells, and wires that pulse with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from engine.messages import Array, Figures
from gui import settings
from gui.canvas import tips
from gui.canvas.heat import COLD, Heat, Reading
from gui.canvas.heating import CARRIED
from gui.living.figures import reading
from tests.gui.living.scene import Living, tell


def hue(living: Living, id: str) -> str:
    return living.canvas.drawing.nodes.face(id).hue


def test_what_the_run_tells_colours_the_layers(living: Living) -> None:
    living.canvas.commands["heat_gradient_norm"]()
    assert living.canvas.heating.legend.accessibleDescription() == "The first look comes soon"
    assert hue(living, "n2") == COLD
    tell(living, 40, gradient_norm=(0.001, 0.02, 3.4, float("nan")))
    assert COLD not in (hue(living, "n2"), hue(living, "n4"), hue(living, "n6"))
    assert hue(living, "n2") != hue(living, "n6")
    assert hue(living, "n8") == hue(living, "n1") == COLD
    legend = living.canvas.heating.legend
    assert legend.accessibleDescription() == "0.001, 0.01, 0.1, 1, 10. live · step 40"
    assert living.canvas.drawing.nodes.face("n6").count == "3"
    assert "Gradient norm: 3.4 at step 40" in tips.node_tip(living.canvas.drawing.facts, "n6")


def test_only_what_stands_elsewhere_on_the_scale_is_shown_anew(living: Living) -> None:
    living.canvas.commands["heat_gradient_norm"]()
    tell(living, 40, gradient_norm=(0.001, 0.02, 3.4, 1.0))
    nodes = living.canvas.drawing.nodes
    before = {id: nodes.face(id) for id in nodes.ids}
    tell(living, 48, gradient_norm=(0.001, 0.3, 3.3, 1.0))
    assert [id for id in nodes.ids if nodes.face(id) is not before[id]] == ["n4"]
    assert "Gradient norm: 3.3 at step 48" in tips.node_tip(living.canvas.drawing.facts, "n6"), "hover is exact"


def test_shares_stand_on_a_scale_from_nothing_to_all(living: Living) -> None:
    living.canvas.commands["heat_dead"]()
    tell(living, 8, dead=(0.0, 0.004, 0.5, 1.0))
    steps = [int(hue(living, id).rpartition(" ")[2]) for id in ("n2", "n4", "n6", "n8")]
    assert steps == [0, 0, 12, 23]
    counts = [living.canvas.drawing.nodes.face(id).count for id in ("n2", "n4", "n6", "n8")]
    assert counts == ["0 %", "1 %", "50 %", "100 %"]
    assert living.canvas.heating.legend.accessibleDescription().startswith("0 %, 25 %, 50 %, 75 %, 100 %")


def test_readings_come_twice_a_second_at_most(living: Living) -> None:
    living.canvas.commands["heat_gradient_norm"]()
    tell(living, 40, gradient_norm=(1.0, 1.0, 1.0, 1.0))
    assert living.alive.readings._gap.isActive()
    look = living.alive.readings._history.figures[-1]
    living.stage.runner.figured.emit(replace(look, step=41))
    assert living.canvas.drawing.reading is not None
    assert living.canvas.drawing.reading.step == 40
    living.qtbot.waitUntil(lambda: getattr(living.canvas.drawing.reading, "step", 0) == 41)


def test_a_hidden_canvas_takes_the_figures_once_it_is_seen(living: Living) -> None:
    living.canvas.commands["heat_gradient_norm"]()
    living.canvas.hide()
    tell(living, 40, gradient_norm=(1.0, 1.0, 1.0, 1.0))
    assert living.canvas.drawing.reading is None
    living.canvas.show()
    living.qtbot.waitUntil(lambda: living.canvas.drawing.reading is not None)


def test_the_key_steps_through_what_the_run_has_told(living: Living) -> None:
    tell(living, 40, gradient_norm=(1.0, 1.0, 1.0, 1.0))
    for _ in range(4):
        QTest.keyClick(living.canvas, Qt.Key.Key_O)
    assert living.canvas.heating.carried == "gradient_norm"


# -- wires that pulse


def test_wires_pulse_by_what_the_run_tells_or_its_pictures(living: Living) -> None:
    beats = living.canvas.drawing.painter.beats
    living.play()
    assert not beats.levels, "only where it is chosen"
    living.canvas.commands["pulse"]()
    assert "n2" in beats.levels, "by the pictures"
    tell(living, 40, mean=(0.0, 0.0, 0.0, 0.0), deviation=(0.001, 1.0, 10.0, 0.0))
    assert beats.levels == {"n2": 1, "n4": 5, "n6": 6}
    living.canvas.commands["pulse"]()
    assert not beats.levels


def test_nothing_beats_without_motion(living: Living, monkeypatch: pytest.MonkeyPatch) -> None:
    pulse = living.canvas.heating.pulse
    living.canvas.commands["pulse"]()
    tell(living, 40, mean=(1.0,) * 4, deviation=(0.0,) * 4)
    assert not pulse._beat.isActive()
    monkeypatch.setattr("gui.motion.milliseconds", lambda wanted: wanted)
    tell(living, 41, mean=(1.0,) * 4, deviation=(0.0,) * 4)
    assert pulse._beat.isActive()
    assert living.canvas.drawing.painter.beats.light == 1.0
    living.qtbot.waitUntil(lambda: not pulse._beat.isActive())
    assert living.canvas.drawing.painter.beats.light == 0.0


def test_the_layers_of_a_block_are_told_together(living: Living) -> None:
    look = Figures(
        1, 8, 1.0, ("a", "b", "c", "d"), ("gradient_norm", "dead", "time"),
        Array.of(np.array([(1.0, 0.5, 0.25), (3.0, 0.25, 0.5), (9.0, float("nan"), 0.1), (7.0, 1.0, 1.0)])), 1.0,
    )  # fmt: skip
    found = reading(look, {"a": "block", "b": "block", "c": "plain"}.get)
    assert found.columns["gradient_norm"] == {"block": 3.0, "plain": 9.0}, "the largest"
    assert found.columns["dead"] == {"block": 0.5}
    assert found.columns["time"] == {"block": 0.75, "plain": 0.1}, "the sum"
    assert found.step == 8


def test_a_scale_stands_still_while_it_fits() -> None:
    first = Heat.live("gradient_norm", Reading(1, {"gradient_norm": {"a": 0.01, "b": 5.0}}))
    assert (first.low, first.high) == (-2, 1)
    second = Heat.live("gradient_norm", Reading(2, {"gradient_norm": {"a": 0.02, "b": 0.5}}), first)
    assert (second.low, second.high) == (-2, 1), "two decades still fill enough of three"
    third = Heat.live("gradient_norm", Reading(3, {"gradient_norm": {"a": 0.02, "b": 0.05}}), second)
    assert (third.low, third.high) == (-2, -1)
    assert Heat.live("gradient_norm", None).ticks() == []


def test_what_vanished_stands_at_the_foot_of_the_scale() -> None:
    heat = Heat.live("gradient_norm", Reading(1, {"gradient_norm": {"a": 0.0, "b": 5.0, "c": 1e-30}}))
    assert heat.hue("a") == heat.hue("c") == "heat 0"
    assert heat.high - heat.low == 8
    assert heat.words("a") == "0"


def test_settings_know_all_that_layers_can_carry() -> None:
    assert settings.CARRIED == CARRIED


def test_steps_of_the_run_show_nothing_anew(living: Living) -> None:
    living.canvas.commands["heat_gradient_norm"]()
    tell(living, 40, gradient_norm=(1.0, 1.0, 1.0, 1.0))
    shown: list[int] = []
    living.canvas.drawing.redrawn.connect(lambda: shown.append(1))
    for step in range(20):
        living.stage.runner.show(replace(living.stage.runner.state, step=step))
    assert not shown


@pytest.mark.parametrize(("figure", "words"), [("deviation", "does not measure"), ("saturated", "has bounds")])
def test_what_a_run_does_not_tell_is_said(living: Living, figure: str, words: str) -> None:
    living.canvas.commands[f"heat_{figure}"]()
    tell(living, 40, gradient_norm=(1.0, 1.0, 1.0, 1.0))
    assert words in living.canvas.heating.legend.accessibleDescription()


def test_what_is_asked_apart_is_said_to_be_asked(living: Living) -> None:
    living.canvas.commands["heat_time"]()
    tell(living, 40, gradient_norm=(1.0, 1.0, 1.0, 1.0))
    assert living.canvas.heating.legend.accessibleDescription() == "The network is asked how long they take"


def test_the_legend_says_whether_the_run_goes_on(living: Living) -> None:
    living.canvas.commands["heat_gradient_norm"]()
    tell(living, 40, gradient_norm=(1.0, 1.0, 1.0, 1.0))
    assert "live · step 40" in living.canvas.heating.legend.accessibleDescription()
    living.stage.play()
    assert "as it was at step 40" in living.canvas.heating.legend.accessibleDescription()
