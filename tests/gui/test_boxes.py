"""Lists and number boxes above pages: what has no room ends in an ellipsis, and numbers stand in from the edge."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from gui.editors.boxes import INSET, Decimal, Layers, Listed, Whole


def test_a_word_without_room_ends_in_an_ellipsis(qtbot: QtBot) -> None:
    made = Listed()
    qtbot.addWidget(made)
    made.addItem("ReversibleEmbedding of all tokens")
    made.resize(120, 30)
    assert made.seen().endswith("…")
    made.resize(400, 30)
    assert made.seen() == made.currentText()


def test_of_a_layer_without_room_the_end_of_its_way_is_left(qtbot: QtBot) -> None:
    made = Layers()
    qtbot.addWidget(made)
    made.addItem(f"encoder/unit1/attention{Layers.BETWEEN}MultiHeadAttention")
    made.resize(200, 30)
    assert made.seen() == "encoder/unit1/attention"
    made.resize(130, 30)
    assert made.seen().startswith("…")
    assert made.seen().endswith("/attention")


def test_a_number_stands_in_from_the_edge(qtbot: QtBot) -> None:
    for made in (Whole(), Decimal()):
        qtbot.addWidget(made)
        assert made.lineEdit().textMargins().left() == INSET
