"""Activations are told with their formula and a picture, and found in their long list by any part of their name."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.kinds import ParameterSpec
from gui.editors import curves, formulas
from gui.editors.choices import ActivationEditor
from gui.editors.lists import Choice, WordList
from tests.gui.shown import Make, maker

ACTIVATION = ParameterSpec("activation", "activation", "linear", choices=catalogue().activations)


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    return maker(qtbot)


def test_every_activation_has_its_formula() -> None:
    assert set(formulas.FORMULAS) == set(catalogue().activations)


@pytest.mark.usefixtures("qtbot")
@pytest.mark.parametrize("name", ["gelu", "softmax", "exponential"])
def test_the_tip_has_name_formula_and_picture(name: str) -> None:
    told = formulas.tip(name)
    assert f"<b>{name}</b>" in told
    assert formulas.FORMULAS[name] in told
    assert "data:image/png;base64,iVBOR" in told
    assert formulas.tip("mixed") == ""


def test_a_curve_that_leaves_its_box_ends_there() -> None:
    points = curves.points("exponential")
    assert points[-1][1] == 1.0
    assert points[-1][0] == pytest.approx((1.0986 + curves.REACH) / (2 * curves.REACH), abs=0.005), "e^1.0986 is 3"
    assert sum(y == 1.0 for _, y in points) == 1, "no flat line, which would tell of a bound"


def test_where_a_curve_is_zero() -> None:
    assert curves.zero("tanh") == pytest.approx(0.5)
    assert curves.zero("relu") == 0.0
    assert curves.zero("sigmoid") is None
    assert curves.zero("softmax") is None


def test_letters_go_to_the_word_that_begins_with_them_or_holds_them(make: Make) -> None:
    made = make(ACTIVATION)
    assert isinstance(made.editor, ActivationEditor)
    QTest.keyClicks(made.editor.choice, "soft")
    assert made.editor.choice.currentText() == "soft_shrink"
    view = made.editor.choice.view()
    assert isinstance(view, WordList)
    for letters, word in (("eplus", "squareplus"), ("Sig", "sigmoid"), ("zzz", "sigmoid")):
        view._at = 0.0
        QTest.keyClicks(made.editor.choice, letters)
        assert made.editor.choice.currentText() == word
    assert made.said[-1] == "sigmoid"


def test_a_short_list_needs_no_search(qtbot: QtBot) -> None:
    few = Choice(("valid", "same"))
    qtbot.addWidget(few)
    assert not isinstance(few.view(), WordList)
