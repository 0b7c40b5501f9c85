"""A project's files of layers in the window: off until trusted, told to a fresh checker, off again when they change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from engine import layersources
from engine.catalogue import catalogue
from engine.errors import EngineError
from engine.layersources import Described
from engine.messages import Check, Layers, LayersFound
from engine.project import load, save
from engine.trust import Trust
from engine.values import FrozenMap
from gui.checking import Checking
from gui.document import Document
from gui.layer_files import LayerFiles
from tests import owned
from tests.gui.fakes import FakeLink, Links


def body(name: str) -> object:
    return {
        "group": "Your own", "stem": name.lower(), "inputs": [{"name": "input", "argument": "inputs"}], "own": True,
        "outputs": [{"name": "output"}], "file": "my_layers",
        "parameters": [{"name": name, "kind": "float", "default": 1.0} for name in ("beta", "units")],
    }  # fmt: skip


class Desk:
    """A document with a file of layers, whose checker says what a test makes it say."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.file = owned.write(folder)
        self.document = Document(catalogue())
        self.links = Links()
        self.checking = Checking(self.document, self.document, self.links)  # type: ignore[arg-type]
        self.files = LayerFiles(self.document, self.checking, self.document)
        self.noted: list[str] = []
        self.files.noted.connect(self.noted.append)
        self.wait: Callable[[Callable[[], bool]], None] = qtbot.waitUntil
        self.checking.start()
        self.link.ready()

    @property
    def link(self) -> FakeLink:
        return self.links.last

    @property
    def source(self) -> layersources.Source:
        return layersources.read(self.file)

    def open(self, *, trusted: bool) -> None:
        if trusted:
            Trust().trust(self.source)
        self.document.start(owned.project(self.file))

    def find(self, *names: str, **more: object) -> None:
        """Let the checker say what is in the file."""
        layers = FrozenMap({name: body(name) for name in names})
        self.link.received.emit(LayersFound((Described(str(self.file), layers, **more),)))  # type: ignore[arg-type]

    def said(self, id: str) -> str:
        return next((p.sentence for p in self.document.problems_now() if p.nodes == (id,)), "")


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(qtbot, tmp_path)


def test_a_project_whose_file_is_not_trusted_opens_whole_and_says_so(desk: Desk) -> None:
    told: list[list[str]] = []
    desk.files.off.connect(told.append)
    desk.open(trusted=False)
    assert told == [["my_layers.py"]]
    assert len(desk.document.graph.nodes) == 5
    assert "swish (Swish) comes from my_layers.py, which is off until you trust it" in desk.said("swish")
    (sent,) = [message for message in desk.link.sent if isinstance(message, Layers)]
    assert sent.sources == ()
    assert set(sent.absent) == {"Swish", "Mixer"}


def test_a_trusted_file_is_told_before_any_drawing_and_its_layers_are_there(desk: Desk) -> None:
    desk.open(trusted=True)
    assert desk.said("swish").endswith("which is being read.")
    assert desk.link.sent[-1] == desk.files.told()[0]
    assert [source.text for source in desk.files.told()[0].sources] == [owned.SOURCE]  # type: ignore[union-attr]
    desk.find("Swish", "Mixer")
    assert isinstance(desk.link.sent[-1], Check)
    assert desk.said("swish") == ""
    assert next(iter(desk.document.catalogue.layers)) == "Swish"
    assert desk.document.clean


def test_trusting_a_file_takes_its_layers_in_one_step_that_can_be_undone(desk: Desk) -> None:
    desk.files.add(desk.source)
    assert desk.document.undo.undoText() == "Take layers from my_layers.py"
    desk.find("Swish")
    assert desk.document.project.layers[0].layers == ("Swish", "Mixer"), "a name that was there stays known"
    desk.document.undo.undo()
    assert desk.document.project.layers == ()
    assert "Swish" not in desk.document.catalogue.layers
    assert desk.files.told() == ()


def test_a_changed_file_is_off_again_and_the_checker_that_ran_it_is_ended(desk: Desk) -> None:
    desk.open(trusted=True)
    desk.find("Swish", "Mixer")
    ran = desk.link
    owned.write(desk.file.parent, owned.SOURCE + "#\n")
    desk.wait(lambda: "Swish" not in desk.document.catalogue.layers)
    assert "has changed and is off until you trust it again" in desk.said("swish")
    assert desk.link is not ran
    assert not ran.alive
    desk.link.ready()
    assert desk.link.sent[0].sources == ()  # type: ignore[union-attr]


