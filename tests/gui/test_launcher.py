"""The command palette: what it offers, what letters find, what Enter does and where the focus goes."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.templates import templates
from gui.actions import BY_ID
from gui.entries import Entry, entries
from gui.fuzzy import rank
from gui.launcher import Launcher
from gui.launcher_rows import ENTRY, spoken
from gui.search_button import SearchButton
from gui.window import Window
from tests.gui.windows import shown_window

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return shown_window(qtbot)


def opened(window: Window) -> Launcher:
    QTest.keyClick(window.canvas, Qt.Key.Key_K, CTRL)
    launcher = window.findChild(Launcher)
    assert launcher is not None
    return launcher


def found(launcher: Launcher) -> list[Entry]:
    return [launcher.rows.index(row, 0).data(ENTRY) for row in range(launcher.rows.rowCount())]


def first(launcher: Launcher, text: str) -> Entry:
    launcher.field.clear()
    QTest.keyClicks(launcher.field, text)
    return found(launcher)[0]


def test_it_offers_everything(window: Window) -> None:
    ids = {entry.id for entry in entries(window)}
    assert BY_ID.keys() - {"find_action"} <= ids
    assert {f"layer:{name}" for name in window.document.catalogue.layers} <= ids
    assert {f"help:{name}" for name in window.document.catalogue.layers} <= ids
    assert {f"template:{t.name}:{size}" for t in templates().values() for size in t.sizes} <= ids
    assert len(ids) == len(entries(window))


#: What people type, and the entry that they mean.
MEANT = {
    "train": "train", "dense": "layer:Dense", "add dense": "layer:Dense", "show sel": "fit_selection",
    "preferences": "settings", "gap2d": "layer:GlobalAveragePooling2D", "keyboard": "sheet",
    "fully connected": "layer:Dense", "export k": "export_model", "loss": "page_curves",
    "udno": "undo", "remove": "delete", "help dense": "help:Dense", "conv2d help": "help:Conv2D",
}  # fmt: skip


def test_letters_find_what_is_meant(window: Window) -> None:
    launcher = opened(window)
    assert {typed: first(launcher, typed).id for typed in MEANT} == MEANT


def test_enter_does_it_on_the_canvas_with_the_focus_there(window: Window) -> None:
    launcher = opened(window)
    assert window.focusWidget() is launcher.field
    first(launcher, "select all")
    QTest.keyClick(launcher.field, Qt.Key.Key_Return)
    assert not launcher.isVisible()
    assert window.focusWidget() is window.canvas
    assert window.selection.ids == frozenset(window.document.graph.nodes)


def test_a_layer_is_added_after_the_selected_one(window: Window) -> None:
    before = set(window.document.graph.nodes)
    last = list(window.document.graph.nodes)[-1]
    window.selection.set([last])
    launcher = opened(window)
    first(launcher, "dropout")
    QTest.keyClick(launcher.field, Qt.Key.Key_Return)
    (added,) = window.document.graph.nodes.keys() - before
    assert window.document.graph.node(added).layer == "Dropout"


def test_what_cannot_be_done_is_dimmed_and_says_why(window: Window) -> None:
    launcher = opened(window)
    entry = first(launcher, "duplicate")
    assert entry.why == window.canvas.keyboard.why_not("duplicate")
    assert entry.why in spoken(entry)
    QTest.keyClick(launcher.field, Qt.Key.Key_Return)
    assert launcher.isVisible()
    assert launcher.told.text() == entry.why
    assert first(launcher, "undo").why == BY_ID["undo"].blocked
    assert first(launcher, "stop").why == BY_ID["stop"].blocked


def test_escape_gives_the_focus_back(window: Window) -> None:
    window.palette_panel.focus_search()
    QTest.keyClick(window.palette_panel.search, Qt.Key.Key_K, CTRL)
    launcher = window.findChild(Launcher)
    assert launcher is not None
    QTest.keyClick(launcher.field, Qt.Key.Key_Escape)
    assert not launcher.isVisible()
    assert window.focusWidget() is window.palette_panel.search


def test_another_place_in_focus_closes_it(window: Window) -> None:
    launcher = opened(window)
    window.canvas.setFocus()
    assert not launcher.isVisible()


def test_keys_move_and_stop_at_the_ends(window: Window) -> None:
    launcher = opened(window)
    QTest.keyClick(launcher.field, Qt.Key.Key_Up)
    assert launcher.list.currentIndex().row() == 0
    QTest.keyClick(launcher.field, Qt.Key.Key_Down)
    QTest.keyClick(launcher.field, Qt.Key.Key_PageDown)
    assert launcher.list.currentIndex().row() == 12
    for _ in range(launcher.rows.rowCount() // 10):
        QTest.keyClick(launcher.field, Qt.Key.Key_PageDown)
    assert launcher.list.currentIndex().row() == launcher.rows.rowCount() - 1


def test_nothing_found_says_so_and_enter_does_nothing(window: Window) -> None:
    launcher = opened(window)
    QTest.keyClicks(launcher.field, "qqqq")
    assert found(launcher) == []
    assert "Nothing is called that" in launcher.told.text()
    QTest.keyClick(launcher.field, Qt.Key.Key_Return)
    assert launcher.isVisible()


def test_what_is_used_comes_first(window: Window) -> None:
    launcher = opened(window)
    assert first(launcher, "zoom").id == "zoom_in"
    for _ in range(2):
        first(launcher, "zoom out")
        QTest.keyClick(launcher.field, Qt.Key.Key_Return)
        launcher = opened(window)
    assert window.settings.entry_weights == {"zoom_out": pytest.approx(2, abs=0.01)}
    assert found(launcher)[0].id == "zoom_out", "without letters what was used stands first"
    assert first(launcher, "zoom").id == "zoom_out"
    assert first(launcher, "zoom in").id == "zoom_in", "use lifts nothing over a better fit"


def test_use_never_lifts_past_a_better_fit(window: Window) -> None:
    listed = entries(window)
    lifted = rank("train", listed, lambda entry: 10**6 if entry.id == "page_training" else 0)
    assert lifted[0].id == "train"


@pytest.mark.parametrize("junk", ["", "{", "[1]", '{"train": "x"}', '{"train": -4}', '{"train": true}', "[" * 99_999])
def test_junk_in_the_settings_counts_nothing(window: Window, junk: str) -> None:
    window.settings._store.setValue("entry_uses", junk)
    assert window.settings.entry_weights == {}
    window.settings.count_entry("train")
    assert window.settings.entry_weights == {"train": pytest.approx(1, abs=0.01)}


def test_a_remapped_key_is_shown(window: Window) -> None:
    window.shortcuts.assign("fit_all", ["Ctrl+9"])
    assert first(opened(window), "show all").key == "Ctrl+9"
    window.shortcuts.reset_all()


def test_the_bar_opens_it_and_names_its_key(window: Window) -> None:
    assert "Ctrl+K" in window.bar.search.text()
    window.bar.search.click()
    launcher = window.findChild(Launcher)
    assert launcher is not None
    assert launcher.isVisible()
    window.shortcuts.assign("find_action", ["Ctrl+P"])
    assert "Ctrl+P" in window.bar.search.text()
    window.shortcuts.reset_all()


@pytest.mark.parametrize("width", [1600, 1280, 640])
def test_it_stays_inside_the_window(window: Window, width: int) -> None:
    window.resize(width, 700)
    launcher = opened(window)
    assert window.rect().contains(launcher.geometry())
    first(launcher, "conv")
    assert window.rect().contains(launcher.geometry())


def test_a_letter_costs_no_more_than_a_few_repaints(window: Window, qtbot: QtBot) -> None:
    """Finding is measured against painting the window once, on the same machine at the same time."""
    launcher = opened(window)
    start = time.perf_counter()
    window.render(QPixmap(window.size()))
    painted = time.perf_counter() - start
    listed = entries(window)
    rank("conv", listed)
    start = time.perf_counter()
    for query in ("c", "co", "con", "conv", "conv 2d"):
        rank(query, listed)
    assert (time.perf_counter() - start) / 5 < 2 * painted
    assert launcher.isVisible()


@pytest.mark.parametrize(
    ("width", "text"),
    [(280, "Search actions, layers…    Ctrl+K"), (180, "Search…    Ctrl+K"), (130, "Ctrl+K"), (40, "")],
)
def test_the_button_says_as_much_as_fits(qtbot: QtBot, width: int, text: str) -> None:
    button = SearchButton()
    qtbot.addWidget(button)
    button.show_key("Ctrl+K")
    button.resize(width, 30)
    button.show()
    assert button.text() == text
