"""The question whether a file is trusted: what it shows, that no is the easy answer, what yes means."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from engine import layerfiles, layersources
from engine.foreign import Standing, standing
from engine.trust import Trust
from gui.layer_asking import LOOK
from gui.trust_dialog import TrustDialog
from tests import owned
from tests.gui.windows import shown_window


@pytest.fixture
def trust(tmp_path: Path) -> Trust:
    return Trust(tmp_path / "trusted.json")


def shown(qtbot: QtBot, trust: Trust, *paths: Path, held: bool = False) -> TrustDialog:
    dialog = TrustDialog([_standing(path, trust) for path in paths], trust.kept, held=held)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    return dialog


def _standing(path: Path, trust: Trust) -> Standing:
    return standing(owned.listed(path) if path.exists() else layerfiles.LayerFile(str(path), "0" * 64), trust)


def test_it_shows_what_would_be_trusted(qtbot: QtBot, tmp_path: Path, trust: Trust) -> None:
    path = owned.write(tmp_path)
    dialog = shown(qtbot, trust, path)
    told = [fact.text() for fact in dialog.facts]
    assert told[:2] == [str(path), layersources.read(path).sha256]
    assert told[3] == "Swish, Mixer"
    assert dialog.source.editor.toPlainText() == owned.SOURCE
    assert dialog.source.editor.isReadOnly()
    assert "with your rights" in dialog.warning.text()
    assert dialog.state.text() == "Off: you have not trusted this file"
    assert dialog.forget.isHidden()
    assert dialog.remove.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_what_is_pressed_without_a_look_is_no(qtbot: QtBot, tmp_path: Path, trust: Trust, key: Qt.Key) -> None:
    dialog = shown(qtbot, trust, owned.write(tmp_path))
    with qtbot.assertNotEmitted(dialog.trusted):
        QTest.keyClick(dialog.focusWidget() or dialog, key)
    assert not dialog.isVisible()


def test_yes_means_the_text_that_was_shown(qtbot: QtBot, tmp_path: Path, trust: Trust) -> None:
    path = owned.write(tmp_path)
    dialog = shown(qtbot, trust, path)
    dialog.trusted.connect(trust.trust)
    owned.write(tmp_path, "import os\n")
    dialog.trust.click()
    assert trust.kept(str(path)).text == owned.SOURCE  # type: ignore[union-attr]
    assert _standing(path, trust).state == "changed", "what it became meanwhile is not trusted"


def test_a_changed_file_shows_what_changed_first(qtbot: QtBot, tmp_path: Path, trust: Trust) -> None:
    path = owned.write(tmp_path)
    trust.trust(layersources.read(path))
    owned.write(tmp_path, owned.SOURCE.replace("beta * inputs", "beta + inputs"))
    dialog = shown(qtbot, trust, path, held=True)
    assert dialog.state.text() == "Off: it has changed since you trusted it"
    lines = dialog.source.editor.toPlainText().splitlines()
    assert "-        return inputs * ops.sigmoid(self.beta * inputs)" in lines
    assert "+        return inputs * ops.sigmoid(self.beta + inputs)" in lines
    dialog.source.switch.choose("whole")
    assert dialog.source.editor.toPlainText().startswith('"""Layers for tests."""')


def test_a_trusted_file_can_be_trusted_no_longer(qtbot: QtBot, tmp_path: Path, trust: Trust) -> None:
    path = owned.write(tmp_path)
    trust.trust(layersources.read(path))
    dialog = shown(qtbot, trust, path, held=True)
    assert dialog.trust.isHidden()
    with qtbot.waitSignal(dialog.forgotten) as said:
        dialog.forget.click()
    assert said.args == [str(path)]


def test_a_file_that_cannot_be_read_can_only_be_taken_out(qtbot: QtBot, tmp_path: Path, trust: Trust) -> None:
    dialog = shown(qtbot, trust, tmp_path / "gone.py", held=True)
    assert "gone.py is not there" in dialog.source.editor.toPlainText()
    assert dialog.trust.isHidden()
    with qtbot.waitSignal(dialog.removed):
        dialog.remove.click()


def test_one_of_several_files_is_shown_at_a_time(qtbot: QtBot, tmp_path: Path, trust: Trust) -> None:
    dialog = shown(qtbot, trust, owned.write(tmp_path), owned.write(tmp_path, "class Two: pass\n", "two.py"), held=True)
    dialog.choice.setCurrentIndex(1)
    dialog.show_file(1)
    assert dialog.facts[3].text() == "Two"


# -- in the window


def test_the_windows_ways_lead_to_it(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown_window(qtbot)
    asking = window.commands.layer_asking
    assert not window.actions_by_id["layer_files"].isEnabled()
    asking.show(owned.write(tmp_path, name="no-name.py"))
    assert "named as Python can import it" in window.notice.text
    window.document.start(owned.project(owned.write(tmp_path)))
    assert window.actions_by_id["layer_files"].isEnabled()
    assert (window.notice.text, window.notice.more) == (
        "Layers of this project come from my_layers.py, which is off.", LOOK,
    )  # fmt: skip
    window.commands.show_more()
    assert asking.dialog is not None
    assert asking.dialog.isVisible()
    asking.dialog.reject()
    window.selection.set(("swish",))
    (card,) = window.inspector.problems.items
    card.buttons[-1].click()  # type: ignore[attr-defined]
    assert asking.dialog.isVisible()
    asking.dialog.trust.click()
    assert Trust().trusts(layersources.read(tmp_path / "my_layers.py"))
    assert window.layer_files.told()[0].sources  # type: ignore[union-attr]
    Trust().forget(str(tmp_path / "my_layers.py"))
