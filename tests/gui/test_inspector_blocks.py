"""The inspector in blocks: formulas with what they give, what is exposed, and the block's own parameters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.project import Project
from engine.values import Formula
from gui.block_panel import BlockPanel
from gui.editors.fields import Field
from gui.editors.formula import EXPOSE, TAKE, WRITE, FormulaEditor
from gui.editors.typed import RepeatEditor, TypedEditor
from gui.parameter_card import ParameterCard
from tests.gui.blocked import blocked
from tests.gui.inspecting import Desk, shown_desk


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    made = shown_desk(qtbot)
    made.document.start(Project(blocked()))
    return made


def inside(desk: Desk, *ids: str) -> None:
    desk.document.enter("two")
    desk.document.enter("units")
    desk.select(*ids)


def editor(desk: Desk, name: str) -> FormulaEditor:
    assert desk.inspector.form is not None
    found = desk.inspector.form.rows[name].editor
    assert isinstance(found, FormulaEditor)
    return found


def panel(desk: Desk) -> BlockPanel:
    return desk.inspector.findChildren(BlockPanel)[0]


def cards(desk: Desk) -> list[ParameterCard]:
    return [card for card in panel(desk).cards.items if isinstance(card, ParameterCard)]


def retype(field: Field, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def choose(made: FormulaEditor, words: str) -> None:
    next(action for action in made.menu().actions() if action.text().startswith(words)).trigger()


# -- formulas


def test_a_formula_is_shown_with_what_it_gives(desk: Desk) -> None:
    inside(desk, "conv")
    shown = editor(desk, "filters")
    assert shown.field.text() == "filters"
    assert shown.given.text() == "= 16"
    assert shown.focusProxy() is shown.field
    assert desk.document.undo.count() == 0, "showing changes nothing"


def test_a_formula_is_edited_in_one_step(desk: Desk) -> None:
    inside(desk, "conv")
    retype(editor(desk, "filters").field, "filters * 4")
    assert desk.document.graph.nodes["conv"].values["filters"] == Formula("filters * 4")
    assert editor(desk, "filters").given.text() == "= 64"
    assert desk.document.undo.count() == 1
    desk.document.undo.undo()
    assert editor(desk, "filters").field.text() == "filters"


@pytest.mark.parametrize(
    ("text", "words"),
    [("width * 2", "The block has the parameters"), ("filters +", "arithmetic"), ("filters - 16", "at least 1")],
)
def test_a_formula_that_cannot_be_is_refused_in_a_sentence(desk: Desk, text: str, words: str) -> None:
    inside(desk, "conv")
    shown = editor(desk, "filters")
    retype(shown.field, text)
    assert words in shown.refusal
    assert shown.field.text() == text
    assert desk.document.undo.count() == 0


def test_an_equals_sign_begins_a_formula(desk: Desk) -> None:
    inside(desk, "conv")
    shown = editor(desk, "groups")
    assert isinstance(shown.inner, TypedEditor)
    retype(shown.inner.field, "= filters // 8")
    assert desk.document.graph.nodes["conv"].values["groups"] == Formula("filters // 8")
    assert shown.given.text() == "= 2"
    assert desk.document.undo.count() == 1


def test_an_equals_sign_elsewhere_begins_none(desk: Desk) -> None:
    desk.select("digit")
    retype(desk.field("units").field, "= 2")
    assert desk.field("units").refusal
    assert desk.document.undo.count() == 0


def test_the_button_turns_a_value_to_a_formula_and_back(desk: Desk) -> None:
    inside(desk, "conv")
    shown = editor(desk, "use_bias")
    choose(shown, WRITE)
    retype(shown.field, "project")
    assert desk.document.graph.nodes["conv"].values["use_bias"] == Formula("project")
    assert shown.given.text() == "= yes"
    choose(editor(desk, "filters"), TAKE.partition("{")[0])
    assert desk.document.graph.nodes["conv"].values["filters"] == 16
    assert desk.document.undo.count() == 2


def test_a_formula_that_is_a_number_is_the_number(desk: Desk) -> None:
    inside(desk, "conv")
    retype(editor(desk, "filters").field, "4 * 8")
    assert desk.document.graph.nodes["conv"].values["filters"] == 32
    assert editor(desk, "filters").inner.value() == 32


def test_a_value_is_exposed_as_a_parameter_of_the_block_in_one_step(desk: Desk) -> None:
    inside(desk, "conv")
    choose(editor(desk, "kernel_size"), EXPOSE)
    block = desk.document.root.blocks["residual"]
    assert (block.parameters[-1].name, block.parameters[-1].default) == ("kernel_size", (3, 3))
    assert desk.document.graph.nodes["conv"].values["kernel_size"] == Formula("kernel_size")
    assert (desk.document.undo.count(), desk.document.undo.undoText()) == (1, "Expose kernel_size of residual")
    assert editor(desk, "kernel_size").given.text() == "= 3×3"
    desk.document.undo.undo()
    assert desk.document.root == blocked()


def test_another_unit_gives_other_values(desk: Desk) -> None:
    inside(desk, "conv")
    choose(editor(desk, "use_bias"), WRITE)
    retype(editor(desk, "use_bias").field, "project")
    step = desk.document.steps[-1]
    desk.document.see((*desk.document.steps[:-1], type(step)(step.instance, step.block, 2)))
    desk.select("conv")
    assert editor(desk, "use_bias").given.text() == "= no"


# -- an instance


def test_an_instance_is_called_a_block_and_has_its_parameters(desk: Desk) -> None:
    desk.document.enter("one")
    desk.select("units")
    assert desk.inspector.heading.kind.text() == "residual, a block of this drawing · Two ways that are added up"
    assert desk.rows == {"filters", "project", "repeat"}
    assert desk.told["In the row"] == "project: of the first alone; the others have the block's default."


def test_repeat_is_stepped_by_its_buttons(desk: Desk) -> None:
    desk.document.enter("one")
    desk.select("units")
    inner = editor(desk, "repeat").inner
    assert isinstance(inner, RepeatEditor)
    inner.more.click()
    assert desk.document.graph.nodes["units"].values["repeat"] == 3
    inner.fewer.click()
    inner.fewer.click()
    assert "repeat" not in desk.document.graph.nodes["units"].values
    assert not inner.fewer.isEnabled()


# -- the block


def test_a_block_that_is_open_shows_its_parameters(desk: Desk) -> None:
    inside(desk)
    assert desk.inspector.heading.name.text() == "residual"
    assert "2 instances" not in desk.inspector.heading.kind.text()
    assert [card.name.text() for card in cards(desk)] == ["filters", "project"]
    assert cards(desk)[1].first.isChecked()
    desk.select("conv")
    assert not panel(desk).isVisible()
    desk.document.leave(2)
    assert not panel(desk).isVisible()


def test_a_parameter_is_renamed_with_all_that_follows_it(desk: Desk) -> None:
    inside(desk)
    retype(cards(desk)[0].name, "channels")
    assert desk.document.graph.nodes["conv"].values["filters"] == Formula("channels")
    assert desk.document.root.blocks["stage"].graph.nodes["units"].values["channels"] == Formula("width * 2")
    assert desk.document.undo.count() == 1
    desk.document.undo.undo()
    assert [card.name.text() for card in cards(desk)] == ["filters", "project"]
    assert desk.document.root == blocked()


def test_what_cannot_be_a_name_is_refused_and_what_stood_there_comes_back(desk: Desk) -> None:
    inside(desk)
    retype(cards(desk)[0].name, "project")
    assert "a name of its own" in panel(desk).refusal.text()
    assert desk.document.undo.count() == 0


def test_a_default_is_set_and_a_parameter_kept_to_the_first(desk: Desk) -> None:
    inside(desk)
    default = cards(desk)[0].default
    assert isinstance(default, TypedEditor)
    retype(default.field, "32")
    assert desk.document.root.blocks["residual"].parameters[0].default == 32
    cards(desk)[0].first.click()
    assert desk.document.root.blocks["residual"].parameters[0].first
    assert desk.document.undo.count() == 2


def test_a_parameter_is_added_moved_made_another_kind_and_removed(desk: Desk) -> None:
    inside(desk)
    panel(desk).add.click()
    assert [card.name.text() for card in cards(desk)] == ["filters", "project", "width"]
    cards(desk)[2].moved.emit(-1)
    assert [card.name.text() for card in cards(desk)] == ["filters", "width", "project"]
    cards(desk)[1].kind.chosen.emit("number")
    assert desk.document.root.blocks["residual"].parameters[1].default == 0.5
    cards(desk)[0].removed.emit()
    assert [card.name.text() for card in cards(desk)] == ["width", "project"]
    assert desk.document.graph.nodes["conv"].values["filters"] == 8
    assert desk.document.undo.count() == 4


def test_a_block_is_renamed_from_inside_and_undo_stays_there(desk: Desk) -> None:
    inside(desk)
    retype(desk.inspector.heading.name, "unit")
    assert "unit" in desk.document.root.blocks
    assert [step.block for step in desk.document.steps] == ["stage", "unit"]
    desk.document.undo.undo()
    assert [step.block for step in desk.document.steps] == ["stage", "residual"]
    retype(desk.inspector.heading.name, "stage")
    assert "a name of its own" in desk.inspector.heading.refusal.text()


def test_a_block_says_what_it_is(desk: Desk) -> None:
    inside(desk)
    retype(panel(desk).note, "Adds up")
    assert desk.document.root.blocks["residual"].note == "Adds up"
    known = desk.document.catalogue.known("block:residual")
    assert known is not None
    assert known.summary == "Adds up"
