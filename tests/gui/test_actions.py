"""The table of actions, the sets of keys over it, and what becomes of them in the window."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from gui.action import ActionSpec
from gui.actions import ACTIONS, BY_ID, MENUS
from gui.canvas import Canvas
from gui.canvas.menu import ANNOTATIONS, FRAME, GROUND, INNER, MANY, NODE, NODES, NOTE, PAIR, WIRE, rows
from gui.document import Document
from gui.keysets import DEFAULT, SETS
from gui.menus import INTO
from gui.needs import NEEDS, Standing, unmet
from gui.selection import Selection
from gui.settings import Settings
from gui.shortcuts import RESERVED, Shortcuts, everywhere, normal, resolve
from gui.window import Window
from tests.gui.windows import shown_window

SPECS = list(BY_ID.values())


@pytest.fixture
def canvas(qtbot: QtBot) -> Canvas:
    document = Document(catalogue())
    made = Canvas(document, Selection(document))
    qtbot.addWidget(made)
    return made


@pytest.fixture
def kept(qapp: QApplication) -> Settings:
    """Settings in which nothing is remembered of keys."""
    settings = Settings()
    settings.keep_keys(DEFAULT, {})
    return settings


def doubles(layers: list[dict[str, tuple[str, ...]]]) -> list[str]:
    return [key for key, count in Counter(key for keys in layers[0].values() for key in keys).items() if count > 1]


def test_an_id_is_one_action() -> None:
    ids = [spec.id for spec in ACTIONS if spec.id]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.id)
def test_every_row_makes_sense(spec: ActionSpec) -> None:
    assert spec.menu.split(INTO)[0] in MENUS
    assert spec.text[0].isupper()
    assert spec.needs in NEEDS
    assert not spec.needs or spec.canvas, "what must be selected is known on the canvas"
    assert all(normal(key) == key for key in spec.keys), "a key has one spelling"
    assert not RESERVED.keys() & set(spec.keys)
    assert not spec.blocked or spec.blocked.endswith(".")


def test_every_action_of_the_canvas_is_one_of_its_commands(canvas: Canvas) -> None:
    assert {spec.id for spec in SPECS if spec.canvas} <= canvas.commands.keys()
    assert canvas.commands.keys() <= BY_ID.keys(), "a command of the canvas is in the table"


@pytest.mark.parametrize("rows", [NODES, NODE, PAIR, MANY, FRAME, NOTE, ANNOTATIONS, WIRE, GROUND, *INNER.values()])
def test_context_menus_are_made_of_actions(canvas: Canvas, rows: tuple[tuple[str, str], ...]) -> None:
    paths = {spec.menu for spec in SPECS}
    of_the_window = {spec.id for spec in SPECS if not spec.canvas}
    assert {id for id, _ in rows if id} <= canvas.commands.keys() | of_the_window | paths | INNER.keys()


def test_the_menu_of_a_frame_offers_nothing_that_needs_a_layer() -> None:
    for now in (Standing(frames=1), Standing(notes=1), Standing(frames=2, notes=1)):
        offered = [BY_ID[id].needs for id, _ in rows(now) if id in BY_ID]
        assert "layers" not in offered
        assert "layer" not in offered


@pytest.mark.parametrize("name", SETS)
def test_the_keys_of_a_set_are_keys_and_no_two_actions_share_one(name: str) -> None:
    chosen = SETS[name]
    assert chosen.keys() <= BY_ID.keys()
    assert all(normal(key) == key and QKeySequence(key).count() == 1 for keys in chosen.values() for key in keys)
    assert doubles([dict(chosen)]) == []
    defaults = {spec.id: spec.keys for spec in SPECS}
    assert doubles([defaults]) == []
    assert doubles([resolve((chosen, defaults))]) == []


@pytest.mark.parametrize("name", SETS)
def test_a_set_leaves_no_action_without_the_key_it_had(name: str) -> None:
    shortcuts = Shortcuts()
    before = {id for id in BY_ID if shortcuts.keys(id)}
    shortcuts.choose(name)
    assert {id for id in before if not shortcuts.keys(id)} == set()


def test_needs_are_met_or_said() -> None:
    assert unmet("layers", Standing(layers=1)) == ""
    assert unmet("two", Standing(layers=3)) == "Two layers are needed, 3 are selected. Select exactly two."
    for need in NEEDS:
        said = unmet(need, Standing())
        assert (said == "") is (need == "")
        assert "{" not in said


# -- what the person changes


def test_a_set_overrides_and_the_person_overrides_the_set() -> None:
    shortcuts = Shortcuts()
    assert shortcuts.keys("delete") == ("Del", "Backspace")
    shortcuts.choose("Blender-like")
    assert shortcuts.keys("delete") == ("X", "Del")
    assert shortcuts.action("X") == "delete"
    assert shortcuts.keys("save") == ("Ctrl+S",)
    shortcuts.assign("delete", ["Ctrl+Backspace"])
    assert shortcuts.keys("delete") == ("Ctrl+Backspace",)
    assert shortcuts.action("X") == ""
    shortcuts.reset("delete")
    assert shortcuts.keys("delete") == ("X", "Del")


def test_a_taken_key_is_found_and_taken_away() -> None:
    shortcuts = Shortcuts()
    holder = shortcuts.holder("ctrl+s", but="train")
    assert holder is not None
    assert holder.id == "save"
    assert shortcuts.holder("Ctrl+S", but="save") is None
    shortcuts.assign("train", ["Ctrl+S", "F5"])
    assert shortcuts.action("Ctrl+S") == "train"
    assert shortcuts.keys("save") == ()
    shortcuts.assign("save", ["F5"])
    assert (shortcuts.keys("train"), shortcuts.keys("save")) == (("Ctrl+S",), ("F5",))
    shortcuts.reset_all()
    assert (shortcuts.keys("train"), shortcuts.keys("save")) == (("F5", "Ctrl+Return"), ("Ctrl+S",))


def test_an_action_may_lose_every_key() -> None:
    shortcuts = Shortcuts()
    shortcuts.assign("delete", [])
    assert shortcuts.keys("delete") == ()
    assert shortcuts.label("delete") == ""
    assert shortcuts.is_own("delete")


def test_changes_are_remembered(kept: Settings) -> None:
    shortcuts = Shortcuts(kept)
    shortcuts.choose("ComfyUI-like")
    shortcuts.assign("train", ["Ctrl+T"])
    again = Shortcuts(Settings())
    assert again.chosen == "ComfyUI-like"
    assert again.keys("train") == ("Ctrl+T",)


def test_an_action_of_another_version_is_kept_and_does_nothing(kept: Settings) -> None:
    kept.keep_keys("Vim-like", {"teleport": ["Ctrl+T"]})
    shortcuts = Shortcuts(kept)
    assert shortcuts.chosen == DEFAULT
    assert shortcuts.action("Ctrl+T") == ""
    shortcuts.assign("train", ["Ctrl+T"])
    shortcuts.reset_all()
    assert kept.key_changes == {"teleport": ("Ctrl+T",)}


@pytest.mark.parametrize(
    "junk",
    [
        "", "{", "[]", "7", "null", '{"train": 7}', '{"train": [7]}', '{"train": ["nonsense"]}', '{"train": "Ctrl+T"}',
        '{"train": ["Ctrl+K, Ctrl+T"]}', '{"train": ["Space"]}', "[" * 100_000, '{"": [""]}', "x" * 300_000,
    ],
)  # fmt: skip
def test_junk_in_the_settings_is_passed_over(kept: Settings, junk: str) -> None:
    kept._store.setValue("keys/changes", junk)
    shortcuts = Shortcuts(kept)
    assert set(shortcuts.keys("train")) <= {"F5", "Ctrl+Return"}
    assert shortcuts.keys("save") == ("Ctrl+S",)


def test_two_own_actions_with_one_key_do_not_share_it(kept: Settings) -> None:
    kept._store.setValue("keys/changes", json.dumps({"train": ["F7"], "save": ["F7"]}))
    shortcuts = Shortcuts(kept)
    assert (shortcuts.keys("save"), shortcuts.keys("train")) == (("F7",), ())


@pytest.mark.parametrize(
    ("id", "key", "yes"),
    [
        ("train", "F5", True), ("train", "Ctrl+T", True), ("train", "T", False), ("train", "Shift+T", False),
        ("train", "5", False), ("train", "Tab", False), ("train", "Left", False), ("train", "Alt+Left", True),
        ("sheet", "?", True), ("zoom_in", "+", True), ("zoom_in", "Ctrl++", True), ("zoom_in", "Alt+=", True),
        ("delete", "Ctrl+T", False), ("train", "Num+.", True), ("train", "Ctrl+,", True),
    ],
)  # fmt: skip
def test_a_bare_letter_works_on_the_canvas_alone(id: str, key: str, yes: bool) -> None:
    assert everywhere(BY_ID[id], key) is yes


# -- in the window


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return shown_window(qtbot)


def test_the_window_has_every_action(window: Window) -> None:
    assert window.actions_by_id.keys() == BY_ID.keys()


def test_every_action_stands_in_a_menu(window: Window) -> None:
    shown = {action.objectName() for menu in window.bar.menus.findChildren(QMenu) for action in menu.actions()}
    assert BY_ID.keys() <= shown


def test_a_new_key_works_at_once_and_the_old_one_no_more(window: Window) -> None:
    window.shortcuts.assign("select_all", ["Q"])
    assert window.actions_by_id["select_all"].shortcut() == QKeySequence("Q")
    QTest.keyClick(window.canvas, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert not window.selection.ids
    QTest.keyClick(window.canvas, Qt.Key.Key_Q)
    assert window.selection.ids == frozenset(window.document.graph.nodes)


def test_a_bare_letter_of_a_window_action_works_on_the_canvas(window: Window) -> None:
    window.shortcuts.assign("canvas_only", ["C"])
    assert window.actions_by_id["canvas_only"].shortcuts() == []
    QTest.keyClick(window.canvas, Qt.Key.Key_C)
    assert window.docks["palette"].isHidden()


def test_a_key_that_cannot_be_says_why(window: Window) -> None:
    QTest.keyClick(window.canvas, Qt.Key.Key_W)
    assert window.notice.text == "Two layers are needed, none are selected. Select exactly two."


def test_a_menu_dims_what_cannot_be_while_it_is_open(window: Window) -> None:
    edit = next(menu for menu in window.bar.menus.findChildren(QMenu) if menu.title() == "&Edit")
    edit.aboutToShow.emit()
    assert not window.actions_by_id["duplicate"].isEnabled()
    edit.aboutToHide.emit()
    assert window.actions_by_id["duplicate"].isEnabled()
    window.selection.set(window.document.graph.nodes)
    edit.aboutToShow.emit()
    assert window.actions_by_id["duplicate"].isEnabled()
