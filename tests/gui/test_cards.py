"""A problem's card where names are long: nothing is cut without a sign, and all of its sentence is seen."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from engine.report import Fix, Problem
from gui.cards import FixButton, ProblemCard, Stack

NAME = "a_convolution_with_a_name_that_does_not_fit_anywhere"


def test_a_long_name_is_broken_in_the_sentence_and_cut_with_a_sign_on_the_button(qtbot: QtBot) -> None:
    problem = Problem("error", f"{NAME} has no input. Wire it.", ("n1",), fixes=(Fix(f"Wire the image to {NAME}"),))
    stack = Stack(8)
    qtbot.addWidget(stack)
    stack.fill([ProblemCard(problem)])
    stack.setFixedWidth(260)
    stack.show()
    QApplication.processEvents()
    (card,) = stack.items
    assert isinstance(card, ProblemCard)
    assert card.width() == 260
    sentence = next(label for label in card.findChildren(QLabel) if label.text())
    assert sentence.text().replace("\u200b", "") == problem.sentence
    assert sentence.height() >= sentence.heightForWidth(sentence.width())
    (button,) = card.buttons
    assert isinstance(button, FixButton)
    assert "…" in button.seen()
    assert button.toolTip() == problem.fixes[0].title
