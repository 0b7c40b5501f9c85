"""The main job in the real window, by mouse and keyboard: draw, train, watch, save, take the code away."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, QStandardPaths, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.graph import Edge, End, Graph
from engine.messages import Epoch, Maps
from engine.project import Project, load, save
from engine.recipe import Recipe
from gui import app
from gui.results.page import ResultsPage
from gui.window import Window
from tests.gui.drawings import node

pytestmark = pytest.mark.worker
EPOCHS = 3
LEFT = Qt.MouseButton.LeftButton
#: Runs in a fresh process: the exported script's model and the worker's, of one configuration and, with the same
#: weights, of one output.
COMPARE = """
import importlib.util, json, sys
import keras, numpy as np
from engine.catalogue import catalogue
from engine.project import load
from engine.worker.build import build
from pathlib import Path

spec = importlib.util.spec_from_file_location("exported", sys.argv[1])
exported = importlib.util.module_from_spec(spec)
spec.loader.exec_module(exported)
theirs = exported.build_model()
ours = build(load(Path(sys.argv[2]), catalogue()).graph, catalogue()).model
assert json.dumps(theirs.get_config(), sort_keys=True, default=str).replace(theirs.name, ours.name) == json.dumps(
    ours.get_config(), sort_keys=True, default=str), "another configuration"
