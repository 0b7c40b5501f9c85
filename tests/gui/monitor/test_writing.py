"""The page where a network writes: what it asks for by the kind of data, what it shows, and when it can."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine.choices import DataChoice
from engine.messages import Failed, Generate, Generated
from gui.monitor.writing import WritingPage
from tests.gui.monitor.stage import Stage, epoch


@pytest.fixture
def page(qtbot: QtBot, stage: Stage) -> WritingPage:
    made = WritingPage(stage.runner, stage.document)
    qtbot.addWidget(made)
    made.resize(1084, 268)
    made.show()
    return made


def learn(qtbot: QtBot, stage: Stage, page: WritingPage, source: str) -> None:
    stage.document.edit_recipe("Data", replace(stage.document.recipe, data=DataChoice(source)))
    if page._writing is not None and page._writing.about is not None:
        qtbot.waitUntil(lambda: len(page.samples) > 0, timeout=30_000)  # a thread draws pictures


def asked(stage: Stage) -> list[Generate]:
    return [message for message in stage.trainer.sent if isinstance(message, Generate)]


def test_with_pictures_of_digits_there_is_nothing_to_write(page: WritingPage) -> None:
    assert page.empty.isVisible()
    assert "Nothing to write" in page.empty.words


@pytest.mark.parametrize(
    ("source", "fields"),
    [("text", {"prompt", "length"}), ("reverse", {"about", "sample"}), ("captions", {"sample", "card"})],
)
def test_it_asks_for_what_the_data_need(
    qtbot: QtBot, stage: Stage, page: WritingPage, source: str, fields: set[str]
) -> None:
    learn(qtbot, stage, page, source)
    named = {name: getattr(page, name) for name in ("prompt", "about", "sample", "length", "card")}
    qtbot.waitUntil(lambda: {name for name, field in named.items() if field.isVisible()} == fields)
    assert page.temperature.isVisible()
    assert not page.button.isEnabled()
    assert "Train first" in page.told.text()


def test_a_sample_gives_its_question(qtbot: QtBot, stage: Stage, page: WritingPage) -> None:
    learn(qtbot, stage, page, "reverse")
    first = page.about.text()
    page.sample.setValue(1)
    assert page.about.text() != first
    assert len(page.about.text().split()) == len(first.split())


def test_a_wish_goes_to_the_trainer_and_its_words_come_back(qtbot: QtBot, stage: Stage, page: WritingPage) -> None:
    stage.begin()
    stage.play(ended=False)
    learn(qtbot, stage, page, "text")
    page.prompt.setText("Once ")
    page.temperature.setValue(0.3)
    page.length.setValue(50)
    QTest.mouseClick(page.button, Qt.MouseButton.LeftButton)
    (wish,) = asked(stage)
    assert (wish.prompt, wish.length, round(wish.temperature, 3)) == ("Once ", 50, 0.3)
    stage.trainer.received.emit(Generated("Once up", done=False))
    assert page.text.toPlainText() == "Once up"
    assert page.told.text() == "Writing …"
    stage.trainer.received.emit(Generated("Once upon", epoch=3))
    assert page.text.toPlainText() == "Once upon"
    assert page.told.text() == "After epoch 3. "
    QTest.keyClick(page.prompt, Qt.Key.Key_Return)
    assert len(asked(stage)) == 2
    assert asked(stage)[0].seed != asked(stage)[1].seed


def test_while_it_trains_it_says_when_it_writes(qtbot: QtBot, stage: Stage, page: WritingPage) -> None:
    learn(qtbot, stage, page, "text")
    assert not page.button.isEnabled()
    stage.begin()
    stage.play(epoch(2), ended=False)
    assert page.button.isEnabled()
    assert "after each epoch" in page.told.text()


def test_what_cannot_be_written_is_said_here(qtbot: QtBot, stage: Stage, page: WritingPage) -> None:
    stage.begin()
    stage.play()
    learn(qtbot, stage, page, "text")
    stage.trainer.received.emit(Failed("letters is written with 'a'. Received: '☃'."))
    assert "Received" in page.told.text()


def test_another_run_begins_with_an_empty_page(qtbot: QtBot, stage: Stage, page: WritingPage) -> None:
    learn(qtbot, stage, page, "text")
    page.text.setPlainText("old")
    stage.begin()
    assert page.text.toPlainText() == ""