def test_what_changed_between_trust_and_run_is_not_run(desk: Desk) -> None:
    Trust().trust(desk.source)
    owned.write(desk.file.parent, "import os\n")
    desk.document.start(owned.project(desk.file))
    assert all(not message.sources for message in desk.link.sent if isinstance(message, Layers))


def test_a_trusted_project_tampered_with_to_name_another_hash_runs_what_is_trusted(desk: Desk, tmp_path: Path) -> None:
    """A project's hash is what it was drawn with, and gives no trust: only the person's own does."""
    Trust().trust(desk.source)
    save(owned.project(desk.file), tmp_path / "net.loom")
    text = (tmp_path / "net.loom").read_text().replace(desk.source.sha256, "f" * 64)
    (tmp_path / "net.loom").write_text(text)
    desk.document.open(tmp_path / "net.loom")
    assert [source.sha256 for source in desk.files.told()[0].sources] == [desk.source.sha256]  # type: ignore[union-attr]


def test_trust_taken_back_turns_a_file_off_and_the_project_keeps_it(desk: Desk) -> None:
    desk.open(trusted=True)
    desk.find("Swish", "Mixer")
    desk.files.forget(str(desk.file))
    assert "which is off until you trust it" in desk.said("swish")
    assert len(desk.document.project.layers) == 1
    desk.files.remove(str(desk.file))
    assert "is no layer that this version knows" in desk.said("swish")


def test_a_missing_file_is_said_and_nothing_is_lost(desk: Desk, tmp_path: Path) -> None:
    project = owned.project(desk.file)
    desk.file.unlink()
    desk.document.start(project)
    assert "comes from my_layers.py, which is of no use as it is: my_layers.py is not there." in desk.said("mixer")
    desk.document.save(tmp_path / "net.loom")
    assert load(tmp_path / "net.loom", catalogue()) == project


def test_a_file_that_does_not_work_says_why_on_its_nodes(desk: Desk) -> None:
    desk.open(trusted=True)
    desk.find(fault="line 3: it imports helpers, which is not installed.")
    assert "comes from my_layers.py, which does not work: line 3: it imports helpers" in desk.said("swish")
    assert desk.noted == ["my_layers.py does not work: line 3: it imports helpers, which is not installed."]
    desk.find("Swish", notes=FrozenMap({"Mixer": "Annotate it."}))
    assert desk.said("mixer").endswith("comes from my_layers.py, which leaves it out: Annotate it.")


def test_a_stuck_file_is_left_out_of_the_next_checker(desk: Desk) -> None:
    desk.open(trusted=True)
    stuck = desk.link
    desk.find(fault="it did not come to an end within 15 seconds and was at line 4.", stuck=True)
    assert desk.link is not stuck
    desk.link.ready()
    assert desk.link.sent[0].sources == ()  # type: ignore[union-attr]
    assert "it did not come to an end within 15 seconds" in desk.said("swish")
    desk.link.received.emit(LayersFound())
    assert isinstance(desk.link.sent[-1], Check)


def test_a_file_that_ends_the_checker_is_blamed(desk: Desk) -> None:
    desk.open(trusted=True)
    desk.link.die("The checker ended with an error (code 3); the log says more.")
    assert "does not work: it ended the program that ran it. The checker ended" in desk.said("swish")
    desk.link.ready()
    assert desk.link.sent[0].sources == ()  # type: ignore[union-attr]


def test_patience_ends_where_the_checker_says_nothing(desk: Desk) -> None:
    desk.open(trusted=True)
    silent = desk.link
    desk.checking._patience.timeout.emit()
    assert desk.link is not silent
    assert "does not work: it did not come to an end." in desk.said("swish")


def test_a_file_that_needs_tensorflow_is_given_a_checker_with_it(desk: Desk) -> None:
    desk.open(trusted=True)
    desk.find(fault="line 1: it needs tensorflow.", lacks="tensorflow")
    assert desk.link.role == "full-checker"
    desk.link.ready()
    assert desk.link.sent[0] == desk.files.told()[0]
    desk.find("Swish", "Mixer")
    assert desk.said("swish") == ""
    desk.files.forget(str(desk.file))
    assert desk.link.role == "checker"


def test_a_forged_text_is_refused(desk: Desk) -> None:
    source = desk.source
    with pytest.raises(EngineError):
        desk.files.add(layersources.Source(source.path, source.sha256, "import os\n"))
    assert desk.document.project.layers == ()


def test_a_project_without_files_costs_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layersources, "read", lambda *_: pytest.fail("a file was read"))
    desk.files.refresh()
    assert desk.files.told() == ()
    assert all(isinstance(message, Check) for message in desk.link.sent)
