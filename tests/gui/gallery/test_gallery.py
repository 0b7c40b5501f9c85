"""The gallery: what words and groups find, one click opens, keys do too, and nothing is lost on the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.cards import cards
from engine.templates import templates
from gui.gallery.cards import CARD, Shown, chips, count_words, size_at
from gui.gallery.panel import Gallery
from gui.theme import THEMES, themes
from gui.window import Window
from tests.gui.windows import shown_window


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    return shown_window(qtbot)


@pytest.fixture
def gallery(window: Window) -> Gallery:
    window.actions_by_id["gallery"].trigger()
    return window.commands.opening.gallery


def names(gallery: Gallery) -> list[str]:
    model = gallery.list.cards
    return [model.index(row, 0).data(CARD).template.name for row in range(model.rowCount())]


def box(gallery: Gallery, name: str) -> QRect:
    index = gallery.list.cards.index(names(gallery).index(name), 0)
    gallery.list.scrollTo(index)
    return gallery.list.visualRect(index)


def test_every_template_has_a_card_and_they_stand_in_order(gallery: Gallery) -> None:
    assert gallery.isVisible()
    assert gallery.field.hasFocus()
    assert names(gallery) == list(templates()) == list(cards())


def test_words_find_names_topics_and_years(gallery: Gallery) -> None:
    meant = {"lenet": "lenet5", "2017 attention": "transformer", "residual": "resnet18", "BERT": "bert"}
    for typed, name in meant.items():
        gallery.field.clear()
        assert len(names(gallery)) == len(templates())
        QTest.keyClicks(gallery.field, typed)
        assert name in names(gallery)
        assert len(names(gallery)) < len(templates())


def test_groups_and_words_go_together_and_nothing_found_says_so(gallery: Gallery) -> None:
    gallery.groups.choose("Attention")
    assert set(names(gallery)) == {name for name, item in templates().items() if item.group == "Attention"}
    QTest.keyClicks(gallery.field, "spirals")
    assert names(gallery) == []
    assert gallery.nothing.told.text() == "No template of Attention is about “spirals”"
    assert gallery.nothing.isVisible()
    QTest.keyClick(gallery.nothing.button, Qt.Key.Key_Return)
    assert names(gallery) == list(templates())
    assert gallery.field.hasFocus()
    assert gallery.list.isVisible()


def test_one_click_opens_at_the_first_size_and_one_on_a_size_at_that(window: Window, gallery: Gallery) -> None:
    QTest.mouseClick(gallery.list.viewport(), Qt.MouseButton.LeftButton, pos=box(gallery, "softmax").center())
    assert not gallery.isVisible()
    assert window.document.project.size == "tiny"
    assert window.commands.opening.template == "softmax"
    window.actions_by_id["gallery"].trigger()
    area = box(gallery, "softmax")
    card = Shown(templates()["softmax"], cards()["softmax"])
    (_, _, _), (size, words, chip) = chips(area.adjusted(6, 6, -6, -6), card)
    assert (size, words) == ("paper", "paper · 7,850")
    QTest.mouseClick(gallery.list.viewport(), Qt.MouseButton.LeftButton, pos=chip.center())
    assert window.document.project.size == "paper"
    assert window.canvas.hasFocus()


def test_keys_choose_and_open_and_leave(window: Window, gallery: Gallery) -> None:
    before = window.document.graph
    QTest.keyClick(gallery.field, Qt.Key.Key_Escape)
    assert not gallery.isVisible()
    assert window.document.graph is before
    window.actions_by_id["gallery"].trigger()
    QTest.keyClick(gallery.field, Qt.Key.Key_Down)
    assert gallery.list.hasFocus()
    QTest.keyClick(gallery.list, Qt.Key.Key_Right)
    chosen = gallery.list.currentIndex().data(CARD)
    assert isinstance(chosen, Shown)
    assert chosen.template.name == list(templates())[1]
    QTest.keyClick(gallery.list, Qt.Key.Key_Return)
    assert window.commands.opening.template == chosen.template.name


def test_the_tab_key_stays_in_it(window: Window, gallery: Gallery) -> None:
    QTest.keyClicks(gallery.field, "lenet")
    met = []
    for _ in range(8):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        met.append(window.focusWidget())
    assert met[1:4] == [gallery.list, gallery._close, gallery.field]
    assert met[4:] == met[:4]
    assert all(gallery.isAncestorOf(widget) for widget in met)
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Backtab)
    assert window.focusWidget() is gallery._close
    QTest.keyClick(gallery._close, Qt.Key.Key_Escape)
    assert not gallery.isVisible()


def test_a_click_beside_it_shuts_it(window: Window, gallery: Gallery) -> None:
    assert window.childAt(window.bar.train.mapTo(window, QPoint(5, 5))) is gallery._scrim
    QTest.mouseClick(gallery._scrim, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert not gallery.isVisible()
    assert not gallery._scrim.isVisible()
    assert window.canvas.hasFocus()


def test_the_menu_of_a_card_has_its_sizes(window: Window, gallery: Gallery) -> None:
    menu = gallery.list.size_menu(Shown(templates()["linear-svm"], cards()["linear-svm"]))
    assert [action.text() for action in menu.actions()] == ["Open tiny · 650", "Open paper · 30.7k"]
    menu.actions()[1].trigger()
    menu.deleteLater()
    assert window.document.project.size == "paper"


def test_cards_take_on_another_theme(gallery: Gallery) -> None:
    lying = gallery.list.visualRect(gallery.list.cards.index(1, 0)).translated(gallery.list.viewport().pos())
    dark = gallery.list.grab(lying).toImage()
    assert gallery.list.grab(lying).toImage() == dark
    themes().use(THEMES["light"])
    light = gallery.list.grab(lying).toImage()
    assert dark.pixelColor(20, 20).lightness() < 60
    assert light.pixelColor(20, 20).lightness() > 200


def test_unsaved_changes_are_asked_about(window: Window, gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    window.document.set_value("n2", "filters", 7)
    monkeypatch.setattr(window.files, "may_leave", lambda: False)
    gallery.chosen.emit("softmax", "tiny")
    assert window.document.graph.nodes["n2"].values["filters"] == 7
    assert window.commands.opening.template != "softmax"


def test_it_greets_once(qtbot: QtBot) -> None:
    window = shown_window(qtbot)
    window.commands.opening.greet()
    assert window.commands.opening.gallery.isVisible()
    window.commands.opening.gallery.leave()
    window.commands.opening.greet()
    assert not window.commands.opening.gallery.isVisible()
    assert window.commands.opening.template == "digits-cnn"


@pytest.mark.parametrize(
    ("count", "words"), [(650, "650"), (7850, "7,850"), (61_706, "61.7k"), (203_786, "204k"), (138_357_544, "138M"),
                         (1_200_000, "1.2M"), (0, "0")],
)  # fmt: skip
def test_counts_are_short(count: int, words: str) -> None:
    assert count_words(count) == words


def test_only_chips_with_room_are_shown_and_elsewhere_is_the_first_size() -> None:
    shown = Shown(templates()["char-rnn"], cards()["char-rnn"])
    area = QRect(0, 0, 268, 240)
    assert len(list(chips(area, shown))) < len(shown.template.sizes)
    assert size_at(area, shown, QPoint(5, 5)) == shown.template.sizes[0]
