"""Layers coloured by a figure: the scale, its colours, what follows edits, reports and recipe, and the legend."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from engine.recipe import Recipe
from engine.report import NodeReport, Report, TensorSpec
from engine.totals import Cost
from engine.values import FrozenMap, Part
from gui.canvas.bodypaint import SOAK
from gui.canvas.heat import COLD, STEPS, Heat
from gui.canvas.ink import hue_colour, mixed
from gui.canvas.legend import Legend
from gui.canvas.ramp import NONE, ramp
from gui.theme import THEMES, Theme
from tests.gui.canvas.conftest import Hand

COSTS = {
    "a": Cost(parameters=320), "b": Cost(parameters=131_200), "c": Cost(), "d": Cost(parameters=99_000),
}  # fmt: skip


def step(heat: Heat, id: str) -> int:
    return int(heat.hue(id).rpartition(" ")[2])


def tell(hand: Hand, **counts: int) -> None:
    spec = TensorSpec((None, 4))
    nodes = {id: NodeReport(FrozenMap({"output": spec}), count, count) for id, count in counts.items()}
    hand.document.take_report(hand.document.generation, Report(FrozenMap(nodes)))


def luminance(tint: QColor) -> float:
    whole = (tint.redF(), tint.greenF(), tint.blueF())
    parts = [part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4) for part in whole]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: QColor, other: QColor) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# -- the scale


def test_amounts_stand_on_a_scale_of_powers_of_ten() -> None:
    heat = Heat.of("parameters", COSTS, Recipe())
    assert (heat.low, heat.high) == (2, 6)
    assert 0 <= step(heat, "a") < step(heat, "d") < step(heat, "b") < STEPS
    assert heat.hue("c") == heat.hue("unknown") == COLD
    assert (heat.words("a"), heat.words("c")) == ("320", "")
    assert [words for _, words in heat.ticks()] == ["100", "1 k", "10 k", "100 k", "1 M"]


def test_one_amount_and_none_make_a_scale_too() -> None:
    assert Heat.of("parameters", {"a": Cost(parameters=100)}, Recipe()).ticks()[-1] == (1.0, "1 k")
    assert Heat.of("parameters", {"a": Cost()}, Recipe()).ticks() == []
    assert Heat.of("memory", {}, Recipe()).ticks() == []


def test_a_wide_scale_has_five_ticks_at_most() -> None:
    costs = {"a": Cost(multiply_adds=1), "b": Cost(multiply_adds=10**14)}
    assert len(Heat.of("multiply_adds", costs, Recipe()).ticks()) <= 5


def test_memory_counts_optimizer_and_batch() -> None:
    costs = {"a": Cost(weights=8, moved=4, output=100)}
    recipe = Recipe(batch_size=10, optimizer=Part("Adam"))
    assert Heat.of("memory", costs, recipe).amounts["a"] == 8 + 4 * 3 + 2 * 100 * 10


@pytest.mark.parametrize("theme", THEMES)
def test_lightness_alone_tells_the_order(theme: str) -> None:
    steps = [luminance(QColor(name)) for name in ramp(theme)]
    assert steps == sorted(steps, reverse=theme == "light")
    assert abs(steps[0] - steps[-1]) > 0.4


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_words_can_be_read_on_every_colour(theme: Theme) -> None:
    body = QColor(theme.field if theme.name == "dark" else theme.panel)
    for name in (*ramp(theme.name), NONE[theme.name]):
        assert contrast(QColor(theme.text), mixed(QColor(name), body, SOAK)) >= 4.5


# -- on the canvas


def test_a_figure_colours_the_nodes_and_stands_on_them(hand: Hand) -> None:
    tell(hand, n1=0, n2=100, n3=650)
    nodes = hand.canvas.drawing.nodes
    before = nodes.face("n3").hue
    hand.canvas.commands["heat_parameters"]()
    assert nodes.face("n1").hue == COLD
    assert nodes.face("n2").hue != nodes.face("n3").hue != before
    assert (nodes.face("n1").count, nodes.face("n3").count) == ("", "650")
    assert nodes.hues[nodes.hue[nodes.row["n3"]]] == nodes.face("n3").hue
    assert hue_colour(nodes.face("n3").hue) == QColor(ramp("dark")[step_of(hand, "n3")])
    hand.canvas.commands["carry_pictures"]()
    assert nodes.face("n3").hue == before


def step_of(hand: Hand, id: str) -> int:
    heat = hand.canvas.drawing.facts.heat
    assert heat is not None
    return step(heat, id)


def test_it_follows_the_report_and_touches_what_differs_alone(hand: Hand) -> None:
    hand.canvas.commands["heat_parameters"]()
    tell(hand, n1=0, n2=100, n3=650)
    nodes = hand.canvas.drawing.nodes
    before = {id: nodes.face(id) for id in nodes.ids}
    tell(hand, n1=0, n2=100, n3=850)
    assert [id for id in nodes.ids if nodes.face(id) is not before[id]] == ["n3"]
    assert nodes.face("n3").count == "850"


def test_memory_follows_the_recipe(hand: Hand) -> None:
    tell(hand, n1=0, n2=100, n3=650)
    hand.canvas.commands["heat_memory"]()
    before = hand.canvas.drawing.nodes.face("n1").count
    hand.document.edit_recipe("Set", replace(hand.document.recipe, batch_size=1))
    assert hand.canvas.drawing.nodes.face("n1").count == "32 bytes" != before


def test_an_added_layer_is_not_coloured_before_it_is_known(hand: Hand) -> None:
    hand.canvas.commands["heat_parameters"]()
    hand.canvas.add_layer("Dense")
    added = set(hand.graph.nodes) - {"n1", "n2", "n3"}
    assert {hand.canvas.drawing.nodes.face(id).hue for id in added} == {COLD}


def test_the_key_steps_through_the_figures_and_back(hand: Hand) -> None:
    chosen: list[str] = []
    hand.canvas.heating.chosen.connect(chosen.append)
    for _ in range(4):
        QTest.keyClick(hand.canvas, Qt.Key.Key_O)
    assert chosen == ["parameters", "multiply_adds", "memory", "pictures"]
    assert hand.canvas.drawing.facts.heat is None


def test_the_legend_says_what_is_shown_and_closes_it(hand: Hand) -> None:
    tell(hand, n1=0, n2=100, n3=650)
    hand.canvas.commands["heat_parameters"]()
    legend = hand.canvas.findChild(Legend)
    assert isinstance(legend, Legend)
    assert legend.isVisible()
    assert legend.accessibleDescription() == "100, 1 k"
    QTest.mouseClick(legend.close_button, Qt.MouseButton.LeftButton)
    assert not legend.isVisible()
    assert hand.canvas.drawing.figure == ""
