"""The link with real worker programs: messages come and go, and however a worker ends, it is said in words."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from engine.launch import BEHIND, command
from engine.messages import Check, Checked, Ready
from gui.link import Link
from tests.gui.drawings import classifier

pytestmark = pytest.mark.worker
PATIENCE_MS = 30_000


@pytest.fixture
def link(qtbot: QtBot) -> Iterator[Link]:
    made = Link("checker")
    with qtbot.waitSignal(made.received, timeout=PATIENCE_MS) as first:
        made.start()
    assert isinstance(first.args[0], Ready)
    yield made
    made.end_now()
    made.deleteLater()


@pytest.mark.parametrize(("role", "behind"), [("trainer", True), ("full-checker", True), ("checker", False)])
def test_what_works_long_lets_the_window_go_first(
    role: str, behind: bool, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    says = f"import os, sys; sys.stderr.write(str({BEHIND!r} in os.environ))"
    monkeypatch.setattr("gui.link.command", lambda role: replace(command(role), arguments=("-c", says)))
    made = Link(role)
    with qtbot.waitSignal(made.printed, timeout=PATIENCE_MS) as said:
        made.start()
    assert said.args == [str(behind)]
    made.end_now()
    made.deleteLater()


def test_a_drawing_goes_out_and_its_shapes_come_back(link: Link, qtbot: QtBot) -> None:
    with qtbot.waitSignal(link.received, timeout=PATIENCE_MS) as answer:
        link.send(Check(7, classifier()))
    checked = answer.args[0]
    assert isinstance(checked, Checked)
    assert checked.generation == 7
    assert checked.report.nodes["n3"].outputs["output"].shape == (None, 10)
    assert checked.report.parameters == 650


def test_a_worker_that_is_killed_is_said_in_words(link: Link, qtbot: QtBot) -> None:
    with qtbot.waitSignal(link.ended, timeout=5000) as end:
        os.kill(link.process_id, signal.SIGKILL)
    assert "signal 9" in end.args[0]
    assert not link.alive
    link.send(Check(1, classifier()))  # dropped, and no harm done


def test_a_worker_that_is_asked_to_leaves_without_a_word(link: Link, qtbot: QtBot) -> None:
    with qtbot.waitSignal(link.ended, timeout=5000) as end:
        link.end()
    assert end.args == [""]


def test_bytes_that_are_no_message_end_the_worker_with_a_sentence(link: Link, qtbot: QtBot) -> None:
    with qtbot.waitSignal(link.ended, timeout=5000) as end:
        list(link._decoder.feed(b""))
        link._decoder._waiting += b"not a message\n"
        link._read()
    assert "is no message" in end.args[0]
