"""Forms, and editors that hold a form: objects with parameters of their own."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.catalogue import catalogue
from engine.kinds import ParameterSpec
from engine.values import Part, Value
from gui.editors.form import Form
from gui.editors.parts import PartEditor, RateEditor
from gui.editors.row import Row
from gui.editors.sections import sections
from gui.editors.table import editing
from gui.tab_area import stops
from gui.theme import THEMES, themes
from tests.gui.shown import PADDING, UNITS, Made, Make, maker


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    return maker(qtbot)


# -- objects with parameters of their own


def part_of(parameter: ParameterSpec, make: Make) -> tuple[Made, PartEditor]:
    made = make(parameter)
    assert isinstance(made.editor, PartEditor)
    return made, made.editor


def regularizer() -> ParameterSpec:
    return catalogue().layer("Dense").parameter("kernel_regularizer")


def test_a_chosen_object_shows_its_own_parameters(make: Make) -> None:
    made, editor = part_of(regularizer(), make)
    assert editor.form is None
    editor.choice.chosen.emit("L1L2")
    assert editor.form is not None
    assert set(editor.form.rows) == {"l1", "l2"}
    assert made.said == [Part("L1L2").with_values({"l1": 0.01, "l2": 0.01})], "Keras's own zeros would do nothing"
    editor.choice.chosen.emit("none")
    assert (made.said[-1], editor.form) == (None, None)


def test_a_nested_value_changes_the_object(make: Make) -> None:
    made, editor = part_of(regularizer(), make)
    editor.choice.chosen.emit("L2")
    assert editor.form is not None
    form = editor.form
    form.rows["l2"].editor.offer(0.5)
    form.reset.emit("l2")
    assert made.said == [Part("L2"), Part("L2").with_value("l2", 0.5), Part("L2")]
    assert editor.form is form, "the form stays while the class does"


def test_a_nested_value_that_cannot_be_is_refused_at_its_place(make: Make) -> None:
    made, editor = part_of(regularizer(), make)
    editor.choice.chosen.emit("L2")
    assert editor.form is not None
    editor.form.rows["l2"].editor.offer(-1.0)
    assert editor.form.rows["l2"].editor.refusal.startswith("l2 expects a number of at least 0.")
    assert made.said == [Part("L2")]


def test_a_wrapped_layer_is_a_layer_with_its_parameters(make: Make) -> None:
    made, editor = part_of(catalogue().layer("Bidirectional").parameter("layer"), make)
    assert editor.form is not None
    editor.form.rows["units"].editor.offer(8)
    wrapped = made.said[-1]
    assert isinstance(wrapped, Part)
    assert (wrapped.class_name, wrapped.values["units"]) == ("LSTM", 8)
    assert not {"name", "trainable", "dtype"} & set(editor.form.rows)


def test_a_rate_is_a_number_or_a_schedule_that_starts_there(make: Make) -> None:
    made = make(catalogue().part("optimizer", "Adam").parameter("learning_rate"))
    editor = made.editor
    assert isinstance(editor, RateEditor)
    editor.number.offer(0.02)
    next(action for action in editor.schedules.menu().actions() if action.text() == "CosineDecay").trigger()
    scheduled = made.said[-1]
    assert isinstance(scheduled, Part)
    assert scheduled.values["initial_learning_rate"] == 0.02
    assert editor.number.isHidden()
    assert editor.form is not None
    editor.form.rows["decay_steps"].editor.offer(50)
    assert made.said[-1] == scheduled.with_value("decay_steps", 50)
    editor.choice.chosen.emit("constant")
    assert made.said[-1:] == [0.02]
    assert not editor.number.isHidden()


def test_every_schedule_and_wrapped_layer_can_be_chosen(make: Make) -> None:
    for parameter in (
        catalogue().part("optimizer", "SGD").parameter("learning_rate"),
        catalogue().layer("TimeDistributed").parameter("layer"),
        catalogue().layer("Dense").parameter("kernel_initializer"),
    ):
        made, editor = part_of(parameter, make)
        for name in parameter.choices:
            editor.choice.chosen.emit(name)
            assert editor.refusal == "", f"{name}: {editor.refusal}"
            value = editor.value()
            assert isinstance(value, Part)
            assert value.class_name == name
        assert made.said


# -- forms


def test_a_form_divides_its_parameters() -> None:
    found = {part.title: [p.name for p in part.parameters] for part in sections(catalogue().layer("Dense").parameters)}
    assert found[""] == ["units", "activation", "use_bias"]
    assert found["Initializers"] == ["kernel_initializer", "bias_initializer"]
    assert "kernel_constraint" in found["Regularizers, constraints"]
    assert {"trainable", "dtype"} <= set(found["More"])


def test_a_changed_value_stands_out_and_can_be_reset(qtbot: QtBot) -> None:
    form = Form((UNITS, PADDING), editing(catalogue()))
    qtbot.addWidget(form)
    form.show_values({"units": 8, "padding": "same"})
    assert form.rows["padding"].label.property("role") == "changed"
    assert form.rows["units"].label.property("role") == "second", "what is required has no default to differ from"
    with qtbot.waitSignal(form.reset) as said:
        form.rows["padding"].reset.emit()
    assert said.args == ["padding"]
    form.show_values({"units": 8})
    assert form.rows["padding"].label.property("role") == "second"


def test_a_long_label_goes_on_in_a_second_line(qtbot: QtBot) -> None:
    parameters = catalogue().layer("LSTM").parameters
    form = Form(parameters, editing(catalogue()))
    qtbot.addWidget(form)
    form.resize(260, 600)
    form.show_values({"return_sequences": True})
    form.show()
    qtbot.waitExposed(form)
    for name in ("recurrent_activation", "return_sequences", "units"):
        label = form.rows[name].label
        assert " ".join(label.lines()) == name.replace("_", " "), "nothing is cut"
        assert label.height() >= len(label.lines()) * label.fontMetrics().lineSpacing()
    label = form.rows["units"].label
    assert label.lines() == ["units"]
    label.setText("a few words too many for it")
    assert (len(label.lines()), " ".join(label.lines())) == (2, label.text())
    assert label.minimumSizeHint().height() == 2 * label.fontMetrics().lineSpacing()
    label.setText("an_endless_word_without_any_room_at_all and more that has none either")
    assert all(line.endswith("…") for line in label.lines())


def test_label_and_field_keep_their_balance_as_the_panel_is_resized(qtbot: QtBot) -> None:
    form = Form((UNITS,), editing(catalogue()))
    qtbot.addWidget(form)
    form.show()
    shares = []
    for width in (200, 260, 400):
        form.resize(width, 60)
        QApplication.processEvents()
        shares.append(form.rows["units"].label.width())
    assert shares == sorted(set(shares))
    assert shares[1] == 120


def test_a_fold_is_built_when_it_is_opened_and_remembered(qtbot: QtBot) -> None:
    opened: set[str] = set()
    parameters = catalogue().layer("Dense").parameters
    form = Form(parameters, editing(catalogue()), opened)
    qtbot.addWidget(form)
    form.show_values({"units": 4, "trainable": False})
    assert "trainable" not in form.rows
    form.folds["More"].button.click()
    assert form.rows["trainable"].editor.value() is False
    assert opened == {"More"}
    again = Form(parameters, editing(catalogue()), opened)
    qtbot.addWidget(again)
    assert "trainable" in again.rows


def test_a_long_form_is_made_a_little_in_each_turn(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.canvas.slices.LONG", -1.0)
    parameters = catalogue().layer("Bidirectional").parameters
    form = Form(parameters, editing(catalogue()), {"More"})
    qtbot.addWidget(form)
    form.show_faults({"merge_mode"})
    form.show_values({"layer": catalogue().new_part("layer", "LSTM"), "merge_mode": "sum"})
    form.resize(300, 1200)
    form.show()
    assert len(form.findChildren(Row)) < 4, "one step of each form"
    qtbot.waitUntil(lambda: len(form.findChildren(Row)) > 12)
    qtbot.waitUntil(lambda: {"dtype", "go backwards"} <= {row.label.text() for row in form.findChildren(Row)})
    assert all(each.rows for each in form.findChildren(Form))
    QApplication.processEvents()
    assert form.rows["merge_mode"].editor.value() == "sum"
    assert form.rows["merge_mode"].label.property("role") == "bad"
    tops = [widget.mapTo(form, QPoint(0, 0)).y() for widget in stops(form)]
    assert tops == sorted(tops), "the Tab key goes through all in its order"


def test_folds_stand_in_their_order_whichever_is_open(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    themes().use(THEMES["dark"])
    monkeypatch.setattr("gui.canvas.slices.LONG", -1.0)
    form = Form(catalogue().layer("Dense").parameters, editing(catalogue()), {"Initializers"})
    qtbot.addWidget(form)
    form.resize(300, 900)
    form.show()
    qtbot.waitExposed(form)
    qtbot.waitUntil(lambda: len(form.findChildren(Row)) == 5)
    QApplication.processEvents()
    tops = {title: fold.y() for title, fold in form.folds.items()}
    assert sorted(tops, key=lambda title: tops[title]) == ["Initializers", "Regularizers, constraints", "More"]
    QApplication.processEvents()
    for row in form.rows.values():
        field = row.editor.focusProxy() or row.editor
        assert field.height() >= field.sizeHint().height(), f"{row.label.text()} is squashed"


def test_what_is_asked_of_a_form_is_made_before(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gui.canvas.slices.LONG", -1.0)
    form = Form(catalogue().layer("LSTM").parameters, editing(catalogue()))
    qtbot.addWidget(form)
    assert len(form.findChildren(Row)) == 1
    assert form.seek(("go_backwards",))
    assert not form.rows["go_backwards"].isHidden()
    assert set(form.folds) == {"Initializers", "Regularizers, constraints", "More"}


def test_the_tab_key_meets_the_way_back_before_what_stands_below(qtbot: QtBot) -> None:
    form = Form((catalogue().layer("Dense").parameter("kernel_regularizer"), UNITS), editing(catalogue()))
    qtbot.addWidget(form)
    form.show_values({"kernel_regularizer": Part("L2").with_value("l2", 0.5)})
    form.folds["Regularizers, constraints"].button.click()
    form.resize(300, 600)
    form.show()
    qtbot.waitExposed(form)
    tops = [widget.mapTo(form, QPoint(0, 0)).y() // 20 for widget in stops(form)]
    assert tops == sorted(tops)


def test_a_drag_on_a_label_steps(qtbot: QtBot) -> None:
    form = Form((UNITS,), editing(catalogue()))
    qtbot.addWidget(form)
    form.show_values({"units": 64})
    form.resize(300, 40)
    form.show()
    said: list[tuple[str, Value]] = []
    form.edited.connect(lambda name, value: said.append((name, value)))
    label = form.rows["units"].label
    QTest.mousePress(label, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    QTest.mouseMove(label, QPoint(10 + 3 * label.TRAVEL, 10))
    QTest.mouseRelease(label, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    assert said[-1] == ("units", 67)


def test_the_tab_key_goes_from_top_to_bottom(qtbot: QtBot) -> None:
    """What is made later, nested forms and opened folds, is reached where it stands."""
    form = Form(catalogue().layer("Bidirectional").parameters, editing(catalogue()))
    qtbot.addWidget(form)
    form.show_values({"layer": catalogue().new_part("layer", "LSTM")})
    form.folds["More"].button.click()
    form.resize(300, 1200)
    form.show()
    qtbot.waitExposed(form)
    assert all(each.rows for each in form.findChildren(Form)), "a form within one is made a little in each turn too"
    QApplication.processEvents()
    tops = [widget.mapTo(form, QPoint(0, 0)).y() for widget in stops(form)]
    assert len(tops) > 12
    assert tops == sorted(tops)
