"""The panel of help: pages, the way back, the list and its search, links; by keys as well."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.catalogue import LayerSpec, catalogue
from gui.help.panel import HelpPanel
from gui.theme import DARK, LIGHT, themes

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def panel(qtbot: QtBot) -> HelpPanel:
    made = HelpPanel(catalogue())
    qtbot.addWidget(made)
    made.resize(380, 700)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    return made


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: said.append(url.toString()))
    return said


def text(panel: HelpPanel) -> str:
    return panel.reader.toPlainText()


def index(panel: HelpPanel, layer: str) -> QModelIndex:
    return panel.shelf.index(panel.shelf.row_of(catalogue().layer(layer)), 0)


def listed(panel: HelpPanel) -> list[str]:
    return [entry.name for entry in panel.shelf.entries if isinstance(entry, LayerSpec)]


def test_it_begins_with_the_list_of_all_pages(panel: HelpPanel) -> None:
    assert panel.shown == ""
    assert panel.list.isVisible()
    assert listed(panel) == [*catalogue().layers]
    assert not panel.back.isEnabled()


def test_a_page_is_shown_from_its_beginning(panel: HelpPanel) -> None:
    panel.open("Conv2D")
    assert panel.reader.isVisible()
    assert text(panel).startswith("Conv2D\nConvolution\n")
    panel.reader.verticalScrollBar().setValue(500)
    panel.open("LSTM")
    assert panel.reader.verticalScrollBar().value() == 0


def test_back_goes_page_by_page_and_then_to_the_list(panel: HelpPanel) -> None:
    for layer in ("Dense", "Maxout", "Maxout", "LSTM"):
        panel.open(layer)
    QTest.keyClick(panel.reader, Qt.Key.Key_Left, ALT)
    assert panel.shown == "Maxout"
    QTest.keyClick(panel.reader, Qt.Key.Key_Backspace)
    assert panel.shown == "Dense"
    panel.back.click()
    assert panel.shown == ""
    assert panel.list.isVisible()


def test_from_the_list_back_leads_to_the_page_that_was_read(panel: HelpPanel) -> None:
    panel.open("Dense")
    panel.all.click()
    assert panel.list.isVisible()
    panel.back.click()
    assert panel.shown == "Dense"


def test_a_search_finds_a_page_and_enter_opens_it(panel: HelpPanel) -> None:
    panel.open("Dense")
    panel.search.setFocus()
    QTest.keyClicks(panel.search, "batchnorm")
    assert panel.list.isVisible()
    assert listed(panel)[0] == "BatchNormalization"
    QTest.keyClick(panel.search, Qt.Key.Key_Return)
    assert panel.shown == "BatchNormalization"
    assert panel.search.text() == ""
    assert panel.reader.hasFocus()


def test_a_search_that_is_given_up_leads_back_to_the_page(panel: HelpPanel) -> None:
    panel.open("Dense")
    panel.search.setFocus()
    QTest.keyClicks(panel.search, "gru")
    QTest.keyClick(panel.search, Qt.Key.Key_Escape)
    assert panel.reader.isVisible()
    assert panel.shown == "Dense"


def test_the_list_is_walked_by_keys_and_by_mouse(panel: HelpPanel) -> None:
    panel.search.setFocus()
    QTest.keyClick(panel.search, Qt.Key.Key_Down)
    assert panel.list.hasFocus()
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Return)
    assert panel.shown in catalogue().layers
    panel.show_list()
    panel.list.scrollTo(index(panel, "LSTM"))
    place = panel.list.visualRect(index(panel, "LSTM")).center()
    QTest.mouseClick(panel.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panel.shown == "LSTM"


def test_groups_fold(panel: HelpPanel) -> None:
    before = len(listed(panel))
    panel.list.toggled.emit("Pooling")
    assert len(listed(panel)) < before


def test_links_lead_to_pages_and_only_a_click_to_the_web(panel: HelpPanel, opened: list[str]) -> None:
    panel.open("Dense")
    panel.reader.anchorClicked.emit(QUrl("help:Maxout"))
    assert panel.shown == "Maxout"
    assert opened == []
    panel.reader.anchorClicked.emit(QUrl("https://keras.io/api/layers/core_layers/dense/"))
    assert opened == ["https://keras.io/api/layers/core_layers/dense/"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "javascript:x", "help:Nothing", "smb://a/b", "", "https://"])
def test_other_links_lead_nowhere(panel: HelpPanel, opened: list[str], address: str) -> None:
    panel.open("Dense")
    panel.follow(QUrl(address))
    assert (panel.shown, opened) == ("Dense", [])


def test_a_link_within_a_page_scrolls(panel: HelpPanel) -> None:
    panel.open("Conv2D")
    panel.follow(QUrl("#parameters"))
    assert panel.reader.verticalScrollBar().value() > 0
    assert panel.shown == "Conv2D"


def test_nothing_is_loaded_for_a_page(panel: HelpPanel) -> None:
    assert panel.reader.loadResource(2, QUrl("file:///etc/passwd")).width() == 1


def test_another_theme_spells_the_page_anew_where_it_was_read(panel: HelpPanel) -> None:
    themes().use(DARK)
    panel.open("Conv2D")
    panel.reader.verticalScrollBar().setValue(300)
    try:
        themes().use(LIGHT)
        assert LIGHT.third.lower() in panel.reader.toHtml().lower()
        assert panel.reader.verticalScrollBar().value() == 300
    finally:
        themes().use(DARK)


def test_the_layer_that_is_read_can_be_added(panel: HelpPanel) -> None:
    added: list[str] = []
    panel.add_asked.connect(added.append)
    assert not panel.add.isVisible()
    panel.open("GRU")
    panel.add.click()
    assert added == ["GRU"]


def test_escape_leaves(panel: HelpPanel, qtbot: QtBot) -> None:
    panel.open("Dense")
    panel.enter()
    with qtbot.waitSignal(panel.left, timeout=1000):
        QTest.keyClick(panel.reader, Qt.Key.Key_Escape)
