"""The palette: every layer there, found and taken by mouse and by keyboard."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.catalogue import LayerSpec, catalogue
from gui.document import Document
from gui.palette import Palette
from gui.settings import FOLDED_AT_FIRST, Settings
from gui.shelf import ENTRY, MIME, Entry, drag_picture


@pytest.fixture
def palette(qtbot: QtBot) -> Palette:
    made = Palette(Document(catalogue()))
    qtbot.addWidget(made)
    made.resize(216, 600)
    made.show()
    return made


@pytest.fixture
def chosen(palette: Palette) -> list[str]:
    said: list[str] = []
    palette.chosen.connect(said.append)
    return said


def index(palette: Palette, entry: Entry) -> QModelIndex:
    return palette.shelf.index(palette.shelf.row_of(entry), 0)


def layer(name: str) -> LayerSpec:
    return catalogue().layer(name)


def place(palette: Palette, entry: Entry) -> QPoint:
    palette.list.scrollTo(index(palette, entry))
    return palette.list.visualRect(index(palette, entry)).center()


def names(palette: Palette) -> list[str]:
    return [entry.name for entry in palette.shelf.entries if isinstance(entry, LayerSpec)]


# -- what is there


def test_every_layer_stands_below_its_group(palette: Palette) -> None:
    assert names(palette) == [*catalogue().layers]
    groups = [entry for entry in palette.shelf.entries if isinstance(entry, str)]
    assert groups == [*catalogue().groups()]
    assert palette.shelf.entries[palette.shelf.row_of("Pooling") + 1] == catalogue().groups()["Pooling"][0]


def test_a_layer_has_its_summary_as_tooltip(palette: Palette) -> None:
    for spec in catalogue().layers.values():
        tip = index(palette, spec).data(Qt.ItemDataRole.ToolTipRole)
        assert spec.name in tip
        assert spec.summary, f"{spec.name} has no summary to show"


def test_every_row_is_painted(palette: Palette) -> None:
    before = palette.list.viewport().grab().toImage()
    palette.fold(["Core"])
    assert palette.list.viewport().grab().toImage() != before


# -- search


def test_a_search_shows_the_likeliest_first_and_enter_takes_it(palette: Palette, chosen: list[str]) -> None:
    palette.focus_search()
    QTest.keyClicks(palette.search, "gap2d")
    assert names(palette)[0] == "GlobalAveragePooling2D"
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert chosen == ["GlobalAveragePooling2D"]


def test_enter_without_a_search_takes_nothing(palette: Palette, chosen: list[str]) -> None:
    palette.focus_search()
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert chosen == []


def test_a_search_that_finds_nothing_says_so(palette: Palette) -> None:
    QTest.keyClicks(palette.search, "xyzzy")
    assert palette.nothing.isVisible()
    assert not palette.list.isVisible()
    QTest.keyClick(palette.search, Qt.Key.Key_Escape)
    assert palette.search.text() == ""
    assert palette.list.isVisible()
    assert len(names(palette)) == len(catalogue().layers)


def test_arrow_keys_go_from_the_search_through_the_list(palette: Palette, chosen: list[str]) -> None:
    palette.focus_search()
    QTest.keyClicks(palette.search, "dropout")
    QTest.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.list.hasFocus()
    found = names(palette)
    QTest.keyClick(palette.list, Qt.Key.Key_Down)
    QTest.keyClick(palette.list, Qt.Key.Key_Return)
    assert chosen == [found[1]]


def test_a_letter_typed_in_the_list_is_a_search(palette: Palette) -> None:
    palette.list.setFocus()
    QTest.keyClick(palette.list, Qt.Key.Key_L)
    assert palette.search.text() == "l"
    assert palette.search.hasFocus()


# -- groups


def test_a_click_on_a_group_folds_it_and_says_so(palette: Palette) -> None:
    said: list[frozenset[str]] = []
    palette.folds_changed.connect(said.append)
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place(palette, "Core"))
    assert said == [{"Core"}]
    assert "Dense" not in names(palette)
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place(palette, "Core"))
    assert said[-1] == set()
    assert "Dense" in names(palette)


def test_keys_fold_and_open_a_group(palette: Palette) -> None:
    palette.list.setFocus()
    palette.list.go(palette.shelf.row_of("Pooling"))
    QTest.keyClick(palette.list, Qt.Key.Key_Left)
    assert palette.shelf.folded == {"Pooling"}
    assert palette.list.currentIndex().data(ENTRY) == "Pooling"
    QTest.keyClick(palette.list, Qt.Key.Key_Left)
    assert palette.shelf.folded == {"Pooling"}
    QTest.keyClick(palette.list, Qt.Key.Key_Right)
    assert palette.shelf.folded == frozenset()


def test_a_folded_group_is_still_searched(palette: Palette) -> None:
    palette.fold(["Core"])
    QTest.keyClicks(palette.search, "dense")
    assert names(palette)[0] == "Dense"


# -- taking a layer


def test_a_double_click_takes_a_layer(palette: Palette, chosen: list[str]) -> None:
    at = place(palette, layer("Conv2D"))
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert chosen == ["Conv2D"]


def test_a_drag_carries_the_layers_name(palette: Palette) -> None:
    data = palette.shelf.mimeData([index(palette, layer("LSTM"))])
    assert data.data(MIME).data() == b"LSTM"
    assert palette.shelf.flags(index(palette, layer("LSTM"))) & Qt.ItemFlag.ItemIsDragEnabled
    assert not palette.shelf.flags(index(palette, "Recurrent")) & Qt.ItemFlag.ItemIsDragEnabled


def test_a_drag_shows_the_layer(qapp: object) -> None:
    dense, lstm = (drag_picture(layer(name), 2.0) for name in ("Dense", "LSTM"))
    assert (dense.width(), dense.deviceIndependentSize().width()) == (336, 168)
    assert dense.toImage() != lstm.toImage()


def test_what_a_beginner_needs_last_is_folded_until_a_person_says_otherwise(qtbot: QtBot) -> None:
    settings = Settings()
    kept = settings.folded
    assert catalogue().groups().keys() > FOLDED_AT_FIRST
    settings.keep_folded(frozenset())
    assert Settings().folded == frozenset()
    settings.keep_folded(kept)


def test_a_layer_of_ours_is_marked_and_said_to_be(palette: Palette) -> None:
    row = index(palette, layer("Maxout"))
    assert "not in Keras" in row.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "not in Keras" not in index(palette, layer("Dense")).data(Qt.ItemDataRole.AccessibleTextRole)
    plain = replace(layer("Maxout"), own=False)
    assert drag_picture(layer("Maxout"), 1.0).toImage() != drag_picture(plain, 1.0).toImage()