theirs.set_weights(ours.get_weights())
samples = np.load(sys.argv[3], allow_pickle=False)["x_test"][:32]
print(float(np.abs(theirs.predict(samples, verbose=0) - ours.predict(samples, verbose=0)).max()))
"""


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings"))
    QStandardPaths.setTestModeEnabled(True)
    app.application()
    made = app.make_window(_half_a_network(tmp_path / "half.loom"))
    qtbot.addWidget(made, before_close_func=lambda window: window.document.undo.setClean())
    made.resize(1600, 1000)
    made.show()
    made.activateWindow()
    qtbot.waitActive(made)
    app.wake(made)
    yield made
    made.document.undo.setClean()
    made.close()


def test_draw_train_watch_save_and_take_the_code_away(
    window: Window, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = window.document
    qtbot.waitUntil(lambda: "maps" in window.pages.pages, timeout=20_000)

    # Drag two layers from the palette, wire them by mouse, set a parameter by keyboard.
    conv = _drop(window, "Conv2D", (240, 0))
    pool = _drop(window, "MaxPooling2D", (480, 0))
    for source, target in (("n1", conv), (conv, pool), (pool, "n2")):
        _wire(window, End(source, "output"), End(target, "input"))
    assert {(edge.source.node, edge.target.node) for edge in document.graph.edges} >= {
        ("n1", conv), (conv, pool), (pool, "n2"),
    }  # fmt: skip
    _type_value(window, conv, "filters", "8")
    assert document.graph.node(conv).values["filters"] == 8

    # Undo it all, redo it all.
    drawn = document.graph
    window.canvas.setFocus()
    for _ in range(document.undo.count()):
        QTest.keyClick(window.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert document.graph == _half()
    for _ in range(document.undo.count()):
        QTest.keyClick(window.canvas, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert document.graph == drawn
    qtbot.waitUntil(lambda: document.checked, timeout=20_000)
    assert document.report.errors == ()
    assert document.report.nodes["n3"].outputs["output"].shape == (None, 10)

    # Train, with the maps of the convolution in view.
    window.selection.set([conv])
    window.commands.open_page("maps")
    epochs: list[Epoch] = []
    maps: list[Maps] = []
    window.runner.epoch_ended.connect(epochs.append)
    window.runner.mapped.connect(lambda message: maps.append(message) if message.node == conv else None)
    QTest.mouseClick(window.bar.train, LEFT)
    qtbot.waitUntil(lambda: window.runner.state.phase in ("finished", "failed"), timeout=90_000)
    assert window.runner.state.phase == "finished", window.runner.state.sentence
    assert [epoch.epoch for epoch in epochs] == [1, 2, 3]
    assert epochs[-1].metrics["loss"] < epochs[0].metrics["loss"]
    assert {"val_loss", "accuracy", "val_accuracy"} <= epochs[0].metrics.keys()
    assert len(maps) >= 2
    assert maps[0].values.shape == (1, 6, 6, 8)
    assert not np.allclose(maps[0].values.numpy(), maps[-1].values.numpy())

    # Measure it on the test set, by its button alone.
    with qtbot.waitSignal(window.runner.evaluated, timeout=30_000) as evaluated:
        window.actions_by_id["evaluate"].trigger()
    assert evaluated.args[0].samples == 270
    assert 0 < evaluated.args[0].metrics["accuracy"] <= 1

    # The page that comes to the front tells what it says of the validation samples, and of the test's, once asked.
    results = window.pages.page("results")
    assert isinstance(results, ResultsPage)
    history = results.judging.history
    qtbot.waitUntil(lambda: bool(history.outputs("validation") and history.outputs("test")), timeout=30_000)
    (tested,) = history.of("test", history.outputs("test")[0])
    assert (tested.kind, tested.samples, tested.looks) == ("classes", 270, 1)
    right = float((tested.predictions.argmax(-1) == tested.targets).mean())
    assert right == pytest.approx(evaluated.args[0].metrics["accuracy"], abs=1e-6)

    # Save, and find the same again.
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine.loom"), ""))
    window.actions_by_id["save_as"].trigger()
    assert document.clean
    assert load(tmp_path / "mine.loom", catalogue()) == document.project

    # The script builds, trains and evaluates the same network in a fresh process.
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "mine.py"), ""))
    window.actions_by_id["export_code"].trigger()
    script, data = tmp_path / "mine.py", tmp_path / "mine_data.npz"
    assert script.is_file(), window.notice.text
    assert data.is_file()
    done = _python(tmp_path, str(script))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "mine.keras").is_file()
    compared = _python(tmp_path, "-c", COMPARE, str(script), str(tmp_path / "mine.loom"), str(data))
    assert compared.returncode == 0, compared.stderr
    assert float(compared.stdout.split()[-1]) <= 1e-6


def test_a_trainer_killed_in_a_run_is_said_and_the_next_run_trains(window: Window, qtbot: QtBot) -> None:
    window.document.edit("Whole", _whole())
    qtbot.waitUntil(lambda: window.runner.state.phase == "ready", timeout=60_000)
    window.document.edit_recipe("Long", Recipe(epochs=500))
    QTest.mouseClick(window.bar.train, LEFT)
    qtbot.waitUntil(lambda: window.runner.state.phase == "training", timeout=60_000)
    os.kill(window.runner.process_id, 9)
    qtbot.waitUntil(lambda: window.runner.state.phase == "failed", timeout=5_000)
    assert "signal 9" in window.notice.text
    assert window.isVisible()
    window.document.edit_recipe("Short", Recipe(epochs=1))
    qtbot.waitUntil(lambda: window.document.checked, timeout=20_000)
    QTest.mouseClick(window.bar.train, LEFT)
    qtbot.waitUntil(lambda: window.runner.state.phase in ("finished", "failed") and not window.runner.state.queued
                    and window.runner.state.epoch == 1, timeout=90_000)  # fmt: skip
    assert window.runner.state.phase == "finished"


def test_a_run_is_stopped_by_its_button(window: Window, qtbot: QtBot) -> None:
    window.document.edit("Whole", _whole())
    window.document.edit_recipe("Long", Recipe(epochs=500))
    QTest.mouseClick(window.bar.train, LEFT)
    qtbot.waitUntil(lambda: window.runner.state.phase == "training", timeout=90_000)
    QTest.mouseClick(window.bar.stop, LEFT)
    qtbot.waitUntil(lambda: window.runner.state.phase == "stopped", timeout=10_000)
    assert window.runner.can_evaluate


def test_a_broken_drawing_is_refused_with_its_reason(window: Window, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.runner.state.phase == "ready", timeout=60_000)
    window.document.edit("Cut", window.document.graph.without_edges(window.document.graph.edges))
    sent: list[object] = []
    window.runner.started.connect(lambda *run: sent.append(run))
    QTest.mouseClick(window.bar.train, LEFT)
    qtbot.waitUntil(lambda: bool(window.notice.text), timeout=5_000)
    assert "flatten" in window.notice.text
    assert sent == []
    assert window.pages.tabText(window.pages.names.index("problems")) != "Problems"


# -- hands


def _half() -> Graph:
    """An input, and a head that nothing feeds yet."""
    graph = Graph().with_nodes([
        node("n1", "InputLayer", 0, shape=(8, 8, 1)),
        node("n2", "Flatten", 720),
        node("n3", "Dense", 960, units=10, activation="softmax"),
    ])  # fmt: skip
    return graph.with_edge(Edge(End("n2", "output"), End("n3", "input")))


def _whole() -> Graph:
    return _half().with_edge(Edge(End("n1", "output"), End("n2", "input")))


def _half_a_network(path: Path) -> Path:
    save(Project(_half(), Recipe(epochs=EPOCHS)), path)
    return path


def _drop(window: Window, layer: str, at: tuple[float, float]) -> str:
    """Let a layer fall onto the canvas as the palette's drag would; return the new node's id."""
    before = set(window.document.graph.nodes)
    data = QMimeData()
    data.setData("application/x-layerloom-layer", layer.encode())
    place = QPointF(window.canvas.mapFromScene(QPointF(at[0] + 84, at[1] + 26)))
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    window.canvas.dropEvent(QDropEvent(place, copy, data, LEFT, none))
    (new,) = set(window.document.graph.nodes) - before
    return new


def _wire(window: Window, source: End, target: End) -> None:
    """Drag from a port to a port with the mouse."""
    viewport = window.canvas.viewport()
    start, end = _port(window, source, output=True), _port(window, target, output=False)
    QTest.mousePress(viewport, LEFT, pos=start)
    for step in range(1, 11):
        QTest.mouseMove(viewport, start + (end - start) * step / 10)
        QApplication.processEvents()
    QTest.mouseRelease(viewport, LEFT, pos=end)
    QApplication.processEvents()


def _port(window: Window, end: End, *, output: bool) -> QPoint:
    at = window.canvas.drawing.nodes.port(end, output=output)
    assert at is not None
    return window.canvas.mapFromScene(QPointF(*at))


def _type_value(window: Window, id: str, name: str, text: str) -> None:
    """Select a node and type a parameter's value into the inspector."""
    window.selection.set([id])
    assert window.inspector.form is not None
    field = window.inspector.form.rows[name].editor.findChild(QLineEdit)
    assert field is not None
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def _python(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONPATH": root, "KERAS_HOME": str(folder)}
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, timeout=180, check=False
    )
