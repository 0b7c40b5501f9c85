"""The log: output as a terminal would show it, bounded, at its end unless a person has scrolled up."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QTextCursor
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from gui.document import Document
from gui.log import MOST_LINES, LogPane
from gui.runner import Runner
from tests.gui.fakes import Links


@pytest.fixture
def runner(qapp: object, tmp_path: Path) -> Runner:
    return Runner(Document(catalogue()), tmp_path, None, Links())  # type: ignore[arg-type]


@pytest.fixture
def log(qtbot: QtBot, runner: Runner) -> LogPane:
    made = LogPane(runner)
    qtbot.addWidget(made)
    made.resize(500, 200)
    made.show()
    return made


def shown(log: LogPane, *pieces: str) -> str:
    for piece in pieces:
        log.add(piece)
        log.flush()
    return log.text.toPlainText()


def test_what_the_trainer_prints_comes_after_a_moment(log: LogPane, runner: Runner, qtbot: QtBot) -> None:
    runner.logged.emit("one\n")
    runner.logged.emit("two\n")
    qtbot.waitUntil(lambda: log.text.toPlainText() == "one\ntwo\n")


WRITTEN = {
    ("a", "b\nc"): "ab\nc",
    ("\x1b[1;32mgreen\x1b[0m\n",): "green\n",
    ("\x1b[3", "2mgreen\x1b[0m"): "green",
    ("1/9", "\r2/9", "\r", "3/9\n", "done"): "3/9\ndone",
    ("line\r\nnext\r\n",): "line\nnext\n",
    ("before\n1/9\r2/9\r", "9/9\nafter"): "before\n9/9\nafter",
    ("bell\x07 and\ttab",): "bell and\ttab",
    ("\n\n",): "\n\n",
}


@pytest.mark.parametrize(("pieces", "text"), WRITTEN.items())
def test_it_is_written_as_in_a_terminal(log: LogPane, pieces: tuple[str, ...], text: str) -> None:
    assert shown(log, *pieces) == text


def test_only_the_last_lines_are_kept(log: LogPane) -> None:
    text = shown(log, *("".join(f"{line}\n" for line in range(at, at + 4000)) for at in range(0, 16_000, 4000)))
    assert log.text.blockCount() == MOST_LINES
    assert text.endswith("15998\n15999\n")


def test_it_stays_at_its_end(log: LogPane) -> None:
    bar = log.text.verticalScrollBar()
    shown(log, "line\n" * 100)
    assert bar.value() == bar.maximum()
    shown(log, "more\n" * 100)
    assert bar.value() == bar.maximum() > 100


def test_it_stays_where_a_person_scrolled_to(log: LogPane) -> None:
    bar = log.text.verticalScrollBar()
    shown(log, "line\n" * 100)
    bar.setValue(20)
    shown(log, "more\n" * 100)
    assert bar.value() == 20


def test_all_or_what_is_selected_is_copied(log: LogPane) -> None:
    shown(log, "one\ntwo")
    log.copy()
    assert QGuiApplication.clipboard().text() == "one\ntwo"
    cursor = QTextCursor(log.text.document())
    cursor.select(cursor.SelectionType.WordUnderCursor)
    log.text.setTextCursor(cursor)
    log.copy()
    assert QGuiApplication.clipboard().text() == "one"


def test_it_is_cleared(log: LogPane) -> None:
    shown(log, "one\ntwo")
    log.clear()
    assert shown(log, "three") == "three"
