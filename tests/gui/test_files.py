"""New, open, save and the question about unsaved changes, and the settings behind them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QSettings, QUrl
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.project import Project, load
from gui.document import Document
from gui.files import FIRST, Files
from gui.settings import Settings
from tests.gui.drawings import classifier

BUTTONS = QMessageBox.StandardButton


@pytest.fixture
def files(qtbot: QtBot, tmp_path: Path) -> Files:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    window = QWidget()
    qtbot.addWidget(window)
    document = Document(catalogue(), window)
    made = Files(document, Settings(window), window)
    document.start(Project(classifier()))
    return made


def answer(monkeypatch: pytest.MonkeyPatch, button: QMessageBox.StandardButton) -> list[str]:
    asked: list[str] = []

    def exec_(box: QMessageBox) -> QMessageBox.StandardButton:
        asked.append(box.text())
        return button

    monkeypatch.setattr(QMessageBox, "exec", exec_)
    return asked


def edit(files: Files) -> None:
    files._document.set_value("n3", "units", 3)


def test_a_clean_document_leaves_without_a_question(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answer(monkeypatch, BUTTONS.Cancel)
    assert files.new()
    assert asked == []


def test_a_template_has_its_name_until_it_is_saved(files: Files, tmp_path: Path) -> None:
    assert files.new_from(FIRST)
    assert files._document.name == "digits-cnn"
    assert files._document.stem == "digits-cnn"
    files._document.save(tmp_path / "mine.loom")
    assert files._document.name == "mine.loom"
    assert files._document.stem == "mine"
    assert files.new()
    assert files._document.name == "Untitled"
    assert files._document.stem == "network"


def test_cancel_keeps_the_changes(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(files)
    asked = answer(monkeypatch, BUTTONS.Cancel)
    before = files._document.project
    assert not files.new()
    assert files._document.project is before
    assert asked == ["Save the changes to Untitled?"]


def test_discard_lets_them_go(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(files)
    answer(monkeypatch, BUTTONS.Discard)
    assert files.new()
    assert files._document.project == Project()


def test_save_saves_them_first(files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    edit(files)
    answer(monkeypatch, BUTTONS.Save)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "kept"), ""))
    assert files.new()
    kept = load(tmp_path / "kept.loom", catalogue())
    assert kept.graph.node("n3").values["units"] == 3


def test_a_save_that_is_called_off_keeps_the_document(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(files)
    answer(monkeypatch, BUTTONS.Save)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    assert not files.new()


def test_a_bad_file_is_refused_with_a_sentence(files: Files, tmp_path: Path) -> None:
    said: list[str] = []
    files.refused.connect(said.append)
    (tmp_path / "bad.loom").write_bytes(b"\x80\x81")
    before = files._document.project
    assert not files.open(tmp_path / "bad.loom")
    assert said == ["bad.loom is no Layerloom project. Received: bytes that are not text. "
                    "Open a .loom file that Layerloom saved."]  # fmt: skip
    assert files._document.project is before


def test_the_first_drawing_is_the_digits_network(files: Files) -> None:
    files.start_from(FIRST)
    assert files._document.path is None
    assert {node.layer for node in files._document.graph.nodes.values()} >= {"InputLayer", "Conv2D", "Dense"}


def test_recent_files_are_newest_first_and_those_that_are_gone_left_out(files: Files, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        assert files._save(tmp_path / f"{name}.loom")
    (tmp_path / "b.loom").unlink()
    assert [path.name for path in files._settings.recent] == ["c.loom", "a.loom"]


def test_one_local_file_can_be_dropped(tmp_path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.loom"))])
    assert Files.dropped(data) == tmp_path / "a.loom"
    data.setUrls([QUrl("https://example.org/a.loom")])
    assert Files.dropped(data) is None


def test_a_setting_that_makes_no_sense_reads_as_the_default(files: Files) -> None:
    files._settings.theme = "pink"
    assert files._settings.theme == "dark"
    files._settings.theme = "light"
    assert files._settings.theme == "light"
